import Archives
import FileAccess
import SystemPackage

/// A folder in which masks are looked for: one of the file system, or one in a tar.
enum MaskFolder {
    case folder(FilePath)
    /// The members of a tar with their paths, and the path of the folder; both are relative to the root of the tar.
    case archive([Entry], root: FilePath)

    /// A file in a folder or a tar.
    struct Entry {
        /// The path, relative to the folder or to the root of the tar.
        let name: FilePath
        let file: MaskFile
    }

    /// The files below the root whose names have one of `endings`, in the order of a sorted walk; hidden ones are
    /// skipped.
    ///
    /// - Throws: `DataError` if the folder cannot be listed, or if something with such a name is not a regular file:
    ///   a pipe, a device, a link to nothing.
    func files(_ endings: [String]) throws(DataError) -> [Entry] {
        switch self {
        case .folder(let folder):
            var entries: [Entry] = []
            for entry in try folder.entriesBelow() where endings.contains(entry.path.ending) {
                let path = folder.pushing(entry.path)
                guard entry.isFile else {
                    throw DataError(path, try path.problemOfNoFile())
                }
                entries.append(Entry(name: entry.path, file: MaskFile(path)))
            }
            return entries
        case .archive(let members, let root):
            let entries = members.compactMap { member -> Entry? in
                var name = member.name
                guard root.isEmpty || name.removePrefix(root), endings.contains(name.ending) else { return nil }
                return Entry(name: name, file: member.file)
            }
            return entries.sorted { first, second in
                first.name.components.lexicographicallyPrecedes(second.name.components) {
                    $0.string.utf8.lexicographicallyPrecedes($1.string.utf8)
                }
            }
        }
    }

    /// The folder `name` in this one, whether it exists or not.
    func subtree(_ name: FilePath) -> MaskFolder {
        switch self {
        case .folder(let folder): .folder(folder.pushing(name))
        case .archive(let members, let root): .archive(members, root: root.pushing(name))
        }
    }

    /// The file `name` in the folder; nil if there is none.
    func file(_ name: String) throws(DataError) -> MaskFile? {
        switch self {
        case .folder(let folder):
            let path = folder.appending(name)
            return try path.kind() == .file ? MaskFile(path) : nil
        case .archive(let members, let root):
            let path = root.appending(name)
            return members.first { $0.name == path }?.file
        }
    }
}
