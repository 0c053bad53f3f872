import StrokeBank

/// Decodes records as Google writes them, and gives up on all others, which simdjson then reads.
///
/// Nearly all of a file is numbers of one to three digits, and where each ends no processor can guess: so the loop over
/// them does not branch on it. Python's spelling, with a space behind each `,` and `:`, is taken, too.
@safe struct FastNDJSONDecoder: ~Copyable {
    /// x and y of every point in turn, and for each stroke where its coordinates end.
    private var coordinates: UnsafeMutablePointer<UInt8>
    private var strokeEnds: UnsafeMutablePointer<Int>
    private var capacity = 1 << 12

    /// How many bytes behind a line may be looked at.
    static let padding = 16

    init() {
        unsafe coordinates = .allocate(capacity: capacity)
        unsafe strokeEnds = .allocate(capacity: capacity)
    }

    deinit {
        unsafe coordinates.deallocate()
        unsafe strokeEnds.deallocate()
    }

    /// Decodes one line into `drawing`; false, with `drawing` as it was, unless all of it is as expected.
    ///
    /// - Parameters:
    ///   - line: the line, and at least `padding` bytes behind it.
    ///   - count: how many bytes the line has.
    mutating func decode(_ line: RawSpan, count: Int, into drawing: inout Drawing) -> Bool {
        precondition(line.byteCount >= count + Self.padding)
        // Both coordinates of a point take two bytes of text each.
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

/// A record on the way to be decoded: a place in its text, and the points found so far.
@safe private struct FastNDJSONRecord {
    private var place: UnsafeRawPointer
    private let end: UnsafeRawPointer
    private let coordinates: UnsafeMutablePointer<UInt8>
    private let strokeEnds: UnsafeMutablePointer<Int>
    private var coordinateCount = 0
    private var strokeCount = 0
    /// 1 if a space stands behind each `,` and `:`.
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
                guard word == nil, skipSpaceBehindName(), let value = text(), value.count > 0 else { return false }
                word = value
            } else if skip(all: "\"countrycode\":") {
                guard skipSpaceBehindName(), let value = text() else { return false }
                country = value.countryCode
            } else if skip(all: "\"timestamp\":") {
                guard skipSpaceBehindName(), let value = text() else { return false }
                timestamp = value.timestamp
            } else if skip(all: "\"recognized\":") {
                guard skipSpaceBehindName(), let value = truth() else { return false }
                isRecognized = value
            } else if skip(all: "\"key_id\":") {
                guard keyID == nil, skipSpaceBehindName(), let value = text()?.decimal else { return false }
                keyID = value
            } else if skip(all: "\"drawing\":") {
                guard !hasStrokes, skipSpaceBehindName(), strokes() else { return false }
                hasStrokes = true
            } else {
                // A text that nobody asked for.
                guard text() != nil, skip(":"), skipSpaceBehindName(), text() != nil else { return false }
            }
        } while skip(",") && skipSpace()
        guard skip("}"), unsafe place == end, hasStrokes, let word, let keyID else { return false }
        unsafe drawing.setStrokes(
            coordinates: UnsafeBufferPointer(start: coordinates, count: coordinateCount),
            ends: UnsafeBufferPointer(start: strokeEnds, count: strokeCount))
        // Most lines of a file have the word of the line before.
        if !word.isSame(as: drawing.word) { drawing.word = word.string }
        drawing.keyID = keyID
        drawing.country = country
        drawing.timestamp = timestamp
        drawing.isRecognized = isRecognized
        return true
    }

    /// Passes one character, if it comes next.
    @inline(__always)
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard unsafe place < end, unsafe place.load(as: UInt8.self) == UInt8(ascii: character) else { return false }
        unsafe place += 1
        return true
    }

    /// Passes these characters, 4 to 16, if they come next.
    @inline(__always)
    private mutating func skip(all text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        let expected = unsafe UnsafeRawPointer(text.utf8Start)
        let isNext =
            count < 8
            ? unsafe isSame(as: expected, UInt32.self, at: 0) && isSame(as: expected, UInt32.self, at: count - 4)
            : unsafe isSame(as: expected, UInt64.self, at: 0) && isSame(as: expected, UInt64.self, at: count - 8)
        guard unsafe place < end, isNext else { return false }
        unsafe place += count
        return true
    }

    @inline(__always)
    private func isSame<Bytes: FixedWidthInteger & BitwiseCopyable>(
        as expected: UnsafeRawPointer, _ type: Bytes.Type, at offset: Int
    ) -> Bool {
        unsafe place.loadUnaligned(fromByteOffset: offset, as: type)
            == expected.loadUnaligned(fromByteOffset: offset, as: type)
    }

    /// Passes the space behind a `:`, if there is one; once there was one, it has to be there.
    @inline(__always)
    private mutating func skipSpaceBehindName() -> Bool {
        if skip(" ") {
            space = 1
            return true
        }
        return space == 0
    }

    /// Passes the space that is due here, if any.
    @inline(__always)
    private mutating func skipSpace() -> Bool {
        space == 0 || skip(" ")
    }

    /// Passes a string of plain ASCII without escapes.
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
    private mutating func truth() -> Bool? {
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

    /// Passes the array of strokes.
    private mutating func strokes() -> Bool {
        // A copy stays in registers, and each spelling gets a loop of its own.
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

    /// Passes an array of one or more whole numbers of 0 to 255, which go to every second of the coordinates from
    /// `first` on; gives how many.
    ///
    /// Two numbers at a time: where the second ends is known as soon as where the first does.
    @inline(__always)
    private mutating func numbers(from first: Int, isSpaced: Bool) -> Int? {
        guard skip("[") else { return nil }
        let comma = UInt64(UInt8(ascii: ","))
        var place = unsafe place
        var target = unsafe coordinates + first
        var faults = NumberFaults()
        var delimiter: UInt64
        repeat {
            let text = unsafe UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
            faults.add(text)
            // Digits become 0 to 9; of other bytes, the first at least, the top bit is set.
            let values = text ^ 0x3030_3030_3030_3030
            let others = (values &+ 0x7676_7676_7676_7676) & 0x8080_8080_8080_8080
            let end = UInt64(truncatingIfNeeded: others.trailingZeroBitCount & 0x38)
            guard end &- 8 <= 16 else { return nil }
            unsafe target.pointee = faults.number(values, bits: end)
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
            unsafe target.pointee = faults.number(values &>> (end &+ 8), bits: secondEnd &- end &- 8)
            unsafe target += 2
            delimiter = text &>> secondEnd & 0xFF
            unsafe place += Int(truncatingIfNeeded: secondEnd &>> 3) &+ 1
        } while unsafe delimiter == comma && place < self.end
        guard delimiter == UInt64(UInt8(ascii: "]")), faults.isEmpty else { return nil }
        unsafe self.place = place
        return unsafe (target - (coordinates + first)) / 2
    }
}

/// What numbers of an array had that none may have. It is looked at in the end, so that the loop has no branch for it.
private struct NumberFaults {
    /// The top bit of any byte: characters beyond ASCII.
    private var texts: UInt64 = 0
    /// The top bit: a leading zero, or more than 255.
    private var numbers: UInt32 = 0

    @inline(__always)
    mutating func add(_ text: UInt64) {
        texts |= text
    }

    /// The number of one to three digits in the lowest `bits` bits, the first digit lowest, as values of 0 to 9.
    @inline(__always)
    mutating func number(_ values: UInt64, bits: UInt64) -> UInt8 {
        let values = UInt32(truncatingIfNeeded: values)
        let bits = UInt32(truncatingIfNeeded: bits)
        // Hundreds, tens and ones in the three highest bytes, from low to high.
        let digits = values &<< (32 &- bits)
        numbers |= 0x02_0505 &- digits.byteSwapped
        // Both are negative if the first of several digits is 0.
        numbers |= ((values & 0xFF) &- 1) & (8 &- bits)
        // In the product's highest byte they meet times 100, 10 and 1; the bytes below are too small to reach it.
        return UInt8(truncatingIfNeeded: (digits &* 0x64_0A01) &>> 24)
    }

    var isEmpty: Bool { texts & 0x8080_8080_8080_8080 == 0 && numbers &>> 31 == 0 }
}
