public import FileAccess
import Archives
public import SystemPackage

/// The files of a source: a file of drawings, all of them in a folder, or those in a zip archive.
public struct DrawingFiles: Hashable, Sendable {
    /// The files, in the order of a recursive walk sorted by the bytes of names; those in an archive in its order.
    public let files: [DrawingFile]

    /// The files as errors name them.
    public var paths: [FilePath] { files.map(\.path) }

    /// The file at `source`, whatever its name; or all files below the folder at `source` whose name is that of
    /// drawings, and `.zip` and `.jsonl` files that contain some. A zip archive counts as the files of drawings in it.
    ///
    /// - Throws: `DataError` if there is no such file, a folder cannot be read, or it contains no such files; or if a
    ///   file in it that should belong to the source is a pipe, or a link to nothing.
    public init(_ source: FilePath) throws(DataError) {
        switch try source.kind() {
        case .file: files = try Self.files(at: source)
        case .folder:
            // A link to nothing without an extension may stand for a folder of drawings.
            var missingFolder: FilePath?
            let found = try source.filesBelow { path, kind in
                if kind == nil, path.extension == nil { missingFolder = missingFolder ?? path }
                return path.isDrawingFile
            }
            var files: [DrawingFile] = []
            for entry in found {
                let path = source.pushing(entry)
                if try path.containsDrawings() { files += try Self.files(at: path) }
            }
            self.files = files
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
                "no drawings; expected a folder with .ndjson, .bin, .csv, .npz, or .jsonl files, gzipped or in .zip archives",
                kind: .empty)
        }
    }

    private static func files(at path: FilePath) throws(DataError) -> [DrawingFile] {
        ZipReader.isZip(path) ? try DrawingFile.members(of: path) : [DrawingFile(path)]
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
