import PlaneGeometry

/// Collects the center lines of what an SVG document draws as strokes.
struct SVGCenterLineConverter: SVGShapeConverter {
    /// The lines, in document order.
    private(set) var subpaths: [SVGSubpath] = []
    /// The line of the first shape that is only filled; nil if there is none.
    private(set) var firstFill: SVGElement?
    /// The color of the background.
    var paper: SVGPaint.Kind?

    let documentTransform: AffineTransform
    let viewport: SVGViewport.Size
    /// A label or a photo beside the lines is no line.
    static let ignoredElements: Set = ["text", "image"]
    /// How a line is painted does not matter, as long as it is seen.
    static let ignoredProperties: Set = [
        "opacity", "stroke-opacity", "fill-opacity", "stroke-width", "stroke-miterlimit", "stroke-dasharray", "marker",
        "marker-start", "marker-mid", "marker-end", "vector-effect", "stroke-alignment", "mix-blend-mode",
    ]

    /// What is shown of the plane.
    private let canvas: Rectangle
    /// The stroke of the first line.
    private var ink: SVGPaint?
    private var precision = FlattenedPath.Precision()

    /// The maximum magnitude of a coordinate.
    static let coordinateLimit = 1e8

    /// The converter of a document.
    ///
    /// Its size does not matter, so that coordinates remain as they are written, unless the viewBox is stretched.
    /// - Parameter attributes: The attributes of its outermost element.
    init(_ attributes: [String: String]) throws(MaskFormatError) {
        // The size of an element in a web page that does not tell it.
        let document = try SVGViewport(attributes, unknownSize: SVGViewport.Size(width: 300, height: 150))
        viewport = document.userSize
        let (map, size) = (document.transform, document.size)
        guard map.a == map.d else {
            documentTransform = map
            canvas = Rectangle(width: size.width, height: size.height)
            return
        }
        documentTransform = .identity
        canvas = Rectangle(
            minX: -map.tx / map.a, minY: -map.ty / map.d, maxX: (size.width - map.tx) / map.a,
            maxY: (size.height - map.ty) / map.d)
    }

    /// Editors round lengths: shapes may be this far outside of what they are cut to.
    private var slack: Double { 2e-4 * max(canvas.maxX - canvas.minX, canvas.maxY - canvas.minY) }

    mutating func convert(
        _ shape: SVGShape, of element: SVGElement, style: SVGStyle, transform: AffineTransform,
        viewport: SVGViewport.Size, clips: [SVGClip]
    ) throws(MaskFormatError) {
        guard style.isVisible else { return }
        guard style.stroke.kind != .none, style.hasStrokeWidth else {
            guard style.fill.kind != .none, shape.hasArea else { return }
            if firstFill == nil { firstFill = element }
            if ink == nil, paper == nil, case .color = style.fill.kind, shape.covers(canvas, slack: slack, transform) {
                paper = style.fill.kind
            }
            return
        }
        let drawn = shape.subpaths.filter { style.lineCap != .butt || !$0.isPoint }.map { $0.applying(transform) }
        guard !drawn.isEmpty else { return }
        try check(style.stroke)
        for subpath in drawn {
            let hull = [subpath.start] + subpath.segments.flatMap(\.hull)
            for value in hull.flatMap({ [$0.x, $0.y] }) {
                guard value.magnitude <= Self.coordinateLimit else {
                    throw MaskFormatError("a coordinate is \(value); expected -100000000 to 100000000")
                }
            }
            if !clips.isEmpty {
                // A straight line has no area.
                let bounds = Rectangle(around: hull).grown(by: slack / 2)
                try SVGClip.check(bounds, in: canvas, clips, slack: slack)
            }
        }
        subpaths += drawn
    }

    /// Rejects a line that is not seen, as of an eraser.
    private mutating func check(_ stroke: SVGPaint) throws(MaskFormatError) {
        let first = ink ?? stroke
        ink = first
        let white = SVGPaint.Kind.color(SVGColor(0xFFFFFF))
        let isLikePage = paper == nil && stroke.kind != first.kind && (stroke.kind == white || first.kind == white)
        guard stroke.kind != paper, !isLikePage else {
            throw MaskFormatError(
                "the stroke is \"\(stroke.text)\""
                    + (isLikePage ? " but others are \"\(first.text)\": white is not seen" : " like the background")
                    + "; expected lines that are seen, and no eraser")
        }
    }

    mutating func polygon(_ subpath: SVGSubpath) throws(MaskFormatError) -> [Point] {
        try FlattenedPath(subpath, halfWidth: 0, precision: &precision).vertices.map(\.point)
    }
}
