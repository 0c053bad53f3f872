import MaskModel
import PlaneGeometry

/// The sampled rotation, reflection, scale, and position of one stroke.
///
/// All of them are sampled, even if the spec uses only some; so an option of the spec does not affect the others.
struct StrokePose {
    /// The position of the stroke's center, as fractions of the available width and height.
    private let position: (x: Double, y: Double)
    /// A unit vector, uniform over all directions.
    private let direction: Vector
    private let isMirrored: Bool
    /// A uniform number from 0 to 1 that selects the scale within the spec's range.
    private let scaleChoice: Double

    /// Samples a pose.
    init(using random: inout RandomStream) {
        position = (random.unitUniform(), random.unitUniform())
        isMirrored = random.next() & 1 == 1
        scaleChoice = random.unitUniform()
        direction = random.direction()
    }

    /// Returns the transform of a stroke from the box of its drawing to canvas px.
    ///
    /// - Parameters:
    ///   - points: The stroke, in units of the drawing's box.
    ///   - bounds: The bounding box of the points.
    ///   - toCanvas: The transform from the box to canvas px that all strokes share.
    ///   - width: The final width, in canvas px.
    ///   - spec: Selects which parts of the pose are used.
    ///   - mustTouch: Whether the stroke is moved to the edge of the canvas unless it crosses the edge.
    /// - Returns: The transform; nil if a free border leaves no room for a stroke of this width.
    /// - Complexity: O(points) if the stroke is rotated or must touch the edge, else O(1)
    func transform(
        of points: ArraySlice<Point>, bounds: Rectangle, toCanvas: AffineTransform, width: Double, spec: MaskSpec,
        mustTouch: Bool
    ) -> AffineTransform? {
        var transform = aboutCenter(of: bounds, spec).followed(by: toCanvas)
        if spec.placement == .uniform {
            let placed = transform.bounds(of: points, within: bounds)
            let target = Point(x: position.x * Double(spec.canvas.width), y: position.y * Double(spec.canvas.height))
            let center = placed.center
            transform = transform.followed(by: .translation(dx: target.x - center.x, dy: target.y - center.y))
        }
        if spec.freeMargin != nil {
            // 0.02 px more than half the width, because points and width are rounded.
            let room = spec.placementArea.grown(by: -(width / 2 + 0.02))
            guard room.maxX >= room.minX, room.maxY >= room.minY else { return nil }
            let placed = transform.bounds(of: points, within: bounds)
            return transform.followed(by: fitting(placed, into: room, spec.placement))
        }
        if mustTouch, let step = stepToEdge(points.map(transform.applied(to:)), of: spec.canvas.bounds.grown(by: -0.5))
        {
            transform = transform.followed(by: .translation(dx: step.dx, dy: step.dy))
        }
        return transform
    }

    /// Returns the rotation, reflection, and scaling of a stroke about the center of its bounds.
    private func aboutCenter(of bounds: Rectangle, _ spec: MaskSpec) -> AffineTransform {
        guard spec.rotates || spec.flips || spec.strokeScale != 1...1 else { return .identity }
        let center = bounds.center
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

    /// Returns the transform that shrinks `bounds` if they are larger than `room` and moves them into it: by the shortest
    /// way if strokes stay where they were drawn, else to the sampled position.
    private func fitting(_ bounds: Rectangle, into room: Rectangle, _ placement: StrokePlacement) -> AffineTransform {
        let (width, height) = (bounds.maxX - bounds.minX, bounds.maxY - bounds.minY)
        let (roomWidth, roomHeight) = (room.maxX - room.minX, room.maxY - room.minY)
        let scale = min(1, width > 0 ? roomWidth / width : 1, height > 0 ? roomHeight / height : 1)
        func start(_ low: Double, _ length: Double, _ roomLow: Double, _ roomLength: Double, _ fraction: Double)
            -> Double
        {
            let spare = max(0, roomLength - length * scale)
            guard placement == .drawn else { return roomLow + fraction * spare }
            let scaledLow = low + length * (1 - scale) / 2
            return min(max(scaledLow, roomLow), roomLow + spare)
        }
        let minX = start(bounds.minX, width, room.minX, roomWidth, position.x)
        let minY = start(bounds.minY, height, room.minY, roomHeight, position.y)
        return .translation(dx: -bounds.minX, dy: -bounds.minY)
            .followed(by: .scaling(x: scale, y: scale))
            .followed(by: .translation(dx: minX, dy: minY))
    }

    /// Returns the shortest translation that moves a bound of the path to an edge of `frame`; nil if the path crosses it.
    private func stepToEdge(_ points: [Point], of frame: Rectangle) -> Vector? {
        let inside = points.count(where: frame.contains)
        if inside > 0, inside < points.count { return nil }
        // For each side: the point of the path farthest towards it, and that point moved onto the side.
        let moves = [
            points.min { $0.x < $1.x }.map { ($0, Point(x: frame.minX, y: $0.y)) },
            points.max { $0.x < $1.x }.map { ($0, Point(x: frame.maxX, y: $0.y)) },
            points.min { $0.y < $1.y }.map { ($0, Point(x: $0.x, y: frame.minY)) },
            points.max { $0.y < $1.y }.map { ($0, Point(x: $0.x, y: frame.maxY)) },
        ]
        return moves.compactMap { $0 }
            .map { from, to in
                Point(x: min(max(to.x, frame.minX), frame.maxX), y: min(max(to.y, frame.minY), frame.maxY)) - from
            }
            .min { $0.squaredLength < $1.squaredLength }
    }
}

extension AffineTransform {
    /// Returns the bounding box of the transformed `points`; `bounds` is the bounding box of `points`.
    ///
    /// - Complexity: O(1) if the transform does not rotate, else O(points)
    fileprivate func bounds(of points: ArraySlice<Point>, within bounds: Rectangle) -> Rectangle {
        guard b == 0, c == 0 else { return Rectangle(around: points.lazy.map(applied(to:))) }
        // Each coordinate depends on one coordinate only, and rounding is monotonic: so two corners suffice.
        let first = applied(to: Point(x: bounds.minX, y: bounds.minY))
        let second = applied(to: Point(x: bounds.maxX, y: bounds.maxY))
        return Rectangle(
            minX: min(first.x, second.x), minY: min(first.y, second.y), maxX: max(first.x, second.x),
            maxY: max(first.y, second.y))
    }
}

extension RandomNumberGenerator {
    /// Returns a unit vector, uniform over all directions.
    ///
    /// Marsaglia, *Choosing a Point from the Surface of a Sphere*, Annals of Mathematical Statistics 43 (1972).
    fileprivate mutating func direction() -> Vector {
        while true {
            let vector = Vector(dx: 2 * unitUniform() - 1, dy: 2 * unitUniform() - 1)
            let square = vector.squaredLength
            // Vectors longer than 1 would favor the diagonals; the squares of very short ones are inexact.
            if square <= 1, square > 1e-6 { return vector * (1 / square.squareRoot()) }
        }
    }
}
