/// The sample points of some rows of pixels as bits: where many spans overlap, they need neither memory nor sorting.
///
/// It owns its memory and reuses it from band to band.
@safe struct SampleBitmap: ~Copyable {
    private static let wordsPerPixel = AntialiasingRasterizer.columnsPerPixel / 64
    private static let rowsPerPixel = AntialiasingRasterizer.rowsPerPixel
    private static let samples = AntialiasingRasterizer.columnsPerPixel * AntialiasingRasterizer.rowsPerPixel

    private var words = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 0)
    private var width = 0
    private var wordsPerRow = 0
    /// For each column of pixels, the first from there on that is not covered entirely; one more for the end.
    private var nextOpen: [Int] = []

    deinit {
        unsafe words.deallocate()
    }

    /// Becomes rows of pixels without hole.
    mutating func begin(width: Int, height: Int) {
        self.width = width
        wordsPerRow = width * Self.wordsPerPixel
        let count = height * Self.rowsPerPixel * wordsPerRow
        if unsafe words.count != count {
            unsafe words.deallocate()
            unsafe words = .allocate(capacity: count)
        }
        unsafe words.initialize(repeating: 0)
        nextOpen = Array(0...width)
    }

    /// Calls `body` with a painter of the sample points.
    @inline(__always)
    mutating func paint(_ body: (inout Painter) -> Void) {
        var painter = unsafe Painter(words: words, wordsPerRow: wordsPerRow)
        body(&painter)
    }

    /// Sets sample points; valid as long as the bitmap.
    @safe struct Painter: SpanPainter {
        private let words: UnsafeMutableBufferPointer<UInt64>
        private let wordsPerRow: Int

        fileprivate init(words: UnsafeMutableBufferPointer<UInt64>, wordsPerRow: Int) {
            unsafe self.words = words
            self.wordsPerRow = wordsPerRow
        }

        /// Sets the sample points from `first` to `last` of a row of sample points.
        @inline(__always)
        mutating func fill(from first: Int, to last: Int, row: Int) {
            let start = row &* wordsPerRow
            var word = start &+ first &>> 6
            let lastWord = start &+ last &>> 6
            var bits = UInt64.max &<< UInt64(truncatingIfNeeded: first & 63)
            while word < lastWord {
                unsafe words[word] |= bits
                bits = .max
                word &+= 1
            }
            unsafe words[word] |= bits & (UInt64.max &>> UInt64(truncatingIfNeeded: 63 &- last & 63))
        }
    }

    /// Finds the columns of pixels that are covered entirely.
    mutating func findOpenColumns() {
        for x in stride(from: width - 1, through: 0, by: -1) { nextOpen[x] = isFull(x) ? nextOpen[x + 1] : x }
    }

    private func isFull(_ x: Int) -> Bool {
        for start in stride(from: x * Self.wordsPerPixel, to: unsafe words.count, by: wordsPerRow) {
            for word in start..<start + Self.wordsPerPixel where unsafe words[word] != .max { return false }
        }
        return true
    }

    /// Whether all pixels were covered entirely when `findOpenColumns` was last called.
    var isFull: Bool { nextOpen[0] == width }

    /// Whether all pixels of some columns were, as far as they are in the image.
    @inline(__always)
    func isFull(from first: Double, to last: Double) -> Bool {
        guard last >= 0, first < Double(width) else { return true }
        return Double(nextOpen[Int(max(first, 0))]) > last
    }

    /// Writes the levels of a row of pixels, and clears it.
    mutating func takeLevels(ofRow row: Int, into levels: UnsafeMutablePointer<UInt8>) {
        let start = row * Self.rowsPerPixel * wordsPerRow
        for x in 0..<width {
            var count = 0
            for fineRow in 0..<Self.rowsPerPixel {
                for index in 0..<Self.wordsPerPixel {
                    let place = start &+ fineRow &* wordsPerRow &+ x &* Self.wordsPerPixel &+ index
                    count &+= unsafe words[place].nonzeroBitCount
                    unsafe words[place] = 0
                }
            }
            unsafe levels[x] = UInt8(truncatingIfNeeded: (255 &* count &+ Self.samples / 2) / Self.samples)
        }
    }
}
