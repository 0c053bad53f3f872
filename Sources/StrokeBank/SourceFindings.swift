public import FileAccess
public import SystemPackage

/// What was found in a source and not taken.
public struct SourceFindings: Hashable, Sendable {
    /// What a filter left out.
    public var tally = FilterCounts()
    /// The files with damage that was passed over, in the order in which they were read.
    public var damaged: [DamagedFile] = []

    /// Nothing.
    public init() {}

    /// Adds what was found after.
    public static func += (first: inout SourceFindings, second: SourceFindings) {
        first.tally += second.tally
        first.damaged += second.damaged
    }

    /// How many records, or ends of files, were passed over as damaged.
    public var damagedCount: Int { damaged.reduce(0) { $0 + $1.count } }
}

/// A file of which something was passed over as damaged.
public struct DamagedFile: Hashable, Sendable {
    /// The file.
    public let path: FilePath
    /// How many of its records, 1 or more; where nothing could be read any more, its end counts as one.
    public var count: Int
    /// What is wrong at the first place, and where that is.
    public let first: DataError

    /// A file in which `count` records are invalid, the first as `first` says.
    public init(path: FilePath, count: Int, first: DataError) {
        self.path = path
        self.count = count
        self.first = first
    }
}
