import JSONText
import MaskDataset
import MaskFormats
import MaskModel
import PNGCodec

extension DatasetReport {
    /// The maximum number of categories and sizes that are listed, the most frequent first.
    private static let listLimit = 1000

    /// The page, which opens in a browser without any other file.
    ///
    /// - Complexity: O(masks log masks)
    public var page: [UInt8] {
        ReportPage.bytes { json in write(to: &json) }
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", "dataset")
            json.member("program", "qd-imd \(programVersion)")
            json.member("title", options.title)
            json.member("hole", options.reader.holeColor.rawValue)
            json.member("masks", figures.count)
            json.member("vectors", totals.vectorCount)
            writeSplits(to: &json)
            writeSizes(to: &json)
            json.name("facts")
            json.array { json in
                for fact in facts {
                    json.array { json in
                        json.value(fact.name)
                        json.value(fact.text)
                    }
                }
            }
            writeRatios(to: &json)
            writeHeatMap(to: &json)
            if totals.vectorCount > 0 { writeStrokes(to: &json) }
            if let drift { drift.write(to: &json) }
            writeWords(to: &json)
            SampleWriter(sample).write(to: &json)
            (manifest?.license).map { [$0].writeCredits(to: &json) }
        }
    }

    private func writeSplits(to json: inout JSONWriter) {
        json.name("splits")
        json.array { json in
            for split in Split.allCases {
                let ratios = figures.filter { $0.split == split }.map(\.holeRatio)
                guard !ratios.isEmpty else { continue }
                json.object { json in
                    json.member("name", split.rawValue)
                    json.member("masks", ratios.count)
                    json.member("mean", Statistics(ratios).mean, decimals: 6)
                    json.member("words", totals.words.values.count { $0.splits[split] != nil })
                }
            }
        }
    }

    private func writeSizes(to json: inout JSONWriter) {
        let sizes = totals.sizes.sorted { ($1.value, $0.key.description) < ($0.value, $1.key.description) }
        json.name("sizes")
        json.array { json in
            for (size, count) in sizes.prefix(Self.listLimit) {
                json.object { json in
                    json.member("width", size.width)
                    json.member("height", size.height)
                    json.member("masks", count)
                }
            }
        }
    }

    private func writeRatios(to json: inout JSONWriter) {
        let statistics = Statistics(figures.map(\.holeRatio))
        json.name("ratio")
        json.object { json in
            json.member("mean", statistics.mean, decimals: 6)
            json.member("median", statistics.quantile(0.5), decimals: 6)
            json.member("minimum", statistics.minimum, decimals: 6)
            json.member("maximum", statistics.maximum, decimals: 6)
            json.name("buckets")
            json.array { json in
                for (index, end) in HoleRatioCounts.bucketEnds.enumerated() {
                    json.object { json in
                        json.member("end", end, decimals: 2)
                        json.member("masks", totals.ratios.buckets[index])
                        json.member("touching", totals.ratios.touching[index])
                    }
                }
            }
            json.name("steps")
            json.array { json in for count in totals.ratios.steps { json.value(count) } }
        }
    }

    private func writeHeatMap(to json: inout JSONWriter) {
        let maps = totals.heatMaps.sorted {
            ($1.value.maskCount, $0.key.columns, $0.key.rows) < ($0.value.maskCount, $1.key.columns, $1.key.rows)
        }
        guard let (shape, map) = maps.first else { return }
        json.name("heat")
        json.object { json in
            json.member("columns", shape.columns)
            json.member("rows", shape.rows)
            json.member("masks", map.maskCount)
            json.member("ratios", PageDataEncoding(ratios: map.ratios).base64)
        }
    }

    private func writeStrokes(to json: inout JSONWriter) {
        json.name("strokes")
        totals.strokes.write(to: &json, unit: 1)
        json.name("points")
        totals.points.write(to: &json, unit: 1)
        json.name("widths")
        totals.widths.write(to: &json, unit: 0.01)
        json.name("directions")
        json.array { json in
            for length in totals.directions.lengths { json.value(Double(length) / 100, decimals: 0) }
        }
    }

    private func writeWords(to json: inout JSONWriter) {
        let words = totals.words.sorted {
            $0.value.strokes == $1.value.strokes
                ? CategorySplit.precedes($0.key, $1.key) : $0.value.strokes > $1.value.strokes
        }
        json.member("wordCount", words.count)
        json.name("words")
        json.array { json in
            for (word, count) in words.prefix(Self.listLimit) {
                json.object { json in
                    json.member("word", word)
                    json.member("strokes", count.strokes)
                    json.member("masks", count.masks)
                    for split in Split.allCases {
                        json.name(split.rawValue)
                        json.value(count.splits[split] ?? 0)
                    }
                }
            }
        }
    }
}

extension Histogram {
    /// Writes the statistics and the bars of the histogram, in units in which 1 is `unit`.
    fileprivate func write(to json: inout JSONWriter, unit: Double) {
        let bars = HistogramBars(self)
        json.object { json in
            json.member("count", count)
            json.member("mean", mean * unit, decimals: 4)
            json.member("median", quantile(0.5) * unit, decimals: 4)
            json.member("minimum", Double(minimum) * unit, decimals: 4)
            json.member("maximum", Double(maximum) * unit, decimals: 4)
            json.member("start", Double(bars.start) * unit, decimals: 4)
            json.member("step", Double(bars.step) * unit, decimals: 4)
            json.name("counts")
            json.array { json in for count in bars.counts { json.value(count) } }
            json.member("above", bars.aboveCount)
        }
    }
}

extension ResolutionSensitivity {
    fileprivate func write(to json: inout JSONWriter) {
        json.name("drift")
        json.object { json in
            json.member("masks", maskCount)
            json.name("sizes")
            json.array { json in
                for (index, side) in Self.sides.enumerated() {
                    json.object { json in
                        json.member("side", side)
                        json.member("mean", means[index], decimals: 6)
                        json.member("largestDifference", largestDifferences[index], decimals: 6)
                    }
                }
            }
        }
    }
}
