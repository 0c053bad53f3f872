public import MaskModel
import PlaneGeometry

// Short initializers for tests, with visible numbers.

extension PixelSize {
    /// Returns a size that is known to be valid.
    public static func px(_ width: Int, _ height: Int) -> PixelSize {
        guard let size = PixelSize(width: width, height: height) else { fatalError("invalid size: \(width)×\(height)") }
        return size
    }
}

extension BrushStroke {
    /// Creates a stroke through `points`.
    public init(through points: (Double, Double)..., width: Double) throws(BrushStrokeError) {
        try self.init(path: Polyline(points.map { Point(x: $0.0, y: $0.1) }), width: width)
    }
}

extension VectorMask {
    /// Creates a mask of a single stroke.
    public init(_ canvas: PixelSize, through points: (Double, Double)..., width: Double) throws(BrushStrokeError) {
        let path = Polyline(points.map { Point(x: $0.0, y: $0.1) })
        self.init(canvas: canvas, strokes: [try BrushStroke(path: path, width: width)])
    }
}
