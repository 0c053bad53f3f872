import StrokeBank

/// The memory of `FastStrokesDecoder`, for texts of any length.
@safe struct FastStrokesMemory: ~Copyable {
    /// The interleaved x and y of every point, and for each stroke the end of its coordinates.
    private var coordinates: UnsafeMutablePointer<UInt8>
    private var strokeEnds: UnsafeMutablePointer<Int>
    private var capacity = 1 << 12
    /// The only texts of the numbers from 0 to 255 (see `NumberErrors`).
    private let texts: UnsafeMutablePointer<UInt32>

    init() {
        unsafe coordinates = .allocate(capacity: capacity)
        unsafe strokeEnds = .allocate(capacity: capacity)
        unsafe texts = .allocate(capacity: 256)
        for number in 0..<256 { unsafe texts[number] = NumberErrors.text(of: number) }
    }

    deinit {
        unsafe coordinates.deallocate()
        unsafe strokeEnds.deallocate()
        unsafe texts.deallocate()
    }

    /// A decoder of strokes in a text of `count` bytes, valid until the next call.
    mutating func decoder(ofTextOf count: Int) -> FastStrokesDecoder {
        // A coordinate takes at least two bytes of text.
        if count > capacity { grow(to: count) }
        return unsafe FastStrokesDecoder(coordinates: coordinates, strokeEnds: strokeEnds, texts: texts)
    }

    private mutating func grow(to count: Int) {
        capacity = 2 * count
        unsafe coordinates.deallocate()
        unsafe strokeEnds.deallocate()
        unsafe coordinates = .allocate(capacity: capacity)
        unsafe strokeEnds = .allocate(capacity: capacity)
    }
}

/// Decodes the strokes of a record in the exact form that Google writes, or with a space after each comma.
///
/// Most of a file consists of numbers of one to three digits, whose lengths no branch predictor can guess: the loop
/// over them does not branch on the length.
@safe struct FastStrokesDecoder {
    private let coordinates: UnsafeMutablePointer<UInt8>
    private let strokeEnds: UnsafeMutablePointer<Int>
    private let texts: UnsafePointer<UInt32>
    private var coordinateCount = 0
    private var strokeCount = 0

    init(
        coordinates: UnsafeMutablePointer<UInt8>, strokeEnds: UnsafeMutablePointer<Int>, texts: UnsafePointer<UInt32>
    ) {
        unsafe self.coordinates = coordinates
        unsafe self.strokeEnds = strokeEnds
        unsafe self.texts = texts
    }

    /// Decodes an array of strokes, and keeps them; returns its end, or nil if it has another form.
    ///
    /// - Parameters:
    ///   - start: The array, and whatever follows.
    ///   - end: The end of the text; 16 bytes after it must be readable.
    ///   - isSpaced: Whether a space follows each comma.
    @inline(never)
    mutating func decode(_ start: UnsafeRawPointer, end: UnsafeRawPointer, isSpaced: Bool) -> UnsafeRawPointer? {
        var text = unsafe StrokesText(
            start, end: end, coordinates: coordinates, strokeEnds: strokeEnds, texts: texts)
        guard isSpaced ? text.spacedStrokes() : text.strokes(isSpaced: false) else { return nil }
        coordinateCount = text.coordinateCount
        strokeCount = text.strokeCount
        return unsafe text.place
    }

    /// Replaces the strokes of a drawing by those that were decoded.
    func copy(to drawing: inout Drawing) {
        unsafe drawing.setStrokes(
            coordinates: UnsafeBufferPointer(start: coordinates, count: coordinateCount),
            ends: UnsafeBufferPointer(start: strokeEnds, count: strokeCount))
    }
}

/// The state of decoding strokes: a position in their text, and the points found so far.
@safe private struct StrokesText {
    private(set) var place: UnsafeRawPointer
    private let end: UnsafeRawPointer
    private let coordinates: UnsafeMutablePointer<UInt8>
    private let strokeEnds: UnsafeMutablePointer<Int>
    private let texts: UnsafePointer<UInt32>
    private(set) var coordinateCount = 0
    private(set) var strokeCount = 0

