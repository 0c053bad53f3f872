import ArgumentParser
import Console
import MaskDataset
import SystemPackage

struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Verify the shards of a plan, and make the dataset of them.",
        discussion: """
            Compares every file with the size and SHA-256 in its shard's record. If a shard is missing or damaged, \
            it says which, exits with 75, and changes nothing. An interrupted merge can be repeated.

            With --manifest, the tar files of the shards can be elsewhere, as in an object store: only their records \
            are read, and only what describes the dataset is written.
            """)

    @Argument(help: ArgumentHelp("Folder with a plan; it becomes the folder of the dataset.", valueName: "dir"))
    var folder: FilePath

    @Option(
        help: ArgumentHelp("The drawings or stroke bank, if they are not where they were planned.", valueName: "path"))
    var source: FilePath?

    @Option(
        help: ArgumentHelp(
            """
            Write only dataset.json, the preview, and the checksums, into this new folder; for plans whose shards are \
            tar files (--tar, or the layout webdataset alone).
            """, valueName: "dir"))
    var manifest: FilePath?

    @OptionGroup var flush: FlushOption

    @OptionGroup var jobs: JobsOption

    @Flag(name: .shortAndLong, help: "Only print errors.")
    var quiet = false

    func run() async throws {
        let (reading, layingOut) = (WorkProgress(), WorkProgress())
        let displays = quiet ? [] : [ProgressDisplay("writing layouts", unit: "masks", layingOut)]
        let summary: DatasetExport.Summary
        do {
            defer { for display in displays { display.end() } }
            var merge = ShardMerge(in: folder, jobs: jobs.count)
            merge.isFlushing = flush.sync
            summary =
                if let manifest {
                    try await merge.writeManifest(to: manifest, source: source, reading: reading)
                } else {
                    try await merge.run(source: source, reading: reading, layingOut: layingOut)
                }
        } catch {
            throw Terminal.report(error)
        }
        if !quiet { Terminal.printMessage(summary.text(of: manifest ?? folder)) }
    }
}
