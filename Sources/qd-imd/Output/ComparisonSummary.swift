import Console
import JSONText
import MaskDataset
import MaskDiff

/// The result of `diff` as text: all numbers of a single pair; otherwise the counts and the pairs that differ most.
struct ComparisonSummary {
    let report: MaskComparison.Report
    let isSingle: Bool
    private static let listLimit = 10

    /// Without line breaks.
    var lines: [String] {
        var lines: [String] = []
        if isSingle, let pair = report.pairs.first, case .compared(let comparison, let isSame) = pair.outcome {
            lines += ["\(pair.name): \(isSame ? "same" : "different"), \(comparison.size) px"] + metrics(comparison)
        } else {
            lines.append(
                """
                \(grouped(report.sameCount)) same, \(grouped(report.differentCount)) different, \
                \(grouped(report.missing.count)) missing, \(grouped(report.extra.count)) extra, \
                \(grouped(report.failedCount)) failed
                """)
            lines += worstPairs
            lines += names("only in the reference:", report.missing) + names("only in the candidate:", report.extra)
        }
        return lines
    }

    /// The errors of pairs that could not be compared. Limited to ten: a dataset of the wrong size has thousands.
    var failureMessages: [String] {
        let failures = report.pairs.compactMap { pair -> String? in
            if case .failed(let problem) = pair.outcome { problem } else { nil }
        }
        let rest = failures.count - Self.listLimit
        return failures.prefix(Self.listLimit)
            + (rest > 0 ? ["… and \(grouped(rest)) more"] : [])
    }

    private func metrics(_ comparison: BitmapComparison) -> [String] {
        let distance =
            comparison.hausdorff95.map { DecimalText.string($0, decimals: 3) + " px" } ?? "undefined, one mask is empty"
        var lines = [
            "  only in the candidate   \(grouped(comparison.onlyCandidateCount)) px",
            "  only in the reference   \(grouped(comparison.onlyReferenceCount)) px",
        ]
        if comparison.forgivenCount > 0 {
            lines.append("  within the tolerance    \(grouped(comparison.forgivenCount)) px")
        }
        return lines + [
            "  IoU                     \(DecimalText.string(comparison.iou, decimals: 6))",
            "  Dice                    \(DecimalText.string(comparison.dice, decimals: 6))",
            "  Boundary IoU            \(DecimalText.string(comparison.boundaryIoU, decimals: 6))",
            "  Hausdorff, 95 %         \(distance)",
            """
              hole ratio              candidate \(percent(comparison.candidateHoleRatio, decimals: 3)), \
            reference \(percent(comparison.referenceHoleRatio, decimals: 3))
            """,
        ] + polarityHint(comparison)
    }

    /// A hint for two masks that differ nearly everywhere: they probably have opposite polarity.
    private func polarityHint(_ comparison: BitmapComparison) -> [String] {
        comparison.differingRatio > 0.9
            ? ["  nearly all pixels differ: check --candidate-hole and --reference-hole"] : []
    }

    private var worstPairs: [String] {
        let different = report.pairs.compactMap { pair -> (String, BitmapComparison)? in
            guard case .compared(let comparison, false) = pair.outcome else { return nil }
            return (pair.name, comparison)
        }
        .sorted { ($0.1.iou, $0.0) < ($1.1.iou, $1.0) }
        let rows = different.prefix(Self.listLimit).map { name, comparison in
            let count = comparison.differingCount
            return "  \(name)  \(grouped(count)) px \(count == 1 ? "differs" : "differ"), "
                + "IoU \(DecimalText.string(comparison.iou, decimals: 6))"
        }
        let rest = different.count - rows.count
        let hint = different.first.map { polarityHint($0.1) } ?? []
        return rows + (rest > 0 ? ["  … and \(grouped(rest)) more"] : []) + hint
    }

    private func names(_ title: String, _ names: [String]) -> [String] {
        guard !names.isEmpty else { return [] }
        let rest = names.count - Self.listLimit
        return [title] + names.prefix(Self.listLimit).map { "  \($0)" }
            + (rest > 0 ? ["  … and \(grouped(rest)) more"] : [])
    }
}
