import PlaneGeometry

/// Which way strokes run: the length of their segments by direction, in sectors of 5° around 0°, 5°, … 175°.
///
/// Diagonals are frequent in drawings, so 45° must not lie between two sectors. 0° is level, 90° upright; 45° rises to the right, as `/` does. A segment has no forth and back.
struct Directions: Hashable, Sendable {
    static let sectorCount = 36
    /// The tangents of 2.5°, 7.5°, … 87.5°: the steepest of each sector from 0° to 85°.
    private static let tangents = [
        0.0436609429085, 0.131652497587, 0.221694662643, 0.315298788879, 0.414213562373, 0.520567050552,
        0.637070260807, 0.767326987979, 0.916331174017, 1.09130850107, 1.30322537284, 1.56968557712,
        1.92098212697, 2.41421356237, 3.17159480236, 4.51070850366, 7.59575411273, 22.9037655484,
    ]

    /// The length in each sector, in 0.01 px, each segment's rounded: whole numbers add up to the same in any order.
    private(set) var lengths = [Int](repeating: 0, count: sectorCount)

    /// Adds the segments of a path; a dot has none.
    mutating func add(_ path: Polyline) {
        for (start, end) in zip(path.points, path.points.dropFirst()) {
            let step = end - start
            lengths[Self.sector(of: step)] += Int((step.length * 100).rounded())
        }
    }

    mutating func add(_ other: Directions) {
        for index in lengths.indices { lengths[index] += other.lengths[index] }
    }

    /// By comparing slopes: no library's arc tangent decides what is in which sector.
    static func sector(of step: Vector) -> Int {
        let (across, up) = (step.dx.magnitude, step.dy.magnitude)
        let steepness = tangents.firstIndex { up <= $0 * across } ?? tangents.count
        // y grows downwards, so what rises has steps of two signs.
        let rises = (step.dx < 0) != (step.dy < 0)
        return rises || steepness == 0 ? steepness : sectorCount - steepness
    }
}
