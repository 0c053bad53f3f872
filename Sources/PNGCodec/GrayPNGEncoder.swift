public import MaskModel
public import MaskRaster

/// Writes rasters of levels as PNG: 8-bit gray, no alpha, no palette, no ancillary chunk.
///
/// The deflater is that of `MaskPNGEncoder`, which looks for no copies; so antialiased masks take as many bytes as by
/// libpng, and feathered ones up to twice as many.
public struct GrayPNGEncoder: ImageEncoder, ~Copyable {
    /// What is compressed of a row.
    public enum Filter: UInt8, Hashable, Sendable, CaseIterable {
        /// Its pixels: where all but few are 0 or 255, as after antialiasing.
        case none = 0
        /// By how much its pixels differ from those above (PNG's filter Up): for edges that are wide.
        case up = 2
    }

    private let filter: Filter
    /// What turns levels into pixels: 0, or 255 if holes are black.
    private let flip: UInt8
    private var stream = PNGStream(bitDepth: 8, colorType: .gray)
    private var width = 1
    /// The pixels of the row before, or zeros if the filter does without it.
    private var above: [UInt8] = []
    /// What is compressed of a row: the filter, and a byte a pixel.
    private var row: [UInt8] = []
    /// The run that the bytes so far end with, not yet in the stream.
    private var runValue: UInt8 = 0
    private var runCount = 0

    /// An encoder; it takes its memory with the first image.
    ///
    /// - Parameter holeColor: black writes 255 less the level.
    public init(filter: Filter = .none, holeColor: HoleColor = .white) {
        self.filter = filter
        flip = holeColor == .white ? 0 : 255
    }

    /// The whole file of one raster.
    ///
    /// - Complexity: O(pixels)
    public static func encode(
        _ raster: GrayImage, filter: Filter = .none, holeColor: HoleColor = .white
    ) -> [UInt8] {
        var encoder = GrayPNGEncoder(filter: filter, holeColor: holeColor)
        var bytes: [UInt8] = []
        encoder.encode(raster, into: &bytes)
        return bytes
    }

    /// Begins another file, forgets the one before, and keeps the memory.
    public mutating func begin(_ size: PixelSize) {
        width = size.width
        stream.begin(size, .run)
        above.removeAll(keepingCapacity: true)
        above.append(contentsOf: repeatElement(0, count: width))
        row.removeAll(keepingCapacity: true)
        row.append(filter.rawValue)
        row.append(contentsOf: repeatElement(0, count: width))
        runCount = 0
    }

    /// Adds the next rows: all of `raster`, which has the image's width.
    ///
    /// - Complexity: O(pixels)
    public mutating func append(_ raster: GrayImage) {
        raster.levels.withUnsafeBufferPointer { levels in
            for start in stride(from: 0, to: levels.count, by: width) {
                filterRow(UnsafeBufferPointer(rebasing: levels[start..<start + width]))
                addRow()
            }
        }
    }

    /// Appends to `bytes` what is ready of the file, behind what the calls before gave.
    public mutating func takeBytes(into bytes: inout [UInt8]) {
        stream.takeBytes(isLast: false, into: &bytes)
    }

    /// Ends the file, and appends to `bytes` what is left of it.
    public mutating func finish(into bytes: inout [UInt8]) {
        endRun()
        stream.takeBytes(isLast: true, into: &bytes)
    }

    /// Makes of a row of levels what is compressed of it.
    private mutating func filterRow(_ levels: UnsafeBufferPointer<UInt8>) {
        let (flip, isUp) = (flip, filter == .up)
        above.withUnsafeMutableBufferPointer { above in
            row.withUnsafeMutableBufferPointer { row in
                for x in 0..<levels.count {
                    let pixel = levels[x] ^ flip
                    row[x + 1] = pixel &- above[x]
                    if isUp { above[x] = pixel }
                }
            }
        }
    }

    /// Adds the runs of the row, of which the first may go on with the run before.
    private mutating func addRow() {
        row.withUnsafeBytes { row in
            var place = 0
            while place < row.count {
                if row[place] != runValue || runCount == 0 {
                    endRun()
                    runValue = row[place]
                }
                let start = place
                // Most of a row is as its neighbors are: eight at a time.
                let eight = UInt64(runValue) &* 0x0101_0101_0101_0101
                while place + 8 <= row.count, row.loadUnaligned(fromByteOffset: place, as: UInt64.self) == eight {
                    place += 8
                }
                while place < row.count, row[place] == runValue { place += 1 }
                runCount += place - start
            }
        }
    }

    private mutating func endRun() {
        stream.deflater.run(runValue, count: runCount)
        stream.checksum.add(runValue, count: runCount)
        runCount = 0
    }
}
