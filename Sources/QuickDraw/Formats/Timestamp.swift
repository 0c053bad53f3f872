import FileAccess

/// Parses the timestamps of Quick, Draw!'s ndjson: `2017-03-17 18:48:33.14285 UTC`.
enum Timestamp {
    /// The whole seconds since the beginning of 1970; a fraction is dropped.
    ///
    /// Nil unless the text consists of a date, a space, a time with seconds, an optional fraction, and ` UTC`; nil also
    /// for days that the (proleptic Gregorian) calendar does not have, leap seconds, and times outside `UInt32`: before
    /// 1970, and from 2106.
    static func seconds(_ text: RawSpan) -> UInt32? {
        let count = text.byteCount
        guard count >= 23, unsafe bytes(of: text, at: count - 4, as: UInt32.self) == 0x4354_5520 else { return nil }
        if count > 23 {
            guard text.byte(at: 19) == UInt8(ascii: "."), count > 24 else { return nil }
            for offset in 20..<count - 4 where text.byte(at: offset) &- UInt8(ascii: "0") > 9 { return nil }
        }
        guard let month = unsafe PairsOfDigits(bytes(of: text, at: 0), between: 0x2D00_002D_0000_0000),  // 0000-00-
            let day = unsafe PairsOfDigits(bytes(of: text, at: 8), between: 0x0000_3A00_0020_0000),  // 00 00:00
            let time = unsafe PairsOfDigits(bytes(of: text, at: 11), between: 0x0000_3A00_003A_0000)  // 00:00:00
        else { return nil }
        return seconds(
            year: month.pair(at: 0) * 100 + month.pair(at: 2), month: month.pair(at: 5), day: day.pair(at: 0),
            hour: time.pair(at: 0), minute: time.pair(at: 3), second: time.pair(at: 6))
    }

    /// The seconds of a time in CSV, whose writers drop ` UTC`, or write `+00:00` in its place.
    static func seconds(ofCSV text: String) -> UInt32? {
        let suffix = ["+00:00", " UTC"].first { text.hasSuffix($0) } ?? ""
        return unsafe seconds(Array((text.dropLast(suffix.count) + " UTC").utf8).span.bytes)
    }

    /// The little-endian number at an unchecked offset.
    @inline(__always)
    @unsafe private static func bytes<Bytes: FixedWidthInteger & BitwiseCopyable>(
        of text: RawSpan, at offset: Int, as type: Bytes.Type = UInt64.self
    ) -> Bytes {
        unsafe Bytes(littleEndian: text.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: type))
    }

    private static func seconds(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> UInt32? {
        guard year >= 1970, (1...12).contains(month), day >= 1, day <= dayCount(ofMonth: month, in: year),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let days = dayNumber(year: year, month: month, day: day)
        return UInt32(exactly: ((days * 24 + hour) * 60 + minute) * 60 + second)
    }

    private static func dayCount(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The number of days from the beginning of 1970 to a later day.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        // Years that begin in March end with the leap day, and any five months of them have 153 days.
        let shiftedYear = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400 + dayOfYear - 719_468
    }
}

/// Eight characters of a time: numbers of two digits, and separators.
private struct PairsOfDigits {
    private let pairs: UInt64

    /// Nil unless the separators equal the nonzero bytes of `between`, and all other characters are digits.
    @inline(__always)
    init?(_ text: UInt64, between: UInt64) {
        let zeros: UInt64 = 0x3030_3030_3030_3030
        // 0xFF at separators.
        let places = ((between &+ 0x7F7F_7F7F_7F7F_7F7F) & 0x8080_8080_8080_8080) &>> 7 &* 0xFF
        let digits = text ^ (between | zeros & ~places)
        guard (digits | (digits &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0, digits & places == 0 else {
            return nil
        }
        pairs = digits &* 10 &+ digits &>> 8
    }

    /// The number whose tens digit is character `index`.
    @inline(__always)
    func pair(at index: UInt64) -> Int { Int(truncatingIfNeeded: pairs &>> (8 * index) & 0xFF) }
}
