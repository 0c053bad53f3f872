import Archives
import FileAccess
import SystemPackage

extension MaskCollection {
    /// The masks of a tar file, named by their paths in it, in the order of their first files.
    ///
    /// Files of one name are one mask (a sample of WebDataset). What is no mask by its name, or hidden, is passed over.
    /// - Throws: `DataError` if the tar is damaged, or a mask's name is none for a file.
    static func members(
        of path: FilePath, named prefix: String, _ contents: Contents
    ) throws(DataError) -> [MaskItem] {
        let endings = (contents == .all ? ["png"] : []) + ["json", "svg"]
        let folder = prefix.isEmpty ? "" : prefix + "/"
        var items: [MaskItem] = []
        // Which of the items has a name, and in which of the endings.
        var found: [String: (item: Int, rank: Int)] = [:]
        var reader = try TarReader(path)
        while let member = try reader.next() {
            guard let rank = endings.firstIndex(of: FilePath(member.name).ending) else { continue }
            let parts = member.name.split(separator: "/").filter { $0 != "." }
            guard !member.name.hasPrefix("/"), !parts.contains(".."), member.name.utf8.count <= 4096,
                member.name.utf8.allSatisfy({ $0 >= 0x20 }), parts.allSatisfy({ $0.utf8.count <= 250 })
            else { throw DataError(path, "has a member \(member.name.debugDescription); expected names for files") }
            if parts.contains(where: { $0.hasPrefix(".") }) { continue }
            let name = FilePath(parts.joined(separator: "/")).removingEnding
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

extension FilePath {
    /// Of the name of a dataset's tar, `train-00000.tar`, the split; of another the name without its ending.
    var splitOfTar: String {
        let name = removingEnding
        return name.lastIndex(of: "-").map { String(name[..<$0]) } ?? name
    }
}
