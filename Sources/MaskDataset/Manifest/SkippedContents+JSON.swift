import JSONText
import QuickDraw
import StrokeBank

extension SkippedContents {
    /// Writes the members `dropped` and `damaged`: the counts of what was left out.
    ///
    /// - Parameter filter: the filter that was applied; each of its parts has a count, even if it is 0.
    func write(to json: inout JSONWriter, filter: DrawingFilter) {
        if filter != DrawingFilter() {
            json.name("dropped")
            json.object { json in
                if filter.hasWords { json.member("words", filterCounts.excludedWords.count) }
                if filter.countries != nil { json.member("countries", filterCounts.otherCountries) }
                if filter.isRecognizedOnly { json.member("recognized", filterCounts.unrecognized) }
                if filter.strokeLength != .none { json.member("stroke_length", filterCounts.strokeLengths) }
                if filter.strokeExtent != .none { json.member("stroke_extent", filterCounts.strokeExtents) }
            }
        }
        if corruptCount > 0 { json.member("damaged", corruptCount) }
    }
}
