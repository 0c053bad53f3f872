import ArgumentParser
import Console
import MaskDataset
import SystemPackage

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "List the shards of a plan that are complete, missing, or damaged.",
        discussion: """
            The contents of a file are compared with its record only if it was changed after it was recorded; merge \
            compares all. With --json, prints an object with the members shards, complete, missing, damaged, rerun, \
            and merged.
            """)

    @Argument(help: ArgumentHelp("Folder with a plan.", valueName: "dir"))
    var folder: FilePath

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var jobs: JobsOption

    func run() async throws {
        let status: ExportStatus
        do {
            status = try await ExportStatus(of: folder, jobs: jobs.count)
        } catch {
            throw Terminal.report(error)
        }
        for problem in status.problems { Terminal.printMessage("\(problem)") }
        if json { return try Terminal.writeData(status.json) }
        var text = "\(grouped(status.completeCount)) of \(counted(status.shardCount, "shard")) complete\n"
        if !status.missing.isEmpty { text += "missing: \(status.missing)\n" }
        if !status.damaged.isEmpty { text += "damaged: \(status.damaged)\n" }
        if status.isMerged {
            text += "merged\n"
        } else if status.rerun.isEmpty {
            text += "next: qd-imd merge \(folder)\n"
        } else {
            text += "next: qd-imd export --plan \(folder) --shard \(status.rerun)\n"
        }
        try Terminal.writeData(text)
    }
}
