import ArgumentParser
import Console
import FileAccess
import JSONText
import MaskDataset
import QuickDraw
import StrokeBank
import SystemPackage

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Convert drawings into a stroke bank, from which export starts immediately.",
        discussion: """
            A stroke bank is a single file with all drawings: strokes, keys, words, countries, and times. If a key \
            occurs more than once in a category, the first drawing is used. export makes the same masks from a bank \
            as from the drawings, whether filters are applied here or there. The same drawings make the same bank, \
            byte for byte.
            """)

    @Argument(
        help: ArgumentHelp(
            "Files of drawings (.ndjson, .bin, .csv, gzipped or in a .zip; .npz; .jsonl; .svg), or folders, in order.",
            valueName: "source"))
    var sources: [FilePath]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The bank to write; - for standard output.", valueName: "file"))
    var output: OutputArgument

    @OptionGroup(title: "Filters") var filters: FilterOptions

    @OptionGroup(title: "License") var license: LicenseOptions

    @OptionGroup var corruption: SkipDamagedOption

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Replace an existing file when the new one is complete.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Only print errors and skipped corrupt records.")
    var quiet = false

    func run() async throws {
        let (reading, writing) = (WorkProgress(), WorkProgress())
        let displays =
            quiet
            ? []
            : [
                ProgressDisplay("reading", unit: "chunks", reading),
                ProgressDisplay("writing", unit: "chunks", writing),
            ]
        let start = ContinuousClock.now
        let summary: BankIndexing.Summary
        do {
            defer { for display in displays { display.end() } }
            try output.check(overwrite: overwrite)
            summary = try await output.writeFile { path in
                var index = BankIndexing(sources: sources, output: path, jobs: jobs.count)
                index.filter = try filters.filter()
                index.skipsDamaged = corruption.skipDamaged
                index.license = license.specified
                return try await index.run(reading: reading, writing: writing)
            }
        } catch {
            throw Terminal.report(error)
        }
        for message in summary.skippedContents.corruptionMessages { Terminal.printMessage(message) }
        if !quiet { report(summary, seconds: (ContinuousClock.now - start) / .seconds(1)) }
    }

    private func report(_ summary: BankIndexing.Summary, seconds: Double) {
        let bank = summary.bank
        Terminal.printMessage(
            """
            \(output): \(counted(bank.drawingCount, "drawing")) in \
            \(counted(bank.categoryCount, "category", plural: "categories")), \
            \(counted(bank.strokeCount, "stroke")), \(counted(bank.pointCount, "point"))
            """)
        if bank.duplicateCount > 0 {
            Terminal.printMessage("skipped \(counted(bank.duplicateCount, "drawing")) with a repeated key")
        }
        for message in summary.skippedContents.filterMessages { Terminal.printMessage(message) }
        let size = DecimalText.string(Double(bank.byteCount) / 1e6, decimals: 1)
        Terminal.printMessage("\(size) MB in \(DecimalText.string(seconds, decimals: 1)) s")
    }
}
