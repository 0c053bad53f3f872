import PlaneGeometry

/// Parses the attribute `d` of a path.
func parsePathData(_ text: String) throws(MaskFormatError) -> [SVGSubpath] {
    var parser = SVGPathParser(text)
    return try parser.parse()
}

/// The state of parsing path data.
private struct SVGPathParser {
    private var scanner: SVGAttributeScanner
    private var subpaths: [SVGSubpath] = []
    /// The subpath in progress; nil before the first one, and after Z.
    private var current: SVGSubpath?
    private var pen = Point(x: 0, y: 0)
    /// The last control point of the previous segment, of which S and T continue the curve of the same kind.
    private var cubicControl: Point?
    private var quadraticControl: Point?

    init(_ text: String) {
        scanner = SVGAttributeScanner(text)
    }

    mutating func parse() throws(MaskFormatError) -> [SVGSubpath] {
        scanner.skipSpace()
        while !scanner.isAtEnd {
            let place = scanner.found
            guard let command = scanner.letter() else {
                throw MaskFormatError("path data \(place); expected a command")
            }
            guard "MmLlHhVvZzCcSsQqTtAa".contains(command) else {
                throw MaskFormatError("path data \(place); expected M, L, H, V, C, S, Q, T, A, or Z")
            }
            guard !subpaths.isEmpty || current != nil || command == "M" || command == "m" else {
                throw MaskFormatError("path data \(place); expected M first")
            }
            scanner.skipSpace()
            if command == "Z" || command == "z" {
                close()
                continue
            }
            var isMove = command == "M" || command == "m"
            repeat {
                if isMove {
                    finish()
                    pen = try point(command)
                    current = SVGSubpath(start: pen)
                    // Further pairs of a move are lines.
                    isMove = false
                    (cubicControl, quadraticControl) = (nil, nil)
                } else {
                    try addSegment(command)
                }
            } while !scanner.isAtEnd && scanner.startsNumber
        }
        finish()
        return subpaths
    }

    private mutating func finish() {
        // A move without a segment draws nothing.
        if let current, !current.segments.isEmpty || current.isClosed { subpaths.append(current) }
        current = nil
    }

    private mutating func close() {
        (cubicControl, quadraticControl) = (nil, nil)
        guard let start = current?.start else { return }
        current?.isClosed = true
        finish()
        pen = start
    }

    private mutating func addSegment(_ command: Character) throws(MaskFormatError) {
        let segment: OutlineSegment
        var (cubic, quadratic): (Point?, Point?) = (nil, nil)
        switch command {
        case "H", "h":
            let x = try number(after: command)
            segment = .line(pen, Point(x: command == "h" ? pen.x + x : x, y: pen.y))
        case "V", "v":
            let y = try number(after: command)
            segment = .line(pen, Point(x: pen.x, y: command == "v" ? pen.y + y : y))
        case "C", "c", "S", "s":
            let isSmooth = command == "S" || command == "s"
            let first = isSmooth ? reflection(of: cubicControl) : try point(command)
            let second = try point(command)
            segment = .cubic(pen, first, second, try point(command))
            cubic = second
        case "Q", "q":
            let control = try point(command)
            segment = .quadratic(pen, control, try point(command))
            quadratic = control
        case "T", "t":
            let control = reflection(of: quadraticControl)
            segment = .quadratic(pen, control, try point(command))
            quadratic = control
        case "A", "a":
            let radii = (try number(after: command), try number(after: command))
            let rotation = try number(after: command)
            let (isLarge, isPositive) = (try flag(after: command), try flag(after: command))
            let end = try point(command)
            segment =
                EllipticArc(
                    from: pen, to: end, radii: radii, rotation: rotation, isLarge: isLarge, isPositive: isPositive
                ).map(OutlineSegment.arc) ?? .line(pen, end)
        default:
            segment = .line(pen, try point(command))
        }
        (cubicControl, quadraticControl) = (cubic, quadratic)
        // After Z, a new subpath starts at the start of the closed one.
        if current == nil { current = SVGSubpath(start: pen) }
        current?.segments.append(segment)
        pen = segment.end
    }

    private func reflection(of control: Point?) -> Point {
        control.map { pen + (pen - $0) } ?? pen
    }

    /// Consumes a pair of coordinates; those of a relative command are relative to the pen.
    private mutating func point(_ command: Character) throws(MaskFormatError) -> Point {
        let (x, y) = (try number(after: command), try number(after: command))
        return command.isLowercase ? Point(x: pen.x + x, y: pen.y + y) : Point(x: x, y: y)
    }

    private mutating func number(after command: Character) throws(MaskFormatError) -> Double {
        guard let number = scanner.number() else {
            throw MaskFormatError("path data \(scanner.found); expected a number for command \(command)")
        }
        scanner.skipSeparator()
        return number
    }

    /// Consumes 0 or 1, which needs no separator from what follows.
    private mutating func flag(after command: Character) throws(MaskFormatError) -> Bool {
        for (digit, value) in [("0" as Character, false), ("1", true)] where scanner.consume(digit) {
            scanner.skipSeparator()
            return value
        }
        throw MaskFormatError("path data \(scanner.found); expected 0 or 1 for command \(command)")
    }
}

/// Parses the attribute `points` of a polyline.
func parsePointList(_ text: String) throws(MaskFormatError) -> [Point] {
    var scanner = SVGAttributeScanner(text)
    var points: [Point] = []
    scanner.skipSpace()
    while !scanner.isAtEnd {
        guard let x = scanner.number() else {
            throw MaskFormatError("the list of points \(scanner.found); expected a number")
        }
        scanner.skipSeparator()
        guard let y = scanner.number() else {
            throw MaskFormatError("the list of points \(scanner.found); expected a y coordinate")
        }
        scanner.skipSeparator()
        points.append(Point(x: x, y: y))
    }
    return points
}
