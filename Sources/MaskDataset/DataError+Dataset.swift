package import FileAccess
import JSONText
import MaskModel
import StrokeBank
package import SystemPackage

// The messages that more than one place of this target throws, or that callers of the package throw too.

extension DataError {
    /// A mask that cannot be read, or cannot be rasterized at the requested size.
    package static func mask(path: FilePath, line: Int?, problem: String) -> DataError {
        DataError(path, line: line, problem)
    }

    /// A mask that could not be rasterized: its name and the reason.
    package static func rasterizer(_ problem: String) -> DataError { DataError(at: "", problem) }

    /// A split with masks but without categories.
    ///
    /// - Parameter found: the words of the source.
    static func noCategories(split: Split, found: [String]) -> DataError {
        let names = found.prefix(3).joined(separator: ", ") + (found.count > 3 ? ", …" : "")
        return DataError(
            at: "",
            "no categories left for \(split.rawValue): the source has \(found.count)"
                + (found.isEmpty ? "" : " (\(names))")
                + "; expected \(split == .train ? "at least 1" : "at least 2, or no test masks")")
    }

    /// A source in which no drawing was read.
    ///
    /// - Parameter corruptFiles: those of the source: the first corrupt record is the error if there is nothing else.
    static func noDrawings(_ source: FilePath, _ corruptFiles: [CorruptFile]) -> DataError {
        corruptFiles.first?.first ?? DataError(source, "contains no drawings; expected at least one")
    }

    /// A source with drawings, none of which has a stroke that is used.
    static func noStrokes(_ source: String, _ filter: DrawingFilter) -> DataError {
        let problem = filter == DrawingFilter() ? "no drawing has strokes" : "no strokes pass the filters"
        return DataError(at: source, "\(problem); expected at least one")
    }

    /// A mask that has no hole in any attempt.
    static func noHole(id: String, attempts: Int) -> DataError {
        DataError(at: id, "no hole in \(attempts) attempts; expected wider strokes or a larger canvas")
    }

    /// A mask whose hole ratio is never within `goal`, whatever strokes and widths are tried.
    ///
    /// - Parameter seen: the lowest and the highest ratio found.
    static func noRatio(
        id: String, goal: ClosedRange<Double>, seen: ClosedRange<Double>, attempts: Int
    ) -> DataError {
        DataError(
            at: id,
            "hole ratios of \(seen.text(decimals: 4)) in \(attempts) attempts; expected "
                + "\(goal.text(decimals: 9)); other strokes, widths or a larger width factor may reach it")
    }

    /// A path that must not be written to because of what it contains.
    static func outputExists(_ path: FilePath, holding: String, expected: String) -> DataError {
        DataError(path, "contains \(holding); expected \(expected)")
    }

    /// A path without any masks of the requested kind.
    package static func nothingToDo(_ path: FilePath, expected: String) -> DataError {
        DataError(path, "nothing to read; expected \(expected)", kind: .empty)
    }
}

extension ClosedRange<Double> {
    fileprivate func text(decimals: Int) -> String {
        let ends = [lowerBound, upperBound].map { DecimalText.string($0, decimals: decimals) }
        return "\(ends[0]) to \(ends[1])"
    }
}
