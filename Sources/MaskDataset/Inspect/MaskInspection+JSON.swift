import JSONText
import MaskModel

extension MaskInspection {
    /// The summary and the table as a JSON document.
    public var json: [UInt8] {
        var json = JSONWriter(isPretty: true)
        json.object { json in
            json.member("count", maskCount)
            json.member("vectors", vectorCount)
            json.name("hole_ratio")
            json.object { write(holeRatio, to: &$0) }
            if vectorCount > 0 {
                json.name("strokes")
                json.object { write(strokes, to: &$0) }
                json.name("widths")
                json.object { write(widths, to: &$0) }
            }
            json.name("masks")
            table.write(to: &json)
        }
        json.endLine()
        return json.bytes
    }

    private func write(_ statistics: Statistics, to json: inout JSONWriter) {
        json.member("mean", statistics.mean, decimals: 6)
        json.member("median", statistics.quantile(0.5), decimals: 6)
        json.member("min", statistics.minimum, decimals: 6)
        json.member("max", statistics.maximum, decimals: 6)
    }
}
