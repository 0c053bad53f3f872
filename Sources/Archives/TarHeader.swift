/// The fields of a header, as ranges of its bytes.
enum TarHeader {
    static let name = 0..<100
    static let mode = 100..<108
    static let owner = 108..<116
    static let group = 116..<124
    static let size = 124..<136
    static let time = 136..<148
    static let checksum = 148..<156
    static let type = 156
    static let linkName = 157..<257
    static let magic = 257..<265
    static let prefix = 345..<500

    /// The magic string with its version.
    static let magicText = "ustar\u{0}00".utf8

    /// A header without name, size, and checksum.
    static let template: [UInt8] = {
        var header = [UInt8](repeating: 0, count: TarFormat.blockSize)
        header.setOctal(0o644, at: 0, mode)
        for field in [owner, group, time] { header.setOctal(0, at: 0, field) }
        header[type] = UInt8(ascii: "0")
        header.set(magicText, at: magic.lowerBound)
        return header
    }()

    /// The sum of a header's bytes, with spaces in place of the checksum.
    static func checksum(of header: ArraySlice<UInt8>) -> Int {
        var sum = 0
        for byte in header { sum += Int(byte) }
        for offset in checksum { sum += Int(UInt8(ascii: " ")) - Int(header[header.startIndex + offset]) }
        return sum
    }
}

extension [UInt8] {
    mutating func set(_ text: String.UTF8View, at start: Int) {
        for (index, byte) in text.enumerated() { self[start + index] = byte }
    }

    /// Writes `value` in octal digits into a field that is long enough, with a zero byte at the end.
    mutating func setOctal(_ value: Int, at start: Int, _ field: Range<Int>) {
        var rest = value
        for offset in field.dropLast().reversed() {
            self[start + offset] = UInt8(ascii: "0") + UInt8(rest & 7)
            rest >>= 3
        }
    }
}
