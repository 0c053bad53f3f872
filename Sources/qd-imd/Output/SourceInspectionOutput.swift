import Console
import JSONText
import MaskDataset
import StrokeBank

/// The contents of drawings or of a stroke bank, as text and as JSON.
struct SourceInspectionOutput {
    let source: SourceInspection
    let includesCategories: Bool

    /// A row of the table of measures.
    struct Measure {
        let title: String
        /// The name in JSON.
        let name: StaticString
        /// The name of a category's median in JSON.
        let median: StaticString
        /// What one unit is in the histogram: lengths are counted in hundredths.
        let unit: Int
        let histogram: @Sendable (DrawingStatistics) -> Histogram
    }

    static let measures = [
        Measure(
            title: "strokes per drawing", name: "strokes_per_drawing", median: "median_strokes_per_drawing", unit: 1,
            histogram: \.strokesPerDrawing),
        Measure(
            title: "points per stroke", name: "points_per_stroke", median: "median_points_per_stroke", unit: 1,
            histogram: \.pointsPerStroke),
        Measure(
            title: "stroke length", name: "stroke_length", median: "median_stroke_length", unit: 100,
            histogram: \.strokeLengths),
        Measure(
            title: "stroke extent", name: "stroke_extent", median: "median_stroke_extent", unit: 1,
            histogram: \.strokeExtents),
    ]

    /// Without line breaks.
    var lines: [String] {
        let words = source.words.prefix(5).joined(separator: ", ") + (source.words.count > 5 ? ", …" : "")
        var lines: [String]
        switch source.container {
        case .files(let count): lines = ["files         \(grouped(count))"]
        case .bank(let fingerprint):
            lines = [
                "bank          version \(MappedBank.formatVersion), fingerprint \(fingerprint), all checksums match"
            ]
        }
        lines += [
            "categories    \(grouped(source.categories.count)): \(words)",
            "drawings      \(grouped(source.all.drawingCount))",
            "strokes       \(grouped(source.all.strokeCount))",
            "points        \(grouped(source.all.pointCount))",
        ]
        if let license = source.license.text { lines.append("license       \(license)") }
        lines.append("")
        lines += Self.table(
            [["", "p5", "median", "p95", "max", "mean"]]
                + Self.measures.map { measure in
                    let histogram = measure.histogram(source.all)
                    let unit = Double(measure.unit)
                    return [measure.title]
                        + [
                            histogram.quantile(0.05) / unit, histogram.quantile(0.5) / unit,
                            histogram.quantile(0.95) / unit, Double(histogram.maximum) / unit, histogram.mean / unit,
                        ].map { Self.text($0) }
                })
        lines.append("(lengths and extents in units of the drawing's 256×256 box; percentiles accurate to 0.1 %)")
        return includesCategories ? lines + [""] + categoryTable : lines
    }

    private var categoryTable: [String] {
        Self.table(
            [["medians", "drawings", "strokes"] + Self.measures.map(\.title)]
                + source.categories.map { category in
                    let statistics = category.statistics
                    return [category.word, grouped(statistics.drawingCount), grouped(statistics.strokeCount)]
                        + Self.measures.map { measure in
                            Self.text(measure.histogram(statistics).quantile(0.5) / Double(measure.unit))
                        }
                })
    }

    private static func text(_ number: Double) -> String {
        number < 100_000 ? DecimalText.string(number, decimals: number < 100 ? 2 : 1) : grouped(Int(number.rounded()))
    }

    /// Rows of equal column count, with the first column aligned left and all others right.
    private static func table(_ rows: [[String]]) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + space : "  " + space + text
            }.joined()
        }
    }
}
