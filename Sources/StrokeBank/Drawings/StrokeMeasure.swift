import FileAccess

/// The length and extent of a stroke, in units of the drawing's box of 256 × 256.
package struct StrokeMeasure: Hashable, Sendable {
    /// The length of the path through the stroke's points; 0 for a dot.
    package let length: Double
    /// The longer side of the points' bounding box, 0 to 255.
    package let extent: Int

    /// Measures the stroke through points given as interleaved x and y, one byte each.
    ///
    /// Lengths are the same on every machine: square roots are rounded according to IEEE 754, and added in order.
    /// - Complexity: O(points)
    package init(_ coordinates: ArraySlice<UInt8>) {
        let span = coordinates.span
        self.init(unsafe span.bytes)
    }

    /// The same for bytes in memory; an odd one at the end is ignored.
    init(_ points: RawSpan) {
        guard points.byteCount >= 2 else {
            (length, extent) = (0, 0)
            return
        }
        var last = SIMD2<UInt8>(points.byte(at: 0), points.byte(at: 1))
        var (lower, upper) = (last, last)
        var length = 0.0
        for place in stride(from: 2, to: points.byteCount - 1, by: 2) {
            let point = SIMD2<UInt8>(points.byte(at: place), points.byte(at: place + 1))
            lower = pointwiseMin(lower, point)
            upper = pointwiseMax(upper, point)
            let step = SIMD2<Int32>(truncatingIfNeeded: point) &- SIMD2<Int32>(truncatingIfNeeded: last)
            length += Double((step &* step).wrappedSum()).squareRoot()
            last = point
        }
        self.length = length
        extent = Int((upper &- lower).max())
    }
}
