import StrokeBank
import QuickDraw

/// The records of a file, parsed by a straightforward implementation of the documented format.
enum ReferenceRecords {
    /// A line that is not blank.
    struct Line {
        let number: Int
        /// Nil if it is not a record.
        let drawing: Drawing?
    }

    /// The lines of an ndjson file.
    static func lines(_ file: [UInt8], isRaw: Bool) -> [Line] {
        var texts = file.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        if texts.last == [] { texts.removeLast() }
        return texts.enumerated().compactMap { index, text in
            var text = text
            if text.last == 0x0D { text.removeLast() }
            if index == 0, text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
            if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
            return Line(number: index + 1, drawing: drawing(text, isRaw: isRaw))
        }
    }

    private static func drawing(_ text: [UInt8], isRaw: Bool) -> Drawing? {
        guard case .object(let members)? = ReferenceJSON(text) else { return nil }
        func member(_ name: String) -> ReferenceJSON? { members.last { $0.name == Array(name.utf8) }?.value }
        guard case .string(let word)? = member("word"), !word.isEmpty, let key = member("key_id").flatMap(key),
            case .array(let strokes)? = member("drawing")
        else { return nil }
        var head = Drawing()
        head.word = String(decoding: word, as: UTF8.self)
        head.keyID = key
        if case .string(let letters)? = member("countrycode"), letters.count == 2,
            letters.allSatisfy({ (0x21...0x7E).contains($0) })
        {
            head.country = CountryCode(bytes: SIMD2(letters[0], letters[1]))
        }
        if case .boolean(let value)? = member("recognized") { head.isRecognized = value }
        if case .string(let text)? = member("timestamp") { head.timestamp = seconds(text) ?? 0 }
        return isRaw ? raw(strokes, head) : simplified(strokes, head)
    }

    private static func key(_ value: ReferenceJSON) -> UInt64? {
        switch value {
        case .integer(let number, isNegative: false): number
        case .string(let digits) where !digits.isEmpty && digits.allSatisfy({ (0x30...0x39).contains($0) }):
            UInt64(String(decoding: digits, as: UTF8.self))
        default: nil
        }
    }

    private static func axes(_ stroke: ReferenceJSON, count: Int) -> [[ReferenceJSON]]? {
        guard case .array(let arrays) = stroke, arrays.count == count else { return nil }
        var axes: [[ReferenceJSON]] = []
        for array in arrays {
            guard case .array(let numbers) = array, !numbers.isEmpty,
                numbers.count == axes.first?.count ?? numbers.count
            else { return nil }
            axes.append(numbers)
        }
        return axes
    }

    private static func simplified(_ strokes: [ReferenceJSON], _ head: Drawing) -> Drawing? {
        var drawing = head
        for stroke in strokes {
            guard let axes = axes(stroke, count: 2) else { return nil }
            for (x, y) in zip(axes[0], axes[1]) {
                guard case .integer(let x, isNegative: false) = x, case .integer(let y, isNegative: false) = y,
                    let x = UInt8(exactly: x), let y = UInt8(exactly: y)
                else { return nil }
                drawing.append(x: x, y: y)
            }
            drawing.endStroke()
        }
        return drawing
    }

    private static func raw(_ strokes: [ReferenceJSON], _ head: Drawing) -> Drawing? {
        var drawing = RawDrawing()
        (drawing.word, drawing.keyID, drawing.country) = (head.word, head.keyID, head.country)
        (drawing.timestamp, drawing.isRecognized) = (head.timestamp, head.isRecognized)
        for stroke in strokes {
            guard let axes = axes(stroke, count: 3) else { return nil }
            for (x, y) in zip(axes[0], axes[1]) {
                guard let x = coordinate(x), let y = coordinate(y) else { return nil }
                drawing.append(x: x, y: y)
            }
            drawing.endStroke()
        }
        // There is no independent implementation of simplification; other tests compare it with published drawings.
        do {
            return try drawing.simplified()
        } catch {
            return nil
        }
    }

    private static func coordinate(_ value: ReferenceJSON) -> Double? {
        let number: Double
        switch value {
        case .integer(let whole, let isNegative): number = isNegative ? -Double(whole) : Double(whole)
        case .real(let real): number = real
        default: return nil
        }
        return abs(number) <= 1e9 ? number : nil
    }

    /// `2017-03-17 18:48:33.14285 UTC` in seconds since 1970, by counting days.
    private static func seconds(_ text: [UInt8]) -> UInt32? {
        let pattern = Array("dddd-dd-dd dd:dd:dd".utf8)
        let digits: ClosedRange<UInt8> = 0x30...0x39
        guard text.count >= 23, text.suffix(4) == Array(" UTC".utf8)[...] else { return nil }
        for (byte, expected) in zip(text, pattern) {
            guard expected == UInt8(ascii: "d") ? digits.contains(byte) : byte == expected else { return nil }
        }
        let fraction = text[19..<text.count - 4]
        guard
            fraction.isEmpty
                || fraction.first == UInt8(ascii: ".") && fraction.count > 1
                    && fraction.dropFirst().allSatisfy(digits.contains)
        else { return nil }
        func number(_ range: Range<Int>) -> Int { text[range].reduce(0) { $0 * 10 + Int($1) - 0x30 } }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        func length(_ year: Int, _ month: Int) -> Int {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        }
        guard year >= 1970, (1...12).contains(month), day >= 1, day <= length(year, month), hour < 24, minute < 60,
            second < 60
        else { return nil }
        var days = day - 1
        for month in 1..<month { days += length(year, month) }
        for year in 1970..<year { days += (1...12).reduce(0) { $0 + length(year, $1) } }
        return UInt32(exactly: days * 86400 + hour * 3600 + minute * 60 + second)
    }

    /// The drawings of a binary file, and the offset of the first invalid record; nil if there is none.
    static func binary(_ file: [UInt8], word: String) -> (drawings: [Drawing], faultOffset: Int?) {
        var drawings: [Drawing] = []
        var place = 0
        func number(_ offset: Int, _ count: Int) -> UInt64? {
            guard offset + count <= file.count else { return nil }
            return file[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        record: while place < file.count {
            var drawing = Drawing()
            drawing.word = word
            guard let key = number(place, 8), let recognized = number(place + 10, 1), recognized < 2,
                let time = number(place + 11, 4), let strokes = number(place + 15, 2)
            else { return (drawings, place) }
            drawing.keyID = key
            drawing.country = CountryCode(bytes: SIMD2(file[place + 8], file[place + 9]))
            drawing.isRecognized = recognized == 1
            drawing.timestamp = UInt32(time)
            var end = place + 17
            for _ in 0..<strokes {
                guard let count = number(end, 2).map({ Int($0) }), count > 0, end + 2 + 2 * count <= file.count else {
                    return (drawings, place)
                }
                for point in end + 2..<end + 2 + count { drawing.append(x: file[point], y: file[point + count]) }
                drawing.endStroke()
                end += 2 + 2 * count
            }
            drawings.append(drawing)
            place = end
        }
        return (drawings, nil)
    }
}
