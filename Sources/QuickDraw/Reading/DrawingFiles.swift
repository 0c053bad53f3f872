public import FileAccess
public import SystemPackage

/// The files of a source: a Quick, Draw! file, or all of them in a folder.
public struct DrawingFiles: Hashable, Sendable {
    /// The files, in the order of a recursive walk sorted by the bytes of names.
    public let paths: [FilePath]

    /// The file at `source`, whatever its name, or all `.ndjson` and `.bin` files, optionally with `.gz`, below the
    /// folder at `source`.
    ///
    /// - Throws: `DataError` if there is no such file, a folder cannot be read, or it contains no such files.
    public init(_ source: FilePath) throws(DataError) {
        switch try source.kind() {
        case .file: paths = [source]
        case .folder:
            paths = try source.filesBelow().filter(\.isDrawingFile).map { source.pushing($0) }
        case .other:
            throw DataError(source, "neither a file nor a folder; expected a Quick, Draw! file or a folder of them")
        case nil: throw DataError(source, "no such file or directory; expected a Quick, Draw! file or a folder of them")
        }
        guard !paths.isEmpty else {
            throw DataError(
                source, "no drawings; expected a folder with .ndjson or .bin files, gzipped or not")
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
