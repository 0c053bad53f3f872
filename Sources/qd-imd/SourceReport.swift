import StrokeBank
import ArgumentParser
import Console
import FileAccess
import JSONText
import MaskDataset
import QuickDraw
import SystemPackage

/// How what is in drawings is told.
struct SourceReportOptions: ParsableArguments {
    @Flag(help: "Tell what is in each category, too, in a row of its own.")
    var byCategory = false

    @Flag(help: "Print JSON in place of words.")
    var json = false

    func lines(of source: SourceInspection) -> [String] {
        let report = SourceReport(source: source, isByCategory: byCategory)
        return json ? [report.json] : report.lines
    }

    /// Refuses options that say nothing about masks.
    func checkIsUnused(_ path: FilePath) throws {
        for (option, isGiven) in [("--by-category", byCategory), ("--json", json)] where isGiven {
            throw DataError(path, "holds no drawings; expected some for \(option), or a stroke bank")
        }
    }
}

/// What is in drawings, as people and machines read it.
private struct SourceReport {
    let source: SourceInspection
    let isByCategory: Bool

    /// A row of the table: what is told, and how many parts a unit has.
    private struct Measure {
        let title: String
        let name: StaticString
        let median: StaticString
        let unit: Int
        let histogram: @Sendable (DrawingStatistics) -> Histogram
    }

    private static let measures = [
        Measure(
            title: "strokes a drawing", name: "strokes_per_drawing", median: "median_strokes_per_drawing", unit: 1,
            histogram: \.strokesPerDrawing),
        Measure(
            title: "points a stroke", name: "points_per_stroke", median: "median_points_per_stroke", unit: 1,
            histogram: \.pointsPerStroke),
        Measure(
            title: "stroke length", name: "stroke_length", median: "median_stroke_length", unit: 100,
            histogram: \.strokeLengths),
        Measure(
            title: "stroke extent", name: "stroke_extent", median: "median_stroke_extent", unit: 1,
            histogram: \.strokeExtents),
    ]

    // MARK: Words

    var lines: [String] {
        let words = source.words.prefix(5).joined(separator: ", ") + (source.words.count > 5 ? ", …" : "")
        var lines: [String]
        switch source.container {
        case .files(let count): lines = ["files         \(grouped(count))"]
        case .bank(let fingerprint):
            lines = [
                """
                bank          version \(MappedBank.formatVersion), fingerprint \(fingerprint), all checksums are right
                """
            ]
        }
        lines += [
            "categories    \(grouped(source.categories.count)): \(words)",
            "drawings      \(grouped(source.all.drawingCount))",
            "strokes       \(grouped(source.all.strokeCount))",
            "points        \(grouped(source.all.pointCount))",
            "",
        ]
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
        lines.append("(lengths and extents in units of the drawing's box of 256; percentiles to 0.1 %)")
        return isByCategory ? lines + [""] + categoryTable : lines
    }

    private var categoryTable: [String] {
        Self.table(
            [["median of", "drawings", "strokes"] + Self.measures.map(\.title)]
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

    /// Rows of the same number of columns, the first flush left, the others flush right.
    private static func table(_ rows: [[String]]) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + space : "  " + space + text
            }.joined()
        }
    }

    // MARK: JSON

    var json: String {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            switch source.container {
            case .files(let count): json.member("files", count)
            case .bank(let fingerprint): json.member("fingerprint", fingerprint)
            }
            json.member("categories", source.categories.count)
            write(source.all, to: &json)
            if source.findings.corruptCount > 0 { json.member("damaged", source.findings.corruptCount) }
            for measure in Self.measures {
                let histogram = measure.histogram(source.all)
                let unit = Double(measure.unit)
                json.name(measure.name)
                json.object { json in
                    json.member("p5", histogram.quantile(0.05) / unit, decimals: 3)
                    json.member("median", histogram.quantile(0.5) / unit, decimals: 3)
                    json.member("p95", histogram.quantile(0.95) / unit, decimals: 3)
                    json.member("max", Double(histogram.maximum) / unit, decimals: 3)
                    json.member("mean", histogram.mean / unit, decimals: 6)
                }
            }
            if isByCategory { writeCategories(to: &json) }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ statistics: DrawingStatistics, to json: inout JSONWriter) {
        json.member("drawings", statistics.drawingCount)
        json.member("strokes", statistics.strokeCount)
        json.member("points", statistics.pointCount)
    }

    private func writeCategories(to json: inout JSONWriter) {
        json.name("by_category")
        json.array { json in
            for category in source.categories {
                json.object { json in
                    json.member("word", category.word)
                    write(category.statistics, to: &json)
                    for measure in Self.measures {
                        let median = measure.histogram(category.statistics).quantile(0.5)
                        json.member(measure.median, median / Double(measure.unit), decimals: 3)
                    }
                }
            }
        }
    }
}
