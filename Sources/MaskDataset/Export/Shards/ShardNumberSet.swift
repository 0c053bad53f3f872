/// A set of shards, which is usually made of a few ranges: `3,7,9-10`.
public struct ShardNumberSet: Hashable, Sendable, CustomStringConvertible {
    /// In order, disjoint, and not adjacent.
    private var ranges: [ClosedRange<Int>] = []

    /// No shard.
    public init() {}

    /// The shards in a range.
    init(_ range: Range<Int>) {
        if !range.isEmpty { ranges = [range.lowerBound...range.upperBound - 1] }
    }

    /// Reads numbers and ranges of numbers, separated by commas; nil for any other text.
    public init?(_ text: String) {
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard (1...2).contains(ends.count), ends.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }),
                let first = Int(ends[0]), let last = Int(ends[ends.count - 1]), first <= last
            else { return nil }
            ranges.append(first...last)
        }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        ranges = ranges.reduce(into: []) { merged, range in
            if let last = merged.last, last.upperBound == Int.max || range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
    }

    /// Whether there is none.
    public var isEmpty: Bool { ranges.isEmpty }
    /// The number of shards, at most `Int.max`.
    public var count: Int {
        ranges.reduce(0) { count, range in
            let (sum, overflow) = count.addingReportingOverflow(range.upperBound - range.lowerBound)
            return overflow || sum == .max ? .max : sum + 1
        }
    }
    /// The largest number; nil if there is none.
    public var last: Int? { ranges.last?.upperBound }

    /// The shard at a position in the order of all; `position` is at least 0 and below `count`.
    func number(at position: Int) -> Int {
        var rest = position
        for range in ranges {
            let last = range.upperBound - range.lowerBound
            if rest <= last { return range.lowerBound + rest }
            rest -= last + 1
        }
        preconditionFailure("position \(position) is beyond the last of \(count) shards")
    }

    /// The shards in order.
    public var all: some Sequence<Int> { ranges.lazy.joined() }

    /// Whether a shard is in the set.
    ///
    /// - Complexity: O(log ranges)
    func contains(_ number: Int) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(number)
    }

    /// Adds a shard, which is usually larger than all before.
    mutating func insert(_ number: Int) {
        if let last = ranges.last, last.upperBound + 1 == number {
            ranges[ranges.count - 1] = last.lowerBound...number
        } else if ranges.last.map({ $0.upperBound < number }) ?? true {
            ranges.append(number...number)
        } else if !contains(number) {
            let place = ranges.firstIndex { $0.lowerBound > number } ?? ranges.count
            ranges.insert(number...number, at: place)
            let start = max(place - 1, 0)
            for index in stride(from: min(place, ranges.count - 2), through: start, by: -1)
            where ranges[index].upperBound + 1 == ranges[index + 1].lowerBound {
                ranges[index] = ranges[index].lowerBound...ranges[index + 1].upperBound
                ranges.remove(at: index + 1)
            }
        }
    }

    /// The shards with numbers that are larger by `offset`, at least 0; nil if they are too large.
    public func shifted(by offset: Int) -> ShardNumberSet? {
        guard !(last ?? 0).addingReportingOverflow(offset).overflow else { return nil }
        var shifted = ShardNumberSet()
        shifted.ranges = ranges.map { $0.lowerBound + offset...$0.upperBound + offset }
        return shifted
    }

    /// The shards in this set, in `other`, or in both.
    func union(_ other: ShardNumberSet) -> ShardNumberSet {
        var all = self
        for number in other.all { all.insert(number) }
        return all
    }

    /// As `--shard` accepts it.
    public var description: String {
        ranges.map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(
            separator: ",")
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
