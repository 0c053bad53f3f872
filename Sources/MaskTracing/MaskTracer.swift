public import MaskModel
public import MaskRaster
import PlaneGeometry

/// Turns a bitmap into a vector mask: brush strokes where they explain the hole.
///
/// The result is a function of the bitmap and the options: it uses only + − × ÷ √, in a fixed order.
public struct MaskTracer: Sendable {
    /// How masks are traced.
    public let options: TracingOptions

    /// Creates a tracer.
    public init(_ options: TracingOptions = TracingOptions()) {
        self.options = options
    }

    /// Returns a mask whose image at the size of `bitmap` is that bitmap, as closely as the options ask for.
    ///
    /// - Complexity: Bounded; typically O(hole pixels · strokes).
    public func trace(_ bitmap: Bitmap) -> VectorMask {
        let strokes = StrokeTracer(options: options).strokes(of: bitmap) ?? []
        return VectorMask(
            canvas: bitmap.size,
            strokes: strokes.compactMap { try? BrushStroke(path: Polyline($0.path), width: $0.width) })
    }
}
