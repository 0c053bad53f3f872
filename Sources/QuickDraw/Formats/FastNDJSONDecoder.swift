import StrokeBank

/// Decodes records in the exact form that Google writes; simdjson decodes all others.
///
/// Python's form, with a space after each `,` and `:`, is also accepted.
@safe struct FastNDJSONDecoder: ~Copyable {
    private var memory = FastStrokesMemory()

    /// The number of bytes after a line that must be readable.
    static let padding = 16

    /// Decodes one line into `drawing`; false, with `drawing` unchanged, if it has another form.
    ///
    /// - Parameters:
    ///   - line: The line, and at least `padding` bytes after it.
    ///   - count: The length of the line in bytes.
    mutating func decode(_ line: RawSpan, count: Int, into drawing: inout Drawing) -> Bool {
        precondition(line.byteCount >= count + Self.padding)
        let strokes = memory.decoder(ofTextOf: count)
        return unsafe line.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            var record = unsafe FastNDJSONRecord(start, count: count, strokes: strokes)
            return record.decode(into: &drawing)
        }
    }
}

/// The state of decoding one record: a position in its text, and the strokes found so far.
@safe private struct FastNDJSONRecord {
    private var place: UnsafeRawPointer
    private let end: UnsafeRawPointer
    private var strokes: FastStrokesDecoder
    /// 1 if a space follows each `,` and `:`.
    private var space = 0

    init(_ start: UnsafeRawPointer, count: Int, strokes: FastStrokesDecoder) {
        unsafe place = start
        unsafe end = start + count
        self.strokes = strokes
    }

    mutating func decode(into drawing: inout Drawing) -> Bool {
        var word: ASCIIField?
        var keyID: UInt64?
        var country = CountryCode.unknown
        var isRecognized = false
        var timestamp: UInt32 = 0
        var hasStrokes = false
        guard skip("{") else { return false }
        repeat {
            // In the order in which Google writes them.
            if skip(all: "\"word\":") {
                guard word == nil, skipSpaceAfterName(), let value = text(), value.count > 0 else { return false }
                word = value
            } else if skip(all: "\"countrycode\":") {
                guard skipSpaceAfterName(), let value = text() else { return false }
                country = value.countryCode
            } else if skip(all: "\"timestamp\":") {
                guard skipSpaceAfterName(), let value = text() else { return false }
                timestamp = value.timestamp
            } else if skip(all: "\"recognized\":") {
                guard skipSpaceAfterName(), let value = boolean() else { return false }
                isRecognized = value
            } else if skip(all: "\"key_id\":") {
                guard keyID == nil, skipSpaceAfterName(), let value = text()?.decimal else { return false }
                keyID = value
            } else if skip(all: "\"drawing\":") {
                guard !hasStrokes, skipSpaceAfterName(), skipStrokes() else { return false }
                hasStrokes = true
            } else {
                // An unknown member with a string.
                guard text() != nil, skip(":"), skipSpaceAfterName(), text() != nil else { return false }
            }
            guard skip(",") else { break }
            guard skipSpace() else { return false }
        } while true
        guard skip("}"), unsafe place == end, hasStrokes, let word, let keyID else { return false }
        strokes.copy(to: &drawing)
        // Most lines of a file have the word of the previous one.
        if !word.isEqual(to: drawing.word) { drawing.word = word.string }
        drawing.keyID = keyID
        drawing.country = country
        drawing.timestamp = timestamp
        drawing.isRecognized = isRecognized
        return true
    }

    /// Consumes one character, if it is next.
    @inline(__always)
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        unsafe place.skip(character, before: end)
    }

    /// Consumes these characters, 4 to 16, if they are next.
    @inline(__always)
    private mutating func skip(all text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        let text = unsafe UnsafeRawPointer(text.utf8Start)
        let isNext =
            count < 8
            ? unsafe hasBytes(of: text, UInt32.self, at: 0) && hasBytes(of: text, UInt32.self, at: count - 4)
            : unsafe hasBytes(of: text, UInt64.self, at: 0) && hasBytes(of: text, UInt64.self, at: count - 8)
        guard unsafe place < end, isNext else { return false }
        unsafe place += count
        return true
    }

    @inline(__always)
    private func hasBytes<Bytes: FixedWidthInteger & BitwiseCopyable>(
        of text: UnsafeRawPointer, _ type: Bytes.Type, at offset: Int
    ) -> Bool {
        unsafe place.loadUnaligned(fromByteOffset: offset, as: type)
            == text.loadUnaligned(fromByteOffset: offset, as: type)
    }

    /// Consumes the space after a `:`, if there is one; after the first one, all are required.
    @inline(__always)
    private mutating func skipSpaceAfterName() -> Bool {
        if skip(" ") {
            space = 1
            return true
        }
        return space == 0
    }

    /// Consumes a space, if one is required.
    @inline(__always)
    private mutating func skipSpace() -> Bool {
        space == 0 || skip(" ")
    }

    /// Consumes an ASCII string without escapes.
    @inline(__always)
    private mutating func text() -> ASCIIField? {
        guard skip("\"") else { return nil }
        let start = unsafe place
        while unsafe place < end {
            let marks = unsafe unquotableBytes(place.loadUnaligned(as: UInt64.self))
            guard marks != 0 else {
                unsafe place += 8
                continue
            }
            unsafe place += marks.trailingZeroBitCount &>> 3
            let count = unsafe place - start
            return unsafe skip("\"") ? ASCIIField(start: start, count: count) : nil
        }
        return nil
    }

    @inline(__always)
    private mutating func boolean() -> Bool? {
        let letters = unsafe UInt32(littleEndian: place.loadUnaligned(as: UInt32.self))
        if letters == 0x6575_7274 {  // "true", the first letter lowest
            unsafe place += 4
            return true
        }
        guard letters == 0x736C_6166, unsafe place.load(fromByteOffset: 4, as: UInt8.self) == UInt8(ascii: "e") else {
            return nil
        }
        unsafe place += 5
        return false
    }

    /// Consumes the array of strokes.
    private mutating func skipStrokes() -> Bool {
        guard let end = unsafe strokes.decode(place, end: end, isSpaced: space == 1) else { return false }
        unsafe place = end
        return true
    }
}
