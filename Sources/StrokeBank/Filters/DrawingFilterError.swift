/// Why a filter is invalid.
public enum DrawingFilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A bound is out of range.
    case bound(name: String, value: Double, least: Double)
    /// A text is not a country.
    case country(String)
    /// A list of words or countries is empty, or contains an empty element.
    case empty(list: String)
    /// A JSON member has a wrong type.
    case member(String, expected: String)

    /// One line: `the largest stroke length is 3; expected 5 to 1000000000`.
    public var description: String {
        func text(_ number: Double) -> String {
            Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        }
        switch self {
        case .bound(let name, let value, let least):
            return "\(name) is \(text(value)); expected \(text(least)) to \(text(StrokeMeasureRange.limit))"
        case .country(let text): return "\"\(text)\" is not a country; expected two letters, as in DE"
        case .empty(let list): return "the list of \(list) is empty or has an empty element; expected at least one"
        case .member(let name, let expected): return "\"\(name)\" is not \(expected)"
        }
    }
}
