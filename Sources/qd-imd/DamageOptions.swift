import StrokeBank
import ArgumentParser
import Console
import QuickDraw

/// Whether damage ends a command.
struct DamageOptions: ParsableArguments {
    @Flag(
        help: """
            Pass over records that are damaged, and the ends of files that are cut off, and tell how many there were; \
            without it the first is an error. A damaged stroke bank always is.
            """)
    var skipDamaged = false
}

extension SourceFindings {
    /// What a filter left out, in a line; none if it left nothing out.
    var filterLines: [String] {
        var parts: [String] = []
        func add(_ count: Int, _ one: String, _ many: String) {
            if count > 0 { parts.append("\(grouped(count)) \(count == 1 ? one : many)") }
        }
        add(filterCounts.excludedWords.count, "word", "words")
        add(filterCounts.otherCountries, "drawing of another country", "drawings of other countries")
        add(filterCounts.unrecognized, "drawing that was not recognized", "drawings that were not recognized")
        add(filterCounts.strokeLengths, "stroke by its length", "strokes by their length")
        add(filterCounts.strokeExtents, "stroke by its extent", "strokes by their extent")
        return parts.isEmpty ? [] : ["left out: " + parts.joined(separator: ", ")]
    }

    /// Of each file with damage, in a line: how much, the first place and why; of many files, the first.
    var damageLines: [String] {
        let limit = 20
        let rest = corruptFiles.dropFirst(limit)
        let lines = corruptFiles.prefix(limit).map { file in
            file.count == 1
                ? "\(file.path): skipped 1 corrupt record: \(file.first)"
                : "\(file.path): skipped \(grouped(file.count)) corrupt records; first: \(file.first)"
        }
        if rest.isEmpty { return lines }
        let count = rest.reduce(0) { $0 + $1.count }
        return lines + ["… and \(grouped(count)) in \(grouped(rest.count)) more files"]
    }
}
