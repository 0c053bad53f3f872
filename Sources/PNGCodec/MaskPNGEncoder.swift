public import MaskModel
public import MaskRaster

/// Writes masks as PNG: gray, 8-bit with exactly 0 and 255 or 1-bit, no alpha, no palette, no ancillary chunk.
///
/// The bytes depend on the raster and on this program's version alone. A picture can come in bands from top to bottom,
/// so that it need not be in memory as a whole.
public struct MaskPNGEncoder: Sendable {
    public enum BitDepth: Int, Hashable, Sendable, CaseIterable {
        case one = 1
        case eight = 8
    }

    private let size: PixelSize
    private let bitDepth: BitDepth
    private let holeColor: HoleColor
    private let rowBytes: Int
    private var file: PNGFile
    private var deflater = RunDeflater()
    private var checksum = Adler32()
    private var previousRow: ArraySlice<UInt64>?

    public init(size: PixelSize, bitDepth: BitDepth = .eight, holeColor: HoleColor = .white) {
        self.size = size
        self.bitDepth = bitDepth
        self.holeColor = holeColor
        rowBytes = 1 + (size.width * bitDepth.rawValue + 7) / 8
        file = PNGFile(size: size, bitDepth: UInt8(bitDepth.rawValue), colorType: .gray)
    }

    /// The whole file of one raster.
    ///
    /// - Complexity: O(words + runs)
    public static func encode(
        _ raster: Raster, bitDepth: BitDepth = .eight, holeColor: HoleColor = .white
    ) -> [UInt8] {
        var encoder = MaskPNGEncoder(size: raster.size, bitDepth: bitDepth, holeColor: holeColor)
        encoder.append(raster)
        return encoder.finish()
    }

    /// Adds the next rows: all of `raster`, which has the picture's width.
    public mutating func append(_ raster: Raster) {
        for row in 0..<raster.size.height {
            let words = raster.words[row * raster.wordsPerRow..<(row + 1) * raster.wordsPerRow]
            append(row: words)
            previousRow = words
        }
    }

    /// Takes the bytes of the file that are ready; those of the last call follow those of the calls before.
    public mutating func takeBytes() -> [UInt8] {
        let data = deflater.takeBytes(isLast: false)
        if !data.isEmpty { file.append(chunk: "IDAT", zlibHead() + data) }
        return file.takeBytes()
    }

    /// Ends the file and takes the bytes that are left.
    public mutating func finish() -> [UInt8] {
        var data = zlibHead() + deflater.takeBytes(isLast: true)
        data.appendBigEndian(checksum.value)
        file.append(chunk: "IDAT", data)
        file.append(chunk: "IEND", [])
        return file.takeBytes()
    }

    private var hasBegun = false

    /// The two bytes that begin a zlib stream (RFC 1950): deflate, a window of 32 KiB.
    private mutating func zlibHead() -> [UInt8] {
        defer { hasBegun = true }
        return hasBegun ? [] : [0x78, 0x01]
    }

    private mutating func append(row words: ArraySlice<UInt64>) {
        let canRepeat = (3...RunDeflater.maximumDistance).contains(rowBytes)
        let repeatsRow = canRepeat && words == previousRow
        var last: UInt8 = 0
        forEachRun(of: words) { value, count in
            checksum.add(value, count: count)
            if !repeatsRow { deflater.run(value, count: count) }
            last = value
        }
        if repeatsRow { deflater.copy(distance: rowBytes, length: rowBytes, last: last) }
    }

    /// Gives the bytes of a row, filter byte first, as runs.
    private func forEachRun(of words: ArraySlice<UInt64>, _ body: (UInt8, Int) -> Void) {
        // Filter 0: the others make masks larger.
        body(0, 1)
        let flip: UInt64 = holeColor == .white ? 0 : .max
        switch bitDepth {
        case .eight:
            var start = 0
            var isWhite = (words.first ?? 0) ^ flip & 1 == 1
            var x = 0
            for word in words {
                // A bit of `edges` is 1 where a pixel differs from the one before it.
                var rest = (word ^ flip) ^ (isWhite ? .max : 0)
                while rest != 0 {
                    let edge = x + rest.trailingZeroBitCount
                    guard edge < size.width else { break }
                    body(isWhite ? 255 : 0, edge - start)
                    start = edge
                    isWhite.toggle()
                    // From here on the other colour is the one that ends a run.
                    rest = ~rest & (.max << UInt64(edge & 63))
                }
                x += 64
            }
            body(isWhite ? 255 : 0, size.width - start)
        case .one:
            var left = rowBytes - 1
            for word in words {
                let pixels = word ^ flip
                let count = min(left, 8)
                if pixels == 0 || pixels == .max, left > 8 {
                    body(UInt8(truncatingIfNeeded: pixels), 8)
                } else {
                    for byte in 0..<count {
                        var value = UInt8(truncatingIfNeeded: pixels >> UInt64(8 * byte)).bitReversed
                        if byte == left - 1 { value &= .max << UInt8(8 * (rowBytes - 1) - size.width) }
                        body(value, 1)
                    }
                }
                left -= count
            }
        }
    }
}

extension UInt8 {
    /// The bits in the other order: PNG has the leftmost pixel in the highest bit.
    fileprivate var bitReversed: UInt8 {
        UInt8(truncatingIfNeeded: (UInt64(self) &* 0x0202_0202_02 & 0x0108_8442_2010) % 1023)
    }
}
