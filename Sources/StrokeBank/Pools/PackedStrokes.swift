/// The coordinates of many strokes in one array, with the origin of each.
struct PackedStrokes: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        let keyID: UInt64
        let stroke: Int
        /// The end of the stroke's coordinates, which begin at the end of the previous entry.
        let end: Int
    }

    private(set) var entries: [Entry] = []
    private var coordinates: [UInt8] = []

    /// Reserves memory for an estimated number of strokes, with 16 points each.
    mutating func reserveCapacity(strokes count: Int) {
        entries.reserveCapacityInLargePages(count)
        coordinates.reserveCapacityInLargePages(32 * count)
    }

    func coordinates(of index: Int) -> ArraySlice<UInt8> {
        coordinates[(index > 0 ? entries[index - 1].end : 0)..<entries[index].end]
    }

    mutating func append(_ points: ArraySlice<UInt8>, keyID: UInt64, stroke: Int) {
        coordinates.append(contentsOf: points)
        entries.append(Entry(keyID: keyID, stroke: stroke, end: coordinates.count))
    }

    /// Appends stroke `index` of others.
    mutating func append(_ other: PackedStrokes, _ index: Int) {
        let entry = other.entries[index]
        append(other.coordinates(of: index), keyID: entry.keyID, stroke: entry.stroke)
    }
}
