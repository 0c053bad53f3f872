/// What a source contains that was not used: rejected drawings and strokes, corrupt records.
public struct SkippedContents: Hashable, Sendable {
    /// What a filter rejected.
    public var filterCounts = FilterCounts()
    /// The files with corrupt records that were skipped, in reading order.
    public var corruptFiles: [CorruptFile] = []

    /// Nothing skipped.
    public init() {}

    /// Adds what was skipped in files that were read later.
    public static func += (first: inout SkippedContents, second: SkippedContents) {
        first.filterCounts += second.filterCounts
        first.corruptFiles += second.corruptFiles
    }

    /// The number of corrupt records, or ends of files, that were skipped.
    public var corruptCount: Int { corruptFiles.reduce(0) { $0 + $1.count } }
}
