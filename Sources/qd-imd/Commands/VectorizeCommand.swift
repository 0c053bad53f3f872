import ArgumentParser
import Console
import FileAccess
import JSONText
import MaskDataset
import MaskReport
import MaskTracing
import SystemPackage

struct VectorizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectorize",
        abstract: "Trace PNG masks as vectors: brush strokes, and outlines where strokes explain too little.",
        discussion: """
            OUT/vectors/train.jsonl and OUT/svg/train/00000_train.svg are written for train/00000_train.png, and \
            OUT/vectors/masks.jsonl for images in no folder. For a single image, the output can be a .svg or .json file.

            The summary states how closely the vectors, drawn by the exact rasterizer, match the images.
            """)

    @Argument(
        help: """
            A mask (.png, .jpg), a file of masks (.tar, .tar.gz, .zip, .npy, .npz, COCO's .json), a folder of them, or a \
            dataset.
            """)
    var input: FilePath

    @Option(name: .shortAndLong, help: ArgumentHelp("A folder, or for a single image a file.", valueName: "path"))
    var output: FilePath

    @Option(
        help: ArgumentHelp(
            """
            What matters more: clean, few and smooth strokes; or pixels, every pixel. Images that were scaled, or drawn \
            by another renderer, need clean.
            """, valueName: "name"))
    var fidelity = TracingOptions.Fidelity.clean

    @Option(
        help: ArgumentHelp(
            "Brush strokes only, outlines only, or mixed: the better of both for each connected hole.",
            valueName: "name"))
    var shapes = TracingOptions.Shapes.mixed

    @Option(help: ArgumentHelp("The ends of strokes; auto chooses for each end.", valueName: "name"))
    var caps = TracingOptions.Caps.auto

    @OptionGroup(title: "Images") var images: ImageOptions

    @Option(help: ArgumentHelp("Write a web page that shows the masks, the worst first.", valueName: "file"))
    var report: FilePath?

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Continue an interrupted vectorization of the same masks.")
    var resume = false

    @Flag(help: "Replace existing files of the same names.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Only print errors.")
    var quiet = false

    func validate() throws {
        if resume, overwrite { throw ValidationError("--resume cannot be used with --overwrite") }
    }

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("vectorizing", unit: "masks", progress)
        let summary: VectorizationSummary
        var skippedMessages: [String] = []
        do {
            defer { display?.end() }
            let masks = try MaskCollection(at: input, contents: .all)
            skippedMessages = masks.skippedMessages
            var vectorization = Vectorization(of: masks, to: output)
            vectorization.options.fidelity = fidelity
            vectorization.options.shapes = shapes
            vectorization.options.caps = caps
            vectorization.reader = images.reader(hole: masks.holeColor)
            vectorization.existing = resume ? .resume : overwrite ? .overwrite : .refuse
            vectorization.jobs = jobs.count
            if let report {
                try OverwriteCheck(of: [masks]).check(report, replaces: overwrite || resume)
                try masks.checkCanBeReadAgain()
            }
            summary = try await vectorization.run(progress: progress)
            if let report {
                let page = try await TracingReport(of: vectorization, summary).page
                report.removeAbandonedOutput()
                try report.writeFile(page)
            }
        } catch {
            throw Terminal.report(error)
        }
        if !quiet {
            for message in skippedMessages { Terminal.printMessage(message) }
            Terminal.printMessage(summary.text(of: output))
        }
    }
}

extension VectorizationSummary {
    /// How faithful the vectors are, in a line.
    fileprivate func text(of output: FilePath) -> String {
        func number(_ value: Double) -> String { DecimalText.string(value, decimals: 1) }
        let (iou, tolerant) = (iou, tolerantIoU)
        let worst = worst.map { " (\($0.name))" } ?? ""
        return """
            \(output): \(counted(masks.count, "mask")), IoU mean \(DecimalText.string(iou.mean, decimals: 5)), \
            worst \(DecimalText.string(iou.minimum, decimals: 4))\(worst), \
            within 1 px mean \(DecimalText.string(tolerant.mean, decimals: 5)); per mask \
            \(number(strokes.mean)) strokes, \(number(outlines.mean)) outlines, \(number(vertices.mean)) vertices
            """
    }
}
