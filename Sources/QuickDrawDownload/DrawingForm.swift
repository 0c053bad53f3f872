/// The forms in which Google publishes the drawings.
public enum DrawingForm: String, Hashable, Sendable, CaseIterable {
    /// Strokes thinned out and moved into a box of 256×256, a JSON object a line.
    case simplified
    /// Strokes as they were drawn, with the time of each point, a JSON object a line.
    case raw
    /// The simplified strokes as packed records, without the word.
    case binary

    /// How the names of its files end, with the dot.
    public var fileExtension: String {
        switch self {
        case .simplified, .raw: ".ndjson"
        case .binary: ".bin"
        }
    }

    /// How the names of its files begin in the bucket: `full/simplified/`.
    var prefix: String { "full/\(rawValue)/" }
}
