/// A JSON value, parsed by a straightforward implementation of RFC 8259: a reference for the readers of the program.
enum ReferenceJSON {
    case null
    case boolean(Bool)
    case integer(UInt64, isNegative: Bool)
    case real(Double)
    case string([UInt8])
    case array([ReferenceJSON])
    case object([(name: [UInt8], value: ReferenceJSON)])

    /// The value of the whole `text`; nil if it is invalid, or a number exceeds 64 bits or the range of a double.
    init?(_ text: [UInt8]) {
        guard String(validating: text, as: UTF8.self) != nil else { return nil }
        var parser = Parser(text: text)
        parser.skipSpace()
        guard let value = parser.value() else { return nil }
        parser.skipSpace()
        guard parser.place == text.count else { return nil }
        self = value
    }

    private struct Parser {
        let text: [UInt8]
        var place = 0

        var next: UInt8? { place < text.count ? text[place] : nil }

        mutating func skipSpace() {
            while let next, next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D { place += 1 }
        }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard next == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        mutating func skip(word: String) -> Bool {
            guard text[place...].starts(with: word.utf8) else { return false }
            place += word.utf8.count
            return true
        }

        mutating func value() -> ReferenceJSON? {
            switch next {
            case UInt8(ascii: "{"): object()
            case UInt8(ascii: "["): array()
            case UInt8(ascii: "\""): string().map { .string($0) }
            case UInt8(ascii: "t"): skip(word: "true") ? .boolean(true) : nil
            case UInt8(ascii: "f"): skip(word: "false") ? .boolean(false) : nil
            case UInt8(ascii: "n"): skip(word: "null") ? .null : nil
            default: number()
            }
        }

        mutating func object() -> ReferenceJSON? {
            place += 1
            var members: [(name: [UInt8], value: ReferenceJSON)] = []
            skipSpace()
            if skip("}") { return .object([]) }
            repeat {
                skipSpace()
                guard let name = string() else { return nil }
                skipSpace()
                guard skip(":") else { return nil }
                skipSpace()
                guard let value = value() else { return nil }
                members.append((name, value))
                skipSpace()
            } while skip(",")
            return skip("}") ? .object(members) : nil
        }

        mutating func array() -> ReferenceJSON? {
            place += 1
            var elements: [ReferenceJSON] = []
            skipSpace()
            if skip("]") { return .array([]) }
            repeat {
                skipSpace()
                guard let value = value() else { return nil }
                elements.append(value)
                skipSpace()
            } while skip(",")
            return skip("]") ? .array(elements) : nil
        }

        mutating func string() -> [UInt8]? {
            guard skip("\"") else { return nil }
            var bytes: [UInt8] = []
            while let byte = next {
                place += 1
                switch byte {
                case UInt8(ascii: "\""): return bytes
                case 0..<0x20: return nil
                case UInt8(ascii: "\\"):
                    guard let escaped = escape() else { return nil }
                    bytes += escaped
                default: bytes.append(byte)
                }
            }
            return nil
        }

        private mutating func escape() -> [UInt8]? {
            guard let byte = next else { return nil }
            place += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
            case UInt8(ascii: "b"): return [0x08]
            case UInt8(ascii: "f"): return [0x0C]
            case UInt8(ascii: "n"): return [0x0A]
            case UInt8(ascii: "r"): return [0x0D]
            case UInt8(ascii: "t"): return [0x09]
            case UInt8(ascii: "u"):
                guard let first = hexadecimal() else { return nil }
                if let scalar = Unicode.Scalar(first) { return Array(String(scalar).utf8) }
                guard (0xD800..<0xDC00).contains(first), skip("\\"), skip("u"), let second = hexadecimal(),
                    (0xDC00..<0xE000).contains(second),
                    let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
                else { return nil }
                return Array(String(scalar).utf8)
            default: return nil
            }
        }

        private mutating func hexadecimal() -> UInt32? {
            guard place + 4 <= text.count else { return nil }
            var number: UInt32 = 0
            for byte in text[place..<place + 4] {
                guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
                number = number << 4 | UInt32(digit)
            }
            place += 4
            return number
        }

        private mutating func digits() -> Int {
            let start = place
            while let next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { place += 1 }
            return place - start
        }

        mutating func number() -> ReferenceJSON? {
            let start = place
            let isNegative = skip("-")
            let isZero = next == UInt8(ascii: "0")
            let first = place
            let count = digits()
            guard count > 0, !isZero || count == 1 else { return nil }
            let whole = text[first..<place]
            var isReal = false
            if skip(".") {
                guard digits() > 0 else { return nil }
                isReal = true
            }
            if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
                place += 1
                if !skip("-") { _ = skip("+") }
                guard digits() > 0 else { return nil }
                isReal = true
            }
            if isReal {
                guard let number = Double(String(decoding: text[start..<place], as: UTF8.self)), number.isFinite else {
                    return nil
                }
                return .real(number)
            }
            guard let number = UInt64(String(decoding: whole, as: UTF8.self)), !isNegative || number <= 1 << 63 else {
                return nil
            }
            return .integer(number, isNegative: isNegative && number > 0)
        }
    }
}
