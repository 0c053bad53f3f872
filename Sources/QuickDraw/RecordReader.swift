import StrokeBank
import Archives
import FileAccess
import JSONText

/// Reads Quick, Draw!'s ndjson, simplified or raw, one drawing a line, and simplifies the raw ones.
///
/// The members of a record may stand in any order; members that it does not know are passed over, and so are empty
/// lines. The word is taken from the record, never from the file's name.
struct RecordReader: ~Copyable {
    private var lines: LineReader
    private var plainRecords = FastNDJSONDecoder()
    private var parser = JSONParser()
    private let isRaw: Bool
    /// Where lines begin that are to be read, and that are not any more.
    private let range: Range<Int>
    private var rawDrawing = RawDrawing()
    private var simplifier = DrawingSimplifier()

    /// Takes over a file, before the line that begins with its next byte.
    ///
    /// - Parameters:
    ///   - isRaw: whether the records are raw ones.
    ///   - range: in which bytes of the file the lines begin that are to be read; the next byte is the one before it,
    ///     or the first. The numbers of lines in errors count from there.
    init(_ bytes: consuming ByteReader, isRaw: Bool, linesIn range: Range<Int> = 0..<Int.max) {
        lines = LineReader(bytes)
        self.isRaw = isRaw
        self.range = range
    }

    /// Reads the next drawing into `drawing`, whose memory is used again; false at the end of the file.
    ///
    /// After an error, `drawing` may hold half of a record, and the next call reads the next one.
    /// - Throws: `DataError`: `record` if one is wrong, `file` if the file cannot be read.
    /// - Complexity: O(bytes of the line)
    mutating func read(into drawing: inout Drawing) throws(DataError) -> Bool {
        // The line of the byte before the range is another's, even where only its end is left.
        while lines.nextLineOffset < range.lowerBound { guard try advance() else { return false } }
        while lines.nextLineOffset < range.upperBound, try advance() {
            let count = lines.lineLength
            if !isRaw, lines.withPaddedLine({ plainRecords.decode($0, count: count, into: &drawing) }) { return true }
            do {
                if try decodeLine(into: &drawing) { return true }
            } catch .notJSON(let error) where !lines.hasLineEnd {
                throw fault(.cutOffLine(offset: lines.lineOffset, error))
            } catch {
                throw fault(error)
            }
        }
        return false
    }

    private func fault(_ fault: DrawingRecordError) -> DataError {
        DataError(lines.path, line: lines.lineNumber, "\(fault)", kind: .invalidRecord)
    }

    private mutating func advance() throws(DataError) -> Bool {
        return try lines.advance()
    }

    /// Decodes the current line by simdjson; false if there is nothing in it.
    private mutating func decodeLine(into drawing: inout Drawing) throws(DrawingRecordError) -> Bool {
        let (count, isFirst) = (lines.lineLength, lines.lineNumber == 1)
        return try lines.withPaddedLine { (line) throws(DrawingRecordError) in
            // Some editors write a byte order mark.
            let mark = isFirst && count >= 3 && line.startsWithByteOrderMark ? 3 : 0
            let text = line.extracting(droppingFirst: mark)
            if text.isBlank(count - mark) { return false }
            let record: JSONValue
            do throws(JSONSyntaxError) {
                record = try parser.parse(padded: text, count: count - mark)
            } catch {
                throw .notJSON(error)
            }
            if isRaw {
                try RawRecord.decode(record, into: &rawDrawing)
                try simplifier.simplify(rawDrawing, into: &drawing)
            } else {
                try SimplifiedRecord.decode(record, into: &drawing)
            }
            return true
        }
    }
}

extension RawSpan {
    fileprivate var startsWithByteOrderMark: Bool {
        byte(at: 0) == 0xEF && byte(at: 1) == 0xBB && byte(at: 2) == 0xBF
    }

    /// Whether the first `count` bytes are spaces and tabs only.
    fileprivate func isBlank(_ count: Int) -> Bool {
        for offset in 0..<count {
            let byte = byte(at: offset)
            if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") { return false }
        }
        return true
    }
}
