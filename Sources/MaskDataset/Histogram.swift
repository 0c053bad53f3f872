/// How many numbers there are of which size: whole numbers of 0 or more, in memory that does not grow with their count.
///
/// Below 2,048 every number has a bin of its own, above them each doubling has 1,024. So quantiles are exact up to there,
/// and above them right to 0.1 %. Least, greatest and mean are exact. Sums of histograms do not depend on their order.
public struct Histogram: Hashable, Sendable {
    private static let precision = 10

    private var counts: [Int] = []
    /// How many numbers there are.
    public private(set) var count = 0
    /// The sum of all.
    public private(set) var sum = 0
    /// The greatest number; 0 of none.
    public private(set) var maximum = 0
    /// The least number; 0 of none.
    public var minimum: Int { count == 0 ? 0 : least }
    private var least = Int.max

    /// No numbers.
    public init() {}

    /// The sum over the count; 0 of no numbers.
    public var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

    /// Adds a number of 0 or more.
    public mutating func add(_ value: Int) {
        let bin = Self.bin(of: value)
        if bin >= counts.count { grow(to: bin + 1) }
        counts[bin] += 1
        count += 1
        sum += value
        maximum = max(maximum, value)
        least = min(least, value)
    }

    /// Adds all numbers of another histogram.
    public static func += (first: inout Histogram, second: Histogram) {
        if second.counts.count > first.counts.count { first.grow(to: second.counts.count) }
        for bin in second.counts.indices { first.counts[bin] += second.counts[bin] }
        first.count += second.count
        first.sum += second.sum
        first.maximum = max(first.maximum, second.maximum)
        first.least = min(first.least, second.least)
    }

    /// The number that a share of `fraction` of all does not exceed, with linear interpolation; 0 of no numbers.
    ///
    /// - Parameter fraction: 0 to 1; others count as the nearer of the two.
    /// - Complexity: O(bins)
    public func quantile(_ fraction: Double) -> Double {
        guard count > 0 else { return 0 }
        let place = min(max(fraction, 0), 1) * Double(count - 1)
        let rank = min(Int(place), count - 1)
        let low = value(ofRank: rank)
        return low + (value(ofRank: min(rank + 1, count - 1)) - low) * (place - Double(rank))
    }

    /// The number that `rank` others come before.
    private func value(ofRank rank: Int) -> Double {
        var before = 0
        for (bin, count) in counts.enumerated() {
            before += count
            if before > rank { return min(max(Self.middle(of: bin), Double(minimum)), Double(maximum)) }
        }
        return Double(maximum)
    }

    private mutating func grow(to size: Int) {
        counts += repeatElement(0, count: size - counts.count)
    }

    private static func bin(of value: Int) -> Int {
        let shift = max(Int.bitWidth - 1 - value.leadingZeroBitCount - precision, 0)
        return shift << precision + value >> shift
    }

    private static func middle(of bin: Int) -> Double {
        let shift = max(bin >> precision - 1, 0)
        let first = (bin - shift << precision) << shift
        return Double(first) + Double((1 << shift) - 1) / 2
    }
}
