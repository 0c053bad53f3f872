import ArgumentParser
import Console

/// Checks the options, and leaves the rest to `qd-imd-download`: a network library takes longer to start than a mask to
/// draw, so only those who download should load it.
struct DownloadCommand: ParsableCommand {
    static let configuration = DownloadOptions.configuration(commandName: "download")

    @OptionGroup var options: DownloadOptions

    func run() throws {
        do {
            let arguments = CommandLine.arguments.drop { $0 != "download" }.dropFirst()
            try CompanionProgram(named: "qd-imd-download").takeOver(arguments: Array(arguments))
        } catch {
            throw Terminal.failure(error)
        }
    }
}
