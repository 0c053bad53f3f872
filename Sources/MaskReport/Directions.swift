import PlaneGeometry

/// Which way strokes run: the length of their segments by direction, in sectors of 10° around 0°, 10°, … 170°.
///
/// 0° is level, 90° upright; 45° rises to the right, as `/` does. A segment has no forth and back.
struct Directions: Hashable, Sendable {
    static let sectorCount = 18
    /// The tangents of 5°, 15°, … 85°: the steepest of each sector from 0° to 80°.
    private static let tangents = [
        0.087488663525924, 0.267949192431123, 0.466307658154999, 0.700207538209710, 1, 1.428148006742114,
        2.144506920509558, 3.732050807568877, 11.430052302761343,
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
