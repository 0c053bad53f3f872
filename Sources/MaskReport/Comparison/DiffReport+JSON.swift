import JSONText
import MaskDataset
import MaskDiff
import MaskModel
import SystemPackage

extension DiffReport {
    /// The maximum number of names in each list.
    private static let listLimit = 500

    /// The page, which opens in a browser without any other file.
    ///
    /// - Complexity: O(pairs)
    public var page: [UInt8] {
        ReportPage.bytes { json in write(to: &json) }
    }

    func write(to json: inout JSONWriter) {
        let (candidate, reference) = (comparison.candidate.path.string, comparison.reference.path.string)
        json.object { json in
            json.member("kind", "diff")
            json.member("program", "qd-imd \(programVersion)")
            json.member("title", title)
            json.member("candidate", candidate)
            json.member("reference", reference)
            json.member("tolerance", comparison.tolerance, decimals: 6)
            if let pixels = comparison.maximumPixels { json.member("maximumPixels", pixels) }
            if let ratio = comparison.maximumRatio { json.member("maximumRatio", ratio, decimals: 9) }
            json.member("compared", report.sameCount + report.differentCount)
            json.member("same", report.sameCount)
            json.member("different", report.differentCount)
            writeNames("missing", report.missing, to: &json)
            writeNames("extra", report.extra, to: &json)
            writeFailures(to: &json)
            writeMeans(to: &json)
            json.name("pairs")
            json.array { json in for pair in pairs { pair.write(to: &json) } }
            [comparison.candidate, comparison.reference].compactMap(\.manifest?.license).writeCredits(to: &json)
        }
    }

    private var title: String {
        [comparison.candidate.path, comparison.reference.path].map { $0.lastComponent?.string ?? $0.string }
            .joined(separator: " vs. ")
    }

    private func writeNames(_ title: StaticString, _ names: [String], to json: inout JSONWriter) {
        json.name(title)
        json.object { json in
            json.member("count", names.count)
            json.name("names")
            json.array { json in for name in names.prefix(Self.listLimit) { json.value(name) } }
        }
    }

    private func writeFailures(to json: inout JSONWriter) {
        json.name("failed")
        json.object { json in
            json.member("count", report.failedCount)
            json.name("names")
            json.array { json in
                var remaining = Self.listLimit
                for pair in report.pairs where remaining > 0 {
                    guard case .failed(let problem) = pair.outcome else { continue }
                    remaining -= 1
                    json.value("\(pair.name): \(problem)")
                }
            }
        }
    }

    /// Writes the means over all pairs that were compared; those of distances are over the pairs that have one.
    private func writeMeans(to json: inout JSONWriter) {
        let comparisons = report.pairs.compactMap { pair -> BitmapComparison? in
            if case .compared(let comparison, _) = pair.outcome { comparison } else { nil }
        }
        json.name("means")
        json.object { json in
            json.member("differing", Statistics(comparisons.map { Double($0.differingCount) }).mean, decimals: 3)
            json.member("iou", Statistics(comparisons.map(\.iou)).mean, decimals: 6)
            json.member("dice", Statistics(comparisons.map(\.dice)).mean, decimals: 6)
            json.member("boundary_iou", Statistics(comparisons.map(\.boundaryIoU)).mean, decimals: 6)
            json.member("hausdorff95", Statistics(comparisons.compactMap(\.hausdorff95)).mean, decimals: 3)
            json.member(
                "hole_ratio_difference", Statistics(comparisons.map(\.holeRatioDifference)).mean, decimals: 9)
        }
    }
}

extension PairFigure {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", name)
            json.name("same")
            json.value(isSame)
            json.member("width", comparison.size.width)
            json.member("height", comparison.size.height)
            comparison.write(to: &json)
            json.member("scale", image.scale)
            json.member("image", base64: image.png)
        }
    }
}
