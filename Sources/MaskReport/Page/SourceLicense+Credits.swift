import JSONText
import MaskDataset
import StrokeBank

extension [SourceLicense] {
    /// Writes the list `credits`: whom and what the datasets of a page name, each once.
    func writeCredits(to json: inout JSONWriter) {
        var credits: [String] = []
        for license in self {
            for credit in [license.attribution, license.name.map { "License: \($0)" }] {
                if let credit, !credits.contains(credit) { credits.append(credit) }
            }
        }
        json.name("credits")
        json.array { json in
            for credit in credits { json.value(credit) }
        }
    }
}
