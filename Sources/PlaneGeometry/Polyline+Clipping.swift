extension Polyline {
    /// Returns the pieces of the path that are inside `frame`, edges included, in path order.
    ///
    /// Points inside keep their exact coordinates. Where the path crosses an edge, a piece ends in a new point on that
    /// edge, up to rounding. A segment that touches the frame in a single point adds no piece. A dot is kept if it is
    /// inside.
    ///
    /// Clipping to a canvas expanded by half the brush width changes no painted pixel of the canvas: if the brush paints a
    /// pixel, the point of the path nearest to it is inside that frame.
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
    /// Returns the part of a segment that is inside the rectangle, from 0 (its start) to 1 (its end); nil if the segment
    /// is outside or touches the rectangle in a single point.
    package func visiblePart(from start: Point, to end: Point) -> ClosedRange<Double>? {
        var first = 0.0
        var last = 1.0
        // Each edge bounds a half-plane: `distance` is the signed distance of the start from the edge, positive inside;
        // `approach` is the change towards the edge from the start to the end of the segment.
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
