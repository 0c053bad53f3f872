package import FileAccess
import JSONText
package import MaskModel
package import SystemPackage

// The messages of this target, in one place.

extension DataError {
    /// A mask, manifest, or plan that cannot be read, or a mask that cannot be drawn at the requested size: the file, and
    /// the line from 1 if it is known.
    package static func mask(path: FilePath, line: Int?, problem: String) -> DataError {
        DataError(path, line: line, problem)
    }

    /// A mask that could not be drawn: which, and why.
    package static func rasterizer(_ problem: String) -> DataError { DataError(at: "", problem) }

    /// Masks of a split that no category was left for; `found` are the source's words.
    package static func noCategories(split: Split, found: [String]) -> DataError {
        DataError(
            at: "",
            "no categories left for \(split.rawValue): the source has \(found.count)"
                + (found.isEmpty ? "" : " (\(found.prefix(3).joined(separator: ", "))\(found.count > 3 ? ", …" : ""))")
                + "; expected \(split == .train ? "1" : "at least 2, or no test masks")")
    }

    /// A mask without any hole in all attempts.
    package static func noHole(id: String, attempts: Int) -> DataError {
        DataError(at: id, "no hole in \(attempts) attempts; expected wider strokes or a larger canvas")
    }

    /// A recipe with a value out of its range.
    package static func spec(_ error: MaskSpecError) -> DataError { DataError(at: "", "\(error)") }

    /// A mask whose hole ratio was never within `goal`, whatever strokes and widths were tried; `seen` are the lowest and
    /// the highest ratio.
    package static func noRatio(
        id: String, goal: ClosedRange<Double>, seen: ClosedRange<Double>, attempts: Int
    ) -> DataError {
        DataError(
            at: id,
            "hole ratios of \(seen.text(decimals: 4)) in \(attempts) attempts; "
                + "expected \(goal.text(decimals: 9)); other strokes, widths or a larger width factor may reach it")
    }

    /// A folder that may not be written into, and what it contains.
    package static func outputExists(_ path: FilePath, holding: String, expected: String) -> DataError {
        DataError(path, "holds \(holding); expected \(expected)")
    }

    /// An export that was started with another plan: the first member that differs.
    package static func planDiffers(_ path: FilePath, member: String, stored: String, expected: String) -> DataError {
        DataError(
            path, "was begun with \(member) = \(stored), not \(expected); expected the same, or another folder")
    }

    /// Layouts that cannot be combined with each other or with another option.
    package static func layouts(_ problem: String) -> DataError { DataError(at: "", problem) }

    /// A path without masks, or without any of the requested ones.
    package static func nothingToDo(_ path: FilePath, expected: String) -> DataError {
        DataError(path, "nothing to read; expected \(expected)", kind: .empty)
    }

    /// Two masks of one name, and the files that contain them.
    package static func sameName(_ name: String, _ first: FilePath, _ second: FilePath) -> DataError {
        DataError(at: "", "two masks are named \(name): in \(first) and in \(second); expected one")
    }
}

extension ClosedRange<Double> {
    fileprivate func text(decimals: Int) -> String {
        let ends = [lowerBound, upperBound].map { DecimalText.string($0, decimals: decimals) }
        return "\(ends[0]) to \(ends[1])"
    }
}
