import ArgumentParser
import Console
import MaskDataset
import MaskModel
import MaskReport
import SystemPackage

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a web page that shows a dataset: numbers, charts, and a gallery of masks.",
        discussion: """
            The page is a single file that works without a network. Its numbers cover all masks. Its gallery shows a \
            sample, evenly spread over the hole ratios, which includes the smallest and largest holes and the most \
            strokes. The same masks make the same page, byte for byte.
            """)

    @Argument(
        help: """
            A dataset, a mask (.png, .jpg, .json, .svg), a file of masks (.jsonl, .tar, .tar.gz, .zip, .npy, .npz, COCO's \
            .json), or a folder of them.
            """)
    var dataset: FilePath

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The page to write: report.html; - for standard output.", valueName: "file"))
    var output: OutputArgument

    @Option(help: ArgumentHelp("Maximum number of masks in the gallery, 1 to 20000.", valueName: "n"))
    var sample = 1000

    @Option(help: ArgumentHelp("Title of the page. (default: the name of the dataset)", valueName: "text"))
    var title: String?

    @OptionGroup(title: "Images") var images: ImageOptions

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Replace an existing file.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Only print errors.")
    var quiet = false

    func validate() throws {
        guard (1...20_000).contains(sample) else { throw ValidationError("--sample is \(sample); expected 1 to 20000") }
    }

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("reading", unit: "masks", progress)
        let page: [UInt8]
        let skippedMessages: [String]
        do {
            defer { display?.end() }
            let masks = try MaskCollection(inDetailAt: dataset)
            try output.check(overwrite: overwrite, inputs: OverwriteCheck(of: [masks]))
            try masks.checkCanBeReadAgain()
            skippedMessages = masks.skippedMessages
            var options = DatasetReport.Options(for: masks)
            options.title = title ?? options.title
            options.reader = images.reader(hole: masks.holeColor)
            options.sampleLimit = sample
            options.jobs = jobs.count
            page = try await DatasetReport(of: masks, options, progress: progress).page
            try output.write(page)
        } catch {
            throw Terminal.report(error)
        }
        if !quiet {
            for message in skippedMessages { Terminal.printMessage(message) }
            Terminal.printMessage("\(output): \(counted(progress.done, "mask")), \(megabytes(page.count)) MB")
        }
    }
}
