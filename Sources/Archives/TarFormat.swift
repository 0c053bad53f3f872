/// The blocks of a tar file (POSIX `ustar`): what stands before, behind and after its members.
///
/// Everything that is not a member's name, size or bytes is the same in every header: mode 0644, owner and group 0
/// without names, time 0. So the bytes of a file depend on its members alone.
public enum TarFormat {
    /// The size of a block, in bytes: headers have one, and a member's bytes are filled up to whole ones.
    static let blockSize = 512

    /// The longest name of a member that is written, in UTF-8 bytes.
    public static let nameLimit = 100

    /// Begins a member: adds a header without name, size and checksum to `archive`, behind which its bytes are appended.
    ///
    /// - Returns: where the header is, for `endMember`.
    public static func beginMember(in archive: inout [UInt8]) -> Int {
        archive.append(contentsOf: TarHeader.template)
        return archive.count - blockSize
    }

    /// Ends the member begun at `start`, of which all bytes were appended: fills in its header, and its last block.
    ///
    /// - Parameters:
    ///   - name: 1 to `nameLimit` bytes.
    ///   - start: what `beginMember` gave; the member has less than 8 GiB.
    public static func endMember(named name: String, begunAt start: Int, in archive: inout [UInt8]) {
        precondition((1...nameLimit).contains(name.utf8.count))
        let size = archive.count - start - blockSize
        archive.set(name.utf8, at: start + TarHeader.name.lowerBound)
        archive.setOctal(size, at: start, TarHeader.size)
        let checksum = TarHeader.checksum(of: archive[start..<start + blockSize])
        // By custom six digits, a zero byte and a space.
        archive.setOctal(checksum, at: start, TarHeader.checksum.dropLast())
        archive[start + TarHeader.checksum.upperBound - 1] = UInt8(ascii: " ")
        archive.append(contentsOf: repeatElement(0, count: -size & (blockSize - 1)))
    }

    /// Adds the two blocks of zeros that end a tar file.
    public static func appendEnd(to archive: inout [UInt8]) {
        archive.append(contentsOf: repeatElement(0, count: 2 * blockSize))
    }
}

/// Where the fields of a header are, in bytes from its start.
enum TarHeader {
    static let name = 0..<100
    static let mode = 100..<108
    static let owner = 108..<116
    static let group = 116..<124
    static let size = 124..<136
    static let time = 136..<148
    static let checksum = 148..<156
    static let type = 156
    static let magic = 257..<265
    static let prefix = 345..<500

    /// The magic word with its version.
    static let magicText = "ustar\u{0}00".utf8

    /// A header without name, size and checksum.
    static let template: [UInt8] = {
        var header = [UInt8](repeating: 0, count: TarFormat.blockSize)
        header.setOctal(0o644, at: 0, mode)
        for field in [owner, group, time] { header.setOctal(0, at: 0, field) }
        header[type] = UInt8(ascii: "0")
        header.set(magicText, at: magic.lowerBound)
        return header
    }()

    /// The sum of a header's bytes, those of the checksum counted as spaces.
    static func checksum(of header: ArraySlice<UInt8>) -> Int {
        var sum = 0
        for byte in header { sum += Int(byte) }
        for offset in checksum { sum += Int(UInt8(ascii: " ")) - Int(header[header.startIndex + offset]) }
        return sum
    }
}

extension [UInt8] {
    fileprivate mutating func set(_ text: String.UTF8View, at start: Int) {
        var place = start
        for byte in text {
            self[place] = byte
            place += 1
        }
    }

    /// Writes `value` in octal digits into a field that has room for it, with a zero byte at the end.
    fileprivate mutating func setOctal(_ value: Int, at start: Int, _ field: Range<Int>) {
        var rest = value
        for offset in field.dropLast().reversed() {
            self[start + offset] = UInt8(ascii: "0") + UInt8(rest & 7)
            rest >>= 3
        }
    }
}
