import MaskModel
import MaskRaster

/// The white spans of a mask with black holes: what is between its spans, row by row.
struct WhiteSpans {
    private(set) var spans: [PixelSpan] = []
    private(set) var rowEnds: [Int32] = []

    /// Becomes the white spans of `mask`, and keeps the memory.
    ///
    /// - Complexity: O(rows + spans)
    mutating func update(from mask: SpanMask) {
        spans.removeAll(keepingCapacity: true)
        rowEnds.removeAll(keepingCapacity: true)
        spans.reserveCapacity(mask.spans.count + mask.size.height)
        let width = Int32(mask.size.width)
        var index = 0
        for end in mask.rowEnds {
            var start: Int32 = 0
            for span in mask.spans[index..<Int(end)] {
                if span.start > start { spans.append(PixelSpan(start: start, end: span.start)) }
                start = span.end
            }
            if start < width { spans.append(PixelSpan(start: start, end: width)) }
            index = Int(end)
            rowEnds.append(Int32(truncatingIfNeeded: spans.count))
        }
    }
}
