import ArgumentParser
import Console
import FileAccess
import MaskDataset
import MaskModel
import MaskReport
import SystemPackage

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make a web page that shows what is in a dataset: figures, charts, and masks to look at.",
        discussion: """
            The page is one file that opens in a browser from wherever it lies, and asks no network. Its figures are of all \
            masks; its gallery has a sample, evenly spread over all hole ratios, with the smallest holes, the largest and \
            the most strokes. The same masks give the same bytes.
            """)

    @Argument(
        help: "An exported dataset, or masks: a PNG, a vector file (.json, .jsonl, .svg), a .tar or a folder of them.")
    var dataset: FilePath

    @Option(name: .shortAndLong, help: ArgumentHelp("The page to write, as in report.html.", valueName: "file"))
    var output: FilePath

    @Option(help: ArgumentHelp("How many masks the gallery has at most, 1 to 20,000.", valueName: "n"))
    var sample = 1000

    @Option(help: "What the page is called. (default: the dataset's own name)")
    var title: String?

    @Option(help: "The color of holes in PNGs: white or black. (default: the dataset's, or white)")
    var hole: HoleColor?

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Replace a file of that name.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Say nothing but what goes wrong.")
    var quiet = false

    func validate() throws {
        guard (1...20_000).contains(sample) else { throw ValidationError("--sample is \(sample); expected 1 to 20000") }
    }

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("reading", unit: "masks", progress)
        let page: [UInt8]
        do {
            defer { display?.end() }
            try output.checkIsFree(overwrite: overwrite)
            let masks = try MaskCollection(inDetailAt: dataset)
            var options = DatasetReport.Options(for: masks)
            options.title = title ?? options.title
            options.holeColor = hole ?? options.holeColor
            options.sampleLimit = sample
            options.jobs = jobs.count
            page = try await DatasetReport(of: masks, options, progress: progress).page
            try output.writeFile(page)
        } catch {
            throw Terminal.failure(error)
        }
        if !quiet {
            let count = "\(grouped(progress.done)) \(progress.done == 1 ? "mask" : "masks")"
            Terminal.say("\(output): \(count), \(megabytes(page.count)) MB")
        }
    }
}

extension FilePath {
    /// Refuses a path at which something stands that may not be replaced.
    func checkIsFree(overwrite: Bool) throws {
        if !overwrite, try kind() != nil {
            throw DataError(self, "is there already; expected another name, or --overwrite")
        }
    }
}
