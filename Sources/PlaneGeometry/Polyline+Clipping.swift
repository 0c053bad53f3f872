extension Polyline {
    /// The pieces of the path that lie within `frame`, in the path's order.
    ///
    /// Points inside stay as they are to the last bit; where the path crosses an edge, a piece ends in a new point on
    /// that edge, as nearly as doubles have it. A segment that only touches the frame in one point gives no piece.
    /// A dot stays if it lies inside.
    ///
    /// Clipping to a canvas grown by half a brush's width takes nothing from what the brush paints on the canvas: the
    /// part of the path that is nearest to a pixel of the canvas lies within that frame if it is near enough to paint.
    ///
    /// Liang and Barsky, *A New Concept and Method for Line Clipping*, ACM TOG 3 (1984).
    /// - Complexity: O(*n*)
    public func clipped(to frame: Rectangle) -> [Polyline] {
        if points.count == 1 {
            return frame.contains(points[0]) ? [self] : []
        }
        if points.allSatisfy(frame.contains) {
            return points.isEmpty ? [] : [self]
        }
        var pieces: [Polyline] = []
        var piece: [Point] = []
        func finish() {
            if !piece.isEmpty { pieces.append(Polyline(piece)) }
            piece = []
        }
        for (start, end) in zip(points, points.dropFirst()) {
            guard let visible = frame.visiblePart(from: start, to: end) else {
                finish()
                continue
            }
            let step = end - start
            if visible.lowerBound > 0 { finish() }
            if piece.isEmpty {
                piece.append(visible.lowerBound > 0 ? start + step * visible.lowerBound : start)
            }
            piece.append(visible.upperBound < 1 ? start + step * visible.upperBound : end)
            if visible.upperBound < 1 { finish() }
        }
        finish()
        return pieces
    }
}

extension Rectangle {
    /// The part of a segment that lies within the rectangle, from 0 (its start) to 1 (its end); nil if none does, or
    /// only one point of a segment that has a length.
    package func visiblePart(from start: Point, to end: Point) -> ClosedRange<Double>? {
        var first = 0.0
        var last = 1.0
        // Each edge is a half-plane: `distance` is how far inside it the segment starts, `approach` how fast the
        // segment nears the edge.
        func cut(approach: Double, distance: Double) -> Bool {
            if approach == 0 { return distance >= 0 }
            let crossing = distance / approach
            if approach < 0 { first = max(first, crossing) } else { last = min(last, crossing) }
            return first <= last
        }
        let step = end - start
        guard cut(approach: -step.dx, distance: start.x - minX),
            cut(approach: step.dx, distance: maxX - start.x),
            cut(approach: -step.dy, distance: start.y - minY),
            cut(approach: step.dy, distance: maxY - start.y)
        else { return nil }
        return first < last ? first...last : nil
    }
}
