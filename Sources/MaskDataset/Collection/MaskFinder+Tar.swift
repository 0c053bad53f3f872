import Archives
import FileAccess
import SystemPackage

extension MaskFinder {
    /// The members of a tar whose names have one of `endings`, in the order of the tar.
    ///
    /// Hidden files are ignored.
    /// - Throws: `DataError` if the tar is corrupt, or the name of a member is not a valid path.
    static func members(of tar: MaskFile, _ endings: [String]) throws(DataError) -> [MaskTree.Entry] {
        var members: [MaskTree.Entry] = []
        var reader = try TarReader(tar.container, range: tar.range)
        while let member = try reader.next() {
            guard endings.contains(FilePath(member.name).ending) else { continue }
            let components = member.name.split(separator: "/").filter { $0 != "." }
            guard !member.name.hasPrefix("/"), !components.contains(".."), member.name.utf8.count <= 4096,
                member.name.utf8.allSatisfy({ $0 >= 0x20 }), components.allSatisfy({ $0.utf8.count <= 250 })
            else {
                throw DataError(tar.path, "has a member \(member.name.debugDescription); expected a relative path")
            }
            if components.contains(where: { $0.hasPrefix(".") }) { continue }
            let file = MaskFile(
                tar.path.pushing(FilePath(member.name)), in: tar.container,
                member.offset..<member.offset + member.length)
            members.append(MaskTree.Entry(name: FilePath(components.joined(separator: "/")), file: file))
        }
        return members
    }

    /// The masks of a tar file, named after their paths in it, in the order of their first files.
    ///
    /// Files that differ only in their extensions are one mask (a WebDataset sample).
    ///
    /// - Parameter tar: The path of the tar, for errors.
    mutating func items(
        of members: [MaskTree.Entry], ofTar tar: FilePath, named prefix: String
    ) throws(DataError) -> [MaskItem] {
        let folder = prefix.isEmpty ? "" : prefix + "/"
        var items: [MaskItem] = []
        // The item of each name, and the index of its extension.
        var found: [String: (item: Int, rank: Int)] = [:]
        for member in members {
            let path = member.name
            let name = path.removingEnding
            let added = try self.items(in: member.file, named: folder + name)
            guard let rank = Self.sampleEndings.firstIndex(of: path.ending) else {
                items += added
                continue
            }
            guard let item = added.first else { continue }
            guard let known = found[name] else {
                found[name] = (items.count, rank)
                items.append(item)
                continue
            }
            guard known.rank != rank else {
                throw DataError(tar, "has two members \(path.string.debugDescription); expected one")
            }
            if rank < known.rank {
                found[name] = (known.item, rank)
                items[known.item] = item
            }
        }
        return items
    }

    /// The extensions of which a sample has one mask; an earlier one is preferred.
    private static let sampleEndings = ["png", "json", "svg"]
}
