import JSONText
public import MaskModel

/// A table with a row for each mask.
public struct MaskTable: Hashable, Sendable {
    /// What the table says about a mask.
    public struct Row: Hashable, Sendable {
        /// The mask's name: its path in the collection without the extension.
        public let name: String
        /// The size of the image, or of the canvas of a vector.
        public let size: PixelSize
        /// The number of hole pixels.
        public let holeCount: Int
        /// Whether a pixel of the first or last row or column is hole.
        public let touchesBorder: Bool
        /// The number of connected parts of the hole; pixels that share an edge or a corner are connected.
        public let componentCount: Int
        /// The number of brush strokes; nil for an image.
        public let strokeCount: Int?

        /// The hole ratio, 0 to 1.
        public var holeRatio: Double { Double(holeCount) / Double(size.area) }

        /// The interval of the hole ratio in percent, as the layout `buckets` has it: `10-20`.
        var bucket: String {
            let buckets = HoleRatioBuckets.tenths
            return buckets.index(holeCount: holeCount, area: size.area).map(buckets.interval) ?? ""
        }
    }

    /// The rows, in the order of the masks.
    public let rows: [Row]

    /// The table as CSV (RFC 4180) with a header; a line of its own for each mask.
    public var csv: [UInt8] {
        var text = Array("id,width,height,hole_ratio,bucket,touches_border,components,strokes\n".utf8)
        for row in rows {
            text += Self.quoted(row.name).utf8
            text += ",\(row.size.width),\(row.size.height),\(DecimalText.string(row.holeRatio, decimals: 6))".utf8
            text += ",\(row.bucket),\(row.touchesBorder),\(row.componentCount),".utf8
            text += "\(row.strokeCount.map { "\($0)" } ?? "")\n".utf8
        }
        return text
    }

    /// A field of CSV, in quotation marks if it contains a separator.
    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { "\",\n\r".utf8.contains($0) }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Writes the rows as an array of objects.
    func write(to json: inout JSONWriter) {
        json.array { json in
            for row in rows {
                json.object { json in
                    json.member("id", row.name)
                    json.member("width", row.size.width)
                    json.member("height", row.size.height)
                    json.member("hole_ratio", row.holeRatio, decimals: 6)
                    json.member("bucket", row.bucket)
                    json.member("touches_border", row.touchesBorder)
                    json.member("components", row.componentCount)
                    json.name("strokes")
                    if let count = row.strokeCount { json.value(count) } else { json.null() }
                }
            }
        }
    }
}
