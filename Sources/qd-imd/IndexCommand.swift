import StrokeBank
import ArgumentParser
import Console
import FileAccess
import JSONText
import MaskDataset
import QuickDraw
import SystemPackage

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Put drawings into a stroke bank, one file that export starts from at once.",
        discussion: """
            A bank holds all drawings with their strokes, keys, words, countries and times, each key of a category once. \
            export takes it in place of the drawings and makes the same masks. The same drawings give the same bytes, \
            whatever the number of jobs. Filters can be given here or to export, with the same masks.
            """)

    @Argument(help: "Quick, Draw! files, or folders of them, in order.")
    var sources: [FilePath]

    @Option(name: .shortAndLong, help: ArgumentHelp("The bank.", valueName: "file"))
    var output: FilePath

    @OptionGroup(title: "Filters") var filters: FilterOptions

    @OptionGroup var damage: DamageOptions

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Replace the file, once the new one is complete.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Say nothing but what goes wrong.")
    var quiet = false

    func run() async throws {
        var index = BankIndex(sources: sources, output: output, jobs: jobs.count)
        index.filter = try filters.filter()
        index.skipsDamaged = damage.skipDamaged
        let (reading, writing) = (WorkProgress(), WorkProgress())
        let displays =
            quiet
            ? []
            : [
                ProgressDisplay("reading", unit: "pieces", reading),
                ProgressDisplay("writing", unit: "pieces", writing),
            ]
        let start = ContinuousClock.now
        let summary: BankIndex.Summary
        do {
            defer { for display in displays { display.end() } }
            try checkOutput()
            summary = try await index.run(reading: reading, writing: writing)
        } catch {
            throw Terminal.failure(error)
        }
        for line in summary.findings.damageLines { Terminal.say(line) }
        if !quiet { say(summary, seconds: (ContinuousClock.now - start) / .seconds(1)) }
    }

    private func checkOutput() throws {
        switch try output.kind() {
        case nil: break
        case .file:
            if !overwrite { throw DataError(output, "is there already; expected a new file, or --overwrite") }
        case .folder: throw DataError(output, "is a folder; expected a file")
        case .other: throw DataError(output, "is no regular file; expected one")
        }
    }

    private func say(_ index: BankIndex.Summary, seconds: Double) {
        let summary = index.bank
        Terminal.say(
            """
            \(output): \(grouped(summary.drawingCount)) drawings of \(grouped(summary.categoryCount)) categories, \
            \(grouped(summary.strokeCount)) strokes, \(grouped(summary.pointCount)) points
            """)
        if summary.duplicateCount > 0 {
            Terminal.say("\(grouped(summary.duplicateCount)) duplicate drawings were dropped")
        }
        for line in index.findings.filterLines { Terminal.say(line) }
        let size = DecimalText.string(Double(summary.byteCount) / 1e6, decimals: 1)
        Terminal.say("\(size) MB in \(DecimalText.string(seconds, decimals: 1)) s")
    }
}
