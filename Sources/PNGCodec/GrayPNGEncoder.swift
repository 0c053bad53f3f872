import Deflate
public import MaskModel
public import MaskRaster

/// Writes images of gray levels as PNG: 8-bit gray, no alpha, no palette, no ancillary chunk.
///
/// The deflater is the same as for `MaskPNGEncoder` and searches for no copies: antialiased masks are as large as libpng
/// makes them, feathered ones up to twice as large.
public struct GrayPNGEncoder: PNGEncoder, ~Copyable {
    /// What is compressed of a row.
    public enum Filter: UInt8, Hashable, Sendable, CaseIterable {
        /// Its pixels: for images with few values other than 0 and 255, as after antialiasing.
        case none = 0
        /// The differences of its pixels from those above (PNG's filter Up): for wide edges.
        case up = 2
    }

    private let filter: Filter
    /// Turns levels into pixels by exclusive or: 0, or 255 if holes are black.
    private let flip: UInt8
    private var stream = PNGChunkWriter(bitDepth: 8, colorType: .gray)
    private var width = 1
    /// The pixels of the row above, or zeros if the filter does not need it.
    private var above: [UInt8] = []
    /// What is compressed of a row: the filter, and a byte per pixel.
    private var row: [UInt8] = []
    /// The run at the end of the bytes so far, which is not in the stream yet.
    private var runValue: UInt8 = 0
    private var runCount = 0

    /// An encoder; it allocates its memory for the first image.
    ///
    /// - Parameters:
    ///   - filter: The PNG filter of all rows.
    ///   - holeColor: Black writes 255 minus the level.
    public init(filter: Filter = .none, holeColor: HoleColor = .white) {
        self.filter = filter
        flip = holeColor == .white ? 0 : 255
    }

    /// The file of one image.
    ///
    /// - Complexity: O(pixels)
    public static func encode(
        _ image: GrayImage, filter: Filter = .none, holeColor: HoleColor = .white
    ) -> [UInt8] {
        var encoder = GrayPNGEncoder(filter: filter, holeColor: holeColor)
        var bytes: [UInt8] = []
        encoder.encode(image, into: &bytes)
        return bytes
    }

    /// Starts another file, drops the previous one, and keeps the memory.
    public mutating func begin(_ size: PixelSize) {
        width = size.width
        stream.begin(size)
        stream.deflater.begin(.literalAndRepeats)
        above.removeAll(keepingCapacity: true)
        above.append(contentsOf: repeatElement(0, count: width))
        row.removeAll(keepingCapacity: true)
        row.append(filter.rawValue)
        row.append(contentsOf: repeatElement(0, count: width))
        runCount = 0
    }

    /// Adds the next rows: all rows of `image`. With another width, or too many rows, the program stops.
    ///
    /// - Complexity: O(pixels)
    public mutating func append(_ image: GrayImage) {
        stream.willAppend(image.size)
        unsafe image.levels.withUnsafeBufferPointer { levels in
            for start in stride(from: 0, to: levels.count, by: width) {
                unsafe filterRow(UnsafeBufferPointer(rebasing: levels[start..<start + width]))
                addRow()
            }
        }
    }

    /// Appends the bytes of the file that are ready to `bytes`; they follow those of earlier calls.
    public mutating func takeBytes(into bytes: inout [UInt8]) {
        stream.takeBytes(isLast: false, into: &bytes)
    }

    /// Ends the file, and appends the rest of its bytes to `bytes`. If rows are missing, the program stops.
    public mutating func finish(into bytes: inout [UInt8]) {
        endRun()
        stream.takeBytes(isLast: true, into: &bytes)
    }

    /// Sets `row` to what is compressed of a row of levels.
    private mutating func filterRow(_ levels: UnsafeBufferPointer<UInt8>) {
        let (flip, isUp) = (flip, filter == .up)
        unsafe above.withUnsafeMutableBufferPointer { above in
            unsafe row.withUnsafeMutableBufferPointer { row in
                for x in 0..<levels.count {
                    let pixel = unsafe levels[x] ^ flip
                    unsafe row[x + 1] = pixel &- above[x]
                    if isUp { unsafe above[x] = pixel }
                }
            }
        }
    }

    /// Adds the runs of the row; the first may continue the last one of the row above.
    private mutating func addRow() {
        unsafe row.withUnsafeBytes { row in
            var place = 0
            while place < row.count {
                if unsafe row[place] != runValue || runCount == 0 {
                    endRun()
                    runValue = unsafe row[place]
                }
                let start = place
                // Most pixels are equal to their neighbors: eight at a time.
                let eight = UInt64(runValue) &* 0x0101_0101_0101_0101
                while place + 8 <= row.count, unsafe row.loadUnaligned(fromByteOffset: place, as: UInt64.self) == eight
                {
                    place += 8
                }
                while place < row.count, unsafe row[place] == runValue { place += 1 }
                runCount += place - start
            }
        }
    }

    private mutating func endRun() {
        stream.deflater.appendRun(runValue, count: runCount)
        stream.checksum.add(runValue, count: runCount)
        runCount = 0
    }
}
