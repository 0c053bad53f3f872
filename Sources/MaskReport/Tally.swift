/// How often whole numbers of 0 or more occur: strokes of a mask, widths in 0.01 px.
///
/// Numbers below 65,536 are told apart, larger ones to 16 significant bits: so the memory has a bound, whatever comes.
/// Tallies of parts add up to the same in any order.
struct Tally: Hashable, Sendable {
    private var occurrences: [Int: Int] = [:]
    private(set) var count = 0
    private(set) var sum = 0
    /// The least number; 0 of none.
    private(set) var minimum = 0
    /// The greatest number; 0 of none.
    private(set) var maximum = 0

    /// Counts `number`; what is below 0 counts as 0.
    mutating func add(_ number: Int) {
        let number = max(number, 0)
        let spareBits = max(0, Int.bitWidth - number.leadingZeroBitCount - 16)
        occurrences[(number >> spareBits) << spareBits, default: 0] += 1
        widen(to: number...number)
        count += 1
        sum += number
    }

    mutating func add(_ other: Tally) {
        guard other.count > 0 else { return }
        occurrences.merge(other.occurrences, uniquingKeysWith: +)
        widen(to: other.minimum...other.maximum)
        count += other.count
        sum += other.sum
    }

    private mutating func widen(to range: ClosedRange<Int>) {
        minimum = count == 0 ? range.lowerBound : min(minimum, range.lowerBound)
        maximum = count == 0 ? range.upperBound : max(maximum, range.upperBound)
    }

    /// The sum over the count; 0 of no numbers.
    var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

    /// The number in the middle, the lower of two; 0 of no numbers.
    ///
    /// - Complexity: O(*n* log *n*) in the different numbers
    var median: Int { quantile(0.5) }

    /// The least number that a share of `fraction` of all does not exceed; 0 of no numbers.
    ///
    /// - Complexity: O(*n* log *n*) in the different numbers
    func quantile(_ fraction: Double) -> Int {
        var left = Int((fraction * Double(count)).rounded(.up))
        for (number, times) in occurrences.sorted(by: { $0.key < $1.key }) {
            left -= times
            if left <= 0 { return number }
        }
        return 0
    }

    /// How many numbers lie in each of the ranges of `step` from `start` on, the last of which holds `last`.
    ///
    /// - Parameters:
    ///   - start: at most `last`.
    ///   - step: 1 or more.
    /// - Complexity: O(different numbers + ranges)
    func counts(from start: Int, through last: Int, step: Int) -> [Int] {
        guard count > 0 else { return [] }
        var counts = [Int](repeating: 0, count: (last - start) / step + 1)
        for (number, times) in occurrences where number >= start && (number - start) / step < counts.count {
            counts[(number - start) / step] += times
        }
        return counts
    }
}
