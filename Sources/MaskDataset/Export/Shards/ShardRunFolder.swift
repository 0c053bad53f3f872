import FileAccess
import MaskModel
import SystemPackage

/// The folder into which one process writes the files of its shards; no other process writes there.
struct ShardRunFolder: Hashable, Sendable {
    let name: String
    /// The folder, with the same paths as in a dataset.
    let paths: DatasetPaths

    /// The lines of a shard, which the merge joins to a file for each split.
    static func linesPath(_ shard: Int) -> String { "lines/\(DatasetPaths.fiveDigits(shard)).jsonl" }

    /// Creates a folder for the shards of `plan` in a workspace.
    ///
    /// - Throws: `DataError` of the kind `unavailable` if the workspace no longer exists.
    init(in workspace: ExportWorkspace, for settings: ExportSettings) throws(DataError) {
        guard try workspace.runs.kind() == .folder else { throw Self.noLonger(workspace) }
        name = UniqueName.make()
        paths = DatasetPaths(root: workspace.run(name))
        var folders = [paths.root]
        if let tars = settings.shardTars {
            folders.append(paths.root.appending(tars.folder))
        } else {
            let formats = settings.stagedFormats
            if formats.contains(.png) { folders += Split.allCases.map(paths.pngFolder) }
            if formats.contains(.svg) { folders += [paths.root.appending("svg")] + Split.allCases.map(paths.svgFolder) }
            if formats.contains(.json) { folders.append(paths.root.appending("lines")) }
        }
        for folder in folders { try folder.makeNewFolder() }
    }

    /// The error of a process whose workspace another one has removed.
    static func noLonger(_ workspace: ExportWorkspace) -> DataError {
        DataError(
            workspace.root, "no such folder; the export was finished or replaced by another process", kind: .unavailable
        )
    }
}
