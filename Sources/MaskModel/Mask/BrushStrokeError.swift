/// The reason that a path and a width are not a valid brush stroke.
public enum BrushStrokeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path has no point.
    case noPoints
    /// The width is NaN or out of range; the value as passed, in px.
    case width(Double)
    /// A coordinate is NaN or out of range; the first such value, in px.
    case coordinate(Double)

    /// One line: the value that was found, and the expected range.
    public var description: String {
        switch self {
        case .noPoints: "no points; expected at least 1"
        case .width(let width): "a width of \(width) px; expected 0.01 to 10000000"
        case .coordinate(let value): "a coordinate of \(value) px; expected -10000000 to 10000000"
        }
    }
}
