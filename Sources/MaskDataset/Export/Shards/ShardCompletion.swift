import JSONText

/// The completion record of a shard: its counts, which the dataset's manifest adds up.
struct ShardCompletion: Hashable, Sendable {
    var masks = 0
    /// The number of brush strokes; the pieces of a stroke that the crop cuts are counted singly.
    var strokes = 0
    /// The sum of the masks' hole ratios in 1/10,000, each rounded as in its file.
    var holeRatioSum = 0
    /// The number of bytes that the shard appends to its file, JSON Lines or tar; 0 without such a file.
    var fileBytes = 0

    var meanHoleRatio: Double { Double(holeRatioSum) / 10_000 / Double(max(masks, 1)) }

    static func + (first: ShardCompletion, second: ShardCompletion) -> ShardCompletion {
        ShardCompletion(
            masks: first.masks + second.masks, strokes: first.strokes + second.strokes,
            holeRatioSum: first.holeRatioSum + second.holeRatioSum, fileBytes: first.fileBytes + second.fileBytes)
    }

    /// A line of the log of an unfinished export.
    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("masks", masks)
            json.member("strokes", strokes)
            json.member("hole_ratio_sum", holeRatioSum)
            json.member("file_bytes", fileBytes)
        }
        json.endLine()
        return json.bytes
    }

    init() {}

    private init(masks: Int, strokes: Int, holeRatioSum: Int, fileBytes: Int) {
        self.masks = masks
        self.strokes = strokes
        self.holeRatioSum = holeRatioSum
        self.fileBytes = fileBytes
    }

    /// Reads a line of the log; nil if it is not a completion record.
    init?(_ bytes: RawSpan, with parser: inout JSONParser) {
        let record: JSONValue
        do {
            record = try parser.parse(bytes)
        } catch {
            return nil
        }
        guard let masks = record["masks"]?.int,
            let strokes = record["strokes"]?.int, let holeRatioSum = record["hole_ratio_sum"]?.int,
            let fileBytes = record["file_bytes"]?.int, fileBytes >= 0
        else { return nil }
        self.init(masks: masks, strokes: strokes, holeRatioSum: holeRatioSum, fileBytes: fileBytes)
    }
}
