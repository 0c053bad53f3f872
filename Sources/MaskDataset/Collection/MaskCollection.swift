public import FileAccess
import JSONText
public import MaskModel
public import SystemPackage

/// The masks at a path: a file, a folder or an archive of files, or a dataset, which may be in an archive.
public struct MaskCollection: Hashable, Sendable {
    /// Which files are read as masks.
    public enum Contents: Hashable, Sendable {
        /// Only vectors. For a dataset or a mask in a tar, JSON if there is any, otherwise SVG.
        case vectors
        /// Vectors and images. For a dataset or a mask in a tar, the PNGs if there are any, otherwise the vectors.
        case all

        /// The extensions of files in which masks are looked for first.
        var mainEndings: [String] { (self == .all ? ["png"] : []) + ["svg", "json", "jsonl", "tar"] }
        /// The extensions of files in which masks are looked for if there are none in the others: beside masks, such
        /// files are photos, arrays, and downloads.
        var otherEndings: [String] { (self == .all ? ["jpg", "jpeg", "npy", "npz"] : []) + ["zip", "tar.gz"] }
        /// The extensions of all files in which masks are looked for.
        var endings: [String] { mainEndings + otherEndings }
    }

    /// The path that was passed in.
    public let path: FilePath
    /// The masks, at least one, in the order of their files and lines; their names are unique.
    public let items: [MaskLocation]
    /// The JSON files that contain no mask of this program: captions, annotations, metadata.
    public let skippedFiles: [FilePath]
    /// The manifest; nil if the path is not a dataset.
    public let manifest: DatasetManifest?
    /// The file of the manifest; nil if the path is not a dataset.
    let manifestFile: MaskFile?
    /// The color of holes in the images according to the manifest; nil if the path is not a dataset.
    public let holeColor: HoleColor?
    /// Whether the path is a file of one mask; a `.jsonl` file is not, even with a single line.
    public let isSingle: Bool

    /// Finds the masks at `path`, in the order of their files.
    ///
    /// Only the ids in JSON Lines, the formats of JSON files, and the headers of tar files are read, not the masks.
    /// - Throws: `DataError` if there are no masks, a file cannot be read, an id is not a valid file name, or two masks
    ///   have the same name.
    /// - Complexity: O(files + bytes of JSON + members of tar files)
    public init(at path: FilePath, contents: Contents) throws(DataError) {
        self.path = path
        let endings = contents.endings
        let expected = endings.map { "." + $0 }.joined(separator: ", ")
        var finder = MaskFinder(contents)
        switch try path.kind() {
        case nil:
            throw .nothingToDo(path, expected: "a file (\(expected)), a folder of them, or a dataset")
        case .folder:
            let root = MaskFolder.folder(path)
            manifest = try Self.manifest(in: root)
            // Its parts would look like a collection of masks.
            if manifest == nil, try DatasetPaths(root: path).workspaces.kind() != nil {
                throw DataError(path, "contains an unfinished export; expected a dataset")
            }
            manifestFile = manifest == nil ? nil : try root.file(DatasetPaths.manifestName)
            isSingle = false
            (items, holeColor) = try Self.items(in: root, at: path, manifest, using: &finder)
        case .file, .other:
            guard endings.contains(path.ending) else {
                throw .nothingToDo(path, expected: "a file with the extension \(expected)")
            }
            let isArchive = ["tar", "tar.gz", "zip", "npz"].contains(path.ending)
            let coco = path.ending == "json" ? try Self.cocoItems(at: path) : nil
            let isFile = !isArchive && coco == nil && !["jsonl", "npy"].contains(path.ending)
            let members = isArchive ? try MaskFinder.members(of: MaskFile(path), endings) : []
            if let dataset = try Self.dataset(among: members) {
                manifest = dataset.manifest
                manifestFile = try dataset.root.file(DatasetPaths.manifestName)
                isSingle = false
                (items, holeColor) = try Self.items(in: dataset.root, at: path, manifest, using: &finder)
                break
            }
            manifest = nil
            manifestFile = nil
            holeColor = nil
            // A single file is what it was named as: reading it reports what is wrong with it.
            items =
                if let coco {
                    coco
                } else if isFile {
                    [MaskLocation(name: path.stem ?? "", source: MaskFile(path))]
                } else if isArchive {
                    try Self.firstItems(finder.contents) { (endings) throws(DataError) in
                        let members = members.filter { endings.contains($0.name.ending) }
                        return try finder.items(of: members, ofArchive: path, named: "")
                    }
                } else {
                    try finder.items(in: MaskFile(path), named: path.ending == "npy" ? path.nameWithoutEnding : "")
                }
            // An array of one mask, or run lengths on their own, are named after their file alone.
            isSingle = isFile || items.count == 1 && items[0].embedded != nil && items[0].name == path.nameWithoutEnding
        }
        skippedFiles = finder.skipped
        guard !items.isEmpty else {
            let skipped = skippedFiles.isEmpty ? "" : " but \(Self.description(ofSkipped: skippedFiles.count))"
            throw DataError(path, "nothing to read\(skipped); expected masks (\(expected))", kind: .empty)
        }
        try checkNames()
    }

