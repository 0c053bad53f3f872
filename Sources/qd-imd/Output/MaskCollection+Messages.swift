import Console
import MaskDataset

extension MaskCollection {
    /// A message about JSON files that were skipped; none if there were none.
    var skippedMessages: [String] {
        guard let first = skippedFiles.first else { return [] }
        return skippedFiles.count == 1
            ? ["\(path): skipped 1 JSON file that is not a mask: \(first)"]
            : ["\(path): skipped \(grouped(skippedFiles.count)) JSON files that are not masks; first: \(first)"]
    }
}