    init(
        _ start: UnsafeRawPointer, end: UnsafeRawPointer, coordinates: UnsafeMutablePointer<UInt8>,
        strokeEnds: UnsafeMutablePointer<Int>, texts: UnsafePointer<UInt32>
    ) {
        unsafe place = start
        unsafe self.end = end
        unsafe self.coordinates = coordinates
        unsafe self.strokeEnds = strokeEnds
        unsafe self.texts = texts
    }

    /// Consumes the array of strokes with a space after each comma.
    @inline(never)
    mutating func spacedStrokes() -> Bool {
        strokes(isSpaced: true)
    }

    /// Consumes the array of strokes; each form gets a specialized loop.
    @inline(__always)
    mutating func strokes(isSpaced: Bool) -> Bool {
        guard skip("[") else { return false }
        if skip("]") { return true }
        repeat {
            guard skip("["), skip("["), points(isSpaced: isSpaced), skip("]") else { return false }
            unsafe strokeEnds[strokeCount] = coordinateCount
            strokeCount += 1
            guard skip(",") else { return skip("]") }
            guard !isSpaced || skip(" ") else { return false }
        } while true
    }

    /// Consumes two arrays of one or more whole numbers from 0 to 255, the first without its `[`, and stores them as the
    /// coordinates of points.
    ///
    /// The numbers of both arrays are decoded in turn: each is found only after the previous one in its array, but
    /// independently of those in the other. Of each array, two are found in one word of text.
    @inline(__always)
    private mutating func points(isSpaced: Bool) -> Bool {
        var x = unsafe place
        guard skipNumbers(), skip(","), !isSpaced || skip(" "), skip("[") else { return false }
        let xEnd = unsafe place - (isSpaced ? 3 : 2)
        var y = unsafe place
        var target = unsafe coordinates + coordinateCount
        var errors = unsafe NumberErrors(texts)
        var delimiters: (x: UInt64, y: UInt64)
        repeat {
            let text = unsafe (x: word(at: x), y: word(at: y))
            var marks = (x: nonDigits(text.x), y: nonDigits(text.y))
            let first = (x: firstEnd(marks.x), y: firstEnd(marks.y))
            guard first.x &- 8 <= 16, first.y &- 8 <= 16 else { return false }
            unsafe target[0] = errors.number(text.x, bits: first.x)
            unsafe target[1] = errors.number(text.y, bits: first.y)
            unsafe target += 2
            delimiters = (text.x &>> first.x & 0xFF, text.y &>> first.y & 0xFF)
            if delimiters.x != comma || isSpaced {
                unsafe x += Int(truncatingIfNeeded: first.x &>> 3) &+ 1
                unsafe y += Int(truncatingIfNeeded: first.y &>> 3) &+ 1
                guard delimiters.x == comma else { break }
                guard unsafe delimiters.y == comma && isSpace(x) && isSpace(y) else { return false }
                unsafe x += 1
                unsafe y += 1
                continue
            }
            guard delimiters.y == comma else { return false }
            marks = (marks.x & (marks.x &- 1), marks.y & (marks.y &- 1))
            let second = (x: firstEnd(marks.x), y: firstEnd(marks.y))
            guard second.x &- first.x &- 16 <= 16, second.y &- first.y &- 16 <= 16 else { return false }
            unsafe target[0] = errors.number(text.x &>> (first.x &+ 8), bits: second.x &- first.x &- 8)
            unsafe target[1] = errors.number(text.y &>> (first.y &+ 8), bits: second.y &- first.y &- 8)
            unsafe target += 2
            delimiters = (text.x &>> second.x & 0xFF, text.y &>> second.y & 0xFF)
            unsafe x += Int(truncatingIfNeeded: second.x &>> 3) &+ 1
            unsafe y += Int(truncatingIfNeeded: second.y &>> 3) &+ 1
        } while unsafe delimiters.x == comma && delimiters.y == comma && y < end
        let bracket = UInt64(UInt8(ascii: "]"))
        guard delimiters.x == bracket, delimiters.y == bracket, unsafe x == xEnd, errors.isEmpty else { return false }
        coordinateCount = unsafe target - coordinates
        unsafe place = y
        return true
    }

