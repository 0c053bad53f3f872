/// Intervals of hole ratios, as papers report their results: each excludes its lower edge and includes its upper one, so
/// 0.1 is in `mask0-10`.
public struct HoleRatioBuckets: Hashable, Sendable {
    /// The edges in percent, ascending, from 0 to 100.
    public let edges: [Int]

    /// Ten buckets of 10 % each.
    public static let tenths = HoleRatioBuckets(unchecked: Array(stride(from: 0, through: 100, by: 10)))

    private init(unchecked edges: [Int]) {
        self.edges = edges
    }

    /// Creates buckets between edges; nil if there are fewer than two, or they are not ascending from 0 to 100.
    ///
    /// - Parameter edges: In percent.
    public init?(_ edges: [Int]) {
        guard edges.count >= 2, edges.allSatisfy((0...100).contains), zip(edges, edges.dropFirst()).allSatisfy(<) else {
            return nil
        }
        self.edges = edges
    }

    /// The names of all buckets: `mask0-10`.
    public var names: [String] { edges.indices.dropLast().map(name) }

    /// The index of the bucket that contains `holeCount` of `area` pixels; nil if none does. A mask without hole is in a
    /// bucket from 0.
    public func index(holeCount: Int, area: Int) -> Int? {
        // In whole numbers, because 0.1 and 0.3 are not representable as doubles.
        let hundredfold = 100 * max(holeCount, edges[0] == 0 ? 1 : 0)
        guard hundredfold > edges[0] * area else { return nil }
        return edges.dropFirst().firstIndex { hundredfold <= $0 * area }.map { $0 - 1 }
    }

    /// The name of the folder of a bucket: `mask0-10`.
    public func name(_ index: Int) -> String { "mask" + interval(index) }

    /// The interval of a bucket in percent: `0-10`.
    func interval(_ index: Int) -> String { "\(edges[index])-\(edges[index + 1])" }
}
