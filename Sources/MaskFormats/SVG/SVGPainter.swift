import MaskModel
import PlaneGeometry

/// Turns the painted shapes of an SVG document into brush strokes.
struct SVGPainter {
    private(set) var strokes: [BrushStroke] = []
    /// Whether a point or a width was rounded, or a curve replaced by chords: a larger image then shows more.
    private(set) var isRounded = false
    /// The color of the background.
    var paper: SVGPaint.Kind?

    private let canvas: Rectangle
    /// The size of the document in px of the canvas, before it was rounded.
    private let size: SVGViewport.Size
    /// Px of the canvas per px of the document.
    private let detail: Double
    private var precision = FlatPath.Precision()
    /// The paint of the first shape, which all others must have.
    private var ink: SVGPaint?
    private var hasBackground = false

    init(canvas: PixelSize, documentSize: SVGViewport.Size, detail: Double) {
        self.canvas = canvas.bounds
        size = SVGViewport.Size(width: documentSize.width * detail, height: documentSize.height * detail)
        self.detail = detail
    }

    /// Paints a shape.
    ///
    /// - Parameters:
    ///   - shape: The shape, in its own coordinates.
    ///   - style: Its style.
    ///   - transform: The map from its coordinates to the canvas.
    ///   - viewport: What a width in percent is a part of.
    ///   - clips: What the shape is cut to.
    ///   - isRectangle: Whether it is a `rect`, which can be the background.
    /// - Throws: `MaskFormatError` if the paint is not the one of the mask, or a mask cannot have the shape.
    mutating func paint(
        _ shape: SVGShape, style: SVGStyle, transform: AffineTransform, viewport: SVGViewport.Size, clips: [SVGClip],
        isRectangle: Bool
    ) throws(MaskFormatError) {
        guard style.isVisible, !shape.subpaths.isEmpty else { return }
        let width = try strokeWidth(style, viewport)
        let isStroked = style.stroke.kind != .none && width > 0
        // The fill of a path of two points is empty.
        let hasArea = shape.subpaths.contains { subpath in
            subpath.segments.count > 1 || subpath.segments.contains { if case .line = $0 { false } else { true } }
        }
        let isFilled = style.fill.kind != .none && hasArea
        guard isFilled || isStroked else { return }
        if isFilled, !isStroked, isRectangle, try isBackground(shape, style, transform, clips) { return }
        if isFilled { try check(style.fill, "fill") }
        if isStroked { try check(style.stroke, "stroke") }
        let subpaths = shape.subpaths.map { $0.applying(transform) }
        let outline = isStroked ? try strokeShape(style, width: width, transform) : nil
        if let outline, !isFilled, case .arc(let arc)? = subpaths[0].segments.first, subpaths[0].segments.count == 1,
            subpaths[0].isClosed, min(arc.u.length, arc.v.length) < outline.halfWidth
        {
            // By the definition of SVG there is none, but renderers leave a hole.
            throw MaskFormatError("the stroke is wider than its circle; expected a fill in the same color, too")
        }
        var painted: [BrushStroke] = []
        if isFilled, let circle = shape.circle, let scale = transform.uniformScale,
            outline == nil || !style.hasNonScalingStroke
        {
            // A disc is a dot, also with its stroke.
            let center = transform.applied(to: circle.center)
            let diameter = 2 * circle.radius * scale + (outline?.halfWidth ?? 0) * 2
            note([center], width: diameter)
            painted = [
                try Self.converting { () throws(BrushStrokeError) in
                    try BrushStroke(path: Polyline([center]), width: diameter)
                }
            ]
        } else {
            painted = try outlines(subpaths, isFilled: isFilled, style: style, outline: outline)
        }
        try check(painted, clips: clips)
        strokes += painted
    }

    /// The polygon of a subpath in px of the canvas.
    mutating func polygon(_ subpath: SVGSubpath) throws(MaskFormatError) -> [Point] {
        try FlatPath(subpath, halfWidth: 0, precision: &precision).vertices.map(\.point)
    }

    // MARK: Shapes

    private mutating func outlines(
        _ subpaths: [SVGSubpath], isFilled: Bool, style: SVGStyle, outline: StrokeShape?
    ) throws(MaskFormatError) -> [BrushStroke] {
        let halfWidth = outline.map { $0.isRound ? 0 : $0.halfWidth } ?? 0
        var paths: [FlatPath] = []
        for subpath in subpaths {
            if subpath.segments.contains(where: { if case .line = $0 { false } else { true } }) { isRounded = true }
            let path = try FlatPath(subpath, halfWidth: halfWidth, precision: &precision)
            note(path.points, width: 2 * (outline?.halfWidth ?? 0))
            paths.append(path)
        }
        var painted: [BrushStroke] = []
        if isFilled {
            let fill = try FillOutlines(paths.map(\.points), isEvenOdd: style.hasEvenOddFill)
            painted = fill.strokes
            if !fill.isPathItself { isRounded = true }
            if let outline, fill.isPathItself, painted.count == 1, paths.count == 1, paths[0].isClosed,
                outline.join == .round || !paths[0].vertices.contains(where: \.isCorner)
            {
                let path = painted[0].path
                return [
                    try Self.converting { () throws(BrushStrokeError) in
                        try BrushStroke(path: path, width: 2 * outline.halfWidth, isFilled: true)
                    }
                ]
            }
        }
        guard let outline else { return painted }
        for path in paths {
            let pieces = try StrokeOutlines(path, outline, remainingPoints: precision.remainingPoints)
            precision.remainingPoints = pieces.remainingPoints
            if pieces.strokes.count > 1 { isRounded = true }
            painted += pieces.strokes
        }
        return painted
    }

