import ZlibReference

// PNG files read and written by the specification, independently of PNGCodec.

/// A chunk of a PNG file.
struct PNGChunk: Hashable {
    let type: String
    let data: [UInt8]
    let checksum: UInt32

    /// The checksum that the chunk should have.
    var expectedChecksum: UInt32 { plainCRC(Array(type.utf8) + data) }

    /// Takes a file apart; nil unless it begins with the signature and ends with a whole chunk.
    static func all(of bytes: [UInt8]) -> [PNGChunk]? {
        guard bytes.starts(with: PlainPNG.signature) else { return nil }
        var chunks: [PNGChunk] = []
        var place = 8
        while place < bytes.count {
            guard place + 12 <= bytes.count else { return nil }
            let count = Int(bigEndian(bytes, at: place))
            guard place + 12 + count <= bytes.count else { return nil }
            chunks.append(
                PNGChunk(
                    type: String(decoding: bytes[place + 4..<place + 8], as: UTF8.self),
                    data: Array(bytes[place + 8..<place + 8 + count]),
                    checksum: bigEndian(bytes, at: place + 8 + count)))
            place += 12 + count
        }
        return chunks
    }
}

/// An image, sample by sample, as a PNG with stored (not compressed) data.
struct PlainPNG {
    static let signature: [UInt8] = [137, 80, 78, 71, 13, 10, 26, 10]

    var width: Int
    var height: Int
    var bitDepth: Int
    /// 0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGB with alpha.
    var colorType: Int
    var isInterlaced = false
    /// The data of PLTE and tRNS; no chunk if it is empty.
    var palette: [UInt8] = []
    var transparency: [UInt8] = []
    /// The samples of a pixel, one a channel.
    var pixel: (_ x: Int, _ y: Int) -> [Int]

    /// Where the passes of an interlaced image begin, and their steps (the PNG specification's Adam7).
    private static let passes = [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ]

    var bytes: [UInt8] {
        var data: [UInt8] = []
        for (startX, startY, stepX, stepY) in isInterlaced ? Self.passes : [(0, 0, 1, 1)] where startX < width {
            for y in stride(from: startY, to: height, by: stepY) {
                data += [0] + row(of: stride(from: startX, to: width, by: stepX).flatMap { pixel($0, y) })
            }
        }
        let header =
            bigEndianBytes(width) + bigEndianBytes(height)
            + [UInt8(bitDepth), UInt8(colorType), 0, 0, isInterlaced ? 1 : 0]
        return Self.signature + Self.chunk("IHDR", header)
            + (palette.isEmpty ? [] : Self.chunk("PLTE", palette))
            + (transparency.isEmpty ? [] : Self.chunk("tRNS", transparency))
            + Self.chunk("IDAT", Self.storedZlibStream(data)) + Self.chunk("IEND", [])
    }

    static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        return bigEndianBytes(data.count) + body + bigEndianBytes(Int(plainCRC(body)))
    }

    /// Samples of `bitDepth` bits, the first highest, and 0 in what is left of the last byte.
    private func row(of samples: [Int]) -> [UInt8] {
        if bitDepth == 16 { return samples.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } }
        let perByte = 8 / bitDepth
        return stride(from: 0, to: samples.count, by: perByte).map { start in
            var byte = 0
            for place in 0..<perByte where start + place < samples.count {
                byte |= samples[start + place] << (8 - bitDepth * (place + 1))
            }
            return UInt8(byte)
        }
    }

    /// A zlib stream (RFC 1950) of stored blocks (RFC 1951, section 3.2.4).
    private static func storedZlibStream(_ data: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: data.count, by: 65_535) {
            let block = data[start..<min(start + 65_535, data.count)]
            let (low, high) = (UInt8(block.count & 255), UInt8(block.count >> 8))
            stream += [start + 65_535 >= data.count ? 1 : 0, low, high, ~low, ~high]
            stream += block
        }
        return stream + bigEndianBytes(Int(zlibAdler(of: data)))
    }
}

/// The checksum of chunks, bit by bit (the PNG specification, annex D).
func plainCRC(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
    }
    return ~crc
}

func bigEndian(_ bytes: [UInt8], at place: Int) -> UInt32 {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
}
