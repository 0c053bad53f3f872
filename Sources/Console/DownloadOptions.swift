public import ArgumentParser
public import QuickDraw
package import SystemPackage

/// What `download` is asked for: `qd-imd` checks it and tells of it, `qd-imd-download` does it.
package struct DownloadOptions: ParsableArguments {
    @Argument(help: "What was drawn: cat, \"The Eiffel Tower\". Capitals, spaces and hyphens count.")
    package var words: [String] = []

    @Flag(help: "Fetch all words; whole, the simplified form has 345 files of 24 GB together.")
    package var all = false

    @Option(help: "Which of the published forms: simplified, raw or binary.")
    package var form = SourceFormat.simplified

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder for the files.", valueName: "dir"))
    package var output: FilePath

    @Option(help: "How many files come at once, 1 to 32.")
    package var connections = 4

    @Option(
        help: ArgumentHelp(
            "Take only so many bytes of each file, 1 or more, cut at the last whole drawing.", valueName: "n"))
    package var firstBytes: Int?

    @Flag(help: "List the files on standard output, each with its size in bytes, and fetch none.")
    package var dryRun = false

    @Flag(help: "Replace files that are there and differ, and samples.")
    package var overwrite = false

    @Option(help: "How long the server may be silent, in seconds, 1 to 3600.")
    package var timeout = 30

    @Option(help: "How many times to try again after a failure before which nothing new came, 0 or more.")
    package var retries = 5

    @Option(
        help: "The pause before the first of these, in seconds, 0 to 60; it doubles from one to the next, up to 60.")
    package var retryDelay = 1.0

    @Option(
        help: ArgumentHelp(
            "A mirror: the address below which storage/v1/b/quickdraw_dataset/o and quickdraw_dataset/full are.",
            valueName: "url"))
    package var baseURL = Bucket.official

    @Flag(name: .shortAndLong, help: "Say nothing but what goes wrong.")
    package var quiet = false

    package init() {}

    /// The command of that name which takes these options.
    package static func configuration(commandName: String) -> CommandConfiguration {
        CommandConfiguration(
            commandName: commandName,
            abstract: "Fetch drawings from Google's Quick, Draw! bucket.",
            discussion: """
                The files are called after their words: DIR/The Eiffel Tower.ndjson. What has come of a file lies beside \
                them under a hidden name and is gone on with, by the same command; a file gets its name when its size \
                and its MD5 are those of the bucket's listing. Files that are there already are not fetched again.

                A sample (--first-bytes) has a name that says so, DIR/cat.first8192.ndjson, and is not verified but by \
                its length.
                """)
    }

    package func validate() throws {
        guard words.isEmpty == all else {
            throw ValidationError(all ? "words and --all; expected one of them" : "no words; expected some, or --all")
        }
        guard (1...32).contains(connections) else {
            throw ValidationError("--connections is \(connections); expected 1 to 32")
        }
        if let firstBytes, firstBytes < 1 { throw ValidationError("--first-bytes is \(firstBytes); expected 1 or more") }
        guard (1...3600).contains(timeout) else { throw ValidationError("--timeout is \(timeout); expected 1 to 3600") }
        guard (0...1_000_000).contains(retries) else {
            throw ValidationError("--retries is \(retries); expected 0 or more")
        }
        guard (0...60).contains(retryDelay) else {
            throw ValidationError("--retry-delay is \(retryDelay); expected 0 to 60")
        }
    }
}

extension SourceFormat: ExpressibleByArgument {}

extension Bucket: ExpressibleByArgument {
    /// The bucket below an address; nil if it is none.
    public init?(argument: String) {
        self.init(base: argument)
    }

    /// The address.
    public var defaultValueDescription: String { base }
}
