import ArgumentParser
import Console
import MaskDataset
import MaskModel
import PNGCodec
import SystemPackage

struct RasterizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rasterize",
        abstract: "Draw vector masks as PNG, at any size.",
        discussion: """
            The names are the masks' own: OUT/00000_train.png for a .jsonl, OUT/train/00000_train.png for a dataset. Of a \
            dataset, the color of holes, the bit depth and the backend are taken over unless they are given.
            """)

    @Argument(help: "A .json, .jsonl or .svg file, a folder or a .tar of them, or an exported dataset.")
    var input: FilePath

    @Option(name: .shortAndLong, help: ArgumentHelp("A folder, or a .png file for a single mask.", valueName: "path"))
    var output: FilePath

    @Option(
        help: ArgumentHelp(
            "The size of the PNGs, in px; one number for both sides. (default: the canvas's)", valueName: "WxH"))
    var size: SizeArgument?

    @Option(help: ArgumentHelp("The size of the PNGs as a multiple of the canvas's, above 0.", valueName: "factor"))
    var scale: Double?

    @Option(help: "The color of holes: white (255) or black (0). (default: the dataset's, or white)")
    var hole: HoleColor?

    @Option(help: "Bits a pixel: 8 or 1. (default: the dataset's, or 8)")
    var bitDepth: MaskPNGEncoder.BitDepth?

    @Option(help: "What draws: cairo or exact. (default: the dataset's, or cairo)")
    var backend: Backend?

    @OptionGroup var soft: SoftOptions

    @OptionGroup var jobs: JobsOption

    @Flag(name: .shortAndLong, help: "Say nothing but what goes wrong.")
    var quiet = false

    func validate() throws {
        if size != nil, scale != nil { throw ValidationError("--size and --scale; expected one of them") }
        if let scale, !(scale > 0 && scale.isFinite) {
            throw ValidationError("--scale is \(scale); expected more than 0")
        }
        try soft.check(bitDepth: bitDepth?.rawValue, backend: backend)
    }

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("drawing", unit: "masks", progress)
        do {
            defer { display?.end() }
            let masks = try MaskCollection(at: input, contents: .vectors)
            var work = Rasterization(of: masks, to: output)
            work.size = size.map { .fixed($0.size) } ?? scale.map { .scaled(by: $0) } ?? .canvas
            work.holeColor = hole ?? masks.holeColor ?? .white
            work.bitDepth = bitDepth ?? masks.manifest?.bitDepth ?? .eight
            work.dilation = soft.dilate
            work.jobs = jobs.count
            let recorded = masks.manifest.flatMap { Backend(rawValue: $0.backend) }
            let backend = soft.edge == nil ? backend ?? recorded ?? .cairo : .exact
            if let size { try backend.check(size.size) }
            if let edge = soft.edge {
                try await work.run(edge, progress: progress)
            } else {
                try await backend.run(
                    cairo: { [work] in try await work.run(makeRasterizer: $0, progress: progress) },
                    exact: { [work] in try await work.run(makeRasterizer: $0, progress: progress) })
            }
        } catch {
            throw Terminal.failure(error)
        }
        if !quiet { Terminal.say("\(output): \(grouped(progress.done)) \(progress.done == 1 ? "mask" : "masks")") }
    }
}
