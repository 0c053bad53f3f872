internal import CCairo
public import MaskModel
public import MaskRaster
import PlaneGeometry

/// Draws masks with cairo: the default backend of the dataset.
///
/// It draws without antialiasing on an 8-bit surface of up to 4 MiB, which is reused from mask to mask. The surface holds
/// a *strip*: the part of a band that is drawn at once. The result differs from the exact rule only in pixels with a center
/// within 0.1 image px of a boundary.
public struct CairoRasterizer: BinaryRasterizer, ~Copyable {
    /// The maximum side of an image, in px: the limit of cairo's surfaces.
    public static let maximumSide = 32_767

    /// The maximum radius of a pen, in image px. Larger ones could exceed cairo's 24.8 fixed-point numbers, which silently
    /// overflow; the exact rasterizer draws such strokes.
    static let radiusLimit = 262_144.0
    /// The maximum coordinate, in image px. Segments beyond it are clipped before they are passed to cairo.
    static let coordinateLimit = 1_048_576.0
    /// The maximum size of the surface, in bytes, unless a single row has more.
    static let stripBytes = 4 << 20
    /// The maximum distance of a pixel center from a boundary if the pixel violates the exact rule, in image px.
    static let largestError = 0.1
    /// The coverage from which so many segments are occluded that finding them saves time.
    static let denseCoverage = 0.6

    private var canvas: CairoCanvas?
    private var bitmap = Bitmap(size: .smallest)

    /// Creates a rasterizer; it allocates memory with the first mask and reuses it.
    public init() {}

    /// Draws a band of an image; see `ImageRasterizer`.
    ///
    /// - Throws: `RasterizerError` if `rows` is empty or not within the image, if a side of the image is longer than
    ///   `maximumSide`, or if cairo fails.
    /// - Complexity: O(points · strips + pixels of `rows` + area of the strokes within `rows`)
    public mutating func rasterize(
        _ original: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout SpanMask
    ) throws(RasterizerError) {
        let mask = original.withoutFlatEnds
        guard max(size.width, size.height) <= Self.maximumSide else {
            throw RasterizerError("an image of \(size) px; expected at most \(Self.maximumSide) px per side for cairo")
        }
        let stripHeight = min(size.height, max(1, Self.stripBytes / size.width))
        if canvas?.width != size.width || canvas?.height != stripHeight {
            canvas = try CairoCanvas(width: size.width, height: stripHeight)
        }
        try bitmap.reset(to: rows, of: size)
        let scaleX = Double(size.width) / Double(mask.canvas.width)
        let scaleY = Double(size.height) / Double(mask.canvas.height)
        let radius = { (stroke: BrushStroke) in stroke.width / 2 * max(scaleX, scaleY) }
        let occlusion =
            mask.coverage < Self.denseCoverage
            ? nil
            : OcclusionTest(
                canvas: mask.canvas, size: size, rows: rows, margin: Self.largestError / min(scaleX, scaleY))
        occlusion?.paint(mask.strokes, into: &bitmap)

        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: stripHeight) {
            let strip = start..<min(start + stripHeight, rows.upperBound)
            let visible = mask.canvas.bounds.strip(
                minY: Double(strip.lowerBound) / scaleY, maxY: Double(strip.upperBound) / scaleY)
            do {
                try canvas?.draw(scaleX: scaleX, scaleY: scaleY, firstRow: start) { (brush) throws(RasterizerError) in
                    for stroke in mask.strokes where stroke.isPlain && radius(stroke) <= Self.radiusLimit {
                        // One image px more than the pen needs.
                        let reach = stroke.width / 2 + 1 / min(scaleX, scaleY)
                        brush.draw(
                            stroke, near: visible.grown(by: reach), frame: mask.canvas.bounds.grown(by: reach)
                        ) {
                            occlusion?.isSegmentOccluded(from: $0, to: $1, radius: stroke.width / 2, in: bitmap)
                                ?? false
                        }
                    }
                }
            } catch {
                // The surface may contain a part of the mask.
                canvas = nil
                throw error
            }
            canvas?.moveHoles(to: &bitmap, firstRow: start - rows.lowerBound, count: strip.count)
        }
        // Within one call, cairo would fill the narrow gaps of a filled path.
        let others = mask.strokes.filter { !$0.isPlain || radius($0) > Self.radiusLimit }
        if !others.isEmpty {
            var exact = ExactRasterizer()
            var extra = SpanMask(size: .smallest)
            try exact.rasterize(
                VectorMask(canvas: mask.canvas, strokes: others), at: size, rows: rows, into: &extra)
            bitmap.formUnion(Bitmap(extra))
        }
        raster = SpanMask(bitmap)
    }
}

extension VectorMask {
    /// The sum of the areas of the strokes without their caps, as a ratio of the area of the canvas; it can exceed 1.
    fileprivate var coverage: Double {
        strokes.reduce(0) { $0 + $1.width * $1.path.length } / Double(canvas.area)
    }
}

extension Rectangle {
    /// Returns the part of the rectangle between two values of y.
    fileprivate func strip(minY: Double, maxY: Double) -> Rectangle {
        Rectangle(minX: minX, minY: minY, maxX: maxX, maxY: maxY)
    }
}

extension CairoCanvas.Brush {
    /// Draws the segments of a stroke that are near the visible part of the canvas and not occluded.
    ///
    /// Successive segments with the same vertical direction are drawn in one call. Such a path covers a single span of each
    /// row: adjacent segments share the disc around their common point, and segments between two others are between them
    /// in every row that both cross. So there is no gap in a row that cairo could fill.
    /// - Parameters:
    ///   - stroke: The stroke, in px of the canvas of the mask.
    ///   - visible: The part of the canvas in the strip, expanded by the reach of the brush.
    ///   - frame: The canvas, expanded by the same amount. Segments that exceed cairo's numbers are clipped to it and not to
    ///     `visible`, so that they are the same in every strip of an image.
    ///   - isHidden: Returns whether a segment is occluded. The gap it leaves between two others is already hole.
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

    /// Returns whether the point, scaled to image px, is within the range of cairo.
    private func isWithinLimit(_ point: Point) -> Bool {
        max((point.x * scaleX).magnitude, (point.y * scaleY).magnitude) <= CairoRasterizer.coordinateLimit
    }
}

extension Point {
    /// Returns whether the bounding box of the segment from this point to `end` intersects `frame`.
    fileprivate func isSegment(to end: Point, near frame: Rectangle) -> Bool {
        max(x, end.x) >= frame.minX && min(x, end.x) <= frame.maxX
            && max(y, end.y) >= frame.minY && min(y, end.y) <= frame.maxY
    }
}
