public import FileAccess
import Archives
public import SystemPackage

/// The files of a source: a file of drawings, all of them in a folder, or those in a zip archive.
///
/// SVG files are drawings only where there are no others: folders of drawings may also contain figures. The category
/// of an SVG file is the name of its folder, or of its archive, if the source has such files in several; otherwise, and
/// for a file in the source's own folder, it is the name of the file.
public struct DrawingFileList: Hashable, Sendable {
    /// The files, in the order of a recursive walk sorted by the bytes of names; those in an archive in its order.
    public let files: [DrawingFile]

    /// The files as errors name them.
    public var paths: [FilePath] { files.map(\.path) }

    /// Whether the files are SVG files by their names.
    public var hasSVG: Bool { files.contains(where: \.isSVG) }

    /// The file at `source`, whatever its name; or all files below the folder at `source` whose name is that of
    /// drawings, and `.zip` and `.jsonl` files that contain some. A zip archive counts as the files of drawings in it.
    ///
    /// - Parameters:
    ///   - source: The file or folder.
    ///   - includesSVG: Whether SVG files in a folder are drawings if there are no others.
    /// - Throws: `DataError` if there is no such file, a folder cannot be read, or it contains no such files; or if a
    ///   file in it that should belong to the source is a pipe, or a link to nothing.
    public init(_ source: FilePath, includesSVG: Bool = true) throws(DataError) {
        switch try source.kind() {
        case .file: files = Self.inCategories(try Self.files(at: source), of: source)
        case .folder:
            // A link to nothing without an extension may stand for a folder of drawings.
            var missingFolder: FilePath?
            let found = try source.filesBelow { path, kind in
                if kind == nil, path.extension == nil { missingFolder = missingFolder ?? path }
                return path.isDrawingFile
            }
            var files: [DrawingFile] = []
            for path in found.map({ source.pushing($0) }) where try path.containsDrawings() {
                files += try Self.files(at: path)
            }
            if files.isEmpty, includesSVG {
                for path in found.map({ source.pushing($0) }) where try path.containsSVG() {
                    files += try Self.files(at: path)
                }
            }
            self.files = Self.inCategories(files, of: source)
            if let missingFolder, !files.isEmpty {
                throw DataError(source.pushing(missingFolder), "is a link to nothing; expected a folder, or no link")
            }
        case .other:
            throw DataError(source, "neither a file nor a folder; expected a Quick, Draw! file or a folder of them")
        case nil: throw DataError(source, "no such file or directory; expected a Quick, Draw! file or a folder of them")
        }
        guard !files.isEmpty else {
            throw DataError(
                source,
                "no drawings; expected a folder with .ndjson, .bin, .csv, .npz, .jsonl, or .svg files, gzipped or in"
                    + " .zip archives",
                kind: .empty)
        }
    }

    private static func files(at path: FilePath) throws(DataError) -> [DrawingFile] {
        ZipReader.isZip(path) ? try DrawingFile.members(of: path) : [DrawingFile(path)]
    }

    /// The files with the categories of SVG files.
    private static func inCategories(_ files: [DrawingFile], of source: FilePath) -> [DrawingFile] {
        let folders = Set(files.filter(\.isSVG).map { $0.path.removingLastComponent() })
        guard folders.count > 1 else { return files }
        return files.map { file in
            let folder = file.path.removingLastComponent()
            return folder == source ? file : file.inCategory(CategoryName.word(fromFileAt: folder))
        }
    }
}

extension FilePath {
    /// Whether the name is that of a file of drawings, in any case: `.ndjson`, `.bin`, or `.csv`, optionally with
    /// `.gz`, or `.npz`. The format is detected from the contents.
    public var isDrawingFile: Bool {
        let name = (lastComponent?.string ?? "").lowercased()
        return [".ndjson", ".bin", ".csv"].contains { name.hasSuffix($0) || name.hasSuffix($0 + ".gz") }
            || name.hasSuffix(".npz")
    }

    /// Whether the name is that of an SVG file, in any case: `.svg`, optionally with `.gz`, or `.svgz`.
    var isSVGFile: Bool {
        let name = (lastComponent?.string ?? "").lowercased()
        return [".svg", ".svg.gz", ".svgz"].contains(where: name.hasSuffix)
    }

    /// Whether the path is an SVG file by its name, or a zip archive that contains some.
    ///
    /// - Throws: `DataError` if a zip archive cannot be read.
    func containsSVG() throws(DataError) -> Bool {
        guard lastComponent?.string.lowercased().hasSuffix(".zip") == true, ZipReader.isZip(self) else {
            return isSVGFile
        }
        return try ZipReader.members(of: self).contains { FilePath($0.name).isSVGFile }
    }

    /// Whether the path is a file of drawings by its name, or a `.zip` or `.jsonl` file that contains drawings: such
    /// files may also contain masks, or anything else.
    ///
    /// - Throws: `DataError` if a zip archive cannot be read.
    public func containsDrawings() throws(DataError) -> Bool {
        let name = (lastComponent?.string ?? "").lowercased()
        if name.hasSuffix(".zip") || name.hasSuffix(".npz"), ZipReader.isZip(self) {
            for member in try ZipReader.members(of: self) where try member.containsDrawings(in: self) { return true }
            return false
        }
        if name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.gz") {
            guard try kind() == .file else { return false }
            var bytes = try ByteReader(self)
            _ = try bytes.fill(to: 1 << 16)
            if case .format = bytes.withBytes({ DrawingFormat.detect(in: $0, isWhole: false) }) { return true }
            return false
        }
        return isDrawingFile
    }
}
