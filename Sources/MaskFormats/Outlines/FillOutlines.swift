import MaskModel
import PlaneGeometry

/// The filled outlines whose union is the inside of a path with any number of subpaths.
struct FillOutlines {
    private(set) var strokes: [BrushStroke] = []
    /// Whether the strokes have the points of the path: there is one subpath, or the subpaths are apart.
    private(set) var isPathItself = true

    /// The maximum number of subpaths that are compared with each other.
    private static let groupLimit = 2000

    /// - Parameters:
    ///   - paths: The points of each subpath, in px; each is closed.
    ///   - isEvenOdd: Whether the rule is even-odd, not nonzero.
    init(_ paths: [[Point]], isEvenOdd: Bool) throws(MaskFormatError) {
        var paths = paths.filter { $0.count > 2 }
        if !isEvenOdd {
            let region = try NonzeroWindingRegion(of: paths)
            if !region.isSameByParity {
                paths = region.paths
                isPathItself = false
            }
        }
        for group in Self.groups(paths) {
            if group.count > 1 { isPathItself = false }
            do throws(BrushStrokeError) {
                let outline = try BrushStroke(path: Polyline(Self.joined(group)), width: 0, isFilled: true)
                if outline.path.points.count > 2 { strokes.append(outline) }
            } catch {
                throw MaskFormatError("\(error)")
            }
        }
    }

    /// Puts together what can be inside of each other: paths whose bounding boxes overlap.
    private static func groups(_ paths: [[Point]]) -> [[[Point]]] {
        guard paths.count > 1, paths.count <= groupLimit else { return paths.isEmpty ? [] : [paths] }
        var groups: [(bounds: Rectangle, paths: [[Point]])] = []
        for path in paths {
            var group = (bounds: Rectangle(around: path), paths: [path])
            // A group that grew can overlap others, which it did not before.
            while let index = groups.firstIndex(where: { $0.bounds.overlaps(group.bounds) }) {
                let other = groups.remove(at: index)
                group = (Rectangle(around: other.bounds.corners + group.bounds.corners), other.paths + group.paths)
            }
            groups.append(group)
        }
        return groups.map(\.paths)
    }

    /// One path for the even-odd rule: from each path to the next, and back along the same lines, which have no effect.
    private static func joined(_ paths: [[Point]]) -> [Point] {
        guard paths.count > 1 else { return paths.first ?? [] }
        // Rounded first, so that the lines there and back are the same.
        let paths = paths.map { $0.map(\.roundedToHundredths) }
        return paths.flatMap { $0 + $0.prefix(1) } + paths.dropLast().reversed().compactMap(\.first)
    }
}

extension Rectangle {
    fileprivate var corners: [Point] { [Point(x: minX, y: minY), Point(x: maxX, y: maxY)] }

    fileprivate func overlaps(_ other: Rectangle) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }
}
