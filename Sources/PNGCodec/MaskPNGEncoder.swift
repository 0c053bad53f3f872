public import MaskModel
public import MaskRaster

/// Writes masks as PNG: gray, 8-bit with exactly 0 and 255 or 1-bit, no alpha, no palette, no ancillary chunk.
///
/// The bytes depend on the raster and on this program's version alone. A picture can come in bands from top to bottom,
/// so that it need not be in memory as a whole; and one encoder can write any number of pictures, one after the other.
public struct MaskPNGEncoder: ~Copyable {
    /// How many bits a pixel has.
    public enum BitDepth: Int, Hashable, Sendable, CaseIterable {
        case one = 1
        case eight = 8
    }

    private let bitDepth: BitDepth
    /// What a word of the raster is combined with so that 1 is white.
    private let flip: UInt64
    private var size: PixelSize
    private var rowBytes = 0
    private var file: PNGFile
    private var deflater = RunDeflater()
    private var checksum = Adler32()
    /// The last row that was added, and what the checksum needs to know of it.
    private var previousRow: [UInt64] = []
    private var previousStretch = Adler32.Stretch()
    /// How many rows like `previousRow` are still to be written.
    private var repeatCount = 0
    private var hasBegun = false

    /// Begins a file.
    public init(size: PixelSize, bitDepth: BitDepth = .eight, holeColor: HoleColor = .white) {
        self.bitDepth = bitDepth
        flip = holeColor == .white ? 0 : .max
        self.size = size
        file = PNGFile(size: size, bitDepth: UInt8(bitDepth.rawValue), colorType: .gray)
        begin(size)
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

    /// Begins another file, forgets the one before, and keeps the memory.
    public mutating func begin(_ size: PixelSize) {
        self.size = size
        rowBytes = 1 + (size.width * bitDepth.rawValue + 7) / 8
        file = PNGFile(size: size, bitDepth: UInt8(bitDepth.rawValue), colorType: .gray)
        deflater.removeAll()
        checksum = Adler32()
        previousRow.removeAll(keepingCapacity: true)
        repeatCount = 0
        hasBegun = false
    }

    /// Adds the next rows: all of `raster`, which has the picture's width.
    ///
    /// - Complexity: O(words + runs)
    public mutating func append(_ raster: Raster) {
        let wordCount = raster.wordsPerRow
        let canRepeat = (3...RunDeflater.maximumDistance).contains(rowBytes)
        raster.words.withUnsafeBufferPointer { words in
            previousRow.withUnsafeBufferPointer { previousRow in
                var previous = previousRow
                for row in 0..<raster.size.height {
                    let current = UnsafeBufferPointer(rebasing: words[row * wordCount..<(row + 1) * wordCount])
                    if canRepeat, previous.elementsEqual(current) {
                        repeatCount += 1
                    } else {
                        writeRepeats(of: previous)
                        append(row: current)
                    }
                    checksum.add(previousStretch)
                    previous = current
                }
            }
            previousRow = Array(words.suffix(wordCount))
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
        previousRow.withUnsafeBufferPointer { writeRepeats(of: $0) }
        var data = zlibHead() + deflater.takeBytes(isLast: true)
        data.appendBigEndian(checksum.value)
        file.append(chunk: "IDAT", data)
        file.append(chunk: "IEND", [])
        return file.takeBytes()
    }

    /// The two bytes that begin a zlib stream (RFC 1950): deflate, a window of 32 KiB.
    private mutating func zlibHead() -> [UInt8] {
        defer { hasBegun = true }
        return hasBegun ? [] : [0x78, 0x01]
    }

    /// Adds a row's bytes as runs, filter byte first, and notes its stretch.
    private mutating func append(row words: UnsafeBufferPointer<UInt64>) {
        var stretch = Adler32.Stretch()
        // Filter 0: the others make masks larger.
        deflater.run(0, count: 1)
        stretch.append(0, count: 1)
        switch bitDepth {
        case .eight: appendBytes(of: words, &stretch)
        case .one: appendBits(of: words, &stretch)
        }
        previousStretch = stretch
    }

    private mutating func appendBytes(of words: UnsafeBufferPointer<UInt64>, _ stretch: inout Adler32.Stretch) {
        var start = 0
        // All ones while the pixels are white.
        var color: UInt64 = 0
        for index in words.indices {
            // A bit is 1 where a pixel has the other colour.
            var others = words[index] ^ flip ^ color
            while others != 0 {
                let edge = index &* 64 &+ others.trailingZeroBitCount
                // The bits beyond the width are no pixels.
                guard edge < size.width else { break }
                deflater.run(UInt8(truncatingIfNeeded: color), count: edge &- start)
                stretch.append(UInt8(truncatingIfNeeded: color), count: edge &- start)
                start = edge
                color = ~color
                others = ~others & (.max &<< UInt64(truncatingIfNeeded: edge & 63))
            }
        }
        deflater.run(UInt8(truncatingIfNeeded: color), count: size.width &- start)
        stretch.append(UInt8(truncatingIfNeeded: color), count: size.width &- start)
    }

    private mutating func appendBits(of words: UnsafeBufferPointer<UInt64>, _ stretch: inout Adler32.Stretch) {
        for index in words.indices {
            let pixels = words[index] ^ flip
            let left = rowBytes &- 1 &- index &* 8
            if pixels == 0 || pixels == .max, left > 8 {
                deflater.run(UInt8(truncatingIfNeeded: pixels), count: 8)
                stretch.append(UInt8(truncatingIfNeeded: pixels), count: 8)
                continue
            }
            // PNG has the leftmost pixel in the highest bit.
            var bytes = pixels.bitsReversedInBytes
            for byte in 0..<min(left, 8) {
                var value = UInt8(truncatingIfNeeded: bytes)
                if byte == left &- 1 { value &= spareBits }
                deflater.run(value, count: 1)
                stretch.append(value, count: 1)
                bytes &>>= 8
            }
        }
    }

    /// Of a row's last byte, the bits that are pixels.
    private var spareBits: UInt8 { bitDepth == .one ? .max << UInt8(8 * (rowBytes - 1) - size.width) : .max }

    /// Writes the rows that repeat the one before them, as one copy.
    private mutating func writeRepeats(of row: UnsafeBufferPointer<UInt64>) {
        guard repeatCount > 0 else { return }
        deflater.copy(distance: rowBytes, length: repeatCount * rowBytes, last: lastByte(of: row))
        repeatCount = 0
    }

    private func lastByte(of words: UnsafeBufferPointer<UInt64>) -> UInt8 {
        let x = size.width - 1
        let word = words[x >> 6] ^ flip
        switch bitDepth {
        case .eight: return word >> UInt64(x & 63) & 1 == 1 ? 255 : 0
        case .one: return UInt8(truncatingIfNeeded: word.bitsReversedInBytes >> UInt64(x & 56)) & spareBits
        }
    }
}

extension UInt64 {
    /// Each byte with its bits in the other order.
    fileprivate var bitsReversedInBytes: UInt64 {
        var bits = self
        bits = bits >> 1 & 0x5555_5555_5555_5555 | (bits & 0x5555_5555_5555_5555) << 1
        bits = bits >> 2 & 0x3333_3333_3333_3333 | (bits & 0x3333_3333_3333_3333) << 2
        return bits >> 4 & 0x0F0F_0F0F_0F0F_0F0F | (bits & 0x0F0F_0F0F_0F0F_0F0F) << 4
    }
}
