public import MaskModel
public import MaskRaster

/// Writes masks as PNG: gray, 8-bit with exactly 0 and 255 or 1-bit, no alpha, no palette, no ancillary chunk.
///
/// The bytes depend on the raster and on this program's version alone. A picture can come in bands from top to bottom,
/// so that it need not be in memory as a whole; and one encoder can write any number of pictures, one after the other,
/// without allocating for each.
public struct MaskPNGEncoder: ~Copyable {
    /// How many bits a pixel has.
    public enum BitDepth: Int, Hashable, Sendable, CaseIterable {
        case one = 1
        case eight = 8
    }

    private let bitDepth: BitDepth
    private var size = PixelSize.smallest
    private var byteRows: ByteRowScanner
    private var bitRows: BitRowScanner
    private var deflater = RunDeflater()
    private var checksum = Adler32()
    private var hasHead = false
    private var hasData = false

    /// An encoder; it takes its memory with the first picture.
    public init(bitDepth: BitDepth = .eight, holeColor: HoleColor = .white) {
        self.bitDepth = bitDepth
        byteRows = ByteRowScanner(holeColor: holeColor)
        bitRows = BitRowScanner(holeColor: holeColor)
    }

    /// The whole file of one raster.
    ///
    /// - Complexity: O(words + runs)
    public static func encode(
        _ raster: Raster, bitDepth: BitDepth = .eight, holeColor: HoleColor = .white
    ) -> [UInt8] {
        var encoder = MaskPNGEncoder(bitDepth: bitDepth, holeColor: holeColor)
        var bytes: [UInt8] = []
        encoder.encode(raster, into: &bytes)
        return bytes
    }

    /// Appends the whole file of one raster to `bytes`.
    ///
    /// - Complexity: O(words + runs)
    public mutating func encode(_ raster: Raster, into bytes: inout [UInt8]) {
        begin(raster.size)
        append(raster)
        finish(into: &bytes)
    }

    /// Begins another file, forgets the one before, and keeps the memory.
    public mutating func begin(_ size: PixelSize) {
        self.size = size
        switch bitDepth {
        case .eight:
            byteRows.begin(width: size.width)
            deflater.begin(farDistance: RunDeflater.canReach(byteRows.rowBytes) ? byteRows.rowBytes : 1)
        case .one:
            bitRows.begin(width: size.width)
            deflater.begin(.zeros)
        }
        checksum = Adler32()
        hasHead = false
        hasData = false
    }

    /// Adds the next rows: all of `raster`, which has the picture's width.
    ///
    /// - Complexity: O(words + runs)
    public mutating func append(_ raster: Raster) {
        raster.words.withUnsafeBufferPointer { words in
            guard let rows = words.baseAddress else { return }
            switch bitDepth {
            case .eight: byteRows.add(rows, count: raster.size.height, to: &deflater, &checksum)
            case .one: bitRows.add(rows, count: raster.size.height, to: &deflater, &checksum)
            }
        }
    }

    /// Appends to `bytes` what is ready of the file, behind what the calls before gave.
    public mutating func takeBytes(into bytes: inout [UInt8]) {
        takeBytes(isLast: false, into: &bytes)
    }

    /// Ends the file, and appends to `bytes` what is left of it.
    public mutating func finish(into bytes: inout [UInt8]) {
        switch bitDepth {
        case .eight: byteRows.finish(to: &deflater)
        case .one: bitRows.finish(to: &deflater)
        }
        takeBytes(isLast: true, into: &bytes)
        bytes.appendPNGEnd()
    }

    private mutating func takeBytes(isLast: Bool, into bytes: inout [UInt8]) {
        if !hasHead { bytes.appendPNGHead(size: size, bitDepth: UInt8(bitDepth.rawValue), colorType: .gray) }
        hasHead = true
        guard isLast || deflater.hasBytes else { return }
        bytes.appendChunk("IDAT") { chunk in
            // What begins a zlib stream (RFC 1950): deflate, a window of 32 KiB.
            if !hasData { chunk += [0x78, 0x01] }
            deflater.takeBytes(isLast: isLast, into: &chunk)
            if isLast { chunk.appendBigEndian(checksum.value) }
        }
        hasData = true
    }
}
