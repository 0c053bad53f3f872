/// The range of a measure of strokes that a filter accepts, in units of the drawing's box of 256 × 256.
public struct StrokeMeasureRange: Hashable, Sendable {
    /// The smallest accepted value, above 0 and at most `limit`; nil if unbounded.
    public let minimum: Double?
    /// The largest accepted value, 0 to `limit`; nil if unbounded.
    public let maximum: Double?

    /// The largest bound. No stroke of a readable line is longer.
    public static let limit = 1e9
    /// Bounds that accept all strokes.
    public static let none = StrokeMeasureRange()

    private init() {
        (minimum, maximum) = (nil, nil)
    }

    /// Bounds rounded to 6 decimals, as written into files.
    ///
    /// - Parameters:
    ///   - minimum: 0 to `limit`; 0 and nil are no bound.
    ///   - maximum: `minimum` to `limit`; nil is no bound.
    ///   - name: The measure, for the error: `stroke length`.
    /// - Throws: `DrawingFilterError.bound` if a bound is out of range.
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
