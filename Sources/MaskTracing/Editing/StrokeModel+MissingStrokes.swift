import MaskModel
import MaskRaster
import PlaneGeometry

extension StrokeModel {
    /// Adds strokes over hole pixels that no stroke covers.
    ///
    /// - Parameter minimumArea: The minimum number of connected pixels that call for a stroke.
    /// - Returns: Whether a stroke was added.
    mutating func addMissing(minimumArea: Int) -> Bool {
        let drawn = Bitmap(meter.raster(of: strokes))
        let missing = meter.mask.words.indices.map { meter.mask.words[$0] & ~drawn.words[$0] }
        var added: [FittedStroke] = []
        for component in PixelComponents(missing, wordsPerRow: drawn.wordsPerRow).components {
            guard component.count >= minimumArea else { continue }
            if meter.edgeWeight < 1, component.reduce(0, { $0 + meter.weight(x: $1.x, y: $1.y) }) < 5 { continue }
            added += strokes(covering: component)
        }
        strokes += added
        return !added.isEmpty
    }

    private func strokes(covering component: [(x: Int, y: Int)]) -> [FittedStroke] {
        var (left, top, right, bottom) = (Int.max, Int.max, Int.min, Int.min)
        for pixel in component {
            (left, right) = (min(left, pixel.x), max(right, pixel.x))
            (top, bottom) = (min(top, pixel.y), max(bottom, pixel.y))
        }
        let (width, height) = (right - left + 1, bottom - top + 1)
        var isInside = [Bool](repeating: false, count: width * height)
        for pixel in component { isInside[(pixel.y - top) * width + pixel.x - left] = true }
        let mask = PaddedMask(width: width, height: height, margin: 3) { isInside[$1 * width + $0] }
        let field = DistanceField(mask)
        let depth = Double(field.squares.max() ?? 1).squareRoot()
        if depth < 1.5 && component.count < 14 { return [] }
        func point(_ index: Int) -> Point {
            Point(x: Double(index % mask.width - 3 + left) + 0.5, y: Double(index / mask.width - 3 + top) + 0.5)
        }
        let skeleton = SkeletonThinning(mask, field).pixels
        var paths = SkeletonGraph(skeleton, width: mask.width, distances: field).edges.map { $0.pixels.map(point) }
        paths.sort { $0.count > $1.count }
        if paths.isEmpty || paths.count == 1 && paths[0].count < 4 {
            return [FittedStroke(component, depth: depth)]
        }
        return paths.prefix(6).map { path in
            let width = max(2 * path.map { distances.distance(at: $0) }.sorted().median - 0.5, 1)
            var branch = SkeletonBranch(
                points: path, radii: [], isClosed: false, ends: (.free, .free), width: width)
            branch.smoothPoints()
            return FittedStroke(points: branch.points.simplified(tolerance: 0.8), width: width)
        }
    }
}

extension FittedStroke {
    /// A straight stroke along the longer axis of a few pixels.
    fileprivate init(_ pixels: [(x: Int, y: Int)], depth: Double) {
        let points = pixels.map { Point(x: Double($0.x) + 0.5, y: Double($0.y) + 0.5) }
        let (center, axis, large, small) = points.principalAxis
        let half = max(0.5 * (12 * large).squareRoot() - 0.4 * (12 * small).squareRoot(), 0.6)
        self.init(points: [center + axis * -half, center + axis * half], width: max(1, 2 * depth - 0.7))
    }
}

extension [Point] {
    /// The mean of the points, the direction in which they vary most, and the variances along and across it.
    var principalAxis: (center: Point, axis: Vector, large: Double, small: Double) {
        let count = Double(Swift.max(self.count, 1))
        let center = Point(x: reduce(0) { $0 + $1.x } / count, y: reduce(0) { $0 + $1.y } / count)
        var (xx, xy, yy) = (1e-9, 0.0, 1e-9)
        for point in self {
            let offset = point - center
            xx += offset.dx * offset.dx / count
            xy += offset.dx * offset.dy / count
            yy += offset.dy * offset.dy / count
        }
        // The eigenvalues and the first eigenvector of the covariance matrix.
        let root = ((xx - yy) * (xx - yy) + 4 * xy * xy).squareRoot()
        let (large, small) = ((xx + yy + root) / 2, Swift.max((xx + yy - root) / 2, 0))
        let axis = xx >= yy ? Vector(dx: large - yy, dy: xy).normalized : Vector(dx: xy, dy: large - xx).normalized
        return (center, axis, large, small)
    }
}
