/// What many numbers have in common: least, greatest, mean and quantiles.
public struct Statistics: Hashable, Sendable {
    private let sorted: [Double]
    /// The sum over the count; 0 of no values.
    public let mean: Double

    /// Takes `values` in any order, none of them NaN.
    ///
    /// - Complexity: O(*n* log *n*)
    public init(_ values: [Double]) {
        sorted = values.sorted()
        mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// How many values there are.
    public var count: Int { sorted.count }
    /// The least value; 0 of no values.
    public var minimum: Double { sorted.first ?? 0 }
    /// The greatest value; 0 of no values.
    public var maximum: Double { sorted.last ?? 0 }

    /// The value that a share of `fraction` of all does not exceed, with linear interpolation; 0 of no values.
    ///
    /// - Parameter fraction: 0 to 1; others count as the nearer of the two.
    public func quantile(_ fraction: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let place = min(max(fraction, 0), 1) * Double(sorted.count - 1)
        let low = Int(place)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
    }

    /// How many values lie in each of the ranges from one edge up to, not including, the next.
    ///
    /// - Complexity: O(edges · values)
    public func histogram(edges: [Double]) -> [Int] {
        zip(edges, edges.dropFirst()).map { low, high in sorted.count { $0 >= low && $0 < high } }
    }
}
