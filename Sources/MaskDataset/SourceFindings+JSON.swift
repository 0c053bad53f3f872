import StrokeBank
import JSONText
import QuickDraw

extension SourceFindings {
    /// Writes the members that tell what was not taken, where something could have been: `dropped` and `damaged`.
    ///
    /// - Parameter filter: what left drawings and strokes out; for each part of it there is a number, 0 too.
    func write(to json: inout JSONWriter, filter: DrawingFilter) {
        if filter != DrawingFilter() {
            json.name("dropped")
            json.object { json in
                if filter.hasWords { json.member("words", tally.excludedWords.count) }
                if filter.countries != nil { json.member("countries", tally.otherCountries) }
                if filter.isRecognizedOnly { json.member("recognized", tally.unrecognized) }
                if filter.strokeLength != .none { json.member("stroke_length", tally.strokeLengths) }
                if filter.strokeExtent != .none { json.member("stroke_extent", tally.strokeExtents) }
            }
        }
        if damagedCount > 0 { json.member("damaged", damagedCount) }
    }
}
