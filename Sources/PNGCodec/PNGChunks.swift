import CZlib
import MaskModel

// The parts of a PNG file: the signature, and the chunks that are required, with their checksums.

/// The meaning of a PNG's samples.
enum PNGColorType: UInt8 {
    case gray = 0
    case rgb = 2
    case palette = 3
}

extension [UInt8] {
    /// Appends the start of a PNG: the signature and the header.
    mutating func appendPNGHeader(size: PixelSize, bitDepth: UInt8, colorType: PNGColorType) {
        self += [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        appendChunk("IHDR") { chunk in
            chunk.appendBigEndian(UInt32(size.width))
            chunk.appendBigEndian(UInt32(size.height))
            // Deflate, the five standard filters, not interlaced.
            chunk += [bitDepth, colorType.rawValue, 0, 0, 0]
        }
    }

    /// Appends the end of a PNG.
    mutating func appendPNGEnd() {
        appendChunk("IEND") { _ in }
    }

    /// Appends a chunk whose data `body` appends; its length and checksum are added.
    mutating func appendChunk(_ type: StaticString, _ body: (inout [UInt8]) -> Void) {
        let start = count
        appendBigEndian(0)
        type.withUTF8Buffer { unsafe append(contentsOf: $0) }
        body(&self)
        let length = UInt32(count - start - 8)
        for place in 0..<4 { self[start + place] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * place)) }
        let checksum = unsafe self[(start + 4)...].withUnsafeBufferPointer {
            unsafe crc32(0, $0.baseAddress, UInt32($0.count))
        }
        appendBigEndian(UInt32(truncatingIfNeeded: checksum))
    }

    /// Appends the four bytes of `value`, the highest first.
    mutating func appendBigEndian(_ value: UInt32) {
        for shift: UInt32 in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}
