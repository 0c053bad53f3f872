import MaskModel
import PlaneGeometry

/// The brush strokes of one mask in a buffer that is reused from mask to mask.
///
/// Rejected masks, and the steps of a search for a hole ratio, never become a `VectorMask` with an array per stroke.
struct BrushStrokeBuffer {
    /// A path with a width.
    struct Stroke {
        /// The rounded width, in canvas px.
        let width: Double
        /// The index of the candidate that the stroke is a piece of.
        let candidate: Int
        /// The range of the path in `points`.
        var points: Range<Int>
        /// The transform from the box of the drawing to canvas px; nil if all strokes of the mask share one.
        let transform: AffineTransform?
    }

    private(set) var strokes: [Stroke] = []
    /// The points of all strokes, rounded to 0.01 canvas px.
    private(set) var points: [Point] = []

    /// Removes all strokes and keeps the memory.
    mutating func removeAll() {
        strokes.removeAll(keepingCapacity: true)
        points.removeAll(keepingCapacity: true)
    }

    /// Adds a path in one pass that transforms, clips, and rounds its points to 0.01 px, and drops repeated points. A path
    /// that leaves the frame becomes several strokes.
    ///
    /// The result is that of `Polyline.applying`, `clipped(to:)`, `roundedToHundredths`, and `withoutRepeatedPoints`.
    /// - Parameters:
    ///   - path: At least one point, in the frame that `transform` maps onto the canvas.
    ///   - transform: The transform to canvas px.
    ///   - isIdentity: Whether `transform` is the identity.
    ///   - frame: The frame to clip to, in canvas px.
    ///   - width: The rounded width, in canvas px.
    ///   - candidate: The index of the candidate.
    ///   - recorded: The transform to record with the strokes.
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

    /// Rounds a point and adds it to a stroke, unless it equals the last point of the stroke.
    @inline(__always)
    private mutating func add(_ point: Point, to stroke: Stroke) {
        let rounded = point.roundedToHundredths
        if points.count > stroke.points.lowerBound, points[points.count &- 1] == rounded { return }
        points.append(rounded)
    }

    /// Ends a stroke: it consists of the points since the previous stroke.
    @inline(__always)
    private mutating func end(_ stroke: inout Stroke) {
        stroke.points = stroke.points.lowerBound..<points.count
        strokes.append(stroke)
        stroke.points = points.count..<points.count
    }
}
