import ArgumentParser
import MaskDataset

/// Ranges of hole ratios on the command line, by their edges in percent: `0,20,40`.
struct BucketsArgument: ExpressibleByArgument {
    let buckets: HoleRatioBuckets

    init?(argument: String) {
        let edges = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard !edges.contains(nil), let buckets = HoleRatioBuckets(edges.compactMap { $0 }) else { return nil }
        self.buckets = buckets
    }
}
