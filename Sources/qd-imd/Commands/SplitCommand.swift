import ArgumentParser
import Console
import FileAccess
import MaskDataset
import SystemPackage

struct SplitCommand: AsyncParsableCommand {
    /// What masks are split by.
    enum Key: String, ExpressibleByArgument, CaseIterable {
        case holeRatio = "hole-ratio"
    }

    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Split masks into a folder for each range of hole ratios.",
        discussion: """
            OUT/mask0-10 has the masks with hole ratios above 0 up to 0.1, and so on; a range without masks has no folder. \
            Files are hard links to the masks, or copies on another file system. The output is complete or absent.
            """)

    @Argument(help: "A dataset, a .jsonl or .tar file of masks, or a folder of masks (.png, .json, .svg).")
    var input: FilePath

    @Option(name: .shortAndLong, help: ArgumentHelp("A new or empty folder.", valueName: "dir"))
    var output: FilePath

    @Option(help: ArgumentHelp("What to split by: hole-ratio.", valueName: "key"))
    var by = Key.holeRatio

    @Option(
        help: ArgumentHelp(
            """
            The edges of the ranges in percent, ascending, 0 to 100. Masks outside of all ranges are left out. (default: \
            0,10,20,30,40,50,60,70,80,90,100)
            """, valueName: "list"))
    var buckets: BucketsArgument?

    @OptionGroup(title: "Images") var images: ImageOptions

    @OptionGroup var jobs: JobsOption

    @Flag(name: .shortAndLong, help: "Only print errors.")
    var quiet = false

    func run() async throws {
        let progress = WorkProgress()
        let display = quiet ? nil : ProgressDisplay("splitting", unit: "masks", progress)
        let masks: MaskCollection
        let summary: HoleRatioSplitting.Summary
        do {
            defer { display?.end() }
            masks = try MaskCollection(at: input, contents: .all)
            var splitting = HoleRatioSplitting(of: masks, to: output)
            if let buckets { splitting.buckets = buckets.buckets }
            splitting.reader = images.reader(hole: masks.holeColor)
            splitting.jobs = jobs.count
            summary = try await splitting.run(progress: progress)
        } catch {
            throw Terminal.report(error)
        }
        guard !quiet else { return }
        for message in masks.skippedMessages { Terminal.printMessage(message) }
        try Terminal.writeLines(
            summary.counts.filter { $0.count > 0 }.map { name, count in
                name + String(repeating: " ", count: max(1, 14 - name.count)) + grouped(count)
            })
        if summary.outside > 0 {
            Terminal.printMessage("\(counted(summary.outside, "mask")) outside of all ranges, left out")
        }
    }
}
