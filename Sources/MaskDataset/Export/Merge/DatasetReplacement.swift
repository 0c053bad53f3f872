import FileAccess
import SystemPackage

/// Moves a merged dataset into its place: the previous one aside, the new one in, `dataset.json` last; then deletes the
/// files of the previous one, and puts back everything else that was in its folders.
///
/// While it is in progress, the folder has no `dataset.json`. After an interruption, `rollBack` restores the previous
/// dataset, or, once the new one is complete, `finish` completes the rest.
struct DatasetReplacement {
    let output: DatasetPaths
    let merge: MergeFolder

    /// Moves the datasets.
    ///
    /// - Parameters:
    ///   - entries: The entries of the new dataset.
    ///   - isFlushing: Whether each step reaches the disk before the next one.
    func exchange(_ entries: Set<String>, isFlushing: Bool, _ lock: borrowing FolderLock) throws(DataError) {
        let previous = try ReplaceableFiles(of: output)
        try previous.check(entries, in: output)
        // The manifest first: from here on until the new one is in place, there is no complete dataset.
        for name in DatasetPaths.entries.reversed() where previous.entries.contains(name) {
            try lock.check()
            let isMoved = try output.root.appending(name).renameIfPresent(to: merge.previous.root.appending(name))
            if isMoved, name == DatasetPaths.manifestName, isFlushing { try output.root.flush() }
        }
        try merge.moved.writeFile(Array(entries.sorted().joined(separator: "\n").utf8), isFlushed: isFlushing)
        if isFlushing {
            for folder in [merge.root, merge.previous.root, output.root] { try folder.flush() }
        }
        for name in DatasetPaths.entries where entries.contains(name) {
            try lock.check()
            // A reader, or a power failure, must not find the manifest without the rest.
            if name == DatasetPaths.manifestName, isFlushing { try output.root.flush() }
            try merge.dataset.root.appending(name).rename(to: output.root.appending(name))
        }
        if isFlushing { try output.root.flush() }
    }

    /// Undoes an interrupted `exchange`: afterwards, the previous dataset is in its place, and the new one merged.
    func rollBack() throws(DataError) {
        if try merge.moved.status() != nil {
            // The manifest first, as it is the last to come.
            let names = Set(
                String(decoding: try merge.moved.readFile(), as: UTF8.self).split(separator: "\n").map(String.init))
            for name in DatasetPaths.entries.reversed() where names.contains(name) {
                let place = merge.dataset.root.appending(name)
                if try place.status() == nil { _ = try output.root.appending(name).renameIfPresent(to: place) }
            }
            for folder in [merge.dataset.root, output.root] { try folder.flush() }
            try merge.moved.removeTree()
        }
        for name in DatasetPaths.entries {
            let (old, place) = (merge.previous.root.appending(name), output.root.appending(name))
            guard try old.status() != nil else { continue }
            guard try place.status() == nil else {
                throw DataError(
                    place, "is in the place of \(old), which was moved aside; expected no such file")
            }
            try old.rename(to: place)
        }
    }

    /// After the exchange, deletes the previous dataset's files, moves all others back, and removes the merge's folder.
    func finish() throws(DataError) {
        let previous = merge.previous.root
        if try previous.status() != nil {
            let owned = try ReplaceableFiles(of: merge.previous)
            // The manifest and the list of files tell what is the dataset's, until all others are gone.
            for entry in try previous.entryNames() where !ReplaceableFiles.descriptions.contains(entry) {
                let path = previous.appending(entry)
                if try path.status()?.kind == .folder {
                    for file in try path.allEntriesBelow() {
                        let name = FilePath(entry).pushing(file)
                        if owned.contains(name.string) { continue }
                        // Without an intact list, a file that the new dataset has, too, is not the user's.
                        if owned.isUncertain, try output.root.pushing(name).status() != nil { continue }
                        try moveBack(name)
                    }
                }
                try path.removeTree()
            }
        }
        try merge.root.removeTree()
    }

    private func moveBack(_ name: FilePath) throws(DataError) {
        var target = output.root.pushing(name)
        try target.removingLastComponent().makeFolders()
        while try target.status() != nil { target = FilePath(target.string + ".kept") }
        try merge.previous.root.pushing(name).rename(to: target)
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
