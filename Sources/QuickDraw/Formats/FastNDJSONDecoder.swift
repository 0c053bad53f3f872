import StrokeBank

/// Decodes records in the exact form that Google writes; simdjson decodes all others.
///
/// Most of a file consists of numbers of one to three digits, whose lengths no branch predictor can guess: the loop
/// over them does not branch on the length. Python's form, with a space after each `,` and `:`, is also accepted.
@safe struct FastNDJSONDecoder: ~Copyable {
    /// The interleaved x and y of every point, and for each stroke the end of its coordinates.
    private var coordinates: UnsafeMutablePointer<UInt8>
    private var strokeEnds: UnsafeMutablePointer<Int>
    private var capacity = 1 << 12

    /// The number of bytes after a line that must be readable.
    static let padding = 16

    init() {
        unsafe coordinates = .allocate(capacity: capacity)
        unsafe strokeEnds = .allocate(capacity: capacity)
    }

    deinit {
        unsafe coordinates.deallocate()
        unsafe strokeEnds.deallocate()
    }

    /// Decodes one line into `drawing`; false, with `drawing` unchanged, if it has another form.
    ///
    /// - Parameters:
    ///   - line: The line, and at least `padding` bytes after it.
    ///   - count: The length of the line in bytes.
    mutating func decode(_ line: RawSpan, count: Int, into drawing: inout Drawing) -> Bool {
        precondition(line.byteCount >= count + Self.padding)
        // A coordinate takes at least two bytes of text.
        if count > capacity { grow(to: count) }
        return unsafe line.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            var record = unsafe FastNDJSONRecord(start, count: count, coordinates: coordinates, strokeEnds: strokeEnds)
            return record.decode(into: &drawing)
        }
    }

    private mutating func grow(to count: Int) {
        capacity = 2 * count
        unsafe coordinates.deallocate()
        unsafe strokeEnds.deallocate()
        unsafe coordinates = .allocate(capacity: capacity)
        unsafe strokeEnds = .allocate(capacity: capacity)
    }
}

/// The state of decoding one record: a position in its text, and the points found so far.
@safe private struct FastNDJSONRecord {
    private var place: UnsafeRawPointer
    private let end: UnsafeRawPointer
    private let coordinates: UnsafeMutablePointer<UInt8>
    private let strokeEnds: UnsafeMutablePointer<Int>
    private var coordinateCount = 0
    private var strokeCount = 0
    /// 1 if a space follows each `,` and `:`.
    private var space = 0