    private var comma: UInt64 { UInt64(UInt8(ascii: ",")) }

    /// Consumes one character, if it is next.
    @inline(__always)
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        unsafe place.skip(character, before: end)
    }

    /// Consumes everything up to the next `]`, or up to a letter, which is none.
    @inline(__always)
    private mutating func skipNumbers() -> Bool {
        while unsafe place < end {
            let text = unsafe word(at: place)
            // Neither digits nor commas have this bit.
            let marks = text & 0x4040_4040_4040_4040
            guard marks == 0 else {
                unsafe place += marks.trailingZeroBitCount &>> 3
                return skip("]")
            }
            unsafe place += 8
        }
        return false
    }
}

extension UnsafeRawPointer {
    /// Moves behind a character of a text that ends at `end`, if it is next.
    @inline(__always)
    mutating func skip(_ character: Unicode.Scalar, before end: UnsafeRawPointer) -> Bool {
        guard unsafe self < end, unsafe load(as: UInt8.self) == UInt8(ascii: character) else { return false }
        unsafe self += 1
        return true
    }
}

/// The top bits of the bytes that are not digits: reliable up to the first that is not ASCII. A wrong place is an error of
/// a number or of its delimiter.
@inline(__always)
private func nonDigits(_ text: UInt64) -> UInt64 {
    ((text ^ 0x3030_3030_3030_3030) &+ 0x7676_7676_7676_7676) & 0x8080_8080_8080_8080
}

/// The bits before the first byte that `nonDigits` marks.
@inline(__always)
private func firstEnd(_ marks: UInt64) -> UInt64 {
    UInt64(truncatingIfNeeded: marks.trailingZeroBitCount & 0x38)
}

/// Eight bytes, the first lowest.
@inline(__always)
private func word(at place: UnsafeRawPointer) -> UInt64 {
    unsafe UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
}

@inline(__always)
private func isSpace(_ place: UnsafeRawPointer) -> Bool {
    unsafe place.load(as: UInt8.self) == UInt8(ascii: " ")
}

/// Collects the errors of numbers. It is tested after the loop, which thus needs no branches for errors.
@safe private struct NumberErrors {
    /// The texts of the numbers from 0 to 255.
    private let texts: UnsafePointer<UInt32>
    /// The bits in which the text of any number differed from the only one that its value has.
    private var bits: UInt32 = 0

    init(_ texts: UnsafePointer<UInt32>) {
        unsafe self.texts = texts
    }

    /// The digits of a number, the last in the highest byte.
    static func text(of number: Int) -> UInt32 {
        "\(number)".utf8.reduce(0) { $0 &>> 8 | UInt32($1) &<< 24 }
    }

    /// The number of one to three digits in the lowest `bits` bits of a text, the first digit lowest.
    ///
    /// Anything but a number up to 255, without a leading zero, differs from the text of every number.
    @inline(__always)
    mutating func number(_ text: UInt64, bits: UInt64) -> UInt8 {
        let digits = UInt32(truncatingIfNeeded: text) &<< (32 &- UInt32(truncatingIfNeeded: bits))
        // The product's highest byte is the sum of the digits times 100, 10, and 1.
        let number = ((digits & 0x0F0F_0F0F) &* 0x64_0A01) &>> 24
        unsafe self.bits |= digits ^ texts[Int(number)]
        return UInt8(truncatingIfNeeded: number)
    }

    var isEmpty: Bool { bits == 0 }
}
