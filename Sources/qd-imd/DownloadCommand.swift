public import ArgumentParser
import FileAccess
import JSONText
public import QuickDraw
public import QuickDrawDownload
import SystemPackage

struct DownloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "download",
        abstract: "Fetch drawings from Google's Quick, Draw! bucket.",
        discussion: """
            The files are called after their words: DIR/The Eiffel Tower.ndjson. What has come of a file lies beside them \
            under a hidden name and is gone on with, by the same command; a file gets its name when its size and its MD5 \
            are those of the bucket's listing. Files that are there already are not fetched again.

            A sample (--first-bytes) has a name that says so, DIR/cat.first8192.ndjson, and is not verified but by its \
            length.
            """)

    @Argument(help: "What was drawn: cat, \"The Eiffel Tower\". Capitals, spaces and hyphens count.")
    var words: [String] = []

    @Flag(help: "Fetch all words; whole, the simplified form has 345 files of 24 GB together.")
    var all = false

    @Option(help: "Which of the published forms: simplified, raw or binary.")
    var form = DrawingForm.simplified

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder for the files.", valueName: "dir"))
    var output: FilePath

    @Option(help: "How many files come at once, 1 to 32.")
    var connections = 4

    @Option(
        help: ArgumentHelp(
            "Take only so many bytes of each file, 1 or more, cut at the last whole drawing.", valueName: "n"))
    var firstBytes: Int?

    @Flag(help: "List the files on standard output, each with its size in bytes, and fetch none.")
    var dryRun = false

    @Flag(help: "Replace files that are there and differ, and samples.")
    var overwrite = false

    @Option(help: "How long the server may be silent, in seconds, 1 to 3600.")
    var timeout = 30

    @Option(help: "How many times to try again after a failure before which nothing new came, 0 or more.")
    var retries = 5

    @Option(
        help: "The pause before the first of these, in seconds, 0 to 60; it doubles from one to the next, up to 60.")
    var retryDelay = 1.0

    @Option(
        help: ArgumentHelp(
            "A mirror: the address below which storage/v1/b/quickdraw_dataset/o and quickdraw_dataset/full are.",
            valueName: "url"))
    var baseURL = Bucket.official

    @Flag(name: .shortAndLong, help: "Say nothing but what goes wrong.")
    var quiet = false

    func validate() throws {
        guard words.isEmpty == all else {
            throw ValidationError(all ? "words and --all; wanted one of them" : "no words; wanted some, or --all")
        }
        guard (1...32).contains(connections) else {
            throw ValidationError("--connections is \(connections); wanted 1 to 32")
        }
        if let firstBytes, firstBytes < 1 { throw ValidationError("--first-bytes is \(firstBytes); wanted 1 or more") }
        guard (1...3600).contains(timeout) else { throw ValidationError("--timeout is \(timeout); wanted 1 to 3600") }
        guard (0...1_000_000).contains(retries) else {
            throw ValidationError("--retries is \(retries); wanted 0 or more")
        }
        guard (0...60).contains(retryDelay) else {
            throw ValidationError("--retry-delay is \(retryDelay); wanted 0 to 60")
        }
    }

    private var settings: Download.Settings {
        var settings = Download.Settings(words: all ? nil : words, folder: output)
        settings.form = form
        settings.bucket = baseURL
        settings.connections = connections
        settings.sampleLength = firstBytes
        settings.replaces = overwrite
        settings.timeout = timeout
        settings.retries.failureLimit = retries + 1
        settings.retries.firstPause = .seconds(retryDelay)
        return settings
    }

    func run() async throws {
        let settings = settings
        let download = Download(settings)
        do {
            let files = try await download.files()
            if dryRun { try list(files, settings) } else { try await fetch(files, download) }
        } catch {
            throw Terminal.failure(error)
        }
    }

    private func list(_ files: [ListedFile], _ settings: Download.Settings) throws {
        let lines = files.map { "\(settings.path(of: $0).lastComponent?.string ?? "")\t\(settings.length(of: $0))\n" }
        try Terminal.output(lines.joined())
        let total = files.reduce(0) { $0 + settings.length(of: $1) }
        if !quiet { Terminal.say("\(count(files.count)) of \(grouped(total)) bytes in all") }
    }

    private func fetch(_ files: [ListedFile], _ download: Download) async throws {
        let progress = TransferProgress()
        let display = quiet ? nil : ProgressDisplay("downloading", bytesOf: progress)
        let summary: Download.Summary
        do {
            defer { display?.end() }
            summary = try await download.run(files, progress: progress) { [quiet] line in
                if !quiet { Terminal.sayAboveBar(line) }
            }
        }
        if !quiet {
            var words = "\(output): \(count(summary.fetched)) fetched, \(megabytes(progress.done)) MB"
            if summary.alreadyThere > 0 { words += "; \(grouped(summary.alreadyThere)) there already" }
            Terminal.say(words)
        }
        for failure in summary.failures { Terminal.say("\(failure)") }
        if summary.untried > 0 { Terminal.say("\(count(summary.untried)) not fetched; the same command goes on") }
        if !summary.failures.isEmpty { throw ExitCode.failure }
    }

    private func count(_ files: Int) -> String { "\(grouped(files)) \(files == 1 ? "file" : "files")" }
}

extension DrawingForm: ExpressibleByArgument {}

extension Bucket: ExpressibleByArgument {
    /// The bucket below an address; nil if it is none.
    public init?(argument: String) {
        self.init(base: argument)
    }

    /// The address.
    public var defaultValueDescription: String { base }
}
