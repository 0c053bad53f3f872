import PlaneGeometry

/// The outline of a basic shape or a path, in its own coordinates.
struct SVGShape {
    var subpaths: [SVGSubpath] = []
    /// The center and the radius, if the shape is a circle.
    var circle: (center: Point, radius: Double)?
    /// The corners, if the shape is a rectangle whose corners are not round.
    var rectangle: [Point]?

    /// The names of the elements that are shapes.
    static let names: Set = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"]

    /// Reads the attributes of an element with one of `names`; the shape is empty if they have it not drawn.
    ///
    /// - Parameters:
    ///   - name: The name of the element.
    ///   - attributes: Its attributes.
    ///   - viewport: What lengths in percent are parts of.
    init(_ name: String, _ attributes: [String: String], viewport: SVGViewport.Size) throws(MaskFormatError) {
        let lengths = SVGShapeLengths(attributes: attributes, viewport: viewport)
        switch name {
        case "path": subpaths = try parsePathData(attributes["d"] ?? "")
        case "polyline", "polygon":
            let subpath = SVGSubpath(
                through: try parsePointList(attributes["points"] ?? ""), isClosed: name == "polygon")
            // A single point draws nothing, whatever the caps.
            if let subpath, subpath.points.count > 1 { subpaths = [subpath] }
        case "line":
            let start = Point(x: try lengths.value("x1"), y: try lengths.value("y1"))
            let end = Point(x: try lengths.value("x2"), y: try lengths.value("y2"))
            subpaths = [SVGSubpath(through: [start, end], isClosed: false)].compactMap { $0 }
        case "rect": try setRectangle(lengths)
        case "circle":
            let center = Point(x: try lengths.value("cx"), y: try lengths.value("cy"))
            let radius = try lengths.size("r")
            guard radius > 0 else { return }
            circle = (center, radius)
            setEllipse(center, radius, radius)
        default:
            let center = Point(x: try lengths.value("cx"), y: try lengths.value("cy"))
            // Some renderers take a missing radius for 0, others for the other one.
            guard attributes["rx"] != nil, attributes["ry"] != nil else {
                throw MaskFormatError("rx or ry is missing; expected both")
            }
            let (rx, ry) = (try lengths.size("rx"), try lengths.size("ry"))
            if rx > 0, ry > 0 { setEllipse(center, rx, ry) }
        }
    }

    /// Whether a fill is not empty, as it is of a path of two points.
    var hasArea: Bool {
        subpaths.contains { subpath in
            subpath.segments.count > 1 || subpath.segments.contains { if case .line = $0 { false } else { true } }
        }
    }

    /// Whether the shape is a rectangle that covers another one, with sides in the same directions.
    ///
    /// - Parameters:
    ///   - area: The other rectangle.
    ///   - slack: How far it may be outside.
    ///   - transform: The map to its coordinates.
    func covers(_ area: Rectangle, slack: Double, _ transform: AffineTransform) -> Bool {
        guard let rectangle, transform.b == 0 && transform.c == 0 || transform.a == 0 && transform.d == 0 else {
            return false
        }
        let covered = Rectangle(around: rectangle.map(transform.applied(to:))).grown(by: slack)
        return covered.contains(Point(x: area.minX, y: area.minY))
            && covered.contains(Point(x: area.maxX, y: area.maxY))
    }

    private mutating func setEllipse(_ center: Point, _ rx: Double, _ ry: Double) {
        let arc = EllipticArc(center: center, rx: rx, ry: ry)
        var subpath = SVGSubpath(start: arc.start)
        (subpath.segments, subpath.isClosed) = ([.arc(arc)], true)
        subpaths = [subpath]
    }

    private mutating func setRectangle(_ lengths: SVGShapeLengths) throws(MaskFormatError) {
        let (x, y) = (try lengths.value("x"), try lengths.value("y"))
        let (width, height) = (try lengths.size("width"), try lengths.size("height"))
        guard width > 0, height > 0 else { return }
        // A radius that is not given is that of the other axis.
        let (ownX, ownY) = (try lengths.radius("rx"), try lengths.radius("ry"))
        let (rx, ry) = (min(ownX ?? ownY ?? 0, width / 2), min(ownY ?? ownX ?? 0, height / 2))
        let (right, bottom) = (x + width, y + height)
        guard rx > 0, ry > 0 else {
            let corners = [(x, y), (right, y), (right, bottom), (x, bottom)].map { Point(x: $0.0, y: $0.1) }
            rectangle = corners
            subpaths = [SVGSubpath(through: corners, isClosed: true)].compactMap { $0 }
            return
        }
        var subpath = SVGSubpath(start: Point(x: x + rx, y: y))
        func line(_ x: Double, _ y: Double) {
            subpath.segments.append(.line(subpath.points[subpath.segments.count], Point(x: x, y: y)))
        }
        func corner(_ x: Double, _ y: Double) {
            let (start, end) = (subpath.points[subpath.segments.count], Point(x: x, y: y))
            let arc = EllipticArc(
                from: start, to: end, radii: (rx, ry), rotation: 0, isLarge: false, isPositive: true)
            subpath.segments.append(arc.map(OutlineSegment.arc) ?? .line(start, end))
        }
        line(right - rx, y)
        corner(right, y + ry)
        line(right, bottom - ry)
        corner(right - rx, bottom)
        line(x + rx, bottom)
        corner(x, bottom - ry)
        line(x, y + ry)
        corner(x + rx, y)
        subpath.isClosed = true
        subpaths = [subpath]
    }
}

/// The attributes of a shape that are lengths.
struct SVGShapeLengths {
    let attributes: [String: String]
    let viewport: SVGViewport.Size

    /// A length in user units; 0 if it is not given.
    func value(_ name: String) throws(MaskFormatError) -> Double {
        guard let text = attributes[name] else { return 0 }
        switch SVGLength(CSSValue(text)) {
        case .px(let length): return length
        case .percent(let ratio):
            let whole =
                switch name {
                case "x", "x1", "x2", "cx", "rx", "width": viewport.width
                case "r": viewport.diagonal
                default: viewport.height
                }
            return ratio / 100 * whole
        case .relative, nil: throw MaskFormatError("\(name) is \"\(text)\"; expected a number of px, or percent")
        }
    }

    /// A length in user units of at least 0; 0 if it is not given.
    func size(_ name: String) throws(MaskFormatError) -> Double {
        let value = try value(name)
        guard value >= 0 else {
            throw MaskFormatError("\(name) is \"\(attributes[name] ?? "")\"; expected at least 0")
        }
        return value
    }

    /// A radius of a rounded corner; nil if it is not given.
    func radius(_ name: String) throws(MaskFormatError) -> Double? {
        guard let text = attributes[name], CSSValue(text).keyword != "auto" else { return nil }
        return try size(name)
    }
}
