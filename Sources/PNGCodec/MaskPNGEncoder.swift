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
    private let holeColor: HoleColor
    private var size = PixelSize.smallest
    private var scanner: RowScanner
    private var deflater = RunDeflater()
    private var checksum = Adler32()
    /// Bytes of black that are in no run yet.
    private var carry = 0
    /// The last row that was added, if there is one, and what the checksum needs to know of it.
    private var previousRow: [UInt64] = []
    private var previousStretch = Adler32.Stretch()
    /// How many rows like the last one are still to be written.
    private var repeatCount = 0
    private var hasHead = false
    private var hasData = false

    /// An encoder; it takes its memory with the first picture.
    public init(bitDepth: BitDepth = .eight, holeColor: HoleColor = .white) {
        self.bitDepth = bitDepth
        self.holeColor = holeColor
        scanner = RowScanner(width: 1, bitDepth: bitDepth, holeColor: holeColor)
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
        scanner = RowScanner(width: size.width, bitDepth: bitDepth, holeColor: holeColor)
        deflater.begin(farDistance: canRepeat ? scanner.rowBytes : RunDeflater.maximumDistance)
        checksum = Adler32()
        carry = 0
        previousRow.removeAll(keepingCapacity: true)
        repeatCount = 0
        hasHead = false
        hasData = false
    }

    /// Whether a match reaches back to the row before.
    private var canRepeat: Bool { (3...RunDeflater.maximumDistance).contains(scanner.rowBytes) }

    /// Adds the next rows: all of `raster`, which has the picture's width.
    ///
    /// - Complexity: O(words + runs)
    public mutating func append(_ raster: Raster) {
        let wordCount = raster.wordsPerRow
        raster.words.withUnsafeBufferPointer { words in
            guard let first = words.baseAddress else { return }
            previousRow.withUnsafeBufferPointer { previousRow in
                append(
                    rows: first, count: raster.size.height, wordCount: wordCount,
                    after: previousRow.isEmpty ? nil : previousRow.baseAddress)
            }
            previousRow.removeAll(keepingCapacity: true)
            previousRow.append(contentsOf: words[(words.count - wordCount)...])
        }
    }

    private mutating func append(
        rows: UnsafePointer<UInt64>, count: Int, wordCount: Int, after previousRow: UnsafePointer<UInt64>?
    ) {
        let canRepeat = canRepeat
        var previous = previousRow
        var current = rows
        for _ in 0..<count {
            if canRepeat, let previous, Self.isSame(previous, current, wordCount) {
                repeatCount &+= 1
            } else {
                writeRepeats()
                var runs = deflater.runs(roomFor: scanner.mostRuns)
                previousStretch = scanner.scan(current, carry: &carry, into: &runs)
                deflater.advance(to: runs)
            }
            checksum.add(previousStretch)
            previous = current
            current += wordCount
        }
    }

    /// Whether two rows have the same words.
    @inline(__always)
    private static func isSame(_ row: UnsafePointer<UInt64>, _ other: UnsafePointer<UInt64>, _ count: Int) -> Bool {
        var difference: UInt64 = 0
        // To the end in any case: that is without branches.
        for index in 0..<count { difference |= row[index] ^ other[index] }
        return difference == 0
    }

    /// Writes the rows that repeat the one before them: more of a run of black, or one copy.
    private mutating func writeRepeats() {
        guard repeatCount > 0 else { return }
        let count = repeatCount * scanner.rowBytes
        repeatCount = 0
        if previousStretch.sum == 0 {
            carry += count
            // A run that goes on for longer would not fit its token.
            if carry > RowScanner.longestCarry { writeCarry() }
            return
        }
        writeCarry()
        deflater.copy(length: count)
    }

    private mutating func writeCarry() {
        deflater.run(0, count: carry)
        carry = 0
    }

    /// Appends to `bytes` what is ready of the file, behind what the calls before gave.
    public mutating func takeBytes(into bytes: inout [UInt8]) {
        takeBytes(isLast: false, into: &bytes)
    }

    /// Ends the file, and appends to `bytes` what is left of it.
    public mutating func finish(into bytes: inout [UInt8]) {
        writeRepeats()
        writeCarry()
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
