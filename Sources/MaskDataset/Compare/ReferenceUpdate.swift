public import FileAccess
import SystemPackage

/// Accepts the candidate of a comparison as the new reference: copies the files of pairs that differ over those of the
/// reference, and adds those that only the candidate has. Masks that only the reference has stay.
///
/// All files are copied before the first one is replaced, each of which is complete at any time.
public struct ReferenceUpdate: Sendable {
    private let reference: FilePath
    private let matches: MaskComparison.Matches

    /// What an update did.
    public struct Summary: Hashable, Sendable {
        /// The number of files that were replaced.
        public var replacedCount = 0
        /// The number of files that were added.
        public var addedCount = 0
    }

    /// Prepares the update of a comparison's reference.
    ///
    /// - Throws: `DataError` if the reference is a dataset, masks are not files of their own, or a file of the candidate
    ///   has another format than that of the reference.
    public init(of comparison: MaskComparison) throws(DataError) {
        let reference = comparison.reference
        if reference.manifest != nil {
            throw DataError(reference.path, "is a dataset, whose checksums are recorded; expected a file or a folder")
        }
        for masks in [comparison.candidate, reference] {
            for item in masks.items where !item.isWholeFile {
                throw DataError(
                    item.path, "is a part of \(item.source.container); expected masks in files of their own")
            }
        }
        matches = try comparison.matchedItems()
        self.reference = reference.path
        for (candidate, reference) in matches.pairs where candidate.ending != reference.ending {
            throw DataError(
                candidate.path, "has another format than \(reference.path); expected .\(reference.ending)")
        }
    }

    /// Updates the reference.
    ///
    /// - Parameter report: The result of the comparison, in which nothing failed.
    /// - Throws: `DataError` if a file cannot be read or written. Before the last copy is complete, the reference is
    ///   unchanged.
    public func run(_ report: MaskComparison.Report) throws(DataError) -> Summary {
        var copies: [(source: FilePath, target: FilePath)] = []
        var summary = Summary()
        for (pair, outcome) in zip(matches.pairs, report.pairs.map(\.outcome)) {
            // Pairs that are the same within the limits stay: a tolerance must not add up.
            guard case .compared(_, isSame: false) = outcome else { continue }
            copies.append((pair.candidate.path, try pair.reference.path.resolved()))
            summary.replacedCount += 1
        }
        for item in matches.extra {
            let name = FilePath("\(item.name).\(item.ending)")
            copies.append((item.path, reference.pushing(name)))
            summary.addedCount += 1
        }
        guard !copies.isEmpty else { return summary }
        var staged: [FilePath] = []
        do throws(DataError) {
            for copy in copies {
                let folder = copy.target.removingLastComponent()
                if !folder.isEmpty { try folder.makeFolders() }
                let file = folder.appending(".\(copy.target.lastComponent?.string ?? "").\(UniqueName.make()).partial")
                staged.append(file)
                try file.writeFileInPlace(try copy.source.readFile())
            }
            for (file, copy) in zip(staged, copies) { try file.rename(to: copy.target) }
        } catch {
            for file in staged where try file.status() != nil { try file.removeTree() }
            throw error
        }
        return summary
    }
}

extension MaskLocation {
    /// The extension of the mask's file.
    fileprivate var ending: String { path.ending }
}
