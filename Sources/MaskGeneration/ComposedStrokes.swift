import MaskModel
import PlaneGeometry

/// The brush strokes of one mask in one block of memory, which serves one mask after the other.
///
/// A mask that is rejected, or is one step of a search for a hole ratio, never becomes a `VectorMask` with an array for
/// every stroke.
struct ComposedStrokes {
    /// A path with a width.
    struct Stroke {
        /// The rounded width, in px of the canvas.
        let width: Double
        /// Which candidate the stroke is a piece of.
        let candidate: Int
        /// The points of the path in `points`.
        var points: Range<Int>
        /// From the drawing's box onto the canvas, if that differs from stroke to stroke.
        let transform: AffineTransform?
    }

    private(set) var strokes: [Stroke] = []
    /// The points of all strokes, rounded to 0.01 px of the canvas.
    private(set) var points: [Point] = []

    /// Removes all strokes and keeps the memory.
    mutating func removeAll() {
        strokes.removeAll(keepingCapacity: true)
        points.removeAll(keepingCapacity: true)
    }

    /// Adds what `frame` leaves of a path: in one pass its points are transformed, clipped, rounded to 0.01 px, and
    /// dropped where they repeat the one before. A path that leaves the frame becomes several strokes.
    ///
    /// The result is that of `Polyline.applying`, `clipped(to:)`, `roundedToHundredths`, and `withoutRepeatedPoints`.
    /// - Parameters:
    ///   - path: In the frame that `transform` maps onto the canvas.
    ///   - isIdentity: Whether `transform` leaves the points as they are.
    /// - Complexity: O(points)
    mutating func append(
        _ path: ArraySlice<Point>, transform: AffineTransform, isIdentity: Bool, clippedTo frame: Rectangle,
        width: Double, candidate: Int, recording recorded: AffineTransform?
    ) {
        var stroke = Stroke(
            width: width, candidate: candidate, points: points.count..<points.count, transform: recorded)
        let span = path.span
        var start = isIdentity ? span[0] : transform.applied(to: span[0])
        var isStartInside = frame.contains(start)
        if span.count == 1 {
            if isStartInside {
                points.append(start.roundedToHundredths)
                end(&stroke)
            }
            return
        }
        var isOpen = false
        for index in 1..<span.count {
            let next = isIdentity ? span[index] : transform.applied(to: span[index])
            let isNextInside = frame.contains(next)
            if isStartInside, isNextInside {
                if !isOpen { add(start, to: stroke) }
                add(next, to: stroke)
                isOpen = true
            } else if let visible = frame.visiblePart(from: start, to: next) {
                let step = next - start
                if visible.lowerBound > 0, isOpen { end(&stroke) }
                if visible.lowerBound > 0 || !isOpen {
                    add(visible.lowerBound > 0 ? start + step * visible.lowerBound : start, to: stroke)
                }
                add(visible.upperBound < 1 ? start + step * visible.upperBound : next, to: stroke)
                isOpen = visible.upperBound == 1
                if !isOpen { end(&stroke) }
            } else {
                if isOpen { end(&stroke) }
                isOpen = false
            }
            (start, isStartInside) = (next, isNextInside)
        }
        if isOpen { end(&stroke) }
    }

    /// Adds a point to a stroke, unless it repeats the stroke's last one after rounding.
    @inline(__always)
    private mutating func add(_ point: Point, to stroke: Stroke) {
        let rounded = point.roundedToHundredths
        if points.count > stroke.points.lowerBound, points[points.count &- 1] == rounded { return }
        points.append(rounded)
    }

    /// Makes the points since the last stroke a stroke.
    @inline(__always)
    private mutating func end(_ stroke: inout Stroke) {
        stroke.points = stroke.points.lowerBound..<points.count
        strokes.append(stroke)
        stroke.points = points.count..<points.count
    }
}
