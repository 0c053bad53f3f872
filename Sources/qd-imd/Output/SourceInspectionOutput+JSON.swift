import JSONText
import MaskDataset
import StrokeBank

extension SourceInspectionOutput {
    /// The same contents as JSON.
    var json: String {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            switch source.container {
            case .files(let count): json.member("files", count)
            case .bank(let fingerprint): json.member("fingerprint", fingerprint)
            }
            json.member("categories", source.categories.count)
            write(source.all, to: &json)
            if source.skippedContents.corruptCount > 0 { json.member("damaged", source.skippedContents.corruptCount) }
            if source.duplicateCount > 0 { json.member("repeated_keys", source.duplicateCount) }
            if let identifier = source.license.identifier { json.member("license", identifier) }
            if let attribution = source.license.attribution { json.member("attribution", attribution) }
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
            if includesCategories { writeCategories(to: &json) }
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
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
