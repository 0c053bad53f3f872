import ArgumentParser
import Console
import QuickDraw
import QuickDrawDownload
import SystemPackage

/// `qd-imd download` as a program of its own: loading a networking library takes longer than rasterizing a mask.
@main
struct QDIMDDownload: AsyncParsableCommand {
    static let configuration = DownloadOptions.configuration(commandName: "qd-imd-download")

    @OptionGroup var options: DownloadOptions

    static func main() async {
        AddressSpaceLimit.prepareForLimit(exitCode: 1)
        await runAndExit()
    }

    private var settings: Download.Settings {
        var settings = Download.Settings(words: options.all ? nil : options.words, folder: options.output)
        settings.format = options.form
        settings.bucket = options.baseURL
        settings.connections = options.connections
        settings.sampleLength = options.firstBytes
        settings.replaces = options.overwrite
        settings.timeout = options.timeout
        settings.retries.failureLimit = options.retries + 1
        settings.retries.firstPause = .seconds(options.retryDelay)
        return settings
    }

    func run() async throws {
        let settings = settings
        let download = Download(settings)
        do {
            let files = try await download.files()
            if options.dryRun { try list(files, settings) } else { try await fetch(files, download) }
        } catch {
            throw Terminal.report(error)
        }
    }

    private func list(_ files: [ListedFile], _ settings: Download.Settings) throws {
        let lines = files.map { "\(settings.path(of: $0).lastComponent?.string ?? "")\t\(settings.length(of: $0))\n" }
        try Terminal.writeData(lines.joined())
        let total = files.reduce(0) { $0 + settings.length(of: $1) }
        if !options.quiet { Terminal.printMessage("\(counted(files.count, "file")), \(grouped(total)) bytes in total") }
    }

    private func fetch(_ files: [ListedFile], _ download: Download) async throws {
        let progress = TransferProgress()
        let quiet = options.quiet
        let display = quiet ? nil : ProgressDisplay("downloading", bytes: { (progress.done, progress.total) })
        let summary: Download.Summary
        do {
            defer { display?.end() }
            summary = try await download.run(files, progress: progress) { line in
                if !quiet { Terminal.printMessageAboveProgressBar(line) }
            }
        }
        if !quiet {
            let size = megabytes(progress.done)
            var line = "\(options.output): downloaded \(counted(summary.fetched, "file")), \(size) MB"
            if summary.alreadyThere > 0 { line += "; \(grouped(summary.alreadyThere)) already complete" }
            Terminal.printMessage(line)
        }
        for failure in summary.failures { Terminal.printMessage("\(failure)") }
        if summary.untried > 0 {
            Terminal.printMessage(
                "\(counted(summary.untried, "file")) not attempted; run the same command again to resume")
        }
        if !summary.failures.isEmpty { throw ExitCode.failure }
    }
}
