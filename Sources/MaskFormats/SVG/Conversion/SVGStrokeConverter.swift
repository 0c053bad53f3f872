import MaskModel
import PlaneGeometry

/// Converts the visible shapes of an SVG document into brush strokes.
struct SVGStrokeConverter: SVGShapeConverter {
    /// The size in px.
    let size: PixelSize
    private(set) var strokes: [BrushStroke] = []
    /// Whether a point or a width was rounded, or a curve replaced by chords: a larger image then shows more.
    private(set) var isRounded = false
    /// The color of the background.
    var paper: SVGPaint.Kind?

    let documentTransform: AffineTransform
    let viewport: SVGViewport.Size
    static let ignoredElements: Set<String> = []
    static let ignoredProperties: Set<String> = []

    private let canvas: Rectangle
    /// The size of the document in px of the canvas, before it was rounded.
    private let documentSize: SVGViewport.Size
    /// Px of the canvas per px of the document.
    private let detail: Double
    private var precision = FlattenedPath.Precision()
    /// The paint of the first shape, which all others must have.
    private var ink: SVGPaint?
    private var hasBackground = false

    /// The converter of a document.
    ///
    /// - Parameters:
    ///   - attributes: The attributes of its outermost element.
    ///   - detail: Px of the canvas per px of the document: the mask is that many times as large.
    init(_ attributes: [String: String], detail: Int) throws(MaskFormatError) {
        let document = try SVGViewport(attributes)
        guard let canvas = document.canvas else { throw SVGViewport.noSize }
        guard let size = PixelSize(width: canvas.width * detail, height: canvas.height * detail) else {
            throw MaskFormatError("a canvas of \(canvas) px; expected a smaller one")
        }
        self.size = size
        self.canvas = size.bounds
        self.detail = Double(detail)
        documentSize = SVGViewport.Size(
            width: document.size.width * self.detail, height: document.size.height * self.detail)
        documentTransform = document.transform.followed(by: .scaling(x: self.detail, y: self.detail))
        viewport = document.userSize
    }

    // Paints that are not the one of the mask, and shapes that a mask cannot have, are errors.
    mutating func convert(
        _ shape: SVGShape, of element: SVGElement, style: SVGStyle, transform: AffineTransform,
        viewport: SVGViewport.Size, clips: [SVGClip]
    ) throws(MaskFormatError) {
        guard style.isVisible, !shape.subpaths.isEmpty else { return }
        let width = try strokeWidth(style, viewport)
        let isStroked = style.stroke.kind != .none && width > 0
        let isFilled = style.fill.kind != .none && shape.hasArea
        guard isFilled || isStroked else { return }
        if isFilled, !isStroked, element.name == "rect", try isBackground(shape, style, transform, clips) { return }
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
        var converted: [BrushStroke] = []
        if isFilled, let circle = shape.circle, let scale = transform.uniformScale,
            outline == nil || !style.hasNonScalingStroke
        {
            // A disc is a dot, also with its stroke.
            let center = transform.applied(to: circle.center)
            let diameter = 2 * circle.radius * scale + (outline?.halfWidth ?? 0) * 2
            note([center], width: diameter)
            converted = [
                try Self.converting { () throws(BrushStrokeError) in
                    try BrushStroke(path: Polyline([center]), width: diameter)
                }
            ]
        } else {
            converted = try outlines(subpaths, isFilled: isFilled, style: style, outline: outline)
        }
        try check(converted, clips: clips)
        strokes += converted
    }

    /// The polygon of a subpath in px of the canvas.
    mutating func polygon(_ subpath: SVGSubpath) throws(MaskFormatError) -> [Point] {
        try FlattenedPath(subpath, halfWidth: 0, precision: &precision).vertices.map(\.point)
    }

    // MARK: Shapes

    private mutating func outlines(
        _ subpaths: [SVGSubpath], isFilled: Bool, style: SVGStyle, outline: StrokeShape?
    ) throws(MaskFormatError) -> [BrushStroke] {
        let halfWidth = outline.map { $0.isRound ? 0 : $0.halfWidth } ?? 0
        var paths: [FlattenedPath] = []
        for subpath in subpaths {
            if subpath.segments.contains(where: { if case .line = $0 { false } else { true } }) { isRounded = true }
            let path = try FlattenedPath(subpath, halfWidth: halfWidth, precision: &precision)
            note(path.points, width: 2 * (outline?.halfWidth ?? 0))
            paths.append(path)
        }
        var converted: [BrushStroke] = []
        if isFilled {
            let fill = try FillOutlines(paths.map(\.points), isEvenOdd: style.hasEvenOddFill)
            converted = fill.strokes
            if !fill.isPathItself { isRounded = true }
            if let outline, fill.isPathItself, converted.count == 1, paths.count == 1, paths[0].isClosed,
                outline.join == .round || !paths[0].vertices.contains(where: \.isCorner)
            {
                let path = converted[0].path
                return [
                    try Self.converting { () throws(BrushStrokeError) in
                        try BrushStroke(path: path, width: 2 * outline.halfWidth, isFilled: true)
                    }
                ]
            }
        }
        guard let outline else { return converted }
        for path in paths {
            let pieces = try StrokeOutlines(path, outline, remainingPoints: precision.remainingPoints)
            precision.remainingPoints = pieces.remainingPoints
            if pieces.strokes.count > 1 { isRounded = true }
            converted += pieces.strokes
        }
        return converted
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
        // Editors round lengths: all that matters is that the centers of the pixels are covered.
        let document = Rectangle(width: documentSize.width, height: documentSize.height)
        guard ink == nil, !hasBackground, shape.covers(document, slack: 0.49 * detail, transform) else {
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
    private func check(_ converted: [BrushStroke], clips: [SVGClip]) throws(MaskFormatError) {
        guard !clips.isEmpty else { return }
        for stroke in converted {
            try SVGClip.check(stroke.path.bounds.grown(by: stroke.width / 2), in: canvas, clips, slack: slack)
        }
    }
}
