import CZlib
import MaskModel

/// The bytes of a PNG file: signature, chunks and checksums, and nothing that is not required.
struct PNGFile {
    private(set) var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    enum ColorType: UInt8 {
        case gray = 0
        case rgb = 2
        case palette = 3
    }

    init(size: PixelSize, bitDepth: UInt8, colorType: ColorType) {
        var header: [UInt8] = []
        header.appendBigEndian(UInt32(size.width))
        header.appendBigEndian(UInt32(size.height))
        // Deflate, the five standard filters, not interlaced.
        header += [bitDepth, colorType.rawValue, 0, 0, 0]
        append(chunk: "IHDR", header)
    }

    mutating func append(chunk type: StaticString, _ data: [UInt8]) {
        bytes.appendBigEndian(UInt32(data.count))
        let start = bytes.count
        type.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes += data
        let checksum = bytes[start...].withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
        bytes.appendBigEndian(UInt32(truncatingIfNeeded: checksum))
    }

    /// Takes what was written since the last call.
    mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }
}

extension [UInt8] {
    mutating func appendBigEndian(_ value: UInt32) {
        for shift in stride(from: 24, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
    }
}
