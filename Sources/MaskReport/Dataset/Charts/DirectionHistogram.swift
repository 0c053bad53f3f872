import PlaneGeometry

/// The length of the strokes' segments by direction, in sectors of 5° around 0°, 5°, … 175°.
///
/// Diagonals are frequent in drawings, so 45° must not be between two sectors. 0° is horizontal, 90° vertical; 45° rises
/// to the right, as `/` does. A segment and its reverse have the same direction.
struct DirectionHistogram: Hashable, Sendable {
    static let sectorCount = 36
    /// The tangents of 2.5°, 7.5°, … 87.5°: the upper edges of the sectors from 0° to 85°.
    private static let tangents = [
        0.0436609429085, 0.131652497587, 0.221694662643, 0.315298788879, 0.414213562373, 0.520567050552,
        0.637070260807, 0.767326987979, 0.916331174017, 1.09130850107, 1.30322537284, 1.56968557712,
        1.92098212697, 2.41421356237, 3.17159480236, 4.51070850366, 7.59575411273, 22.9037655484,
    ]

    /// The length in each sector in 0.01 px, rounded for each segment: the sum of whole numbers does not depend on their
    /// order.
    private(set) var lengths = [Int](repeating: 0, count: sectorCount)

    /// Adds the segments of a path; a dot has none.
    mutating func add(_ path: Polyline) {
        for (start, end) in zip(path.points, path.points.dropFirst()) {
            let segment = end - start
            lengths[Self.sector(of: segment)] += Int((segment.length * 100).rounded())
        }
    }

    mutating func add(_ other: DirectionHistogram) {
        for index in lengths.indices { lengths[index] += other.lengths[index] }
    }

    /// Returns the sector of a segment. It compares slopes, so the result does not depend on a library's arc tangent.
    static func sector(of segment: Vector) -> Int {
        let (across, up) = (segment.dx.magnitude, segment.dy.magnitude)
        let steepness = tangents.firstIndex { up <= $0 * across } ?? tangents.count
        // y grows downward, so the components of a rising segment have different signs.
        let rises = (segment.dx < 0) != (segment.dy < 0)
        return rises || steepness == 0 ? steepness : sectorCount - steepness
    }
}
