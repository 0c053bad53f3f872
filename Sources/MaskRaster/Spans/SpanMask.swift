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
        self.init(size: bitmap.size)
        for row in 0..<size.height {
            // A bit is set where a pixel differs from the one to its left.
            var last: UInt64 = 0
            var start: Int32 = -1
            for (index, word) in bitmap.words(ofRow: row).enumerated() {
                var edges = word ^ (word &<< 1 | last)
                last = word &>> 63
                while edges != 0 {
                    let column = Int32(truncatingIfNeeded: index &* 64 &+ edges.trailingZeroBitCount)
                    if start < 0 {
                        start = column
                    } else {
                        spans.append(PixelSpan(start: start, end: column))
                        start = -1
                    }
                    edges &= edges &- 1
                }
            }
            if start >= 0 { spans.append(PixelSpan(start: start, end: Int32(size.width))) }
            rowEnds[row] = Int32(spans.count)
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
