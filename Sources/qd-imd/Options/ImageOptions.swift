import ArgumentParser
import MaskModel
import PNGCodec

/// How PNGs are read as masks.
struct ImageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Color of holes in PNGs. (default: as recorded in the dataset, otherwise white)", valueName: "color"))
    var hole: HoleColor?

    @OptionGroup var threshold: ThresholdOption

    @Option(
        help: ArgumentHelp(
            """
            What is read of PNGs with alpha: alpha, red, or luminance. (default: alpha that matters is an error)
            """, valueName: "name"))
    var channel: PNGChannel?

    /// The first of the options that is given; nil if none is.
    var firstGiven: String? {
        if hole != nil { return "--hole" }
        if threshold.threshold != nil { return "--threshold" }
        return channel == nil ? nil : "--channel"
    }

    /// A reader with these options; `hole` is the color in place of one that is not given.
    func reader(hole recorded: HoleColor?) -> PNGReader {
        PNGReader(holeColor: hole ?? recorded ?? .white, threshold: threshold.threshold, channel: channel)
    }
}
