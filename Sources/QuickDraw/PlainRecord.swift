/// Decodes records as Google writes them, and gives up on all others, which simdjson then reads.
///
/// Nearly all of a file is numbers of one to three digits, and where each ends no processor can guess: so the loop over
/// them does not branch on it. Python's spelling, with a space behind each `,` and `:`, is taken, too.
@safe struct PlainRecordDecoder: ~Copyable {
    /// x and y of every point in turn, and for each stroke where its coordinates end.
    private var coordinates: UnsafeMutablePointer<UInt8>
    private var strokeEnds: UnsafeMutablePointer<Int>
    private var capacity = 1 << 12

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
    ///   - line: the line, and at least 16 bytes behind it.
    ///   - count: how many bytes the line has.
    mutating func decode(_ line: RawSpan, count: Int, into drawing: inout Drawing) -> Bool {
        precondition(line.byteCount >= count + 16)
        // Both coordinates of a point take two bytes of text each.
        if count > capacity { grow(to: count) }
        return unsafe line.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            var record = unsafe PlainRecord(start, count: count, coordinates: coordinates, strokeEnds: strokeEnds)
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
@safe private struct PlainRecord {
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
        var word: Text?
        var keyID: UInt64?
        var country = CountryCode.unknown
        var isRecognized = false
        var timestamp: UInt32 = 0
        var hasStrokes = false
        guard skip("{") else { return false }
        repeat {
            guard let name = text(), skip(":") else { return false }
            if unsafe place.load(as: UInt8.self) == UInt8(ascii: " ") {
                space = 1
                unsafe place += 1
            } else if space == 1 {
                return false
            }
            if unsafe place.load(as: UInt8.self) == UInt8(ascii: "\"") {
                guard let value = text() else { return false }
                if name == "word" {
                    guard word == nil, value.count > 0 else { return false }
                    word = value
                } else if name == "key_id" {
                    guard keyID == nil, let number = value.decimal else { return false }
                    keyID = number
                } else if name == "countrycode" {
                    country = value.countryCode
                } else if name == "timestamp" {
                    timestamp = value.timestamp
                } else if name == "drawing" || name == "recognized" {
                    return false
                }
            } else if name == "drawing" {
                guard !hasStrokes, strokes() else { return false }
                hasStrokes = true
            } else if name == "recognized", let value = truth() {
                isRecognized = value
            } else {
                return false
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

    /// Passes the space that is due here, if any.
    @inline(__always)
    private mutating func skipSpace() -> Bool {
        space == 0 || skip(" ")
    }

    /// Passes a string of plain ASCII without escapes.
    @inline(__always)
    private mutating func text() -> Text? {
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
            return unsafe skip("\"") ? Text(start: start, count: count) : nil
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
        guard skip("[") else { return false }
        if skip("]") { return true }
        repeat {
            let start = coordinateCount
            guard skip("["), let xCount = numbers(from: start), skip(","), skipSpace(),
                let yCount = numbers(from: start + 1), xCount == yCount, skip("]")
            else { return false }
            coordinateCount = start + 2 * xCount
            unsafe strokeEnds[strokeCount] = coordinateCount
            strokeCount += 1
        } while skip(",") && skipSpace()
        return skip("]")
    }

    /// Passes an array of one or more whole numbers of 0 to 255, which go to every second of the coordinates from
    /// `first` on; gives how many.
    ///
    /// Two numbers at a time: where the second ends is known as soon as where the first does.
    @inline(__always)
    private mutating func numbers(from first: Int) -> Int? {
        guard skip("[") else { return nil }
        let comma = UInt64(UInt8(ascii: ","))
        let isSpaced = space == 1
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

/// Marks the bytes that are no character of a plain string: quotes, backslashes, controls and all beyond ASCII. Right up
/// to the first of them; the top bit of a byte is its mark.
@inline(__always)
private func unquotableBytes(_ text: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let text = UInt64(littleEndian: text)
    let quotes = text ^ ones &* UInt64(UInt8(ascii: "\""))
    let backslashes = text ^ ones &* UInt64(UInt8(ascii: "\\"))
    return ((quotes &- ones) | (backslashes &- ones) | (text &- ones &* 0x20) | text) & (ones &* 0x80)
}

/// A string in a record, in ASCII.
@safe private struct Text {
    private let start: UnsafeRawPointer
    let count: Int

    @inline(__always)
    init(start: UnsafeRawPointer, count: Int) {
        unsafe self.start = start
        self.count = count
    }

    private var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: start, count: count) }

    var string: String { unsafe String(decoding: bytes, as: UTF8.self) }

    @inline(__always)
    static func == (text: Text, wanted: StaticString) -> Bool {
        guard text.count == wanted.utf8CodeUnitCount else { return false }
        return unsafe UnsafeRawBufferPointer(start: wanted.utf8Start, count: text.count).elementsEqual(text.bytes)
    }

    func isSame(as wanted: borrowing String) -> Bool {
        let wanted = wanted.utf8Span.span
        guard wanted.count == count else { return false }
        for index in 0..<count where unsafe bytes[index] != wanted[index] { return false }
        return true
    }

    /// The whole number below 2⁶⁴ that the text is; nil if it is none.
    var decimal: UInt64? {
        guard (1...20).contains(count) else { return nil }
        var number: UInt64 = 0
        for index in 0..<count {
            let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let digit = unsafe UInt64(bytes[index] &- UInt8(ascii: "0"))
            let (sum, isSumTooLarge) = product.addingReportingOverflow(digit)
            guard digit < 10, !isTooLarge, !isSumTooLarge else { return nil }
            number = sum
        }
        return number
    }

    var countryCode: CountryCode { unsafe CountryCode(text: bytes) ?? .unknown }

    var timestamp: UInt32 { unsafe Timestamp.seconds(bytes.bytes) ?? 0 }
}
