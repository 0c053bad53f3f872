import MaskModel

/// A PNG file in the making: what is compressed of its data leaves it, chunk by chunk.
///
/// One stream can make any number of files, one after the other, without allocating for each.
struct PNGStream: ~Copyable {
    /// Takes the rows: for each a byte with its filter, and then its pixels.
    var deflater = RunDeflater()
    /// Takes the same bytes.
    var checksum = Adler32()
    private var size = PixelSize.smallest
    private let bitDepth: UInt8
    private let colorType: PNGColorType
    private var hasHead = false
    private var hasData = false

    /// A stream of images of this kind.
    init(bitDepth: Int, colorType: PNGColorType) {
        self.bitDepth = UInt8(bitDepth)
        self.colorType = colorType
    }

    /// Begins another file, forgets the one before, and keeps the memory.
    ///
    /// - Parameters:
    ///   - form: what the tokens of the deflater stand for.
    ///   - rowBytes: the bytes of a row with its filter, if copies come from the row above; they do where it is near
    ///     enough.
    mutating func begin(_ size: PixelSize, _ form: RunToken.Form, rowBytes: Int = 1) {
        self.size = size
        deflater.begin(form, farDistance: RunDeflater.canReach(rowBytes) ? rowBytes : 1)
        checksum = Adler32()
        hasHead = false
        hasData = false
    }

    /// Appends to `bytes` what is ready of the file, behind what the calls before gave; with `isLast`, ends the file.
    mutating func takeBytes(isLast: Bool, into bytes: inout [UInt8]) {
        if !hasHead { bytes.appendPNGHead(size: size, bitDepth: bitDepth, colorType: colorType) }
        hasHead = true
        if isLast || deflater.hasBytes {
            bytes.appendChunk("IDAT") { chunk in
                // What begins a zlib stream (RFC 1950): deflate, a window of 32 KiB.
                if !hasData { chunk += [0x78, 0x01] }
                deflater.takeBytes(isLast: isLast, into: &chunk)
                if isLast { chunk.appendBigEndian(checksum.value) }
            }
            hasData = true
        }
        if isLast { bytes.appendPNGEnd() }
    }
}
