import FileAccess
import JSONText
public import SystemPackage

/// Reads Quick, Draw!'s simplified ndjson, one drawing a line, gzipped or not.
///
/// The members of a record may stand in any order; members that it does not know are passed over, and so are empty
/// lines. The word is taken from the record, never from the file's name.
public struct SimplifiedReader: ~Copyable {
    private var lines: LineReader
    private var plainRecords = PlainRecordDecoder()
    private var parser = JSONParser()
    /// Where lines begin that are to be read, and that are not any more.
    private let range: Range<Int>

    /// Opens the file at `path`.
    ///
    /// - Throws: `QuickDrawError.file` if it cannot be opened.
    public init(_ path: FilePath) throws(QuickDrawError) {
        try self.init(path, linesIn: 0..<Int.max)
    }

    /// Opens a file to read the records whose lines begin in a range of its bytes, all for what is gzipped.
    ///
    /// The numbers of lines in errors count from the range on.
    init(_ path: FilePath, linesIn range: Range<Int>) throws(QuickDrawError) {
        do {
            lines = try LineReader(path, from: max(0, range.lowerBound - 1))
        } catch {
            throw .file(error)
        }
        self.range = range
    }

    /// Whether the file is gzipped; of a pipe it is known once something was read.
    var isCompressed: Bool { lines.isCompressed }

    /// Reads the next drawing into `drawing`, whose memory is used again; false at the end of the file.
    ///
    /// After an error, `drawing` may hold half of a record.
    /// - Throws: `QuickDrawError`: `record` if one is wrong, `file` if the file cannot be read.
    /// - Complexity: O(bytes of the line)
    public mutating func read(into drawing: inout Drawing) throws(QuickDrawError) -> Bool {
        // The line of the byte before the range is another's, even where only its end is left.
        while lines.nextLineOffset < range.lowerBound { guard try advance() else { return false } }
        while lines.nextLineOffset < range.upperBound, try advance() {
            let lineLength = lines.lineLength
            if lines.withPaddedLine({ plainRecords.decode($0, count: lineLength, into: &drawing) }) { return true }
            do {
                let isDrawing = try lines.withPaddedLine { (line) throws(DrawingFault) in
                    try Self.decode(line, count: lineLength, with: &parser, into: &drawing)
                }
                if isDrawing { return true }
            } catch {
                throw .record(path: lines.path, line: lines.lineNumber, fault: error)
            }
        }
        return false
    }

    private mutating func advance() throws(QuickDrawError) -> Bool {
        do {
            return try lines.advance()
        } catch {
            throw .file(error)
        }
    }

    /// Decodes one line of `count` bytes and more behind it; false if there is nothing in it.
    private static func decode(
        _ line: RawSpan, count: Int, with parser: inout JSONParser, into drawing: inout Drawing
    ) throws(DrawingFault) -> Bool {
        if line.isBlank(count) { return false }
        let record: JSONValue
        do {
            record = try parser.parse(padded: line, count: count)
        } catch {
            throw .notJSON(error)
        }
        guard record.kind == .object else { throw .notAnObject }
        var word: JSONValue?
        var keyID: JSONValue?
        var strokes: JSONValue?
        drawing.country = .unknown
        drawing.isRecognized = false
        drawing.timestamp = 0
        for member in record.members {
            if member.name == "drawing" {
                strokes = member.value
            } else if member.name == "key_id" {
                keyID = member.value
            } else if member.name == "word" {
                word = member.value
            } else if member.name == "countrycode" {
                drawing.country = member.value.string.flatMap { CountryCode($0.text) } ?? .unknown
            } else if member.name == "timestamp" {
                drawing.timestamp = member.value.string.flatMap { Self.seconds($0.text) } ?? 0
            } else if member.name == "recognized" {
                drawing.isRecognized = member.value.boolean ?? false
            }
        }
        guard let word else { throw .missing(member: "word") }
        guard let keyID else { throw .missing(member: "key_id") }
        guard let strokes else { throw .missing(member: "drawing") }
        guard let wordText = word.string else { throw .wrongType(member: "word", wanted: "a string") }
        // Most lines of a file have the word of the line before.
        if !(wordText == drawing.word) { drawing.word = wordText.text }
        if drawing.word.isEmpty { throw .wrongType(member: "word", wanted: "a text") }
        drawing.keyID = try decodeKeyID(keyID)
        guard let strokes = strokes.elements else { throw .wrongType(member: "drawing", wanted: "an array of strokes") }
        drawing.removeStrokes()
        for (index, stroke) in strokes.enumerated() {
            try decodeStroke(stroke, index: index, into: &drawing)
        }
        return true
    }

    private static func seconds(_ text: String) -> UInt32? {
        let bytes = Array(text.utf8)
        return unsafe Timestamp.seconds(bytes.span.bytes)
    }

    private static func decodeKeyID(_ value: JSONValue) throws(DrawingFault) -> UInt64 {
        guard let text = value.string?.text else {
            guard let keyID = value.uint64 else {
                throw .wrongType(member: "key_id", wanted: "a string of digits")
            }
            return keyID
        }
        // UInt64 takes signs too: "+5" and "-0".
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = text.utf8.first, digits.contains(first), let keyID = UInt64(text) else { throw .keyID(text) }
        return keyID
    }

    private static func decodeStroke(
        _ stroke: JSONValue, index: Int, into drawing: inout Drawing
    ) throws(DrawingFault) {
        guard var axes = stroke.elements else { throw .wrongType(member: "drawing", wanted: "an array of arrays") }
        guard let x = axes.next(), let y = axes.next(), axes.next() == nil else {
            throw .axisCount(stroke: index, count: stroke.elements.map { Array($0).count } ?? 0)
        }
        guard var xs = x.elements, var ys = y.elements else {
            throw .wrongType(member: "drawing", wanted: "an array of strokes of two arrays of numbers")
        }
        var count = 0
        while let x = xs.next() {
            guard let y = ys.next() else { throw unequalAxes(stroke, index: index) }
            drawing.append(
                x: try coordinate(x, axis: "x", stroke: index), y: try coordinate(y, axis: "y", stroke: index))
            count += 1
        }
        guard ys.next() == nil else { throw unequalAxes(stroke, index: index) }
        guard count > 0 else { throw .emptyStroke(stroke: index) }
        drawing.endStroke()
    }

    private static func coordinate(_ value: JSONValue, axis: String, stroke: Int) throws(DrawingFault) -> UInt8 {
        guard let number = value.int, let coordinate = UInt8(exactly: number) else {
            let text = value.double.map { DecimalText.string($0, decimals: 9) } ?? "something else than a number"
            throw .coordinate(stroke: stroke, axis: axis, value: text)
        }
        return coordinate
    }

    private static func unequalAxes(_ stroke: JSONValue, index: Int) -> DrawingFault {
        let counts = stroke.elements.map { $0.map { $0.elements.map { Array($0).count } ?? 0 } } ?? []
        return .unequalAxes(stroke: index, xCount: counts.first ?? 0, yCount: counts.last ?? 0)
    }
}

extension RawSpan {
    /// Whether the first `count` bytes are spaces and tabs only.
    fileprivate func isBlank(_ count: Int) -> Bool {
        for offset in 0..<count {
            let byte = unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
            if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") { return false }
        }
        return true
    }
}
