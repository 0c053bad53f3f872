public import MaskModel
import PlaneGeometry

// Short initializers for tests, with all numbers visible.

extension PixelSize {
    /// A size that is known to be valid.
    public static func px(_ width: Int, _ height: Int) -> PixelSize {
        guard let size = PixelSize(width: width, height: height) else { fatalError("no size: \(width)×\(height)") }
        return size
    }
}

extension BrushStroke {
    /// A stroke through `points`.
    public init(through points: (Double, Double)..., width: Double) throws(BrushStrokeError) {
        try self.init(path: Polyline(points.map { Point(x: $0.0, y: $0.1) }), width: width)
    }
}

extension VectorMask {
    /// A mask of a single stroke.
    public init(_ canvas: PixelSize, through points: (Double, Double)..., width: Double) throws(BrushStrokeError) {
        let path = Polyline(points.map { Point(x: $0.0, y: $0.1) })
        self.init(canvas: canvas, strokes: [try BrushStroke(path: path, width: width)])
    }
}
