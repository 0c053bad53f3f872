/// How often whole numbers of at least 0 occur, in memory that does not grow with their count.
///
/// Numbers of up to `significantBits` bits have a bin each; larger ones are rounded down to so many bits. So quantiles are
/// exact for small numbers and accurate to a factor of 2 to the power of 1 − `significantBits` for all others. Minimum,
/// maximum, sum, and mean are exact. The sum of histograms does not depend on their order.
public struct Histogram: Hashable, Sendable {
    /// The number of binary digits that numbers keep.
    public let significantBits: Int
    private var counts: [Int] = []
    /// The count of all numbers.
    public private(set) var count = 0
    /// The sum of all numbers.
    public private(set) var sum = 0
    /// The largest number; 0 without numbers.
    public private(set) var maximum = 0
    /// The smallest number; 0 without numbers.
    public var minimum: Int { count == 0 ? 0 : smallest }
    private var smallest = Int.max

    /// A histogram without numbers.
    ///
    /// - Parameter significantBits: 2 to 32. With 11, numbers below 2,048 are exact and others accurate to 0.1 %.
    public init(significantBits: Int = 11) {
        self.significantBits = min(max(significantBits, 2), 32)
    }

    /// The mean; 0 without numbers.
    public var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

    /// Adds a number of at least 0.
    public mutating func add(_ value: Int) {
        let bin = bin(of: value)
        if bin >= counts.count { grow(to: bin + 1) }
        counts[bin] += 1
        count += 1
        sum += value
        maximum = max(maximum, value)
        smallest = min(smallest, value)
    }

    /// Adds all numbers of another histogram with the same `significantBits`.
    public static func += (first: inout Histogram, second: Histogram) {
        if second.counts.count > first.counts.count { first.grow(to: second.counts.count) }
        for bin in second.counts.indices { first.counts[bin] += second.counts[bin] }
        first.count += second.count
        first.sum += second.sum
        first.maximum = max(first.maximum, second.maximum)
        first.smallest = min(first.smallest, second.smallest)
    }

    /// Returns the quantile at `fraction`, with linear interpolation between neighbors; 0 without numbers.
    ///
    /// - Parameter fraction: 0 to 1; other values are clamped.
    /// - Complexity: O(bins)
    public func quantile(_ fraction: Double) -> Double {
        interpolatedQuantile(fraction, count: count) { value(ofRank: $0) }
    }

    /// The counts of the numbers in ranges of `step` from `start`, of which the last contains `last`.
    ///
    /// - Parameters:
    ///   - start: at most `last`.
    ///   - step: at least 1.
    /// - Complexity: O(bins + ranges)
    package func counts(from start: Int, through last: Int, step: Int) -> [Int] {
        guard count > 0 else { return [] }
        var ranges = [Int](repeating: 0, count: (last - start) / step + 1)
        for (bin, count) in counts.enumerated() where count > 0 {
            let number = lowerBound(of: bin).number
            guard number >= start, (number - start) / step < ranges.count else { continue }
            ranges[(number - start) / step] += count
        }
        return ranges
    }

    /// The number with `rank` smaller or equal ones before it.
    private func value(ofRank rank: Int) -> Double {
        var before = 0
        for (bin, count) in counts.enumerated() {
            before += count
            if before > rank { return min(max(middle(of: bin), Double(minimum)), Double(maximum)) }
        }
        return Double(maximum)
    }

    private mutating func grow(to size: Int) {
        counts += repeatElement(0, count: size - counts.count)
    }

    private func bin(of value: Int) -> Int {
        let shift = max(Int.bitWidth - value.leadingZeroBitCount - significantBits, 0)
        return shift << (significantBits - 1) + value >> shift
    }

    /// The smallest number of a bin, and the power of two of the bin's width.
    private func lowerBound(of bin: Int) -> (number: Int, shift: Int) {
        let shift = max(bin >> (significantBits - 1) - 1, 0)
        return ((bin - shift << (significantBits - 1)) << shift, shift)
    }

    private func middle(of bin: Int) -> Double {
        let (number, shift) = lowerBound(of: bin)
        return Double(number) + Double((1 << shift) - 1) / 2
    }
}

/// Returns the quantile at `fraction` of `count` sorted values, with linear interpolation between neighbors; 0 without
/// values.
///
/// - Parameter fraction: 0 to 1; other values are clamped.
func interpolatedQuantile(_ fraction: Double, count: Int, valueOfRank value: (Int) -> Double) -> Double {
    guard count > 0 else { return 0 }
    let position = min(max(fraction, 0), 1) * Double(count - 1)
    let rank = min(Int(position), count - 1)
    let low = value(rank)
    return low + (value(min(rank + 1, count - 1)) - low) * (position - Double(rank))
}
