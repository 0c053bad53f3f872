import Deflate
import MaskModel

/// A PNG file in progress: the compressed part of its data leaves it chunk by chunk.
///
/// One stream can make any number of files, one after the other, without allocating for each.
struct PNGStream: ~Copyable {
    /// Compresses the rows: for each a byte with its filter, and then its pixels.
    var deflater = RunDeflater()
    /// The checksum of the same bytes.
    var checksum = Adler32()
    private var size = PixelSize.smallest
    private let bitDepth: UInt8
    private let colorType: PNGColorType
    private var hasHeader = false
    private var hasData = false

    /// A stream of images of this kind.
    init(bitDepth: Int, colorType: PNGColorType) {
        self.bitDepth = UInt8(bitDepth)
        self.colorType = colorType
    }

    /// Starts another file, drops the previous one, and keeps the memory; whoever adds rows begins the deflater.
    mutating func begin(_ size: PixelSize) {
        self.size = size
        checksum = Adler32()
        hasHeader = false
        hasData = false
    }

    /// Appends the bytes of the file that are ready to `bytes`; with `isLast`, ends the file.
    mutating func takeBytes(isLast: Bool, into bytes: inout [UInt8]) {
        if !hasHeader { bytes.appendPNGHeader(size: size, bitDepth: bitDepth, colorType: colorType) }
        hasHeader = true
        if isLast || deflater.hasBytes {
            bytes.appendChunk("IDAT") { chunk in
                // The start of a zlib stream (RFC 1950): deflate, a window of 32 KiB.
                if !hasData { chunk += [0x78, 0x01] }
                deflater.takeBytes(isLast: isLast, into: &chunk)
                if isLast { chunk.appendBigEndian(checksum.value) }
            }
            hasData = true
        }
        if isLast { bytes.appendPNGEnd() }
    }
}
