import ArgumentParser
import Console
import FileAccess
import MaskDataset
import MaskModel
import PNGCodec
import SystemPackage

struct RasterizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rasterize",
        abstract: "Render vector masks as PNG images of any size.",
        discussion: """
            Images are named after the masks: OUT/00000_train.png for a mask of a .jsonl file, \
            OUT/train/00000_train.png for one of a dataset. The hole color, bit depth, and backend of a dataset are \
            used unless these options are given.
            """)

    @Argument(help: "A .json or .svg mask, a .jsonl or .tar file of masks, a folder of them, or a dataset.")
    var input: FilePath

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "A folder; for a single mask, a .png file is also possible, or - for standard output.", valueName: "path"))
    var output: OutputArgument

    @Option(
        help: ArgumentHelp(
            """
            Size of the images, in px, in the aspect ratio of the canvas; one number for a square. (default: that of \
            the canvas)
            """,
            valueName: "WxH"))
    var size: SizeArgument?

    @Option(
        help: ArgumentHelp("Size of the images as a multiple of the canvas, above 0. (default: 1)", valueName: "factor")
    )
    var scale: Double?

    @Option(
        help: ArgumentHelp(
            "Color of holes: white (255) or black (0). (default: as recorded in the dataset, otherwise white)",
            valueName: "color"))
    var hole: HoleColor?

    @Option(
        help: ArgumentHelp("Bits per pixel. (default: as recorded in the dataset, otherwise 8)", valueName: "n"))
    var bitDepth: MaskPNGEncoder.BitDepth?

    @Option(
        help: ArgumentHelp(
            "The rasterizer. (default: as recorded in the dataset, otherwise cairo)", valueName: "name"))
    var backend: Backend?

    @OptionGroup(title: "Soft edges") var softEdges: SoftEdgeOptions

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Replace existing images of the same names.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Only print errors.")
    var quiet = false

    func validate() throws {
        if size != nil, scale != nil { throw ValidationError("--size cannot be used with --scale") }
        if let scale, !(scale > 0 && scale.isFinite) {
            throw ValidationError("--scale is \(scale); expected above 0")
        }
        try softEdges.check(bitDepth: bitDepth?.rawValue, backend: backend)
    }

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("rasterizing", unit: "masks", progress)
        var skippedMessages: [String] = []
        do {
            defer { display?.end() }
            let masks = try MaskCollection(at: input, contents: .vectors)
            skippedMessages = masks.skippedMessages
            if output.isStandardOutput, !masks.isSingle {
                throw DataError(
                    input, "contains \(counted(masks.items.count, "mask")); expected a single one for --output -")
            }
            var rasterization = Rasterization(of: masks, to: output.path ?? "/dev/stdout")
            rasterization.replaces = overwrite
            rasterization.size = size.map { .fixed($0.size) } ?? scale.map { .scaled(by: $0) } ?? .canvas
            rasterization.holeColor = hole ?? masks.holeColor ?? .white
            rasterization.bitDepth = bitDepth ?? masks.manifest?.bitDepth ?? .eight
            rasterization.dilation = softEdges.dilate
            rasterization.jobs = jobs.count
            let recorded = masks.manifest.flatMap { Backend(rawValue: $0.backend) }
            let backend = softEdges.edge == nil ? backend ?? recorded ?? .cairo : .exact
            if let size { try backend.check(size.size) }
            if let edge = softEdges.edge {
                try await rasterization.run(edge, progress: progress)
            } else {
                try await backend.run(
                    cairo: { [rasterization] in try await rasterization.run(makeRasterizer: $0, progress: progress) },
                    exact: { [rasterization] in try await rasterization.run(makeRasterizer: $0, progress: progress) })
            }
        } catch {
            throw Terminal.report(error)
        }
        if !quiet {
            for message in skippedMessages { Terminal.printMessage(message) }
            Terminal.printMessage("\(output): \(counted(progress.done, "mask"))")
        }
    }
}
