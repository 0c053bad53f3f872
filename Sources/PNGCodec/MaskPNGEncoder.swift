public import MaskModel
public import MaskRaster

/// Writes masks as PNG: gray, 8-bit with exactly 0 and 255 or 1-bit, no alpha, no palette, no ancillary chunk.
///
/// Work goes with the words of the raster and with its runs.
public struct MaskPNGEncoder: ImageEncoder, ~Copyable {
    /// How many bits a pixel has.
    public enum BitDepth: Int, Hashable, Sendable, CaseIterable {
        case one = 1
        case eight = 8
    }

    private let bitDepth: BitDepth
    private var stream: PNGStream
    private var byteRows: ByteRowScanner
    private var bitRows: BitRowScanner

    /// An encoder; it takes its memory with the first image.
    public init(bitDepth: BitDepth = .eight, holeColor: HoleColor = .white) {
        self.bitDepth = bitDepth
        stream = PNGStream(bitDepth: bitDepth.rawValue, colorType: .gray)
        byteRows = ByteRowScanner(holeColor: holeColor)
        bitRows = BitRowScanner(holeColor: holeColor)
    }

    /// The whole file of one raster.
    ///
    /// - Complexity: O(words + runs)
    public static func encode(
        _ raster: SpanMask, bitDepth: BitDepth = .eight, holeColor: HoleColor = .white
    ) -> [UInt8] {
        var encoder = MaskPNGEncoder(bitDepth: bitDepth, holeColor: holeColor)
        var bytes: [UInt8] = []
        encoder.encode(raster, into: &bytes)
        return bytes
    }

    /// Begins another file, forgets the one before, and keeps the memory.
    public mutating func begin(_ size: PixelSize) {
        switch bitDepth {
        case .eight:
            byteRows.begin(width: size.width)
            stream.begin(size, .run, rowBytes: byteRows.rowBytes)
        case .one:
            bitRows.begin(width: size.width)
            stream.begin(size, .zeros)
        }
    }

    /// Adds the next rows: all of `raster`, which has the image's width.
    ///
    /// - Complexity: O(words + runs)
    public mutating func append(_ raster: SpanMask) {
        Bitmap(raster).words.withUnsafeBufferPointer { words in
            guard let rows = words.baseAddress else { return }
            switch bitDepth {
            case .eight: byteRows.add(rows, count: raster.size.height, to: &stream.deflater, &stream.checksum)
            case .one: bitRows.add(rows, count: raster.size.height, to: &stream.deflater, &stream.checksum)
            }
        }
    }

    /// Appends to `bytes` what is ready of the file, behind what the calls before gave.
    public mutating func takeBytes(into bytes: inout [UInt8]) {
        stream.takeBytes(isLast: false, into: &bytes)
    }

    /// Ends the file, and appends to `bytes` what is left of it.
    public mutating func finish(into bytes: inout [UInt8]) {
        switch bitDepth {
        case .eight: byteRows.finish(to: &stream.deflater)
        case .one: bitRows.finish(to: &stream.deflater)
        }
        stream.takeBytes(isLast: true, into: &bytes)
    }
}
