/// From where to where a measure of a stroke may go to be taken, in units of the drawing's box of 256 × 256.
public struct StrokeBounds: Hashable, Sendable {
    /// The least that is taken, 0 to `limit`; nil where there is no such bound.
    public let minimum: Double?
    /// The most that is taken, 0 to `limit`; nil where there is no such bound.
    public let maximum: Double?

    /// The largest bound. No stroke of a line that can be read is longer.
    public static let limit = 1e9
    /// All strokes.
    public static let none = StrokeBounds()

    private init() {
        (minimum, maximum) = (nil, nil)
    }

    /// Bounds, of which either may be missing, rounded to 6 decimals: more are not written into files.
    ///
    /// - Parameters:
    ///   - minimum: 0 to `limit`; 0 is no bound.
    ///   - maximum: `minimum` to `limit`.
    ///   - name: what is bounded, for the error: `stroke length`.
    /// - Throws: `DrawingFilterError.bound` if one of them is not in its range.
    public init(minimum: Double?, maximum: Double?, of name: String) throws(DrawingFilterError) {
        func checked(_ bound: Double?, _ which: String, from least: Double) throws(DrawingFilterError) -> Double? {
            guard let bound else { return nil }
            guard (least...Self.limit).contains(bound) else {
                throw .bound(name: "the \(which) \(name)", value: bound, least: least)
            }
            return (bound * 1e6).rounded() / 1e6
        }
        let minimum = try checked(minimum, "smallest", from: 0)
        self.maximum = try checked(maximum, "largest", from: minimum ?? 0)
        self.minimum = minimum == 0 ? nil : minimum
    }

    /// Whether a measure is within the bounds.
    @inline(__always)
    func contains(_ measure: Double) -> Bool {
        measure >= minimum ?? 0 && measure <= maximum ?? .infinity
    }
}

/// What is wrong with a filter.
public enum DrawingFilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A bound that is not in its range.
    case bound(name: String, value: Double, least: Double)
    /// A text that is no country.
    case country(String)
    /// A list without any word or country in it, or with an empty one.
    case empty(list: String)
    /// A member of JSON that is something else than what was wanted.
    case member(String, expected: String)

    /// One line: `the largest stroke length is 3; expected 5 to 1000000000`.
    public var description: String {
        func text(_ number: Double) -> String {
            Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        }
        switch self {
        case .bound(let name, let value, let least):
            return "\(name) is \(text(value)); expected \(text(least)) to \(text(StrokeBounds.limit))"
        case .country(let text): return "a country is \"\(text)\"; expected two letters, as in DE"
        case .empty(let list): return "the list of \(list) has nothing in it, or nothing at a place; expected some"
        case .member(let name, let expected): return "\"\(name)\" is not \(expected)"
        }
    }
}
