/// The size of a bank that was written.
public struct BankSummary: Hashable, Sendable {
    /// The number of categories.
    public let categoryCount: Int
    /// The number of drawings.
    public let drawingCount: Int
    /// The number of strokes of all drawings.
    public let strokeCount: Int
    /// The number of points of all strokes.
    public let pointCount: Int
    /// The number of drawings that were dropped because a drawing of their category has the same key.
    public let duplicateCount: Int
    /// The size of the file in bytes.
    public let byteCount: Int
}
