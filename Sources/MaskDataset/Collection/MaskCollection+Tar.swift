import Archives
import FileAccess
import SystemPackage

extension MaskCollection {
    /// The masks of a tar file, named after their paths in it, in the order of their first files.
    ///
    /// Files that differ only in their extensions are one mask (a WebDataset sample). Hidden files, and files without
    /// the extension of a mask, are ignored.
    /// - Throws: `DataError` if the tar is corrupt, or the name of a mask is not a valid path.
    static func members(
        of path: FilePath, named prefix: String, _ contents: Contents
    ) throws(DataError) -> [MaskItem] {
        let endings = (contents == .all ? ["png"] : []) + ["json", "svg"]
        let folder = prefix.isEmpty ? "" : prefix + "/"
        var items: [MaskItem] = []
        // The item of each name, and the index of its extension in `endings`.
        var found: [String: (item: Int, rank: Int)] = [:]
        var reader = try TarReader(path)
        while let member = try reader.next() {
            guard let rank = endings.firstIndex(of: FilePath(member.name).ending) else { continue }
            let components = member.name.split(separator: "/").filter { $0 != "." }
            guard !member.name.hasPrefix("/"), !components.contains(".."), member.name.utf8.count <= 4096,
                member.name.utf8.allSatisfy({ $0 >= 0x20 }), components.allSatisfy({ $0.utf8.count <= 250 })
            else {
                throw DataError(path, "has a member \(member.name.debugDescription); expected a relative path")
            }
            if components.contains(where: { $0.hasPrefix(".") }) { continue }
            let name = FilePath(components.joined(separator: "/")).removingEnding
            let item = MaskItem(name: folder + name, location: .member(member, of: path))
            guard let known = found[name] else {
                found[name] = (items.count, rank)
                items.append(item)
                continue
            }
            guard known.rank != rank else {
                throw DataError(path, "has two members \(member.name.debugDescription); expected one")
            }
            if rank < known.rank {
                found[name] = (known.item, rank)
                items[known.item] = item
            }
        }
        return items
    }
}
