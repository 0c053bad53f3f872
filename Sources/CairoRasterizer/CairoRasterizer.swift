internal import CCairo
public import MaskModel
public import MaskRaster
import PlaneGeometry

/// Draws masks by cairo: the standard backend of the dataset.
///
/// It draws without antialiasing on 8-bit surfaces, strip by strip, and keeps one strip of up to 4 MiB for all masks
/// of a size. Against the exact rule it differs only in pixels whose center is within 0.1 px (of the image) of a
/// boundary.
public struct CairoRasterizer: MaskRasterizer, ~Copyable {
    /// The longest side of an image, in px: the end of cairo's surfaces.
    public static let maximumSide = 32_767

    /// How far cairo's round pen, a polygon, may be from a circle, in px of the image.
    static let tolerance = 0.05
    /// Beyond this radius, in px of the image, a pen could leave cairo's 24.8 fixed-point numbers, which wrap without
    /// a word; the exact rule takes such strokes.
    static let radiusLimit = 262_144.0
    /// Beyond this coordinate, in px of the image, segments are clipped before cairo sees them.
    static let coordinateLimit = 1_048_576.0
    static let stripBytes = 4 << 20
    /// How far from a boundary a pixel's center may lie that is wrong by the exact rule, in px of the image.
    static let largestError = 0.1
    /// From which ink on, in canvases, enough segments are hidden by others to look for them.
    static let denseInk = 0.6

    private var canvas: CairoCanvas?
    private var bitmap = Bitmap(size: .smallest)

    /// A rasterizer; it takes its memory with the first mask.
    public init() {}

    /// Draws rows of an image by cairo; see `ImageRasterizer`.
    ///
    /// - Throws: `RasterizerError` also if a side of the image is longer than `maximumSide`.
    /// - Complexity: O(points · strips + pixels of `rows` + area of the strokes within `rows`)
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout SpanMask
    ) throws(RasterizerError) {
        guard max(size.width, size.height) <= Self.maximumSide else {
            throw RasterizerError("an image of \(size) px; cairo expected at most \(Self.maximumSide) px a side")
        }
        let stripHeight = min(size.height, max(1, Self.stripBytes / size.width))
        if canvas?.width != size.width || canvas?.height != stripHeight {
            canvas = try CairoCanvas(width: size.width, height: stripHeight)
        }
        try bitmap.reset(to: rows, of: size)
        let scaleX = Double(size.width) / Double(mask.canvas.width)
        let scaleY = Double(size.height) / Double(mask.canvas.height)
        let radius = { (stroke: BrushStroke) in stroke.width / 2 * max(scaleX, scaleY) }
        let core =
            mask.ink < Self.denseInk
            ? nil
            : OcclusionTest(
                canvas: mask.canvas, size: size, rows: rows, margin: Self.largestError / min(scaleX, scaleY))
        core?.paint(mask.strokes, into: &bitmap)

        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: stripHeight) {
            let strip = start..<min(start + stripHeight, rows.upperBound)
            let visible = mask.canvas.bounds.strip(
                minY: Double(strip.lowerBound) / scaleY, maxY: Double(strip.upperBound) / scaleY)
            do {
                try canvas?.draw(scaleX: scaleX, scaleY: scaleY, firstRow: start) { (brush) throws(RasterizerError) in
                    for stroke in mask.strokes where radius(stroke) <= Self.radiusLimit {
                        // A px of the image more than the pen reaches.
                        let reach = stroke.width / 2 + 1 / min(scaleX, scaleY)
                        brush.draw(
                            stroke, near: visible.grown(by: reach), frame: mask.canvas.bounds.grown(by: reach)
                        ) { core?.holdsSegment(from: $0, to: $1, radius: stroke.width / 2, in: bitmap) ?? false }
                    }
                }
            } catch {
                // It may hold half of the mask.
                canvas = nil
                throw error
            }
            canvas?.moveHoles(to: &bitmap, firstRow: start - rows.lowerBound, count: strip.count)
        }
        let wide = mask.strokes.filter { radius($0) > Self.radiusLimit }
        if !wide.isEmpty {
            var exact = ExactRasterizer()
            var extra = SpanMask(size: .smallest)
            try exact.rasterize(
                VectorMask(canvas: mask.canvas, strokes: wide), at: size, rows: rows, into: &extra)
            bitmap.formUnion(Bitmap(extra))
        }
        raster = SpanMask(bitmap)
    }
}

extension VectorMask {
    /// How much of the canvas the strokes would cover if none overlapped another, in canvases; ends left out.
    fileprivate var ink: Double {
        strokes.reduce(0) { $0 + $1.width * $1.path.length } / Double(canvas.area)
    }
}

extension Rectangle {
    /// The part of the rectangle between two heights.
    fileprivate func strip(minY: Double, maxY: Double) -> Rectangle {
        Rectangle(minX: minX, minY: minY, maxX: maxX, maxY: maxY)
    }
}

extension CairoCanvas.Brush {
    /// Draws those segments of a stroke that come near to what is visible, and that nothing hides.
    ///
    /// Segments that go on downwards, or upwards, are drawn in one call. Its runs in a row of pixels are then one: two
    /// neighbors share the disc around their common point, and whatever lies between two others lies between them in
    /// every row that both meet. So there is no gap in a row that cairo could fill.
    /// - Parameters:
    ///   - near: what is visible, grown by what the brush reaches.
    ///   - frame: the canvas, grown by as much. What leaves cairo's numbers is clipped to it and not to `near`, so that
    ///     every strip of an image gets the same segment.
    ///   - isHidden: whether a segment would change nothing. A gap that one leaves between two others is hole already.
    fileprivate mutating func draw(
        _ stroke: BrushStroke, near visible: Rectangle, frame: Rectangle, isHidden: (Point, Point) -> Bool
    ) {
        setWidth(stroke.width)
        let points = stroke.path.points
        var direction = 0.0
        for index in 0..<max(points.count - 1, 1) {
            let (start, end) = (points[index], points[min(index + 1, points.count - 1)])
            let dy = end.y - start.y
            if dy * direction < 0 { self.stroke() }
            if dy != 0 { direction = dy }
            guard start.isSegment(to: end, near: visible), !isHidden(start, end) else { continue }
            if isWithinLimit(start), isWithinLimit(end) {
                add(from: start, to: end)
                continue
            }
            for piece in Polyline([start, end]).clipped(to: frame) {
                add(from: piece.points[0], to: piece.points[piece.points.count - 1])
            }
        }
        self.stroke()
    }

    /// Whether cairo can take the point as it is, scaled to px of the image.
    private func isWithinLimit(_ point: Point) -> Bool {
        max((point.x * scaleX).magnitude, (point.y * scaleY).magnitude) <= CairoRasterizer.coordinateLimit
    }
}

extension Point {
    /// Whether the bounding box of the segment from here to `end` meets `frame`.
    fileprivate func isSegment(to end: Point, near frame: Rectangle) -> Bool {
        max(x, end.x) >= frame.minX && min(x, end.x) <= frame.maxX
            && max(y, end.y) >= frame.minY && min(y, end.y) <= frame.maxY
    }
}
