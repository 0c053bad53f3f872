import PlaneGeometry

/// A subpath of SVG path data, of straight segments.
struct SVGSubpath: Hashable {
    var points: [Point]
    var isClosed = false

    /// The path of a brush: a closed subpath returns to its start.
    var polyline: Polyline {
        Polyline(isClosed ? points + points.prefix(1) : points)
    }
}

/// Parses the attribute `d` of a path of the commands M, L, H, V, and Z, in upper and lower case.
func parsePathData(_ text: String) throws(MaskFormatError) -> [SVGSubpath] {
    var scanner = SVGScanner(text)
    var subpaths: [SVGSubpath] = []
    var current = SVGSubpath(points: [])
    var pen = Point(x: 0, y: 0)

    func finish() {
        // A move without a segment draws nothing.
        if current.points.count > 1 || current.isClosed { subpaths.append(current) }
        current = SVGSubpath(points: [])
    }
    func number(after command: Character) throws(MaskFormatError) -> Double {
        guard let number = scanner.number() else {
            throw MaskFormatError("path data \(scanner.found); expected a number for command \(command)")
        }
        scanner.skipSeparator()
        return number
    }

    scanner.skipSpace()
    while !scanner.isAtEnd {
        let place = scanner.found
        guard let command = scanner.letter() else { throw MaskFormatError("path data \(place); expected a command") }
        guard "MmLlHhVvZz".contains(command) else {
            throw MaskFormatError("path data \(place); expected M, L, H, V, or Z (straight segments only)")
        }
        guard subpaths.count > 0 || !current.points.isEmpty || command == "M" || command == "m" else {
            throw MaskFormatError("path data \(place); expected M first")
        }
        scanner.skipSpace()
        if command == "Z" || command == "z" {
            if let start = current.points.first {
                current.isClosed = true
                finish()
                pen = start
            }
            continue
        }
        let isRelative = command.isLowercase
        let origin = { isRelative ? pen : Point(x: 0, y: 0) }
        var isMove = command == "M" || command == "m"
        repeat {
            switch command {
            case "H", "h": pen.x = origin().x + (try number(after: command))
            case "V", "v": pen.y = origin().y + (try number(after: command))
            default:
                let start = origin()
                let x = try number(after: command)
                pen = Point(x: start.x + x, y: start.y + (try number(after: command)))
            }
            if isMove {
                finish()
                current.points = [pen]
                // Further pairs of a move are lines.
                isMove = false
            } else {
                // After Z, a new subpath starts at the start of the closed one.
                if current.points.isEmpty { current.points = [subpaths.last?.points.first ?? pen] }
                current.points.append(pen)
            }
        } while !scanner.isAtEnd && scanner.startsNumber
    }
    finish()
    return subpaths
}

/// Parses the attribute `points` of a polyline.
func parsePointList(_ text: String) throws(MaskFormatError) -> [Point] {
    var scanner = SVGScanner(text)
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
