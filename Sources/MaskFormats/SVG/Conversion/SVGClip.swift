import MaskModel
import PlaneGeometry

/// A part of the canvas that shapes are cut to: masks are not cut, so shapes must be in it.
struct SVGClip {
    /// What cuts: `the clip path "#a"`.
    let name: String
    /// Convex polygons of which each is in the part, in px of the canvas.
    let polygons: [[Point]]

    /// Whether a rectangle is in the part, or at most `slack` outside.
    func contains(_ bounds: Rectangle, slack: Double) -> Bool {
        let corners = [
            Point(x: bounds.minX, y: bounds.minY), Point(x: bounds.maxX, y: bounds.minY),
            Point(x: bounds.maxX, y: bounds.maxY), Point(x: bounds.minX, y: bounds.maxY),
        ]
        return polygons.contains { polygon in corners.allSatisfy { Self.contains($0, polygon, slack: slack) } }
    }

    /// Checks that a shape is not cut, as far as it is on the canvas.
    ///
    /// - Parameters:
    ///   - bounds: The bounding box of the shape.
    ///   - canvas: What is shown.
    ///   - clips: What the shape is cut to.
    ///   - slack: How far outside of that it may be.
    static func check(
        _ bounds: Rectangle, in canvas: Rectangle, _ clips: [SVGClip], slack: Double
    ) throws(MaskFormatError) {
        let visible = Rectangle(
            minX: max(bounds.minX, canvas.minX), minY: max(bounds.minY, canvas.minY),
            maxX: min(bounds.maxX, canvas.maxX), maxY: min(bounds.maxY, canvas.maxY))
        guard visible.minX < visible.maxX, visible.minY < visible.maxY else { return }
        if let clip = clips.first(where: { !$0.contains(visible, slack: slack) }) {
            throw MaskFormatError(
                "\(clip.name) can cut the shape; expected one that covers the shape, or the canvas")
        }
    }

    /// Whether a point is in a convex polygon or within `slack` of it.
    private static func contains(_ point: Point, _ polygon: [Point], slack: Double) -> Bool {
        guard polygon.count > 2 else { return false }
        let orientation = area(polygon)
        return polygon.indices.allSatisfy { index in
            let edge = polygon[index + 1 < polygon.count ? index + 1 : 0] - polygon[index]
            guard let direction = edge.normalized else { return true }
            return direction.cross(point - polygon[index]) * (orientation < 0 ? -1 : 1) >= -slack
        }
    }

    /// Whether a polygon turns in one direction only, once around.
    static func isConvex(_ polygon: [Point]) -> Bool {
        let orientation = area(polygon)
        guard polygon.count > 2, orientation != 0, orientation.isFinite else { return false }
        var turn = 0.0
        var edges: [Vector] = []
        for index in polygon.indices {
            if let edge = (polygon[index + 1 < polygon.count ? index + 1 : 0] - polygon[index]).normalized {
                edges.append(edge)
            }
        }
        for index in edges.indices {
            let next = edges[index + 1 < edges.count ? index + 1 : 0]
            let sine = edges[index].cross(next) * (orientation < 0 ? -1 : 1)
            guard sine >= -1e-9 else { return false }
            // The chord of the angle: it adds up to at most 2π, and for more than one turn to more than 8.
            turn += (next + edges[index] * -1).length
        }
        return turn < 6.4
    }

    /// Twice the signed area.
    private static func area(_ polygon: [Point]) -> Double {
        polygon.indices.reduce(0) { sum, index in
            let next = polygon[index + 1 < polygon.count ? index + 1 : 0]
            return sum + (polygon[index] - polygon[0]).cross(next - polygon[0])
        }
    }
}
