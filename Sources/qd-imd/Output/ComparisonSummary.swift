import Console
import JSONText
import MaskDataset
import MaskDiff

/// The result of `diff` as text, at most 80 columns wide: all numbers of a single pair; otherwise the counts and a table of
/// the pairs that differ most.
struct ComparisonSummary {
    let report: MaskComparison.Report
    let isSingle: Bool
    private static let listLimit = 10
    /// The widths of the table's columns after the indentation: pair, pixels, ratio, IoU.
    private static let columns = [40, 13, 12, 11]

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
        guard let worst = different.first else { return [] }
        let rows = different.prefix(Self.listLimit).map { name, comparison in
            row(
                name, "\(grouped(comparison.differingCount)) px", percent(comparison.differingRatio, decimals: 4),
                DecimalText.string(comparison.iou, decimals: 6))
        }
        let rest = different.count - rows.count
        return [row("pair", "differing", "ratio", "IoU")] + rows
            + (rest > 0 ? ["  … and \(grouped(rest)) more"] : []) + polarityHint(worst.1)
    }

    /// A row of the table: the first cell is on the left of its column, all others are on the right.
    private func row(_ cells: String...) -> String {
        var row = "  "
        for (index, cell) in cells.enumerated() {
            let width = Self.columns[index]
            let text = index == 0 ? elided(cell, to: width - 1) : cell
            let padding = String(repeating: " ", count: max(index == 0 ? 0 : 1, width - text.count))
            row += index == 0 ? text + padding : padding + text
        }
        return row
    }

    /// A name without its start if it is longer than `width`: its end is what names of masks differ in.
    private func elided(_ name: String, to width: Int) -> String {
        name.count <= width ? name : "…" + name.suffix(width - 1)
    }

    private func names(_ title: String, _ names: [String]) -> [String] {
        guard !names.isEmpty else { return [] }
        let rest = names.count - Self.listLimit
        return [title] + names.prefix(Self.listLimit).map { "  \(elided($0, to: 77))" }
            + (rest > 0 ? ["  … and \(grouped(rest)) more"] : [])
    }
}
