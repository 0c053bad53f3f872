import ArgumentParser
import Console
import MaskDataset
import SystemPackage

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare a dataset with what was generated.",
        discussion: """
            Compares the SHA-256 of every file with that from when it was generated, and names each file that is \
            missing, changed, or not part of the dataset. Exit codes: 0 all files are as they were generated; \
            1 otherwise. qd-imd export --resume generates again what is missing or changed.
            """)

    @Argument(help: ArgumentHelp("Folder of a dataset.", valueName: "dataset"))
    var folder: FilePath

    @OptionGroup var jobs: JobsOption

    @Flag(name: .shortAndLong, help: "Only print what is wrong.")
    var quiet = false

    /// The number of problems of each kind that are printed.
    private static let limit = 100

    func run() async throws {
        let progress = WorkProgress()
        let displays = quiet ? [] : [ProgressDisplay("verifying", unit: "files", progress)]
        let result: DatasetVerification
        do {
            defer { for display in displays { display.end() } }
            result = try await DatasetVerification(of: folder, jobs: jobs.count, progress: progress)
        } catch {
            throw Terminal.report(error)
        }
        Self.printFirst(result.problems.map { "\($0)" })
        Self.printFirst(result.foreignFiles.map { "\($0): is not part of the dataset" })
        let isSame = result.isIntact && result.foreignFiles.isEmpty
        if !quiet {
            var parts: [String] = []
            if !result.isIntact { parts.append("\(counted(result.problems.count, "file")) missing or changed") }
            if !result.foreignFiles.isEmpty { parts.append("\(counted(result.foreignFiles.count, "file")) not of it") }
            Terminal.printMessage(
                "\(folder): \(counted(result.fileCount, "file")), "
                    + (isSame ? "all as they were generated" : parts.joined(separator: ", ")))
        }
        if !isSame { throw ExitCode(1) }
    }

    private static func printFirst(_ lines: [String]) {
        for line in lines.prefix(limit) { Terminal.printMessage(line) }
        if lines.count > limit { Terminal.printMessage("… and \(grouped(lines.count - limit)) more") }
    }
}
