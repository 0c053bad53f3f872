import MaskModel
import PlaneGeometry

/// How one stroke is turned, mirrored, scaled and put elsewhere, where the spec asks for it: chance drawn once, whatever
/// of it is used, so that an option changes nothing but what it is for.
struct StrokePlacementSampler: Sendable {
    /// Where the stroke's middle goes, as shares of the width and the height that there are.
    private let place: (x: Double, y: Double)
    /// A direction, all equally likely.
    private let direction: Vector
    private let isMirrored: Bool
    /// Which of the spec's scales, 0 to 1.
    private let scaleChoice: Double

    init(using random: inout RandomStream) {
        place = (random.unitUniform(), random.unitUniform())
        isMirrored = random.next() & 1 == 1
        scaleChoice = random.unitUniform()
        direction = random.direction()
    }

    /// The map from the drawing's box onto the canvas for a stroke whose points lie in `bounds`, in the box.
    ///
    /// - Parameters:
    ///   - path: the stroke, in units of the box.
    ///   - toCanvas: where the box goes.
    ///   - width: as it will be painted, in px.
    ///   - spec: says what of the motion is used.
    ///   - mustTouch: whether the stroke goes to the canvas's edge if it does not cross it.
    /// - Returns: nil if a free border leaves no room for the width.
    func transform(
        of path: Polyline, toCanvas: AffineTransform, width: Double, spec: MaskSpec, mustTouch: Bool
    ) -> AffineTransform? {
        var transform = turned(path, spec).followed(by: toCanvas)
        if spec.placement == .uniform {
            let bounds = path.applying(transform).bounds
            let target = Point(x: place.x * Double(spec.canvas.width), y: place.y * Double(spec.canvas.height))
            transform = transform.moved(from: bounds.center, to: target)
        }
        if spec.freeMargin != nil {
            // 0.02 px more than half the width, for the rounding of both.
            let room = spec.inkArea.grown(by: -(width / 2 + 0.02))
            guard room.maxX >= room.minX, room.maxY >= room.minY else { return nil }
            return transform.followed(by: fitting(path.applying(transform).bounds, into: room, spec.placement))
        }
        if mustTouch {
            let moved = path.applying(transform)
            if let step = stepToEdge(moved, of: spec.canvas.bounds.grown(by: -0.5)) {
                transform = transform.followed(by: .translation(dx: step.dx, dy: step.dy))
            }
        }
        return transform
    }

    /// The stroke about its own middle.
    private func turned(_ path: Polyline, _ spec: MaskSpec) -> AffineTransform {
        guard spec.rotates || spec.flips || spec.strokeScale != 1...1 else { return .identity }
        let center = path.bounds.center
        let range = spec.strokeScale
        let scale = min(range.lowerBound + scaleChoice * (range.upperBound - range.lowerBound), range.upperBound)
        let mirror = spec.flips && isMirrored ? -1.0 : 1.0
        var transform = AffineTransform.translation(dx: -center.x, dy: -center.y)
            .followed(by: .scaling(x: mirror * scale, y: scale))
        if spec.rotates {
            transform = transform.followed(by: .rotation(sine: direction.dy, cosine: direction.dx))
        }
        return transform.followed(by: .translation(dx: center.x, dy: center.y))
    }

    /// Makes `bounds` smaller if they are larger than `room`, and moves them into it: by the shortest way if strokes are
    /// where they were drawn, else to any place in it.
    private func fitting(_ bounds: Rectangle, into room: Rectangle, _ placement: StrokePlacement) -> AffineTransform {
        let (width, height) = (bounds.maxX - bounds.minX, bounds.maxY - bounds.minY)
        let (roomWidth, roomHeight) = (room.maxX - room.minX, room.maxY - room.minY)
        let scale = min(1, width > 0 ? roomWidth / width : 1, height > 0 ? roomHeight / height : 1)
        func start(_ low: Double, _ length: Double, _ roomLow: Double, _ roomLength: Double, _ share: Double) -> Double
        {
            let spare = max(0, roomLength - length * scale)
            guard placement == .drawn else { return roomLow + share * spare }
            let scaledLow = low + length * (1 - scale) / 2
            return min(max(scaledLow, roomLow), roomLow + spare)
        }
        let minX = start(bounds.minX, width, room.minX, roomWidth, place.x)
        let minY = start(bounds.minY, height, room.minY, roomHeight, place.y)
        return .translation(dx: -bounds.minX, dy: -bounds.minY)
            .followed(by: .scaling(x: scale, y: scale))
            .followed(by: .translation(dx: minX, dy: minY))
    }

    /// The shortest way that brings one end of the path's extent to an edge of `frame`; nil if the path crosses it.
    private func stepToEdge(_ path: Polyline, of frame: Rectangle) -> Vector? {
        let inside = path.points.count(where: frame.contains)
        if inside > 0, inside < path.points.count { return nil }
        // Every side with the point of the path that is farthest towards it, and the way from there into the frame's edge.
        let points = path.points
        let ways = [
            points.min { $0.x < $1.x }.map { ($0, Point(x: frame.minX, y: $0.y)) },
            points.max { $0.x < $1.x }.map { ($0, Point(x: frame.maxX, y: $0.y)) },
            points.min { $0.y < $1.y }.map { ($0, Point(x: $0.x, y: frame.minY)) },
            points.max { $0.y < $1.y }.map { ($0, Point(x: $0.x, y: frame.maxY)) },
        ]
        return ways.compactMap { $0 }
            .map { from, to in
                Point(x: min(max(to.x, frame.minX), frame.maxX), y: min(max(to.y, frame.minY), frame.maxY)) - from
            }
            .min { $0.squaredLength < $1.squaredLength }
    }
}

extension AffineTransform {
    fileprivate func moved(from start: Point, to end: Point) -> AffineTransform {
        followed(by: .translation(dx: end.x - start.x, dy: end.y - start.y))
    }
}

extension RandomNumberGenerator {
    /// A vector of length 1, all directions equally likely.
    ///
    /// Marsaglia, *Choosing a Point from the Surface of a Sphere*, Annals of Mathematical Statistics 43 (1972).
    fileprivate mutating func direction() -> Vector {
        while true {
            let vector = Vector(dx: 2 * unitUniform() - 1, dy: 2 * unitUniform() - 1)
            let square = vector.squaredLength
            // Longer ones would favor the corners; of very short ones the square is not exact.
            if square <= 1, square > 1e-6 { return vector * (1 / square.squareRoot()) }
        }
    }
}
