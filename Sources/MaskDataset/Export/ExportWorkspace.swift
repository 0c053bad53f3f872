import FileAccess
import SystemPackage

/// The folder in which the shards of one plan are collected, and merged into a dataset.
///
/// Its name is that of the plan, so a process that still works on another plan finds no folder to write to. Processes
/// write only below folders of their own, and create no others: a folder that another process took away does not come
/// back.
struct ExportWorkspace: Hashable, Sendable {
    let root: FilePath
    /// The folder of the merge; nil if none has begun.
    private(set) var mergeFolder: FilePath?

    /// The workspace of a plan in an output folder.
    ///
    /// Its merge is unknown until `findMerge` or `takeOverMerge`.
    init(of planID: String, in output: DatasetPaths) {
        root = output.workspaces.appending(planID)
    }

    /// A folder for each process that generates shards, with all files that it writes.
    var runs: FilePath { root.appending("runs") }
    /// The completion records of the shards.
    var records: FilePath { root.appending("records") }
    /// The dataset as far as it is merged.
    var merged: DatasetPaths { MergeFolder(mergeFolder ?? root.appending(MergeFolder.prefix)).dataset }

    func record(_ shard: Int) -> FilePath { records.appending("\(DatasetPaths.fiveDigits(shard)).txt") }
    func run(_ name: String) -> FilePath { runs.appending(name) }

    /// Creates the workspace and its folders; existing ones are kept.
    func create(isFlushing: Bool = true) throws(DataError) {
        try runs.makeFolders()
        try records.makeFolders()
        guard isFlushing else { return }
        for folder in [runs, records, root, root.removingLastComponent()] { try folder.flush() }
    }

    /// Finds the merge that has begun in the workspace, to read from it.
    mutating func findMerge() throws(DataError) {
        mergeFolder = try merges().first?.root
    }

    /// Continues the merge that has begun in the workspace, or begins one; only while the output folder is locked.
    ///
    /// Its folder gets a new name, so that a process whose lock has expired cannot change anything in it.
    mutating func takeOverMerge() throws(DataError) -> MergeFolder {
        let new = MergeFolder(root.appending("\(MergeFolder.prefix)\(UniqueName.make())"))
        if let old = try merges().first {
            try old.root.rename(to: new.root)
        } else {
            try new.create()
        }
        mergeFolder = new.root
        return new
    }

    /// The folders of merges: usually one, without those that are incomplete.
    func merges() throws(DataError) -> [MergeFolder] {
        guard try root.kind() == .folder else { return [] }
        var found: [MergeFolder] = []
        for name in try root.entryNames() where name.hasPrefix(MergeFolder.prefix) {
            let folder = MergeFolder(root.appending(name))
            if try folder.exists() { found.append(folder) }
        }
        return found
    }
}
