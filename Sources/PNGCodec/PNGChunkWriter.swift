import Deflate
import MaskModel

/// A PNG file in progress: the compressed part of its data leaves it chunk by chunk.
///
/// One stream can make any number of files, one after the other, without allocating for each.
struct PNGChunkWriter: ~Copyable {
    /// Compresses the rows: for each a byte with its filter, and then its pixels.
    var deflater = RunLengthDeflater()
    /// The checksum of the same bytes.
    var checksum = Adler32()
    private var size = PixelSize.smallest
    private let bitDepth: UInt8
    private let colorType: PNGColorType
    /// The number of rows that are still to come.
    private var missingRows = 0
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
        missingRows = size.height
        checksum = Adler32()
        hasHeader = false
        hasData = false
    }

    /// Counts the rows of an image of this size; the program stops if they are not rows of the file.
    ///
    /// Tokens of wider rows would not fit the memory of the deflater, which is not checked.
    mutating func willAppend(_ band: PixelSize) {
        precondition(
            band.width == size.width && band.height <= missingRows,
            "\(band.height) rows of \(band.width) px; expected at most \(missingRows) of \(size.width)")
        missingRows -= band.height
    }

    /// Appends the bytes of the file that are ready to `bytes`; with `isLast`, ends the file.
    mutating func takeBytes(isLast: Bool, into bytes: inout [UInt8]) {
        precondition(!isLast || missingRows == 0, "\(missingRows) rows are missing")
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
