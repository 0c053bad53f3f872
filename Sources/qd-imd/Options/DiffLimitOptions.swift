import ArgumentParser
import FileAccess
import MaskDataset
import SystemPackage

/// Which pixels of a comparison count, and how many of them may differ.
struct DiffLimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ignore pixels within this distance of the other side's hole, in px, at least 0.", valueName: "px"))
    var tolerance = 0.0

    @Option(
        help: ArgumentHelp(
            "Maximum number of differing pixels of a pair, at least 0. (default: 0, or no limit with --max-ratio)",
            valueName: "n"))
    var maxPixels: Int?

    @Option(
        help: ArgumentHelp(
            "Maximum ratio of differing pixels of a pair, 0 to 1, or in percent: 0.1%. (default: no limit)",
            valueName: "ratio"))
    var maxRatio: RatioArgument?

    @Option(
        help: ArgumentHelp(
            "Ignore the pixels of a rectangle: x and y of its upper left corner, width, height, in px; can be repeated.",
            valueName: "x,y,w,h"))
    var ignore: [IgnoredAreaArgument] = []

    @Option(
        help: ArgumentHelp("Ignore the pixels that are white in a PNG of the size of the masks.", valueName: "file"))
    var ignoreMask: FilePath?

    @Option(
        help: ArgumentHelp(
            "Pair masks by their names without this suffix: with _mask, cat_mask.png and cat.png are a pair.",
            valueName: "text"))
    var stripSuffix: String?

    func validate() throws {
        guard tolerance >= 0, tolerance.isFinite else {
            throw ValidationError("--tolerance is \(tolerance); expected at least 0")
        }
        if let maxPixels, maxPixels < 0 { throw ValidationError("--max-pixels is \(maxPixels); expected at least 0") }
        if let ratio = maxRatio?.ratio, !(0...1).contains(ratio) {
            throw ValidationError("--max-ratio is \(ratio); expected 0 to 1")
        }
    }

    /// Applies the options to a comparison.
    func apply(to comparison: inout MaskComparison) throws(DataError) {
        comparison.tolerance = tolerance
        comparison.maximumPixels = maxPixels
        comparison.maximumRatio = maxRatio?.ratio
        comparison.ignored.areas = ignore.map(\.area)
        if let ignoreMask { try comparison.ignored.readMask(ignoreMask) }
        comparison.strippedSuffix = stripSuffix ?? ""
    }
}
