public import MaskModel

/// The hole of an image, or of a band of its rows, as spans: the primary raster of a mask.
///
/// Row 0 is at the top, column 0 at the left. The spans of a row are sorted, disjoint, and do not touch: at least one
/// pixel that is not hole separates them. So two span masks are equal if and only if their pixels are.
public struct SpanMask: Hashable, Sendable {
    /// The number of columns and rows.
    public let size: PixelSize
    /// The spans of all rows, one row after the other.
    public private(set) var spans: [PixelSpan]
    /// For each row, where its spans end in `spans`; they start where those of the row above end.
    public private(set) var rowEnds: [Int32]

    /// A mask without a hole.
    public init(size: PixelSize) {
        self.size = size
        spans = []
        rowEnds = [Int32](repeating: 0, count: size.height)
    }

    /// The union of the spans that were collected for the rows of a band.
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

    /// The spans of one row, which must be a row of the mask, from left to right.
    public func spans(ofRow row: Int) -> ArraySlice<PixelSpan> {
        spans[(row > 0 ? Int(rowEnds[row - 1]) : 0)..<Int(rowEnds[row])]
    }

    /// Whether a pixel is hole. Outside the image there is no hole.
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

    /// Whether a pixel of the first or last column is hole, or of the first or last row where that is requested.
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
    /// The same pixels as a bitmap has.
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
    /// The same pixels as a span mask has.
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

    /// The mask that `asciiArt` shows; nil if there is no line, or lines differ in length or contain another character.
    public init?(asciiArt: String) {
        guard let bitmap = Bitmap(asciiArt: asciiArt) else { return nil }
        self.init(bitmap)
    }
}
