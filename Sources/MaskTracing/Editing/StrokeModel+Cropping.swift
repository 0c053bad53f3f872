import MaskModel
import MaskRaster
import PlaneGeometry

extension StrokeModel {
    /// Cuts strokes where they leave the canvas so far that no pixel shows them: a drawing that is cropped consists of
    /// such pieces.
    mutating func cropToCanvas() {
        let canvas = meter.mask.size.bounds
        let exempt = isExact ? 0.2 : 1
        strokes = strokes.flatMap { $0.cropped(to: canvas.grown(by: max($0.radius - 0.5, 0)), exempt: exempt) }
    }

    /// Whether a bridge is where no pixel shows it.
    ///
    /// - Parameters:
    ///   - start: An end of a stroke.
    ///   - end: The end of the other.
    ///   - corner: The corner between them; nil for a straight bridge.
    ///   - radius: The radius of the narrower stroke.
    func isInvisible(from start: Point, to end: Point, corner: Point? = nil, radius: Double) -> Bool {
        let canvas = meter.mask.size.bounds
        if (end - start).length < (isExact ? 0.2 : 1) * radius { return false }
        if let corner { return !canvas.grown(by: max(radius - 0.5, 0)).contains(corner) }
        let inner = canvas.grown(by: 0.5 * radius)
        return !inner.contains(start) && !inner.contains(end)
    }
}

extension FittedStroke {
    /// The parts of the stroke within `frame`.
    fileprivate func cropped(to frame: Rectangle, exempt: Double) -> [FittedStroke] {
        guard !points.allSatisfy(frame.contains) else { return [self] }
        var pieces = Polyline(path).clipped(to: frame).map(\.points)
        // A closed path that starts inside starts and ends with parts of one piece.
        if isClosed, pieces.count > 1, let first = pieces.first, frame.contains(points[0]) {
            pieces[pieces.count - 1] += first.dropFirst()
            pieces.removeFirst()
        }
        pieces = pieces.reduce(into: []) { joined, piece in
            // It has hardly left the frame: it may just as well have turned before.
            if let last = joined.last?.last, let first = piece.first, (first - last).length < exempt * radius {
                joined[joined.count - 1] += piece
            } else {
                joined.append(piece)
            }
        }
        return pieces.map { piece in
            var stroke = self
            stroke.points = piece
            stroke.isClosed = false
            stroke.hasButtStart = hasButtStart && !isClosed && piece.first == points.first
            stroke.hasButtEnd = hasButtEnd && !isClosed && piece.last == points.last
            return stroke
        }
    }
}
