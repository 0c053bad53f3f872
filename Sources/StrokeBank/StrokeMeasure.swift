import FileAccess

/// How long and how large a stroke is, in units of the drawing's box of 256 × 256.
public struct StrokeMeasure: Hashable, Sendable {
    /// The length of the path through the stroke's points; 0 for a dot.
    public let length: Double
    /// The longer side of the box around the points, 0 to 255.
    public let extent: Int

    /// Measures the stroke whose points are given as x and y in turn, a byte each.
    ///
    /// Lengths are the same on every machine: their square roots are rounded as IEEE 754 wants it, and added in order.
    /// - Complexity: O(points)
    public init(_ coordinates: ArraySlice<UInt8>) {
        let span = coordinates.span
        self.init(unsafe span.bytes)
    }

    /// The same for bytes in memory; an odd one at the end counts for nothing.
    init(_ points: RawSpan) {
        guard points.byteCount >= 2 else {
            (length, extent) = (0, 0)
            return
        }
        var last = SIMD2<UInt8>(points.byte(at: 0), points.byte(at: 1))
        var (least, most) = (last, last)
        var length = 0.0
        for place in stride(from: 2, to: points.byteCount - 1, by: 2) {
            let point = SIMD2<UInt8>(points.byte(at: place), points.byte(at: place + 1))
            least = pointwiseMin(least, point)
            most = pointwiseMax(most, point)
            let step = SIMD2<Int32>(truncatingIfNeeded: point) &- SIMD2<Int32>(truncatingIfNeeded: last)
            length += Double((step &* step).wrappedSum()).squareRoot()
            last = point
        }
        self.length = length
        extent = Int((most &- least).max())
    }
}
