import Archives
import FileAccess
import SystemPackage

extension MaskFinder {
    /// The members of a tar, gzipped or not, or of a zip archive, whose names have one of `endings`, in the order of
    /// the archive.
    ///
    /// Hidden files are ignored.
    /// - Throws: `DataError` if the archive is corrupt, or the name of a member is not a valid path.
    static func members(of archive: MaskFile, _ endings: [String]) throws(DataError) -> [MaskFolder.Entry] {
        if archive.isWhole { try archive.checkIsNoPointer() }
        switch archive.path.ending {
        case "zip", "npz":
            guard archive.isWhole else {
                throw DataError(archive.path, "is a zip archive in another archive; expected one that is not")
            }
            return try ZipReader.members(of: archive.path).filter { endings.contains(FilePath($0.name).ending) }.map {
                MaskFolder.Entry(name: FilePath($0.name), file: MaskFile($0, of: archive.path))
            }
        case "tar.gz":
            guard archive.isWhole else {
                throw DataError(archive.path, "is a compressed tar in another archive; expected one that is not")
            }
            var bytes = try ByteReader(archive.path)
            let tar = SharedBytes(try bytes.readAll(limit: MaskFile.memoryLimit))
            return try members(ofTar: MaskFile(archive.path, in: archive.path, tar), endings)
        default: return try members(ofTar: archive.uncompressed(), endings)
        }
    }

    private static func members(ofTar tar: MaskFile, _ endings: [String]) throws(DataError) -> [MaskFolder.Entry] {
        var members: [MaskFolder.Entry] = []
        var reader =
            if let memory = tar.memory { TarReader(memory, named: tar.path) } else {
                try TarReader(tar.container, range: tar.range)
            }
        while let member = try reader.next() {
            guard endings.contains(FilePath(member.name).ending) else { continue }
            let components = member.name.split(separator: "/").filter { $0 != "." }
            guard !member.name.hasPrefix("/"), !components.contains(".."), member.name.utf8.count <= 4096,
                member.name.utf8.allSatisfy({ $0 >= 0x20 }), components.allSatisfy({ $0.utf8.count <= 250 })
            else {
                throw DataError(tar.path, "has a member \(member.name.debugDescription); expected a relative path")
            }
            if components.contains(where: { $0.hasPrefix(".") }) { continue }
            // Offsets of a tar within another file are from the start of that file; of one in memory, from its own.
            let bytes = member.offset..<member.offset + member.length
            let path = tar.path.pushing(FilePath(member.name))
            let file = tar.memory == nil ? MaskFile(path, in: tar.container, bytes) : tar.slice(bytes).named(path)
            members.append(MaskFolder.Entry(name: FilePath(components.joined(separator: "/")), file: file))
        }
        return members
    }

    /// The masks of an archive, named after their paths in it, in the order of their first files.
    ///
    /// Files that differ only in their extensions are one mask (a WebDataset sample).
    ///
    /// - Parameters:
    ///   - members: The members.
    ///   - archive: The path of the archive, for errors.
    ///   - prefix: The name of the archive, which the names begin with.
    mutating func items(
        of members: [MaskFolder.Entry], ofArchive archive: FilePath, named prefix: String
    ) throws(DataError) -> [MaskLocation] {
        let folder = prefix.isEmpty ? "" : prefix + "/"
        var items: [MaskLocation] = []
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
                throw DataError(archive, "has two members \(path.string.debugDescription); expected one")
            }
            if rank < known.rank {
                found[name] = (known.item, rank)
                items[known.item] = item
            }
        }
        return items
    }

    /// The extensions of which a sample has one mask; an earlier one is preferred.
    private static let sampleEndings = ["png", "json", "svg", "jpg", "jpeg"]
}
