/// A format in which Quick, Draw! is published; files in others are read, too (see `DrawingFormat`).
public enum PublishedFormat: String, Hashable, Sendable, CaseIterable {
    /// ndjson with two arrays per stroke: x and y.
    case simplified
    /// ndjson with three arrays per stroke: x, y, and times.
    case raw
    /// Packed records.
    case binary
}
