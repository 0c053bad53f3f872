import MaskModel
import MaskRaster
import PlaneGeometry

/// Traces connected holes as filled paths along their outlines.
struct OutlineTracer {
    private let size: PixelSize
    /// The boundaries of each hole, the outer one first.
    private let loops: [[BoundaryLoop]]
    private let components: HoleComponents

    init(_ bitmap: Bitmap, _ components: HoleComponents) {
        size = bitmap.size
        self.components = components
        var loops = [[BoundaryLoop]](repeating: [], count: components.areas.count)
        for loop in BoundaryLoop.all(of: bitmap) {
            let pixel = loop.sides[0].pixel
            if let label = components.label(x: pixel.x, y: pixel.y) { loops[label].append(loop) }
        }
        self.loops = loops
    }

    /// The number of sides of hole pixels at boundaries.
    var sideCount: Int { loops.reduce(0) { $0 + $1.reduce(0) { $0 + $1.sides.count } } }

    /// The closed path around hole number `label`, whose image is exactly that hole.
    ///
    /// The boundaries of parts without hole inside are connected with the outer one by lines, along which the path goes
    /// back and forth: by the even-odd rule, they have no effect.
    func path(ofHole label: Int) -> [Point] {
        let polygons = loops[label].map { OutlinePolygon($0, size: size) }
        let path = JoinedPolygonPath(polygons.map(\.vertices)).points
        if polygons.allSatisfy(\.hasAllCorners) || isExact(path, label) { return path }
        return JoinedPolygonPath(loops[label].map(\.corners)).points
    }

    /// Whether the inside of a path is a hole.
    private func isExact(_ path: [Point], _ label: Int) -> Bool {
        let bounds = Polyline(path).bounds
        guard let window = PixelWindow(bounds, within: size) else { return false }
        let moved = path.map { Point(x: $0.x - Double(window.x), y: $0.y - Double(window.y)) }
        guard let stroke = BrushStroke(traced: moved, width: 0, isFilled: true) else { return false }
        var rasterizer = ExactRasterizer()
        rasterizer.begin(canvas: window.size, size: window.size)
        rasterizer.add(stroke)
        let raster = rasterizer.finish()
        var count = 0
        for y in 0..<window.size.height {
            for span in raster.spans(ofRow: y) {
                for x in Int(span.start)..<Int(span.end) {
                    guard components.label(x: x + window.x, y: y + window.y) == label else { return false }
                }
                count += span.count
            }
        }
        return count == components.areas[label]
    }
}

extension BoundaryLoop {
    /// The corners where the boundary turns.
    var corners: [Point] {
        sides.indices.filter { sides[$0].direction != sides[($0 + sides.count - 1) % sides.count].direction }
            .map { sides[$0].start }
    }
}
