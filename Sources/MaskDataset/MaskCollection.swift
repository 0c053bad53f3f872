import Archives
public import FileAccess
import JSONText
public import MaskModel
public import SystemPackage

/// A mask in a file, not yet read.
public struct MaskItem: Hashable, Sendable {
    enum Location: Hashable, Sendable {
        case png(FilePath)
        case svg(FilePath)
        case json(FilePath)
        /// A line of JSON Lines: its number from 1, and its bytes.
        case line(FilePath, number: Int, offset: Int, length: Int)
        /// A file in a tar.
        case member(TarMember, of: FilePath)
    }

    /// The mask's name: its path in the collection without the ending, as in `train/00000_train`.
    public let name: String
    let location: Location

    /// The last part of the name: `00000_train`.
    var lastName: String { name.split(separator: "/").last.map(String.init) ?? name }

    /// The file that the mask is in; in a tar, the tar's path and behind it the file's.
    var path: FilePath {
        switch location {
        case .png(let path), .svg(let path), .json(let path), .line(let path, _, _, _): path
        case .member(let member, let tar): tar.pushing(FilePath(member.name))
        }
    }
}

/// The masks at a path: a file, a folder of files, a tar of files, or a dataset.
public struct MaskCollection: Hashable, Sendable {
    /// Which files count as masks.
    public enum Contents: Hashable, Sendable {
        /// Vectors only; of a dataset its JSON Lines, or its SVGs if it has none; of a mask in a tar likewise.
        case vectors
        /// Vectors and images; of a dataset its PNGs, or its vectors if it has none; of a mask in a tar likewise.
        case all
    }

    /// The path, as it was given.
    public let path: FilePath
    /// The masks, one or more, in the order of their files and lines; no two have one name.
    public let items: [MaskItem]
    /// The manifest, if the path is a dataset.
    public let manifest: DatasetManifest?
    /// The color of holes in the images, as the manifest tells it; nil if the path is no dataset.
    public let holeColor: HoleColor?
    /// Whether the path is a file of one mask; a `.jsonl` is not, even with one line.
    public let isSingle: Bool

    /// Finds the masks at `path`, in the order of their files.
    ///
    /// Of masks, only lines of JSON Lines are read, for their ids, and the headers of tar files.
    /// - Throws: `DataError` if there are none, if a file cannot be read, if an id is no name for a file, or if two
    ///   have one name.
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
            // A dataset without the program's own layout is read by the first that has what is wanted.
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
                    // A dataset's tars are cut by count alone: of train/00000_train it is of no matter which it is in.
                    let name = manifest?.masksPerTar == nil ? file.removingEnding : file.splitOfTar
                    items += try Self.items(in: folder.pushing(file), named: prefix + name, contents)
                }
            }
            self.items = items
        case .file, .other:
            guard endings.contains(path.ending) else {
                throw .nothingToDo(path, expected: "a file with the ending \(expected)")
            }
            manifest = nil
            holeColor = nil
            isSingle = !["jsonl", "tar"].contains(path.ending)
            items = try Self.items(in: path, named: isSingle ? path.stem ?? "" : "", contents)
        }
        guard !items.isEmpty else { throw .nothingToDo(path, expected: "masks (\(expected))") }
        try checkNames()
    }

    /// The folders to search, each with what its masks' names begin with.
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

    /// The masks of a JSON Lines file, named by their ids, or by their places if they have none.
    private static func lines(of path: FilePath, named prefix: String) throws(DataError) -> [MaskItem] {
        var items: [MaskItem] = []
        var parser = JSONParser()
        let folder = prefix.isEmpty ? "" : prefix + "/"
        var fault: DataError?
        var reader = try LineReader(path)
        while fault == nil, try reader.advance() {
            let (number, length) = (reader.lineNumber, reader.lineLength)
            guard length > 0 else { continue }
            do throws(JSONSyntaxError) {
                let written = try reader.withPaddedLine { (line) throws(JSONSyntaxError) in
                    try parser.parse(padded: line, count: length)["id"]?.string?.text
                }
                let id = written ?? "\(path.stem ?? "mask")_\(number)"
                guard id.isFileName else {
                    fault = .mask(
                        path: path, line: number, problem: "\"id\" is \"\(id)\"; expected a name for a file")
                    continue
                }
                items.append(
                    MaskItem(
                        name: folder + id,
                        location: .line(path, number: number, offset: reader.lineOffset, length: length)))
            } catch {
                fault = .mask(path: path, line: number, problem: "\(error)")
            }
        }
        if fault == nil, reader.isCompressed {
            throw DataError(path, "is gzipped; expected plain JSON Lines, which are read in any order")
        }
        if let fault { throw fault }
        return items
    }

    private func checkNames() throws(DataError) {
        var seen: [String: FilePath] = [:]
        for item in items {
            if let first = seen.updateValue(item.path, forKey: item.name) {
                throw .sameName(item.name, first, item.path)
            }
        }
    }
}

extension FilePath {
    /// The ending of the name in small letters: `png`.
    var ending: String { self.extension?.lowercased() ?? "" }

    var removingEnding: String {
        removingLastComponent().appending(stem ?? "").string
    }
}

extension String {
    /// Whether the text can be a file's name and nothing else: no path, not hidden, not too long with an ending.
    fileprivate var isFileName: Bool {
        !isEmpty && utf8.count <= 200 && !hasPrefix(".") && !contains("/") && !contains("\0")
    }
}
