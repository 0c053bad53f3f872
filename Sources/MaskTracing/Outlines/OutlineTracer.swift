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

    /// The closed path around hole number `label`, whose image is exactly that hole.
    ///
    /// The boundaries of parts without hole inside are connected with the outer one by lines, along which the path goes
    /// back and forth: by the even-odd rule, they have no effect.
    func path(ofHole label: Int) -> [Point] {
        let simplified = Self.connected(loops[label].map { OutlinePolygon($0, size: size).vertices })
        if isExact(simplified, label) { return simplified }
        return Self.connected(loops[label].map(\.corners))
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

    /// One path through several polygons: each further one is visited from the nearest vertex so far.
    private static func connected(_ polygons: [[Point]]) -> [Point] {
        guard var path = polygons.first else { return [] }
        for polygon in polygons.dropFirst() {
            var best = (square: Double.infinity, place: 0, start: 0)
            // Where there are many vertices, any will do.
            let stride = max(1, path.count * polygon.count / 1_000_000)
            for place in Swift.stride(from: 0, to: path.count, by: stride) {
                for start in polygon.indices {
                    let square = (polygon[start] - path[place]).squaredLength
                    if square < best.square { best = (square, place, start) }
                }
            }
            let visit =
                Array(polygon[best.start...] + polygon[..<best.start]) + [polygon[best.start], path[best.place]]
            path.insert(contentsOf: visit, at: best.place + 1)
        }
        return path
    }
}

extension BoundaryLoop {
    /// The corners where the boundary turns.
    var corners: [Point] {
        sides.indices.filter { sides[$0].direction != sides[($0 + sides.count - 1) % sides.count].direction }
            .map { sides[$0].start }
    }
}