    private static func converting<Result>(
        _ body: () throws(BrushStrokeError) -> Result
    ) throws(MaskFormatError) -> Result {
        do throws(BrushStrokeError) {
            return try body()
        } catch {
            throw MaskFormatError("\(error)")
        }
    }

    /// Notes whether points or a width are rounded.
    private mutating func note(_ points: [Point], width: Double) {
        guard !isRounded else { return }
        isRounded = (width - width.roundedToHundredths).magnitude > 1e-9 || !points.allSatisfy(\.isRounded)
    }

    /// The width of the stroke in user units.
    private func strokeWidth(_ style: SVGStyle, _ viewport: SVGViewport.Size) throws(MaskFormatError) -> Double {
        switch style.strokeWidth {
        case .px(let width): width
        case .percent(let ratio): ratio / 100 * viewport.diagonal
        case .relative: throw MaskFormatError("the stroke-width is relative; expected a number of px")
        }
    }

    private func strokeShape(
        _ style: SVGStyle, width: Double, _ transform: AffineTransform
    ) throws(MaskFormatError) -> StrokeShape {
        let join: StrokeShape.Join =
            switch style.lineJoin {
            case "round": .round
            case "bevel": .bevel
            case "miter": .miter(limit: style.miterLimit)
            default:
                throw MaskFormatError(
                    "the line joins are \"\(style.lineJoin)\"; expected stroke-linejoin=\"round\", \"bevel\", or"
                        + " \"miter\"")
            }
        if style.hasNonScalingStroke {
            return StrokeShape(
                halfWidth: width * detail / 2, cap: style.lineCap, join: join, axis: Vector(dx: 1, dy: 0))
        }
        guard let scale = transform.uniformScale else {
            throw MaskFormatError("the transform distorts the stroke; expected the same scale in all directions")
        }
        return StrokeShape(
            halfWidth: width * scale / 2, cap: style.lineCap, join: join,
            axis: Vector(dx: transform.a / scale, dy: transform.b / scale))
    }

    // MARK: Paint

    /// Rejects a paint that is not the color of the other shapes.
    private mutating func check(_ paint: SVGPaint, _ name: String) throws(MaskFormatError) {
        guard case .color = paint.kind else {
            throw MaskFormatError("the \(name) is \"\(paint.text)\"; expected a plain color")
        }
        guard paint.kind == (ink ?? paint).kind else {
            throw MaskFormatError(
                "the \(name) is \"\(paint.text)\" but others are \"\(ink?.text ?? "")\"; expected a single color")
        }
        guard paint.kind != paper else {
            throw MaskFormatError("the \(name) is \"\(paint.text)\" like the background; expected another color")
        }
        ink = paint
    }

    /// Whether a filled rectangle is the background: the first shape, which covers the canvas.
    private mutating func isBackground(
        _ shape: SVGShape, _ style: SVGStyle, _ transform: AffineTransform, _ clips: [SVGClip]
    ) throws(MaskFormatError) -> Bool {
        guard ink == nil, !hasBackground, let corners = shape.rectangle,
            transform.b == 0 && transform.c == 0 || transform.a == 0 && transform.d == 0
        else { return false }
        // Editors round lengths: all that matters is that the centers of the pixels are covered.
        let covered = Rectangle(around: corners.map(transform.applied(to:))).grown(by: 0.49 * detail)
        guard covered.contains(Point(x: 0, y: 0)), covered.contains(Point(x: size.width, y: size.height)) else {
            return false
        }
        guard case .color = style.fill.kind else {
            throw MaskFormatError("the fill is \"\(style.fill.text)\"; expected a plain color")
        }
        if let clip = clips.first(where: { !$0.contains(canvas, slack: slack) }) {
            throw MaskFormatError("a background that \(clip.name) cuts; expected one that covers the canvas")
        }
        paper = style.fill.kind
        hasBackground = true
        return true
    }

    // MARK: Clipping

    /// Editors round lengths: shapes may be this far outside of what they are cut to, in px of the canvas.
    private var slack: Double { 0.1 * detail }

    /// Checks that strokes are not cut, as far as they are on the canvas.
    private func check(_ painted: [BrushStroke], clips: [SVGClip]) throws(MaskFormatError) {
        guard !clips.isEmpty else { return }
        for stroke in painted {
            let bounds = stroke.path.bounds.grown(by: stroke.width / 2)
            let visible = Rectangle(
                minX: max(bounds.minX, canvas.minX), minY: max(bounds.minY, canvas.minY),
                maxX: min(bounds.maxX, canvas.maxX), maxY: min(bounds.maxY, canvas.maxY))
            guard visible.minX < visible.maxX, visible.minY < visible.maxY else { continue }
            if let clip = clips.first(where: { !$0.contains(visible, slack: slack) }) {
                throw MaskFormatError(
                    "\(clip.name) can cut the shape; expected one that covers the shape, or the canvas")
            }
        }
    }
}
