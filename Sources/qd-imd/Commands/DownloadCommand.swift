import ArgumentParser
import Console

/// Validates the options and starts `qd-imd-download`: loading a networking library takes longer than rasterizing a
/// mask, so only those who download load it.
struct DownloadCommand: ParsableCommand {
    static let configuration = DownloadOptions.configuration(commandName: "download")

    @OptionGroup var options: DownloadOptions

    func run() throws {
        do {
            let arguments = CommandLine.arguments.drop { $0 != "download" }.dropFirst()
            try CompanionProgram(named: "qd-imd-download").replaceCurrentProcess(arguments: Array(arguments))
        } catch {
            throw Terminal.report(error)
        }
    }
}
