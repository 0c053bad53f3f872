public import FileAccess
public import SystemPackage

/// The files of a source: a Quick, Draw! file, or all of them in a folder.
public struct DrawingFiles: Hashable, Sendable {
    /// The files, in the order of a recursive walk sorted by the bytes of names.
    public let paths: [FilePath]

    /// The file at `source`, whatever its name, or all `.ndjson` and `.bin` files, optionally with `.gz`, below the
    /// folder at `source`.
    ///
    /// - Throws: `DataError` if there is no such file, a folder cannot be read, or it contains no such files; or if a
    ///   file in it that should belong to the source is a pipe, or a link to nothing.
    public init(_ source: FilePath) throws(DataError) {
        switch try source.kind() {
        case .file: paths = [source]
        case .folder:
            // A link to nothing without an extension may stand for a folder of drawings.
            var missingFolder: FilePath?
            let files = try source.filesBelow { path, kind in
                if kind == nil, path.extension == nil { missingFolder = missingFolder ?? path }
                return path.isDrawingFile
            }
            paths = files.filter(\.isDrawingFile).map { source.pushing($0) }
            if let missingFolder, !paths.isEmpty {
                throw DataError(source.pushing(missingFolder), "is a link to nothing; expected a folder, or no link")
            }
        case .other:
            throw DataError(source, "neither a file nor a folder; expected a Quick, Draw! file or a folder of them")
        case nil: throw DataError(source, "no such file or directory; expected a Quick, Draw! file or a folder of them")
        }
        guard !paths.isEmpty else {
            throw DataError(
                source, "no drawings; expected a folder with .ndjson or .bin files, gzipped or not", kind: .empty)
        }
    }
}

extension FilePath {
    /// Whether the name is that of a Quick, Draw! file: `.ndjson` or `.bin`, optionally with `.gz`, in any case. The
    /// format is detected from the contents.
    public var isDrawingFile: Bool {
        let name = (lastComponent?.string ?? "").lowercased()
        return [".ndjson", ".ndjson.gz", ".bin", ".bin.gz"].contains { name.hasSuffix($0) }
    }
}
