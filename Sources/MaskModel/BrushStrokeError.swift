/// Why a path and a width make no brush stroke.
public enum BrushStrokeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path has no point.
    case noPoints
    /// The width in px as it was given, NaN included.
    case width(Double)
    /// The first coordinate in px that is out of range, NaN included.
    case coordinate(Double)

    /// One line: what was found and what was wanted.
    public var description: String {
        switch self {
        case .noPoints: "no points; expected at least 1"
        case .width(let width): "a width of \(width) px; expected 0.01 to 10000000"
        case .coordinate(let value): "a coordinate of \(value) px; expected -10000000 to 10000000"
        }
    }
}
