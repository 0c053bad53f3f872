public import MaskModel
import PlaneGeometry

// Masks as tests want to spell them: short, with every number in sight.

extension PixelSize {
    /// A size that the test knows to be valid.
    public static func px(_ width: Int, _ height: Int) -> PixelSize {
        guard let size = PixelSize(width: width, height: height) else { fatalError("no size: \(width)×\(height)") }
        return size
    }
}

extension BrushStroke {
    /// A stroke along the points.
    public init(through points: (Double, Double)..., width: Double) throws(BrushStrokeError) {
        try self.init(path: Polyline(points.map { Point(x: $0.0, y: $0.1) }), width: width)
    }
}

extension VectorMask {
    /// A mask of one stroke.
    public init(_ canvas: PixelSize, through points: (Double, Double)..., width: Double) throws(BrushStrokeError) {
        let path = Polyline(points.map { Point(x: $0.0, y: $0.1) })
        self.init(canvas: canvas, strokes: [try BrushStroke(path: path, width: width)])
    }
}
