import StrokeBank

/// Marks bytes that cannot be part of an ASCII string without escapes: quotes, backslashes, controls, and non-ASCII.
///
/// The mark is the top bit of a byte. Only the first mark is reliable.
@inline(__always)
func unquotableBytes(_ text: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let text = UInt64(littleEndian: text)
    let quotes = text ^ ones &* UInt64(UInt8(ascii: "\""))
    let backslashes = text ^ ones &* UInt64(UInt8(ascii: "\\"))
    return ((quotes &- ones) | (backslashes &- ones) | (text &- ones &* 0x20) | text) & (ones &* 0x80)
}

/// An ASCII string in a record.
@safe struct ASCIIField {
    private let start: UnsafeRawPointer
    let count: Int

    @inline(__always)
    init(start: UnsafeRawPointer, count: Int) {
        unsafe self.start = start
        self.count = count
    }

    private var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: start, count: count) }

    var string: String { unsafe String(decoding: bytes, as: UTF8.self) }

    func isEqual(to other: borrowing String) -> Bool {
        let other = other.utf8Span.span
        guard other.count == count else { return false }
        for index in 0..<count where unsafe bytes[index] != other[index] { return false }
        return true
    }

    /// The text as a whole number of up to 19 digits; nil if it is not one.
    var decimal: UInt64? {
        guard (1...19).contains(count) else { return nil }
        var number: UInt64 = 0
        for index in 0..<count & 7 {
            let digit = unsafe UInt64(bytes[index] &- UInt8(ascii: "0"))
            guard digit < 10 else { return nil }
            number = number &* 10 &+ digit
        }
        for index in stride(from: count & 7, to: count, by: 8) {
            let text = unsafe UInt64(littleEndian: start.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            guard let eight = eightDigits(text) else { return nil }
            number = number &* 100_000_000 &+ eight
        }
        return number
    }

    var countryCode: CountryCode { unsafe CountryCode(text: bytes) ?? .unknown }

    var timestamp: UInt32 { unsafe Timestamp.seconds(bytes.bytes) ?? 0 }
}

/// The number of eight ASCII digits, the first in the lowest byte; nil if one of them is not a digit.
@inline(__always)
private func eightDigits(_ text: UInt64) -> UInt64? {
    let digits = text ^ 0x3030_3030_3030_3030
    guard (digits | (digits &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0 else { return nil }
    // Adjacent digits combine into numbers of two digits, then four, then eight, each in the upper half.
    let pairs = (digits &* (10 << 8 + 1)) &>> 8 & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* (100 << 16 + 1)) &>> 16 & 0x0000_FFFF_0000_FFFF
    return (fours &* (10_000 << 32 + 1)) &>> 32
}