    /// The masks in the files with the extensions to look for first, or, if there are none, in all others.
    private static func firstItems(
        _ contents: Contents, _ items: ([String]) throws(DataError) -> [MaskLocation]
    ) throws(DataError) -> [MaskLocation] {
        let found = try items(contents.mainEndings)
        return found.isEmpty ? try items(contents.otherEndings) : found
    }

    /// The masks in a JSON file of COCO; nil if it is not one, or a pipe.
    private static func cocoItems(at path: FilePath) throws(DataError) -> [MaskLocation]? {
        guard try path.kind() == .file else { return nil }
        let file = MaskFile(path)
        var parser = JSONParser()
        // What is no mask, or not JSON, is an error of reading it.
        guard try !file.containsMask(using: &parser) else { return nil }
        let bytes = try file.bytes(limit: 1 << 30)
        let json = try path.locating { () throws(JSONSyntaxError) in try parser.parse(bytes) }
        return try COCOMasks.items(of: json, in: file, named: path.stem ?? "")
    }

    /// A text for JSON files that were skipped: `2 JSON files that are not masks`.
    private static func description(ofSkipped count: Int) -> String {
        count == 1 ? "a JSON file that is not a mask" : "\(count) JSON files that are not masks"
    }

    /// The manifest of the dataset in a folder; nil if there is none, or if `dataset.json` is not this program's.
    static func manifest(in root: MaskFolder) throws(DataError) -> DatasetManifest? {
        guard let file = try root.file(DatasetPaths.manifestName) else { return nil }
        let bytes = try file.bytes(limit: 1 << 26)
        var parser = JSONParser()
        let json = try file.path.locating { () throws(JSONSyntaxError) in try parser.parse(bytes) }
        return json.isDataset ? try DatasetManifest(json, at: file.path) : nil
    }

    /// The dataset whose folder was packed into a tar: its folder, and its manifest; nil if there is no or more than
    /// one dataset in the tar.
    private static func dataset(
        among members: [MaskFolder.Entry]
    ) throws(DataError) -> (root: MaskFolder, manifest: DatasetManifest)? {
        let roots = members.filter { $0.name.lastComponent?.string == DatasetPaths.manifestName }
        guard let name = roots.first?.name, roots.count == 1 else { return nil }
        let root = MaskFolder.archive(members, root: name.removingLastComponent())
        guard let manifest = try manifest(in: root) else { return nil }
        return (root, manifest)
    }

    /// The masks in a folder, and the color of holes in their images.
    private static func items(
        in root: MaskFolder, at path: FilePath, _ manifest: DatasetManifest?, using finder: inout MaskFinder
    ) throws(DataError) -> ([MaskLocation], HoleColor?) {
        // A dataset without the program's own layout is read from its first layout with the requested contents.
        if let manifest, manifest.layouts[.qdIMD] == nil {
            let (kind, color) = try layout(of: path, manifest, finder.contents)
            let folder = root.subtree(FilePath(kind.rawValue))
            return (try items(of: kind, manifest.layoutSettings, in: folder, using: &finder), color)
        }
        var items: [MaskLocation] = []
        for (folder, prefix) in folders(manifest, finder.contents) {
            items += try firstItems(finder.contents) { (endings) throws(DataError) in
                var items: [MaskLocation] = []
                for file in try root.subtree(FilePath(folder)).files(endings) {
                    // A dataset is cut into tars by count only, so the number of its tar is not part of a mask's name.
                    let name = manifest?.masksPerTar == nil ? file.name.removingEnding : file.name.splitOfTar
                    items += try finder.items(in: file.file, named: prefix + name)
                }
                return items
            }
        }
        return (items, manifest?.holeColor)
    }

    /// The folders to search, each with the prefix of its masks' names.
    private static func folders(_ manifest: DatasetManifest?, _ contents: Contents) -> [(String, String)] {
        guard let manifest else { return [("", "")] }
        if manifest.masksPerTar != nil { return [("tar", "")] }
        if contents == .all, manifest.formats.contains(.png) { return ["train", "test"].map { ($0, $0 + "/") } }
        return [(manifest.formats.contains(.json) ? "vectors" : "svg", "")]
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
