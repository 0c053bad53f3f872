import FileAccess
import SystemPackage

/// The folder in which the shards of one plan are collected, and merged into a dataset.
///
/// Its name is that of the plan, so a process that still works on another plan finds no folder to write to. Processes
/// write only below folders of their own, and create no others.
struct ExportWorkspace: Hashable, Sendable {
    let root: FilePath

    /// The workspace of a plan in an output folder.
    init(of planID: String, in output: DatasetPaths) {
        root = output.workspaces.appending(planID)
    }

    /// A folder for each process that generates shards, with all files that it writes.
    var runs: FilePath { root.appending("runs") }
    /// The completion records of the shards.
    var records: FilePath { root.appending("records") }
    /// The dataset as far as it is merged.
    var merged: DatasetPaths { DatasetPaths(root: root.appending("merged")) }
    /// The previous dataset, while the new one takes its place.
    var aside: DatasetPaths { DatasetPaths(root: root.appending("previous")) }
    /// An empty file that exists once the merged dataset is complete and only has to be moved into place.
    var mergedMark: FilePath { root.appending("complete") }

    func record(_ shard: Int) -> FilePath { records.appending("\(DatasetPaths.fiveDigits(shard)).txt") }
    func run(_ name: String) -> FilePath { runs.appending(name) }

    /// Creates the workspace and its folders; existing ones are kept.
    func create(isFlushing: Bool = true) throws(DataError) {
        try runs.makeFolders()
        try records.makeFolders()
        guard isFlushing else { return }
        for folder in [runs, records, root, root.removingLastComponent()] { try folder.flush() }
    }
}
