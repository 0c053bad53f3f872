import ArgumentParser
import MaskDataset
import MaskModel
import PNGCodec

/// How the masks of both sides of a comparison are read.
struct DiffInputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Color of holes in the candidate's PNGs. (default: as recorded in the dataset, otherwise white)",
            valueName: "color"))
    var candidateHole: HoleColor?

    @Option(
        help: ArgumentHelp(
            "Color of holes in the reference's PNGs. (default: as recorded in the dataset, otherwise white)",
            valueName: "color"))
    var referenceHole: HoleColor?

    @OptionGroup var threshold: ThresholdOption

    @Option(
        help: ArgumentHelp(
            """
            What is read of the candidate's PNGs with alpha: alpha, red, or luminance. (default: alpha that matters is \
            an error)
            """, valueName: "name"))
    var candidateChannel: PNGChannel?

    @Option(help: ArgumentHelp("What is read of the reference's PNGs with alpha.", valueName: "name"))
    var referenceChannel: PNGChannel?

    @Option(
        help: ArgumentHelp(
            "The rasterizer of vectors. (default: as recorded in the dataset, otherwise cairo)", valueName: "name"))
    var backend: Backend?

    /// A reader of the candidate's images.
    func candidateReader(_ masks: MaskCollection) -> PNGReader {
        PNGReader(
            holeColor: candidateHole ?? masks.holeColor ?? .white, threshold: threshold.threshold,
            channel: candidateChannel)
    }

    /// A reader of the reference's images.
    func referenceReader(_ masks: MaskCollection) -> PNGReader {
        PNGReader(
            holeColor: referenceHole ?? masks.holeColor ?? .white, threshold: threshold.threshold,
            channel: referenceChannel)
    }
}
