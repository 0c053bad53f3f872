public import MaskModel

/// The hole pixels of an image, or of a band of it, as spans: the primary raster of a mask.
///
/// Row 0 is at the top, column 0 at the left. The spans of a row are sorted, disjoint, and not adjacent: at least one pixel
/// between them is not hole. So two span masks are equal if and only if their pixels are.
public struct SpanMask: Hashable, Sendable {
    /// The number of columns and rows.
    public let size: PixelSize
    /// The spans of all rows, from top to bottom.
    public private(set) var spans: [PixelSpan]
    /// For each row, the end index of its spans in `spans`; their start index is the end index of the previous row.
    public private(set) var rowEnds: [Int32]

    /// Creates a mask without hole pixels.
    public init(size: PixelSize) {
        self.size = size
        spans = []
        rowEnds = [Int32](repeating: 0, count: size.height)
    }

    /// Creates the mask of a band from the spans that were collected for its rows.
    init(size: PixelSize, _ buffer: inout SpanBuffer) {
        self.size = size
        var ends = [Int32]()
        spans = unsafe [PixelSpan](unsafeUninitializedCapacity: buffer.unmergedCount) { spans, count in
            guard let start = spans.baseAddress else {
                ends = [Int32](repeating: 0, count: size.height)
                return
            }
            ends = unsafe [Int32](unsafeUninitializedCapacity: size.height) { ends, rowCount in
                rowCount = size.height
                var next = unsafe start
                for row in 0..<size.height {
                    unsafe next += buffer.writeSpans(ofRow: row, to: next)
                    unsafe ends[row] = Int32(truncatingIfNeeded: next - start)
                }
                unsafe count = next - start
            }
        }
        rowEnds = ends
    }

    /// Returns the spans of one row, from left to right; it must be a row of the mask.
    public func spans(ofRow row: Int) -> ArraySlice<PixelSpan> {
        spans[(row > 0 ? Int(rowEnds[row - 1]) : 0)..<Int(rowEnds[row])]
    }

    /// Whether a pixel is hole; false outside the image.
    ///
    /// - Complexity: O(spans of the row)
    public subscript(x: Int, y: Int) -> Bool {
        guard (0..<size.height).contains(y) else { return false }
        return spans(ofRow: y).contains { Int($0.start) <= x && x < Int($0.end) }
    }

    /// The number of hole pixels.
    ///
    /// - Complexity: O(spans)
    public var holeCount: Int {
        var count = 0
        for span in spans { count &+= span.count }
        return count
    }

    /// The ratio of hole pixels to all pixels, 0 to 1.
    ///
    /// - Complexity: O(spans)
    public var holeRatio: Double { Double(holeCount) / Double(size.area) }

    /// Returns whether a pixel of the first or last column is hole, or one of the first or last row where requested.
    ///
    /// - Complexity: O(rows)
    public func hasHoleAtEdge(top: Bool, bottom: Bool) -> Bool {
        if top, rowEnds[0] > 0 { return true }
        if bottom, !spans(ofRow: size.height - 1).isEmpty { return true }
        return (0..<size.height).contains { row in
            let spans = spans(ofRow: row)
            return spans.first?.start == 0 || Int(spans.last?.end ?? 0) == size.width
        }
    }
}

extension SpanMask {
    /// Creates the span mask with the pixels of a bitmap.
    ///
    /// - Complexity: O(words + spans)
    public init(_ bitmap: Bitmap) {
        let (size, wordCount) = (bitmap.size, bitmap.wordsPerRow)
        self.size = size
        var rowEnds = [Int32](repeating: 0, count: size.height)
        // Spans start and end at edges: a row's edges in order are the starts and ends of its spans.
        let edgesPerRow = (size.width + 2) & ~1
        var edges = EdgeBuffer(capacity: max(8 * size.height, edgesPerRow))
        unsafe bitmap.words.withUnsafeBufferPointer { words in
            for row in 0..<size.height {
                edges.reserve(edgesPerRow)
                var last: UInt64 = 0
                for index in 0..<wordCount {
                    let word = unsafe words[row &* wordCount &+ index]
                    // A bit is set where a pixel differs from the one to its left.
                    var changes = word ^ (word &<< 1 | last)
                    last = word &>> 63
                    while changes != 0 {
                        edges.append(Int32(truncatingIfNeeded: index &* 64 &+ changes.trailingZeroBitCount))
                        changes &= changes &- 1
                    }
                }
                if edges.count & 1 == 1 { edges.append(Int32(truncatingIfNeeded: size.width)) }
                rowEnds[row] = Int32(truncatingIfNeeded: edges.count / 2)
            }
        }
        self.rowEnds = rowEnds
        spans = edges.spans
    }
}

/// Columns at which spans start and end, in turn.
@safe
private struct EdgeBuffer: ~Copyable {
    private(set) var count = 0
    private var columns: UnsafeMutablePointer<Int32>
    private var capacity: Int

    init(capacity: Int) {
        unsafe columns = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit {
        unsafe columns.deallocate()
    }

    /// Makes room for `more` columns, which `append` does not check.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if count &+ more > capacity { grow(to: 2 * (count + more)) }
    }

    private mutating func grow(to newCapacity: Int) {
        let larger = UnsafeMutablePointer<Int32>.allocate(capacity: newCapacity)
        unsafe larger.update(from: columns, count: count)
        unsafe columns.deallocate()
        unsafe columns = larger
        capacity = newCapacity
    }

    @inline(__always)
    mutating func append(_ column: Int32) {
        unsafe columns[count] = column
        count &+= 1
    }

    /// Each pair of columns as a span.
    var spans: [PixelSpan] {
        unsafe [PixelSpan](unsafeUninitializedCapacity: count / 2) { spans, spanCount in
            for index in 0..<count / 2 {
                unsafe spans[index] = PixelSpan(start: columns[2 &* index], end: columns[2 &* index &+ 1])
            }
            spanCount = count / 2
        }
    }
}

extension Bitmap {
    /// Creates the bitmap with the pixels of a span mask.
    ///
    /// - Complexity: O(words)
    public init(_ mask: SpanMask) {
        self.init(size: mask.size)
        paint { painter in
            for row in 0..<mask.size.height {
                for span in mask.spans(ofRow: row) {
                    painter.fill(from: Int(span.start), to: Int(span.end) &- 1, row: row)
                }
            }
        }
    }
}

extension SpanMask {
    /// The mask as lines of text, `#` for hole and `.` for no hole.
    public var asciiArt: String { Bitmap(self).asciiArt }

    /// Creates a mask from `asciiArt`; nil if it is empty, its lines differ in length, or it has another character.
    public init?(asciiArt: String) {
        guard let bitmap = Bitmap(asciiArt: asciiArt) else { return nil }
        self.init(bitmap)
    }
}
