/// A mask as a drawing: a canvas, and the brush strokes whose union is the hole.
///
/// This is the product; SVG, JSON and rasters are writings of it.
public struct VectorMask: Hashable, Sendable {
    /// The rectangle in px that the mask covers; brush strokes may reach beyond it.
    public var canvas: PixelSize
    /// The brush strokes; the hole is the same in any order of them.
    public var strokes: [BrushStroke]

    /// A mask of `strokes` on `canvas`; a stroke need not touch it.
    public init(canvas: PixelSize, strokes: [BrushStroke]) {
        self.canvas = canvas
        self.strokes = strokes
    }
}
