import PlaneGeometry

extension BrushStroke {
    /// The strokes without flat ends whose union is this stroke.
    ///
    /// A segment with a flat end becomes a filled rectangle; if its other end is round, the disc around that is a dot, or
    /// part of the next segment. Coordinates of rectangles are not rounded.
    ///
    /// - Complexity: O(points) for a stroke with a flat end, otherwise O(1)
    package var withoutFlatEnds: [BrushStroke] {
        guard !isFilled, startCap == .butt || endCap == .butt else { return [self] }
        var points = path.points
        var parts: [BrushStroke] = []
        if points.count == 2 {
            parts.append(rectangle(from: points[0], to: points[1]))
            if startCap == .round { parts.append(part([points[0]])) }
            if endCap == .round { parts.append(part([points[1]])) }
            return parts
        }
        if startCap == .butt {
            parts.append(rectangle(from: points[0], to: points[1]))
            points.removeFirst()
        }
        if endCap == .butt {
            let last = points.removeLast()
            parts.append(rectangle(from: points[points.count - 1], to: last))
        }
        parts.append(part(points))
        return parts
    }

    private func part(_ points: [Point]) -> BrushStroke {
        BrushStroke(rounded: Polyline(points), width: width, origin: origin)
    }

    /// The points beside a segment, within half the width.
    private func rectangle(from start: Point, to end: Point) -> BrushStroke {
        let step = end - start
        let side = Vector(dx: -step.dy, dy: step.dx) * (width / 2 / step.length)
        return BrushStroke(
            rounded: Polyline([start + side, end + side, end + side * -1, start + side * -1]), width: 0, origin: origin,
            isFilled: true)
    }
}

extension VectorMask {
    /// Whether a stroke is filled or has a flat end.
    ///
    /// - Complexity: O(strokes)
    public var hasShapes: Bool { !strokes.indices.allSatisfy { strokes[$0].isPlain } }

    /// The mask with the same hole whose strokes have no flat ends.
    ///
    /// - Complexity: O(strokes) if there are none
    package var withoutFlatEnds: VectorMask {
        guard hasShapes else { return self }
        return VectorMask(canvas: canvas, strokes: strokes.flatMap(\.withoutFlatEnds))
    }
}
