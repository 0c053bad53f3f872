import CZlib

/// Writes a zip archive.
struct ZipBuilder {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ contents: [UInt8], isDeflated: Bool) {
        let data = isDeflated ? Self.deflated(contents) : contents
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

    private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var stream = unsafe z_stream()
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard unsafe deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
        else {
            return []
        }
        defer { unsafe deflateEnd(&stream) }
        var input = bytes
        var output = unsafe [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let count = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                unsafe deflate(&stream, Z_FINISH)
                return unsafe output.count - Int(stream.avail_out)
            }
        }
        return Array(output[..<count])
    }
}
