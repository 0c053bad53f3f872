import FileAccess
public import SystemPackage

/// The files of a source: one Quick, Draw! file, or a folder of them.
public struct DrawingFiles: Hashable, Sendable {
    /// The files, in the order of a walk through the folder that takes names by their bytes.
    public let paths: [FilePath]

    /// Finds the files at `source`: itself, whatever its name, or all `.ndjson` and `.ndjson.gz` below the folder.
    ///
    /// - Throws: `QuickDrawError` if nothing is there, a folder cannot be read, or none is found.
    public init(_ source: FilePath) throws(QuickDrawError) {
        do throws(FileError) {
            switch try source.kind() {
            case .file: paths = [source]
            case .folder:
                paths = try source.filesBelow().filter(\.isDrawingFile).map { source.pushing($0) }
            case .other: throw FileError(source, "neither a file nor a folder; wanted one of them")
            case nil: throw FileError(source, "nothing is there; wanted a Quick, Draw! file or a folder of them")
            }
        } catch {
            throw .file(error)
        }
        guard !paths.isEmpty else {
            throw .noDrawings(path: source, wanted: "a folder with .ndjson or .ndjson.gz files")
        }
    }
}

extension FilePath {
    /// Whether the name is that of a Quick, Draw! file: `.ndjson` or `.ndjson.gz`, in small letters or capitals.
    public var isDrawingFile: Bool {
        let name = (lastComponent?.string ?? "").lowercased()
        return name.hasSuffix(".ndjson") || name.hasSuffix(".ndjson.gz")
    }
}

extension PoolPart {
    /// Takes the first drawings of a file.
    ///
    /// Only that much of the file is read.
    /// - Parameters:
    ///   - drawingLimit: how many, at most.
    ///   - strokesPerDrawing: how many strokes to choose of each, at random; all of them if it has fewer.
    ///   - seed: with a drawing's key, determines the choice.
    /// - Throws: `QuickDrawError` if the file cannot be read, or one of these drawings is wrong.
    public init(
        _ path: FilePath, drawingLimit: Int, strokesPerDrawing: Int, seed: UInt64
    ) throws(QuickDrawError) {
        self.init(strokesPerDrawing: strokesPerDrawing, seed: seed)
        var reader = try SimplifiedReader(path)
        var drawing = Drawing()
        while drawingCount < drawingLimit, try reader.read(into: &drawing) {
            add(drawing)
        }
    }
}
