public import FileAccess
import JSONText
public import MaskModel
public import QuickDraw
public import SystemPackage

/// Why a dataset, or a part of one, could not be made or read.
public enum DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file or folder that cannot be read or written.
    case file(FileError)
    /// Drawings that cannot be read.
    case source(QuickDrawError)
    /// A mask, manifest or plan that cannot be read, or a mask that cannot be drawn at the size that was asked for: the
    /// file, the line from 1 if it is known, what was found and wanted.
    case mask(path: FilePath, line: Int?, problem: String)
    /// A mask that could not be drawn: which, and why.
    case rasterizer(String)
    /// Masks are wanted of a split that no category was left for; `found` are the source's words.
    case noCategories(split: Split, found: [String])
    /// A mask that had no hole however often it was drawn again.
    case noHole(id: String, attempts: Int)
    /// A recipe with a value out of its range.
    case spec(MaskSpecFault)
    /// A mask whose share of hole was never within `goal`, whatever strokes and widths were tried; `seen` are the least
    /// and the greatest that were.
    case noRatio(id: String, goal: ClosedRange<Double>, seen: ClosedRange<Double>, attempts: Int)
    /// A folder that may not be written into, and what it holds.
    case outputExists(FilePath, holding: String, wanted: String)
    /// An export that was begun with another plan: the first member that is not the same.
    case planDiffers(FilePath, member: String, stored: String, wanted: String)
    /// Layouts that do not go together, or with what else was asked for: what was found and wanted.
    case layouts(String)
    /// A path without masks, or without any that were wanted.
    case nothingToDo(FilePath, wanted: String)
    /// Two masks of one name, and the files that they are in.
    case sameName(String, FilePath, FilePath)

    /// One line: where, what was found and what was wanted.
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
        case .spec(let fault): "\(fault)"
        case .noRatio(let id, let goal, let seen, let attempts):
            "\(id): hole ratios of \(seen.text(decimals: 4)) in \(attempts) attempts; "
                + "wanted \(goal.text(decimals: 9)); other strokes, widths or a larger width factor may reach it"
        case .outputExists(let path, let holding, let wanted): "\(path): holds \(holding); wanted \(wanted)"
        case .planDiffers(let path, let member, let stored, let wanted):
            "\(path): was begun with \(member) = \(stored), not \(wanted); wanted the same, or another folder"
        case .layouts(let problem): problem
        case .nothingToDo(let path, let wanted): "\(path): nothing to read; wanted \(wanted)"
        case .sameName(let name, let first, let second):
            "two masks are named \(name): in \(first) and in \(second); wanted one"
        }
    }

    /// Runs `body` and wraps a `FileError` of it.
    static func wrapping<R: ~Copyable>(_ body: () throws(FileError) -> R) throws(DatasetError) -> R {
        do {
            return try body()
        } catch {
            throw .file(error)
        }
    }
}

extension ClosedRange<Double> {
    fileprivate func text(decimals: Int) -> String {
        let ends = [lowerBound, upperBound].map { DecimalText.string($0, decimals: decimals) }
        return "\(ends[0]) to \(ends[1])"
    }
}