    init(
        _ start: UnsafeRawPointer, count: Int, coordinates: UnsafeMutablePointer<UInt8>,
        strokeEnds: UnsafeMutablePointer<Int>
    ) {
        unsafe place = start
        unsafe end = start + count
        unsafe self.coordinates = coordinates
        unsafe self.strokeEnds = strokeEnds
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
                guard !hasStrokes, skipSpaceAfterName(), strokes() else { return false }
                hasStrokes = true
            } else {
                // An unknown member with a string.
                guard text() != nil, skip(":"), skipSpaceAfterName(), text() != nil else { return false }
            }
        } while skip(",") && skipSpace()
        guard skip("}"), unsafe place == end, hasStrokes, let word, let keyID else { return false }
        unsafe drawing.setStrokes(
            coordinates: UnsafeBufferPointer(start: coordinates, count: coordinateCount),
            ends: UnsafeBufferPointer(start: strokeEnds, count: strokeCount))
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
        guard unsafe place < end, unsafe place.load(as: UInt8.self) == UInt8(ascii: character) else { return false }
        unsafe place += 1
        return true
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
    private mutating func strokes() -> Bool {
        // A copy stays in registers; each form gets a specialized loop.
        var record = self
        defer { self = record }
        return space == 0 ? record.strokes(isSpaced: false) : record.strokes(isSpaced: true)
    }

    @inline(__always)
    private mutating func strokes(isSpaced: Bool) -> Bool {
        guard skip("[") else { return false }
        if skip("]") { return true }
        repeat {
            let start = coordinateCount
            guard skip("["), let xCount = numbers(from: start, isSpaced: isSpaced), skip(","), !isSpaced || skip(" "),
                let yCount = numbers(from: start + 1, isSpaced: isSpaced), xCount == yCount, skip("]")
            else { return false }
            coordinateCount = start + 2 * xCount
            unsafe strokeEnds[strokeCount] = coordinateCount
            strokeCount += 1
        } while skip(",") && (!isSpaced || skip(" "))
        return skip("]")
    }

    /// Consumes an array of one or more whole numbers from 0 to 255, stores them in every second coordinate starting at
    /// `first`, and returns their number.
    ///
    /// Two numbers at a time: the ends of both are found in one word of text, independently.
    @inline(__always)
    private mutating func numbers(from first: Int, isSpaced: Bool) -> Int? {
        guard skip("[") else { return nil }
        let comma = UInt64(UInt8(ascii: ","))
        var place = unsafe place
        var target = unsafe coordinates + first
        var errors = NumberErrors()
        var delimiter: UInt64
        repeat {
            let text = unsafe UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
            errors.add(text)
            // Digits become 0 to 9; the top bit marks other bytes, reliably up to the first of them.
            let values = text ^ 0x3030_3030_3030_3030
            let others = (values &+ 0x7676_7676_7676_7676) & 0x8080_8080_8080_8080
            let end = UInt64(truncatingIfNeeded: others.trailingZeroBitCount & 0x38)
            guard end &- 8 <= 16 else { return nil }
            unsafe target.pointee = errors.number(values, bits: end)
            unsafe target += 2
            delimiter = text &>> end & 0xFF
            if delimiter != comma || isSpaced {
                unsafe place += Int(truncatingIfNeeded: end &>> 3) &+ 1
                guard delimiter == comma else { break }
                guard unsafe place.load(as: UInt8.self) == UInt8(ascii: " ") else { return nil }
                unsafe place += 1
                continue
            }
            let secondEnd = UInt64(truncatingIfNeeded: (others & (others &- 1)).trailingZeroBitCount & 0x38)
            guard secondEnd &- end &- 16 <= 16 else { return nil }
            unsafe target.pointee = errors.number(values &>> (end &+ 8), bits: secondEnd &- end &- 8)
            unsafe target += 2
            delimiter = text &>> secondEnd & 0xFF
            unsafe place += Int(truncatingIfNeeded: secondEnd &>> 3) &+ 1
        } while unsafe delimiter == comma && place < self.end
        guard delimiter == UInt64(UInt8(ascii: "]")), errors.isEmpty else { return nil }
        unsafe self.place = place
        return unsafe (target - (coordinates + first)) / 2
    }
}

/// Collects the errors of an array of numbers. It is tested after the loop, which thus needs no branches for errors.
private struct NumberErrors {
    /// The top bit of any byte is set if there were non-ASCII characters.
    private var texts: UInt64 = 0
    /// The top bit is set if there was a leading zero or a number above 255.
    private var numbers: UInt32 = 0

    @inline(__always)
    mutating func add(_ text: UInt64) {
        texts |= text
    }

    /// The number of one to three digits, given as values of 0 to 9 in the lowest `bits` bits, the first digit lowest.
    @inline(__always)
    mutating func number(_ values: UInt64, bits: UInt64) -> UInt8 {
        let values = UInt32(truncatingIfNeeded: values)
        let bits = UInt32(truncatingIfNeeded: bits)
        // Hundreds, tens, and ones in the three highest bytes, from low to high.
        let digits = values &<< (32 &- bits)
        numbers |= 0x02_0505 &- digits.byteSwapped
        // Both factors are negative if the first of several digits is 0.
        numbers |= ((values & 0xFF) &- 1) & (8 &- bits)
        // The product's highest byte is the sum of the digits times 100, 10, and 1; lower bytes do not carry into it.
        return UInt8(truncatingIfNeeded: (digits &* 0x64_0A01) &>> 24)
    }

    var isEmpty: Bool { texts & 0x8080_8080_8080_8080 == 0 && numbers &>> 31 == 0 }
}
