public import FileAccess
public import MaskModel
public import SystemPackage

/// The masks at a path: a file, a folder of files, a tar of files, or a dataset.
public struct MaskCollection: Hashable, Sendable {
    /// Which files are read as masks.
    public enum Contents: Hashable, Sendable {
        /// Only vectors. For a dataset or a mask in a tar, JSON if there is any, otherwise SVG.
        case vectors
        /// Vectors and images. For a dataset or a mask in a tar, the PNGs if there are any, otherwise the vectors.
        case all
    }

    /// The path that was passed in.
    public let path: FilePath
    /// The masks, at least one, in the order of their files and lines; their names are unique.
    public let items: [MaskItem]
    /// The manifest; nil if the path is not a dataset.
    public let manifest: DatasetManifest?
    /// The color of holes in the images according to the manifest; nil if the path is not a dataset.
    public let holeColor: HoleColor?
    /// Whether the path is a file of one mask; a `.jsonl` file is not, even with a single line.
    public let isSingle: Bool

    /// Finds the masks at `path`, in the order of their files.
    ///
    /// Only the ids in JSON Lines and the headers of tar files are read, not the masks.
    /// - Throws: `DataError` if there are no masks, a file cannot be read, an id is not a valid file name, or two masks
    ///   have the same name.
    /// - Complexity: O(files + bytes of JSON Lines + members of tar files)
    public init(at path: FilePath, contents: Contents) throws(DataError) {
        self.path = path
        let endings = (contents == .all ? ["png"] : []) + ["svg", "json", "jsonl", "tar"]
        let expected = endings.map { "." + $0 }.joined(separator: ", ")
        let kind = try path.kind()
        switch kind {
        case nil:
            throw .nothingToDo(path, expected: "a file (\(expected)), a folder of them, or a dataset")
        case .folder:
            manifest = try DatasetManifest.exists(in: path) ? DatasetManifest(ofDatasetIn: path) : nil
            isSingle = false
            var items: [MaskItem] = []
            // A dataset without the program's own layout is read from its first layout with the requested contents.
            if let manifest, manifest.layouts[.qdIMD] == nil {
                let (kind, color) = try Self.layout(of: path, manifest, contents)
                self.items = try Self.items(of: kind, in: path.appending(kind.rawValue), contents)
                holeColor = color
                break
            }
            holeColor = manifest?.holeColor
            for (folder, prefix) in Self.folders(of: path, manifest, contents) {
                let files = try folder.filesBelow()
                for file in files where endings.contains(file.ending) {
                    // A dataset is cut into tars by count only, so the number of its tar is not part of a mask's name.
                    let name = manifest?.masksPerTar == nil ? file.removingEnding : file.splitOfTar
                    items += try Self.items(in: folder.pushing(file), named: prefix + name, contents)
                }
            }
            self.items = items
        case .file, .other:
            guard endings.contains(path.ending) else {
                throw .nothingToDo(path, expected: "a file with the extension \(expected)")
            }
            manifest = nil
            holeColor = nil
            isSingle = !["jsonl", "tar"].contains(path.ending)
            items = try Self.items(in: path, named: isSingle ? path.stem ?? "" : "", contents)
        }
        guard !items.isEmpty else { throw .nothingToDo(path, expected: "masks (\(expected))") }
        try checkNames()
    }

    /// The folders to search, each with the prefix of its masks' names.
    private static func folders(
        of path: FilePath, _ manifest: DatasetManifest?, _ contents: Contents
    ) -> [(FilePath, String)] {
        guard let manifest else { return [(path, "")] }
        if manifest.masksPerTar != nil { return [(DatasetPaths(root: path).tarFolder, "")] }
        if contents == .all, manifest.formats.contains(.png) {
            return ["train", "test"].map { (path.appending($0), $0 + "/") }
        }
        return [(path.appending(manifest.formats.contains(.json) ? "vectors" : "svg"), "")]
    }

    static func items(
        in path: FilePath, named name: String, _ contents: Contents
    ) throws(DataError) -> [MaskItem] {
        switch path.ending {
        case "png": [MaskItem(name: name, location: .png(path))]
        case "svg": [MaskItem(name: name, location: .svg(path))]
        case "json": [MaskItem(name: name, location: .json(path))]
        case "tar": try members(of: path, named: name, contents)
        default: try lines(of: path, named: name)
        }
    }

    private func checkNames() throws(DataError) {
        var seen: [String: FilePath] = [:]
        for item in items {
            if let first = seen.updateValue(item.path, forKey: item.name) {
                throw first == item.path
                    ? DataError(first, "has two masks named \(item.name); expected unique names")
                    : DataError(
                        at: "\(first) and \(item.path)", "both have a mask named \(item.name); expected unique names")
            }
        }
    }
}
