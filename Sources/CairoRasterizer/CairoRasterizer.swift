internal import CCairo
public import MaskModel
public import MaskRaster
import PlaneGeometry

/// Draws masks by cairo: the standard backend of the dataset.
///
/// It draws without antialiasing on 8-bit surfaces, strip by strip, and keeps one strip of up to 4 MiB for all masks
/// of a size. Against the exact rule it differs only in pixels whose centre is within 0.1 px (of the picture) of a
/// boundary.
public struct CairoRasterizer: MaskRasterizer, ~Copyable {
    /// The longest side of a picture, in px: the end of cairo's surfaces.
    public static let maximumSide = 32_767

    /// How far cairo's round pen, a polygon, may be from a circle, in px of the picture.
    static let tolerance = 0.01
    /// Beyond this radius, in px of the picture, a pen could leave cairo's 24.8 fixed-point numbers, which wrap without
    /// a word; the exact rule takes such strokes.
    static let radiusLimit = 262_144.0
    /// Beyond this coordinate, in px of the picture, segments are clipped before cairo sees them.
    static let coordinateLimit = 1_048_576.0
    static let stripBytes = 4 << 20

    private var canvas: CairoCanvas?

    /// A rasteriser; it takes its memory with the first mask.
    public init() {}

    /// Draws rows of a picture by cairo; see `MaskRasterizer`.
    ///
    /// - Throws: `RasterizerFailure` also if a side of the picture is longer than `maximumSide`.
    /// - Complexity: O(points · strips + pixels of `rows` + area of the strokes within `rows`)
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout Raster
    ) throws(RasterizerFailure) {
        guard max(size.width, size.height) <= Self.maximumSide else {
            throw RasterizerFailure("a picture of \(size) px; cairo wanted at most \(Self.maximumSide) px a side")
        }
        let stripHeight = min(size.height, max(1, Self.stripBytes / size.width))
        if canvas?.width != size.width || canvas?.height != stripHeight {
            canvas = try CairoCanvas(width: size.width, height: stripHeight)
        }
        try raster.reset(to: rows, of: size)
        let scaleX = Double(size.width) / Double(mask.canvas.width)
        let scaleY = Double(size.height) / Double(mask.canvas.height)
        let radius = { (stroke: BrushStroke) in stroke.width / 2 * max(scaleX, scaleY) }

        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: stripHeight) {
            let strip = start..<min(start + stripHeight, rows.upperBound)
            let visible = mask.canvas.bounds.strip(
                minY: Double(strip.lowerBound) / scaleY, maxY: Double(strip.upperBound) / scaleY)
            try canvas?.draw(scaleX: scaleX, scaleY: scaleY, firstRow: start) { (brush) throws(RasterizerFailure) in
                for stroke in mask.strokes where radius(stroke) <= Self.radiusLimit {
                    // A px of the picture more than the pen reaches.
                    let reach = stroke.width / 2 + 1 / min(scaleX, scaleY)
                    brush.setWidth(stroke.width)
                    for segment in stroke.segments(near: visible.grown(by: reach)) {
                        if segment.start.isWithinLimit(scaleX, scaleY), segment.end.isWithinLimit(scaleX, scaleY) {
                            brush.stroke(from: segment.start, to: segment.end)
                            continue
                        }
                        // Clipped to the picture and not to the strip, so that every strip gets the same segment.
                        let frame = mask.canvas.bounds.grown(by: reach)
                        for piece in Polyline([segment.start, segment.end]).clipped(to: frame) {
                            brush.stroke(from: piece.points[0], to: piece.points[piece.points.count - 1])
                        }
                    }
                }
            }
            canvas?.addHoles(to: &raster, firstRow: start - rows.lowerBound, count: strip.count)
        }
        let wide = mask.strokes.filter { radius($0) > Self.radiusLimit }
        if !wide.isEmpty {
            var exact = ExactRasterizer()
            var extra = Raster(size: raster.size)
            try exact.rasterize(
                VectorMask(canvas: mask.canvas, strokes: wide), at: size, rows: rows, into: &extra)
            raster.formUnion(extra)
        }
    }
}

extension Rectangle {
    /// The part of the rectangle between two heights.
    fileprivate func strip(minY: Double, maxY: Double) -> Rectangle {
        Rectangle(minX: minX, minY: minY, maxX: maxX, maxY: maxY)
    }
}

extension Point {
    /// Whether cairo can take the point as it is, scaled to px of the picture.
    fileprivate func isWithinLimit(_ scaleX: Double, _ scaleY: Double) -> Bool {
        max((x * scaleX).magnitude, (y * scaleY).magnitude) <= CairoRasterizer.coordinateLimit
    }
}

extension BrushStroke {
    /// The segments whose bounding box meets `frame`; a dot is one segment without length.
    fileprivate func segments(near frame: Rectangle) -> [(start: Point, end: Point)] {
        let points = path.points
        return (0..<max(points.count - 1, 1)).compactMap { index in
            let (start, end) = (points[index], points[min(index + 1, points.count - 1)])
            let isNear =
                max(start.x, end.x) >= frame.minX && min(start.x, end.x) <= frame.maxX
                && max(start.y, end.y) >= frame.minY && min(start.y, end.y) <= frame.maxY
            return isNear ? (start, end) : nil
        }
    }
}
