import CZlib

/// Writes a zip archive.
struct ZipBuilder {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ contents: [UInt8], isDeflated: Bool) {
        let data = isDeflated ? compressed(contents, as: .none) : contents
        let checksum = unsafe crc32(0, contents, UInt32(contents.count))
        let common =
            Self.number(20, 2) + Self.number(0, 2) + Self.number(isDeflated ? 8 : 0, 2) + Self.number(0, 4)
            + Self.number(Int(checksum), 4) + Self.number(data.count, 4) + Self.number(contents.count, 4)
            + Self.number(name.utf8.count, 2) + Self.number(0, 2)
        directory +=
            [0x50, 0x4B, 1, 2] + Self.number(20, 2) + common + Self.number(0, 10) + Self.number(bytes.count, 4)
        directory += name.utf8
        bytes += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + data
        count += 1
    }

    /// The archive with its directory.
    func finished() -> [UInt8] {
        bytes + directory + [0x50, 0x4B, 5, 6] + Self.number(0, 4) + Self.number(count, 2) + Self.number(count, 2)
            + Self.number(directory.count, 4) + Self.number(bytes.count, 4) + Self.number(0, 2)
    }

    private static func number(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? number >> (8 * $0) : 0) }
    }
}
