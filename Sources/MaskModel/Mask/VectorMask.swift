/// A mask in vector form: a canvas, and the brush strokes whose union is the hole.
///
/// SVG, JSON, and rasters are derived from it.
public struct VectorMask: Hashable, Sendable {
    /// The size of the canvas in px; brush strokes may extend beyond it.
    public var canvas: PixelSize
    /// The brush strokes, in canvas px; their order does not affect the hole.
    public var strokes: [BrushStroke]

    /// Creates a mask of `strokes` on `canvas`; strokes may be outside the canvas.
    public init(canvas: PixelSize, strokes: [BrushStroke]) {
        self.canvas = canvas
        self.strokes = strokes
    }
}
