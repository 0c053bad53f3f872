import ArgumentParser
import Console
import MaskDataset
import SystemPackage

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Generate masks from drawings and write them as a dataset of PNG, JSON, and SVG files.",
        usage: """
            qd-imd export SOURCE --output DIR [options]
            qd-imd export --plan DIR --shard K [SOURCE]
            """,
        discussion: """
            The defaults are the recipe of QD-IMD. The same drawings, seed, and options make the same dataset, byte \
            for byte, with any number of threads and processes, and after any interruption.

            With --plan, generates only some shards of an export that qd-imd plan has prepared.
            """)

    @Argument(
        help: """
            A file of drawings (.ndjson, .bin, .csv, gzipped or in a .zip; .npz; .jsonl; .svg), a folder of them, or a \
            stroke bank. With --plan, only if it is not where it was planned.
            """)
    var source: FilePath?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Folder of the dataset; new or empty, unless --resume or --overwrite is given.", valueName: "dir"))
    var output: FilePath?

    @Option(help: ArgumentHelp("Folder with a plan, of which to generate shards.", valueName: "dir"))
    var plan: FilePath?

    @Option(
        help: ArgumentHelp(
            """
            The shards to generate: a number from 0, several (3,7,9-10), all, or auto: the index that Slurm, \
            Kubernetes, AWS Batch, Cloud Run, PBS, or Grid Engine assigned to this task.
            """, valueName: "k"))
    var shard: ShardArgument?

    @Option(
        help: ArgumentHelp(
            "Number to add to the index of --shard auto, for plans with more shards than tasks. (default: 0)",
            valueName: "n"))
    var shardOffset: Int?

    @OptionGroup(title: "Dataset") var options: ExportOptions

    @OptionGroup var flush: FlushOption

    @OptionGroup var jobs: JobsOption

    @Flag(help: "Resume an interrupted export; in a finished one, generate what is missing or damaged.")
    var resume = false

    @Flag(help: "Replace the dataset in the folder when the new one is complete.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "Only print errors and skipped corrupt records.")
    var quiet = false

    func validate() throws {
        if resume, overwrite { throw ValidationError("--resume cannot be used with --overwrite") }
        if plan != nil { return try checkShardOptions() }
        if shard != nil { throw ValidationError("--shard needs --plan") }
        if shardOffset != nil { throw ValidationError("--shard-offset needs --plan") }
        guard source != nil else { throw ValidationError("Missing expected argument '<source>'") }
        guard let output else { throw ValidationError("Missing expected argument '--output <dir>'") }
        try options.check(output: output)
    }

    private func checkShardOptions() throws {
        if output != nil { throw ValidationError("--plan cannot be used with --output; the plan is in that folder") }
        if resume || overwrite { throw ValidationError("--plan cannot be used with --resume or --overwrite") }
        guard shard != nil else { throw ValidationError("--plan needs --shard") }
        if let shardOffset, shardOffset < 0 {
            throw ValidationError("--shard-offset is \(shardOffset); expected at least 0")
        }
        if shardOffset != nil, case .automatic? = shard {
        } else if shardOffset != nil {
            throw ValidationError("--shard-offset needs --shard auto")
        }
        guard options.areDefault else {
            throw ValidationError("--plan cannot be used with options of the dataset; the plan has them")
        }
    }

    func run() async throws {
        if let plan {
            try await generateShards(plan)
        } else if let source, let output {
            try await export(source, to: output)
        }
    }

    private func export(_ source: FilePath, to output: FilePath) async throws {
        let (reading, making, layingOut) = (WorkProgress(), WorkProgress(), WorkProgress())
        let start = ContinuousClock.now
        let summary: DatasetExport.Summary
        do {
            let displays = displays(reading, making, layingOut)
            defer { for display in displays { display.end() } }
            let (settings, origin) = try options.read(output: output)
            if !quiet { try settings.unreachableRequests().forEach(Terminal.printMessage) }
            let backend = Backend(rawValue: settings.backend) ?? .cairo
            var export = DatasetExport(
                source: source, output: output, settings: settings,
                existing: resume ? .resume : overwrite ? .overwrite : .refuse, jobs: jobs.count)
            export.renderer = backend.renderer
            export.origin = origin
            export.isFlushing = flush.sync
            let prepared = export
            summary = try await backend.run(
                cairo: {
                    try await prepared.run(
                        makeRasterizer: $0, reading: reading, making: making, layingOut: layingOut)
                },
                exact: {
                    try await prepared.run(
                        makeRasterizer: $0, reading: reading, making: making, layingOut: layingOut)
                })
        } catch {
            throw Terminal.report(error)
        }
        for message in summary.skippedContents.corruptionMessages { Terminal.printMessage(message) }
        if !quiet { summary.license.missingMessage(of: source).map(Terminal.printMessage) }
        if !quiet { report(summary, in: output, seconds: (ContinuousClock.now - start) / .seconds(1)) }
    }

    private func displays(
        _ reading: WorkProgress, _ making: WorkProgress, _ layingOut: WorkProgress
    ) -> [ProgressDisplay] {
        if quiet { return [] }
        return [
            ProgressDisplay("reading", unit: "files", reading), ProgressDisplay("exporting", unit: "masks", making),
            ProgressDisplay("writing layouts", unit: "masks", layingOut),
        ]
    }

    private func report(_ summary: DatasetExport.Summary, in output: FilePath, seconds: Double) {
        Terminal.printMessage(summary.text(of: output))
        for message in summary.skippedContents.filterMessages { Terminal.printMessage(message) }
        if summary.resumedCount > 0 {
            Terminal.printMessage("\(counted(summary.resumedCount, "mask")) already complete")
        }
        let generated = summary.trainCount + summary.testCount - summary.resumedCount
        generationMessage(generated, seconds: seconds).map { Terminal.printMessage($0) }
        Terminal.printMessage("preview: \(output.appending("preview.png"))")
    }

    private func generateShards(_ plan: FilePath) async throws {
        let (reading, making) = (WorkProgress(), WorkProgress())
        let start = ContinuousClock.now
        let summary: ShardExport.Summary
        do {
            let displays = displays(reading, making, WorkProgress())
            defer { for display in displays { display.end() } }
            var export = try ShardExport(planIn: plan, jobs: jobs.count)
            export.isFlushing = flush.sync
            let numbers = try shard?.numbers(offset: shardOffset ?? 0)
            if let last = numbers?.last, last >= export.shardCount {
                throw ValidationError("--shard is \(last); expected 0 to \(export.shardCount - 1)")
            }
            let backend = Backend(rawValue: export.settings.backend) ?? .cairo
            let prepared = export
            summary = try await backend.run(
                cairo: {
                    try await prepared.run(
                        numbers, source: source, renderer: backend.renderer, makeRasterizer: $0, reading: reading,
                        making: making)
                },
                exact: {
                    try await prepared.run(
                        numbers, source: source, renderer: backend.renderer, makeRasterizer: $0, reading: reading,
                        making: making)
                })
        } catch {
            throw Terminal.report(error)
        }
        guard !quiet else { return }
        if summary.isMerged { Terminal.printMessage("\(plan): the shards are merged already") }
        if !summary.alreadyComplete.isEmpty, !summary.isMerged {
            Terminal.printMessage("already complete: shards \(summary.alreadyComplete)")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        generationMessage(summary.generatedCount, seconds: seconds).map { Terminal.printMessage($0) }
    }
}
