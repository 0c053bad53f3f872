import StrokeBank
import Archives
import FileAccess
import JSONText

/// Reads the drawings of ndjson, simplified or raw, or of JSON Lines of any strokes, one per line, and simplifies all
/// but simplified ones.
///
/// Empty lines are skipped. The word comes from the record; only any strokes without one get that in the file's name.
struct NDJSONReader: ~Copyable {
    private var lines: LineReader
    private var fastDecoder = FastNDJSONDecoder()
    private var parser = JSONParser()
    private let format: DrawingFormat
    /// The category in the file's name; nil if there is none.
    private let fallbackWord: String?
    /// The range of the file in which the lines to read begin.
    private let range: Range<Int>
    private var rawDrawing = RawDrawing()
    private var simplifier = DrawingSimplifier()

    /// A reader of the lines that begin with the next byte of `bytes`.
    ///
    /// - Parameters:
    ///   - format: The format of the records, one with lines.
    ///   - range: The range of the file in which the lines to read begin; the next byte is the one before it, or byte
    ///     0.
    ///     Line numbers in errors count from there.
    init(_ bytes: consuming ByteReader, _ format: DrawingFormat, linesIn range: Range<Int> = 0..<Int.max) {
        fallbackWord = format == .strokes ? CategoryName.word(fromFileAt: bytes.path) : nil
        lines = LineReader(bytes)
        self.format = format
        self.range = range
    }

    /// Checks that nobody has written to the file since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    func checkUnchanged() throws(DataError) { try lines.checkUnchanged() }

    /// Reads the next drawing into `drawing`, reusing its memory; false at the end of the file.
    ///
    /// After an error, `drawing` may contain a part of a record, and the next call reads the next one.
    /// - Throws: `DataError` of kind `invalidRecord` if the record is invalid; another if the file cannot be read.
    /// - Complexity: O(bytes of the line)
    mutating func read(into drawing: inout Drawing) throws(DataError) -> Bool {
        while try advance() {
            if try decode(into: &drawing) { return true }
        }
        return false
    }

    /// Reads the next drawing of a wanted word into `drawing`; false if there is none. Other drawings, and lines that
    /// are no drawings, are skipped.
    ///
    /// - Parameters:
    ///   - drawing: The previous drawing; most of the next ones have its word.
    ///   - isWanted: Decides on a word; called at least once for each.
    ///   - skipped: Gets the lines that are no drawings.
    /// - Throws: `DataError` if the file cannot be read.
    /// - Complexity: O(bytes of the lines)
    mutating func read(
        into drawing: inout Drawing, where isWanted: (String) -> Bool, skipped: inout SkippedRecords
    ) throws(DataError) -> Bool {
        var unwanted = drawing.word.isEmpty || isWanted(drawing.word) ? nil : WordPrefilter(drawing.word)
        while try advance() {
            let count = lines.lineLength
            if let unwanted, lines.withPaddedLine({ unwanted.isWord(of: $0, count: count) }) { continue }
            do throws(DataError) {
                guard try decode(into: &drawing) else { continue }
            } catch {
                skipped.add(error)
                continue
            }
            if isWanted(drawing.word) { return true }
            unwanted = WordPrefilter(drawing.word)
        }
        return false
    }

    /// Advances to the next line of the range; false at its end.
    private mutating func advance() throws(DataError) -> Bool {
        // The line that contains the byte before the range belongs to the previous chunk.
        while lines.nextLineOffset < range.lowerBound { guard try lines.advance() else { return false } }
        guard lines.nextLineOffset < range.upperBound else { return false }
        return try lines.advance()
    }

    /// Decodes the current line; false if it is blank.
    private mutating func decode(into drawing: inout Drawing) throws(DataError) -> Bool {
        let count = lines.lineLength
        if format == .simplified, lines.withPaddedLine({ fastDecoder.decode($0, count: count, into: &drawing) }) {
            return true
        }
        do {
            return try decodeLine(into: &drawing)
        } catch .notJSON(let error) where !lines.hasLineEnd {
            throw self.error(.cutOffLine(offset: lines.lineOffset, error))
        } catch {
            throw self.error(error)
        }
    }

    private func error(_ error: DrawingRecordError) -> DataError {
        DataError(lines.path, line: lines.lineNumber, "\(error)", kind: .invalidRecord)
    }

    /// Decodes the current line using simdjson; false if the line is blank.
    private mutating func decodeLine(into drawing: inout Drawing) throws(DrawingRecordError) -> Bool {
        let (count, isFirst) = (lines.lineLength, lines.lineNumber == 1)
        return try lines.withPaddedLine { (line) throws(DrawingRecordError) in
            // Some editors add a byte order mark.
            let mark = isFirst && count >= 3 && line.startsWithByteOrderMark ? 3 : 0
            let text = line.extracting(droppingFirst: mark)
            if text.isBlank(count - mark) { return false }
            let record: JSONValue
            do throws(JSONSyntaxError) {
                record = try parser.parse(padded: text, count: count - mark)
            } catch {
                throw .notJSON(error)
            }
            switch format {
            case .raw:
                try RawRecord.decode(record, into: &rawDrawing)
                try simplifier.simplify(rawDrawing, into: &drawing)
            case .strokes:
                var hasKey = false
                try GenericStrokesRecord.decode(record, fallbackWord: fallbackWord, into: &rawDrawing, hasKey: &hasKey)
                try simplifier.simplify(rawDrawing, into: &drawing)
                if !hasKey { drawing.setKeyToHash() }
            default: try SimplifiedRecord.decode(record, into: &drawing)
            }
            return true
        }
    }
}

extension RawSpan {
    /// Whether the first `count` bytes are spaces and tabs.
    fileprivate func isBlank(_ count: Int) -> Bool {
        for offset in 0..<count {
            let byte = byte(at: offset)
            if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") { return false }
        }
        return true
    }
}
