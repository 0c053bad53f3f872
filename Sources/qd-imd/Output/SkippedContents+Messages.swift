import Console
import QuickDraw
import StrokeBank

extension SkippedContents {
    /// What a filter excluded, as a message; none if it excluded nothing.
    var filterMessages: [String] {
        var parts: [String] = []
        func add(_ count: Int, _ noun: String, _ reason: String = "") {
            if count > 0 { parts.append(counted(count, noun) + reason) }
        }
        add(filterCounts.excludedWords.count, "word")
        add(filterCounts.otherCountries, "drawing", " from other countries")
        add(
            filterCounts.unrecognized, "drawing",
            " that \(filterCounts.unrecognized == 1 ? "was" : "were") not recognized")
        add(filterCounts.strokeLengths, "stroke", " by length")
        add(filterCounts.strokeExtents, "stroke", " by extent")
        return parts.isEmpty ? [] : ["filtered out: " + parts.joined(separator: ", ")]
    }

    /// A message for each file with corrupt records: how many, and the first error. Limited to 20 files.
    var corruptionMessages: [String] {
        let limit = 20
        let rest = corruptFiles.dropFirst(limit)
        let messages = corruptFiles.prefix(limit).map { file in
            "\(file.path): skipped \(counted(file.count, "corrupt record"))"
                + (file.count == 1 ? "" : "; first") + ": \(file.first)"
        }
        if rest.isEmpty { return messages }
        let count = rest.reduce(0) { $0 + $1.count }
        return messages + ["… and \(grouped(count)) in \(counted(rest.count, "more file"))"]
    }
}
