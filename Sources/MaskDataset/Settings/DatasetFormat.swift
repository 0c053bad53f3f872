/// A kind of file in the program's own layout.
public enum DatasetFormat: String, Hashable, Sendable, CaseIterable {
    /// One image per mask.
    case png
    /// One line of JSON per mask.
    case json
    /// One vector image per mask.
    case svg
}
