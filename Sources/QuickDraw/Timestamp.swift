/// Moments as Quick, Draw!'s ndjson writes them: `2017-03-17 18:48:33.14285 UTC`.
public enum Timestamp {
    /// The whole seconds from the beginning of 1970 to the moment that `text` names; a fraction is dropped.
    ///
    /// Nil for anything but a date, a space, a time with seconds, perhaps a fraction of them, and ` UTC`; for days that
    /// no calendar has (Gregorian, for all times), leap seconds, and what `UInt32` does not reach: from 2106 on, and
    /// before 1970.
    public static func seconds(_ text: RawSpan) -> UInt32? {
        // The fixed part, and ` UTC`.
        let count = text.byteCount
        guard count >= 23 else { return nil }
        func byte(_ offset: Int) -> UInt8 {
            unsafe text.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
        }
        // Ten or more if one of them is no digit.
        func digit(_ offset: Int) -> Int { Int(byte(offset) &- UInt8(ascii: "0")) }
        func pair(_ offset: Int) -> Int? {
            let tens = digit(offset)
            let ones = digit(offset + 1)
            return tens < 10 && ones < 10 ? tens * 10 + ones : nil
        }
        guard byte(4) == UInt8(ascii: "-"), byte(7) == UInt8(ascii: "-"), byte(10) == UInt8(ascii: " "),
            byte(13) == UInt8(ascii: ":"), byte(16) == UInt8(ascii: ":"),
            byte(count - 4) == UInt8(ascii: " "), byte(count - 3) == UInt8(ascii: "U"),
            byte(count - 2) == UInt8(ascii: "T"), byte(count - 1) == UInt8(ascii: "C")
        else { return nil }
        if count > 23 {
            guard byte(19) == UInt8(ascii: "."), count > 24, (20..<count - 4).allSatisfy({ digit($0) < 10 }) else {
                return nil
            }
        }
        guard let century = pair(0), let yearOfCentury = pair(2), let month = pair(5), let day = pair(8),
            let hour = pair(11), let minute = pair(14), let second = pair(17)
        else { return nil }
        let year = century * 100 + yearOfCentury
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

    /// How many days lie between the beginning of 1970 and a day from then on.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        // Years that begin in March have their leap day at the end, and months of 153 days in five.
        let shiftedYear = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400 + dayOfYear - 719_468
    }
}
