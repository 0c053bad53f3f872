import ArgumentParser
import Console
import QuickDraw

/// Validates the options and starts `qd-imd-download`: loading a networking library takes longer than rasterizing a
/// mask, so only those who download load it.
struct DownloadCommand: ParsableCommand {
    static let configuration = DownloadOptions.configuration(commandName: "download")

    @OptionGroup var options: DownloadOptions

    func run() throws {
        do {
            let arguments = CommandLine.arguments.drop { $0 != "download" }.dropFirst()
            // Python's wheel has one program only.
            try CompanionProgram(named: "qd-imd-download").replaceCurrentProcess(
                arguments: Array(arguments),
                alternative: "a file from another program, such as: curl -O "
                    + "\(StorageBucket.official.base)/quickdraw_dataset/full/simplified/cat.ndjson")
        } catch {
            throw Terminal.report(error)
        }
    }
}
