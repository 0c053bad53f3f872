public import FileAccess
public import MaskModel
public import QuickDraw
public import SystemPackage

/// Why a dataset, or a part of one, could not be made or read.
public enum DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
    case file(FileError)
    case source(QuickDrawError)
    /// A mask, manifest or plan that cannot be read, or a mask that cannot be drawn at the size that was asked for: the
    /// file, the line from 1 if it is known, what was found and wanted.
    case mask(path: FilePath, line: Int?, problem: String)
    case rasterizer(String)
    case noCategories(split: Split, found: [String])
    case noHole(id: String, attempts: Int)
    case outputExists(FilePath, holding: String, wanted: String)
    case planDiffers(FilePath, member: String, stored: String, wanted: String)
    case nothingToDo(FilePath, wanted: String)
    case sameName(String, FilePath, FilePath)

    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .source(let error): "\(error)"
        case .mask(let path, let line, let problem):
            line.map { "\(path):\($0): \(problem)" } ?? "\(path): \(problem)"
        case .rasterizer(let problem): problem
        case .noCategories(let split, let found):
            "no categories left for \(split.rawValue): the source has \(found.count)"
                + (found.isEmpty ? "" : " (\(found.prefix(3).joined(separator: ", "))\(found.count > 3 ? ", …" : ""))")
                + "; wanted \(split == .train ? "1" : "at least 2, or no test masks")"
        case .noHole(let id, let attempts):
            "\(id): no hole in \(attempts) attempts; wanted wider strokes or a larger canvas"
        case .outputExists(let path, let holding, let wanted): "\(path): holds \(holding); wanted \(wanted)"
        case .planDiffers(let path, let member, let stored, let wanted):
            "\(path): was begun with \(member) = \(stored), not \(wanted); wanted the same, or another folder"
        case .nothingToDo(let path, let wanted): "\(path): nothing to read; wanted \(wanted)"
        case .sameName(let name, let first, let second):
            "two masks are named \(name): in \(first) and in \(second); wanted one"
        }
    }

    /// Runs `body` and wraps a `FileError` of it.
    static func wrapping<R>(_ body: () throws(FileError) -> R) throws(DatasetError) -> R {
        do {
            return try body()
        } catch {
            throw .file(error)
        }
    }
}
