import FileAccess
import JSONText
import StrokeBank

/// Decodes records of CSV, the first of which names the columns.
struct CSVDecoder: ~Copyable {
    /// The category of drawings without one; nil if the file's name has none.
    private let fallbackWord: String?
    private var columns: CSVColumns?
    private var fields: [CSVRecord.Field] = []
    private var parser = JSONParser()
    private var raw = RawDrawing()
    private var simplifier = DrawingSimplifier()

    /// A decoder of the records of a file, from the first on.
    ///
    /// - Parameter fallbackWord: The category of drawings without one; nil if the file's name has none.
    init(fallbackWord: String?) {
        self.fallbackWord = fallbackWord
    }

    /// Whether the first record was decoded.
    var hasHeader: Bool { columns != nil }

    /// Decodes a record with its line end into `drawing`; false if it is the first or blank.
    ///
    /// After an error, `drawing` may contain a part of the record.
    /// - Throws: `DrawingRecordError` if the record is invalid.
    /// - Complexity: O(bytes of the record)
    mutating func decode(_ line: RawSpan, into drawing: inout Drawing) throws(DrawingRecordError) -> Bool {
        guard let columns else {
            let text = line.extracting(droppingFirst: line.startsWithByteOrderMark ? 3 : 0)
            let count = text.lengthWithoutLineEnd(text.byteCount)
            columns = try CSVColumns(CSVRecord.columns(of: text.extracting(first: count)))
            return false
        }
        let record = line.extracting(first: line.lengthWithoutLineEnd(line.byteCount))
        if record.byteCount == 0 { return false }
        try CSVRecord.fields(of: record, into: &fields)
        guard fields.count == columns.count else {
            throw .csv("\(fields.count) fields; expected \(columns.count), as in the first line")
        }
        try decode(record, columns, into: &drawing)
        return true
    }

    private mutating func decode(
        _ record: RawSpan, _ columns: CSVColumns, into drawing: inout Drawing
    ) throws(DrawingRecordError) {
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try parser.parse(CSVRecord.text(of: fields[columns.drawing], in: record))
        } catch {
            throw .csv("drawing: \(error)")
        }
        guard let strokes = json.elements else { throw .wrongType(member: "drawing", expected: "an array of strokes") }
        var word = fallbackWord
        if let column = columns.word {
            word = String(validating: CSVRecord.text(of: fields[column], in: record), as: UTF8.self)
            if word == nil { throw .csv("the word is not text in UTF-8; expected such") }
        }
        guard let word, !word.isEmpty else { throw .csv("no word; expected one, or a category in the file's name") }
        // The first stroke tells whether the drawing is raw, as in ndjson.
        var first = strokes
        var axes = first.next()?.elements
        let isRaw = axes?.next() != nil && axes?.next() != nil && axes?.next() != nil
        if isRaw {
            raw.removeStrokes()
            try RawRecord.decode(strokes, into: &raw)
            try simplifier.simplify(raw, into: &drawing)
        } else {
            drawing.removeStrokes()
            try SimplifiedRecord.decode(strokes, into: &drawing)
        }
        if drawing.word != word { drawing.word = word }
        drawing.country = columns.country.flatMap { CountryCode(text($0, record)) } ?? .unknown
        drawing.timestamp = columns.timestamp.flatMap { Timestamp.seconds(ofCSV: text($0, record)) } ?? 0
        drawing.isRecognized =
            columns.recognized.map { ["true", "1"].contains(text($0, record).lowercased()) } ?? false
        guard let column = columns.keyID else { return drawing.setKeyToHash() }
        drawing.keyID = try RecordMetadata.keyID(text(column, record))
    }

    private func text(_ column: Int, _ record: RawSpan) -> String {
        String(decoding: CSVRecord.text(of: fields[column], in: record), as: UTF8.self)
    }
}
