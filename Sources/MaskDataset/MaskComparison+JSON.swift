import JSONText
import MaskDiff
import SystemPackage

extension MaskComparison {
    /// The report as a JSON document: limits, counts, names, and all figures of every pair.
    public func json(of report: Report) -> [UInt8] {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            json.name("format")
            json.value("qd-imd-diff/1")
            json.name("candidate")
            json.value(candidate.path.string)
            json.name("reference")
            json.value(reference.path.string)
            json.name("tolerance")
            json.value(tolerance, decimals: 6)
            json.name("max_pixels")
            if let maximumPixels { json.value(maximumPixels) } else { json.null() }
            json.name("max_ratio")
            if let maximumRatio { json.value(maximumRatio, decimals: 9) } else { json.null() }
            json.name("same")
            json.value(report.sameCount)
            json.name("different")
            json.value(report.differentCount)
            json.name("failed")
            json.value(report.failedCount)
            json.name("missing")
            json.array { json in for name in report.missing { json.value(name) } }
            json.name("extra")
            json.array { json in for name in report.extra { json.value(name) } }
            json.name("pairs")
            json.array { json in
                for pair in report.pairs { pair.write(to: &json) }
            }
        }
        json.endLine()
        return json.bytes
    }
}

extension MaskComparison.Report.Pair {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("name")
            json.value(name)
            switch outcome {
            case .failed(let problem):
                json.name("result")
                json.value("failed")
                json.name("problem")
                json.value(problem)
            case .compared(let comparison, let isSame):
                json.name("result")
                json.value(isSame ? "same" : "different")
                comparison.write(to: &json)
            }
        }
    }
}

extension RasterComparison {
    fileprivate func write(to json: inout JSONWriter) {
        json.name("size")
        json.value(size)
        for (name, count) in [
            ("both", bothCount), ("only_candidate", onlyCandidateCount), ("only_reference", onlyReferenceCount),
            ("forgiven", forgivenCount), ("differing", differingCount),
        ] {
            json.name(name)
            json.value(count)
        }
        for (name, figure) in [
            ("iou", iou), ("dice", dice), ("boundary_iou", boundaryIoU), ("hausdorff95", hausdorff95 ?? .nan),
            ("candidate_hole_ratio", candidateHoleRatio), ("reference_hole_ratio", referenceHoleRatio),
            ("hole_ratio_difference", holeRatioDifference),
        ] {
            json.name(name)
            json.value(figure, decimals: 9)
        }
    }
}
