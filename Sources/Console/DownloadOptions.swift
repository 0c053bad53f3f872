package import ArgumentParser
package import QuickDraw
package import SystemPackage

/// The options of `download`: `qd-imd` validates and documents them, `qd-imd-download` carries them out.
package struct DownloadOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Categories to download: cat, \"The Eiffel Tower\". Capitals, spaces, and hyphens must match.",
            valueName: "word"))
    package var words: [String] = []

    @Flag(help: "Download all 345 categories. Complete, the simplified files have 24 GB in total.")
    package var all = false

    @Option(help: ArgumentHelp("Published format of the files.", valueName: "name"))
    package var form = PublishedFormat.simplified

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the files; created if missing.", valueName: "dir"))
    package var output: FilePath

    @Option(help: ArgumentHelp("Number of files to download at the same time, 1 to 32.", valueName: "n"))
    package var connections = 4

    @Option(
        help: ArgumentHelp(
            "Download only the first n bytes of each file, at least 1, up to the last complete drawing in them.",
            valueName: "n"))
    package var firstBytes: Int?

    @Flag(help: "Print the names of the files and their sizes in bytes to standard output; download nothing.")
    package var dryRun = false

    @Flag(help: "Replace existing samples, and existing files that differ from those on the server.")
    package var overwrite = false

    @Option(help: ArgumentHelp("Maximum time without data from the server, in seconds, 1 to 3600.", valueName: "s"))
    package var timeout = 30

    @Option(
        help: ArgumentHelp(
            "Maximum number of retries in a row without receiving any data, 0 to 1000000.", valueName: "n"))
    package var retries = 5

    @Option(
        help: ArgumentHelp(
            "Pause before the first retry, in seconds, 0 to 60. It doubles with each further retry, up to 60.",
            valueName: "s"))
    package var retryDelay = 1.0

    @Option(
        help: ArgumentHelp(
            "Base URL of a mirror. It must provide storage/v1/b/quickdraw_dataset/o and quickdraw_dataset/full.",
            valueName: "url"))
    package var baseURL = StorageBucket.official

    @Flag(name: .shortAndLong, help: "Only print errors.")
    package var quiet = false

    package init() {}

    /// The configuration of a command that has these options.
    package static func configuration(commandName: String) -> CommandConfiguration {
        CommandConfiguration(
            commandName: commandName,
            abstract: "Download drawings from Google's Quick, Draw! bucket.",
            discussion: """
                Files are named after their category: DIR/The Eiffel Tower.ndjson. After an interruption, the same \
                command resumes: what was received is kept in a hidden file, which gets its final name when its size \
                and MD5 match those that the server lists. Complete files are not downloaded again.

                A sample (--first-bytes) has a name that says so, DIR/cat.first8192.ndjson. Only its size is verified.

                Exit codes: 0 success; 1 failure, some files may be complete; 64 invalid options.
                """)
    }

    package func validate() throws {
        if all, !words.isEmpty { throw ValidationError("--all cannot be used with a list of categories") }
        if !all, words.isEmpty { throw ValidationError("no categories; expected at least one, or --all") }
        guard (1...32).contains(connections) else {
            throw ValidationError("--connections is \(connections); expected 1 to 32")
        }
        if let firstBytes, firstBytes < 1 {
            throw ValidationError("--first-bytes is \(firstBytes); expected at least 1")
        }
        guard (1...3600).contains(timeout) else { throw ValidationError("--timeout is \(timeout); expected 1 to 3600") }
        guard (0...1_000_000).contains(retries) else {
            throw ValidationError("--retries is \(retries); expected 0 to 1000000")
        }
        guard (0...60).contains(retryDelay) else {
            throw ValidationError("--retry-delay is \(retryDelay); expected 0 to 60")
        }
    }
}
