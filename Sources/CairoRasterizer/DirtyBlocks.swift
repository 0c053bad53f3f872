import PlaneGeometry

/// The blocks of a surface that may have been drawn on: 64 bits per row, each for a block of one or more 64-pixel words.
///
/// A pointer to memory that a `CairoCanvas` owns.
@safe struct DirtyBlocks {
    /// Segments are marked in steps of this many rows, because a slanted segment is near fewer blocks than its bounding
    /// box.
    private static let stepHeight = 16

    private let rows: UnsafeMutablePointer<UInt64>
    private let height: Int
    private let wordsPerBlock: Int
    /// The number of blocks per px.
    private let blocksPerPixel: Double
    private let lastBlock: Double

    /// Allocates the memory for a clean surface; `deallocate` releases it.
    init(width: Int, height: Int) {
        self.height = height
        unsafe rows = .allocate(capacity: height)
        unsafe rows.initialize(repeating: 0, count: height)
        let wordCount = (width + 63) / 64
        wordsPerBlock = (wordCount + 63) / 64
        blocksPerPixel = 1 / Double(64 * wordsPerBlock)
        lastBlock = Double((wordCount - 1) / wordsPerBlock)
    }

    /// Releases the memory.
    func deallocate() {
        unsafe rows.deallocate()
    }

    /// Marks all blocks within a distance of a segment as dirty; coordinates and distances are in px of the surface.
    func mark(from start: Point, to end: Point, reachX: Double, reachY: Double) {
        let (low, high) = start.y <= end.y ? (start, end) : (end, start)
        let firstRow = max(low.y - reachY, 0)
        let lastRow = min(high.y + reachY, Double(height - 1))
        guard firstRow <= lastRow else { return }
        let slope = high.y > low.y ? (high.x - low.x) / (high.y - low.y) : 0
        var row = Int(firstRow)
        let end = Int(lastRow) + 1
        while row < end {
            let next = min(row + Self.stepHeight, end)
            // Only the part of the segment near these rows can be within reach of their pixels.
            let top = min(max(Double(row) - reachY, low.y), high.y)
            let bottom = min(max(Double(next) + reachY, low.y), high.y)
            let (first, second) =
                high.y > low.y ? (low.x + (top - low.y) * slope, low.x + (bottom - low.y) * slope) : (low.x, high.x)
            mark(row..<next, from: min(first, second) - reachX, to: max(first, second) + reachX)
            row = next
        }
    }

    private func mark(_ range: Range<Int>, from minX: Double, to maxX: Double) {
        let first = max(minX * blocksPerPixel, 0)
        let last = min(maxX * blocksPerPixel, lastBlock)
        guard first < lastBlock + 1, last >= 0 else { return }
        let bits = (UInt64.max &<< UInt64(first)) & (UInt64.max &>> (63 &- UInt64(last)))
        for row in range { unsafe rows[row] |= bits }
    }

    /// Calls `body` with the index of each 64-pixel word of the dirty blocks of a row, and marks them clean.
    @inline(__always)
    func takeWords(ofRow row: Int, of wordCount: Int, _ body: (Int) -> Void) {
        var blocks = unsafe rows[row]
        unsafe rows[row] = 0
        while blocks != 0 {
            let block = blocks.trailingZeroBitCount
            blocks &= blocks &- 1
            for word in block &* wordsPerBlock..<min((block &+ 1) &* wordsPerBlock, wordCount) { body(word) }
        }
    }
}
