import FileAccess
import SystemPackage

/// Moves a merged dataset into its place: the previous one aside, the new one in, `dataset.json` last; then deletes the
/// files of the previous one, and puts back everything else that was in its folders.
///
/// It can be repeated after an interruption at any point. While it is in progress, the folder has no `dataset.json`.
struct DatasetSwap {
    let output: DatasetPaths
    let workspace: ExportWorkspace
    /// The entries of the new dataset.
    let entries: Set<String>
    let isFlushing: Bool

    func run(_ lock: borrowing FolderLock) throws(DataError) {
        let previous = try OwnedFiles(of: output, orAsideIn: workspace)
        try previous.check(entries, in: output, merged: workspace.merged)
        try workspace.aside.root.makeFolders()
        let (merged, aside) = (workspace.merged.root, workspace.aside.root)
        // The manifest first: from here on until the new one is in place, there is no complete dataset.
        for name in DatasetPaths.entries.reversed() where previous.entries.contains(name) || entries.contains(name) {
            // The new one is in place already.
            if entries.contains(name), try merged.appending(name).status() == nil { continue }
            try lock.check()
            _ = try output.root.appending(name).renameIfPresent(to: aside.appending(name))
        }
        for name in DatasetPaths.entries where entries.contains(name) {
            try lock.check()
            _ = try merged.appending(name).renameIfPresent(to: output.root.appending(name))
        }
        if isFlushing { try output.root.flush() }
        try restore(previous)
    }

    /// Deletes the previous dataset's files, and moves all others back.
    private func restore(_ previous: OwnedFiles) throws(DataError) {
        for entry in try workspace.aside.root.entryNames() {
            let path = workspace.aside.root.appending(entry)
            if try path.status()?.kind == .folder {
                for file in try path.allEntriesBelow() {
                    let name = FilePath(entry).pushing(file)
                    guard !previous.contains(name.string) else { continue }
                    try moveBack(name)
                }
            }
            try path.removeTree()
        }
    }

    private func moveBack(_ name: FilePath) throws(DataError) {
        var target = output.root.pushing(name)
        try target.removingLastComponent().makeFolders()
        while try target.status() != nil { target = FilePath(target.string + ".kept") }
        try workspace.aside.root.pushing(name).rename(to: target)
    }
}

extension FilePath {
    /// Everything below the folder at the path that is not a folder, as paths relative to it; links are not followed.
    func allEntriesBelow() throws(DataError) -> [FilePath] {
        var found: [FilePath] = []
        var folders = [FilePath()]
        while let folder = folders.popLast() {
            for name in try pushing(folder).entryNames() {
                let entry = folder.appending(name)
                if try pushing(entry).status()?.kind == .folder { folders.append(entry) } else { found.append(entry) }
            }
        }
        return found
    }
}
