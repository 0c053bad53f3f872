import StrokeBank
import ArgumentParser
import Console
import QuickDraw

/// Which drawings and strokes are taken of a source.
struct FilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Take only drawings of these words, with commas between.", valueName: "list"))
    var words: String?

    @Option(help: ArgumentHelp("Take no drawings of these words.", valueName: "list"))
    var excludeWords: String?

    @Option(help: ArgumentHelp("Take only drawings from these countries: DE,US.", valueName: "list"))
    var countries: String?

    @Flag(help: "Take only drawings that the game recognized.")
    var recognized = false

    @Option(
        help: ArgumentHelp(
            "Take only strokes whose path is so long or longer, in units of the drawing's box of 256; dots have 0.",
            valueName: "units"))
    var minStrokeLength: Double?

    @Option(
        help: ArgumentHelp(
            "Take only strokes whose path is so long or shorter; endless scribbles are longer than 2000.",
            valueName: "units"))
    var maxStrokeLength: Double?

    @Option(
        help: ArgumentHelp(
            "Take only strokes the longer side of whose bounding box is so long or longer, 0 to 255.",
            valueName: "units"))
    var minStrokeExtent: Double?

    @Option(
        help: ArgumentHelp(
            "Take only strokes the longer side of whose bounding box is so long or shorter, 0 to 255.",
            valueName: "units"))
    var maxStrokeExtent: Double?

    func validate() throws {
        _ = try filter()
    }

    /// `filter`, with what is given here in the place of its parts.
    func filter(over filter: DrawingFilter = DrawingFilter()) throws -> DrawingFilter {
        var filter = filter
        do throws(DrawingFilterError) {
            if let words = try Self.list(words, option: "--words") { filter.words = Set(words) }
            if let words = try Self.list(excludeWords, option: "--exclude-words") { filter.excludedWords = Set(words) }
            if let names = try Self.list(countries, option: "--countries") {
                filter.countries = try CountryCode.set(names)
            }
            if recognized { filter.isRecognizedOnly = true }
            filter.strokeLength = try StrokeBounds(
                minimum: minStrokeLength ?? filter.strokeLength.minimum,
                maximum: maxStrokeLength ?? filter.strokeLength.maximum, of: "stroke length")
            filter.strokeExtent = try StrokeBounds(
                minimum: minStrokeExtent ?? filter.strokeExtent.minimum,
                maximum: maxStrokeExtent ?? filter.strokeExtent.maximum, of: "stroke extent")
        } catch {
            throw ValidationError("\(error)")
        }
        return filter
    }

    /// The parts of a list, without the spaces around each; nil of none.
    private static func list(_ text: String?, option: String) throws(DrawingFilterError) -> [String]? {
        guard let text else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        if parts.contains("") { throw .empty(list: option) }
        return parts
    }
}
