import PlaneGeometry

extension StrokeModel {
    /// The length along which both sides show, in px, from which on a width is known.
    private static var knownSupport: Double { 60 }

    /// The widths of the strokes that show them best, without those of about the same, at most four.
    mutating func knownWidths() -> [Double] {
        let supports = supports()
        let order = strokes.indices.filter { supports[$0].both >= Self.knownSupport }.sorted {
            (supports[$0].both, $1) > (supports[$1].both, $0)
        }
        var widths: [Double] = []
        for index in order where !widths.contains(where: { ($0 - strokes[index].width).magnitude < 0.3 }) {
            widths.append(strokes[index].width)
            if widths.count == 4 { break }
        }
        return widths
    }

    /// Gives strokes whose widths hardly show the width of another stroke, if that explains the pixels as well.
    ///
    /// A stroke of which one side is hidden, or outside the canvas, can have any width. One that is cut by the edge of the
    /// canvas, or that somebody drew with the same pen, has the width of another. Only exact images show widths exactly.
    mutating func adoptWidths() {
        if isExact { strictly { $0.adoptKnownWidths() } }
    }

    private mutating func adoptKnownWidths() {
        let supports = supports()
        let known = strokes.indices.filter { supports[$0].both >= Self.knownSupport }.map { strokes[$0].width }
        for index in strokes.indices where supports[index].both < Self.knownSupport && !isExhausted {
            let old = strokes[index]
            let oldStrokes = strokes
            let candidates = Set(known).sorted {
                (($0 - old.width).magnitude, $0) < (($1 - old.width).magnitude, $1)
            }
            let reach = supports[index].both < 8 ? .infinity : 1
            for width in candidates.prefix(3) where (width - old.width).magnitude > 0.005 {
                guard (width - old.width).magnitude < reach else { break }
                let isRight = supports[index].right >= supports[index].left
                strokes[index] = old.moved(by: (old.width - width) * (isRight ? 0.5 : -0.5))
                strokes[index].width = width
                fitter.fit(
                    &strokes, where: { $0 == index }, margins: [0.4, 0.15, 0.08], iterations: 4, keepsWidths: true)
                // Elsewhere, nothing changes.
                let area = old.bounds(margin: 1).union(strokes[index].bounds(margin: 1))
                let limit = meter.mismatch(of: oldStrokes, in: area) + 1
                if meter.mismatch(of: strokes, in: area) <= limit { break }
                strokes[index] = old
            }
        }
    }
}

extension FittedStroke {
    /// The stroke moved sideways, to the right in the direction of its path, in px.
    fileprivate func moved(by distance: Double) -> FittedStroke {
        guard points.count > 1, distance.magnitude > 0.5 else { return self }
        var result = self
        for index in points.indices {
            let before = index > 0 ? (points[index] - points[index - 1]).normalized : Vector(dx: 0, dy: 0)
            let after =
                index + 1 < points.count ? (points[index + 1] - points[index]).normalized : Vector(dx: 0, dy: 0)
            let along = (before + after).normalized
            result.points[index] = points[index] + Vector(dx: -along.dy, dy: along.dx) * distance
        }
        return result
    }
}
