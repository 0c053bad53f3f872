import ArgumentParser
import QuickDraw
import StrokeBank

/// Which drawings and strokes of a source are used.
struct FilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Use only drawings of these words, separated by commas: cat,bus.", valueName: "list"))
    var words: String?

    @Option(help: ArgumentHelp("Use no drawings of these words, separated by commas.", valueName: "list"))
    var excludeWords: String?

    @Option(
        help: ArgumentHelp(
            "Use only drawings from these countries, two-letter codes separated by commas: DE,US.", valueName: "list"))
    var countries: String?

    @Flag(help: "Use only drawings that the game recognized.")
    var recognized = false

    @Option(
        help: ArgumentHelp(
            "Minimum path length of a stroke, at least 0, in units of the drawing's 256×256 box. A dot has length 0.",
            valueName: "units"))
    var minStrokeLength: Double?

    @Option(
        help: ArgumentHelp("Maximum path length of a stroke. Dense scribbles exceed 2000.", valueName: "units"))
    var maxStrokeLength: Double?

    @Option(
        help: ArgumentHelp(
            "Minimum extent of a stroke, 0 to 255: the longer side of its bounding box.", valueName: "units"))
    var minStrokeExtent: Double?

    @Option(help: ArgumentHelp("Maximum extent of a stroke, 0 to 255.", valueName: "units"))
    var maxStrokeExtent: Double?

    func validate() throws {
        _ = try filter()
    }

    /// Returns `filter` with the given options replaced.
    func filter(over filter: DrawingFilter = DrawingFilter()) throws -> DrawingFilter {
        var filter = filter
        do throws(DrawingFilterError) {
            if let words = try Self.list(words, option: "--words") { filter.words = Set(words) }
            if let words = try Self.list(excludeWords, option: "--exclude-words") { filter.excludedWords = Set(words) }
            if let names = try Self.list(countries, option: "--countries") {
                filter.countries = try CountryCode.set(names)
            }
            if recognized { filter.isRecognizedOnly = true }
            filter.strokeLength = try StrokeMeasureRange(
                minimum: minStrokeLength ?? filter.strokeLength.minimum,
                maximum: maxStrokeLength ?? filter.strokeLength.maximum, of: "stroke length")
            filter.strokeExtent = try StrokeMeasureRange(
                minimum: minStrokeExtent ?? filter.strokeExtent.minimum,
                maximum: maxStrokeExtent ?? filter.strokeExtent.maximum, of: "stroke extent")
        } catch {
            throw ValidationError("\(error)")
        }
        return filter
    }

    /// The elements of a comma-separated list, without surrounding spaces; nil if the option is not given.
    private static func list(_ text: String?, option: String) throws(DrawingFilterError) -> [String]? {
        guard let text else { return nil }
        let elements = text.split(separator: ",", omittingEmptySubsequences: false).map { element in
            String(element.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        if elements.contains("") { throw .empty(list: option) }
        return elements
    }
}
