/// Exact statistics of real numbers, all of which are kept. `Histogram` is for whole numbers in bounded memory.
public struct Statistics: Hashable, Sendable {
    private let sorted: [Double]
    /// The mean; 0 without values.
    public let mean: Double

    /// - Parameter values: in any order, none of them NaN.
    /// - Complexity: O(*n* log *n*)
    public init(_ values: [Double]) {
        sorted = values.sorted()
        mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// The number of values.
    public var count: Int { sorted.count }
    /// The smallest value; 0 without values.
    public var minimum: Double { sorted.first ?? 0 }
    /// The largest value; 0 without values.
    public var maximum: Double { sorted.last ?? 0 }

    /// Returns the quantile at `fraction`, with linear interpolation between neighbors; 0 without values.
    ///
    /// - Parameter fraction: 0 to 1; other values are clamped.
    public func quantile(_ fraction: Double) -> Double {
        interpolatedQuantile(fraction, count: sorted.count) { sorted[$0] }
    }

    /// The counts of the values in the ranges from each edge up to, but not including, the next.
    ///
    /// - Complexity: O(edges · values)
    public func histogram(edges: [Double]) -> [Int] {
        zip(edges, edges.dropFirst()).map { low, high in sorted.count { $0 >= low && $0 < high } }
    }
}
