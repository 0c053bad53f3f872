import StrokeBank
import FileAccess
public import QuickDraw
import Synchronization
public import SystemPackage

/// Fetches drawings from the bucket into a folder.
public struct Download: Sendable {
    /// What to fetch, from where, and how.
    public struct Settings: Sendable {
        /// The words to fetch; nil for all that are listed.
        public var words: [String]?
        /// Which of the published forms.
        public var form = SourceFormat.simplified
        /// The folder for the files; it is made if it is missing.
        public var folder: FilePath
        /// Where the drawings are.
        public var bucket = Bucket.official
        /// How many files come at once, 1 or more.
        public var connections = 4
        /// How many bytes to take of each file, 1 or more, cut at the last whole drawing; nil for whole files.
        public var sampleLength: Int?
        /// Whether files that stand in the folder and differ are replaced.
        public var replaces = false
        /// How long a server may be silent, in seconds, 1 or more.
        public var timeout = 30
        /// When to try again.
        public var retries = RetrySchedule()

        /// Whole simplified files from Google's bucket.
        public init(words: [String]?, folder: FilePath) {
            self.words = words
            self.folder = folder
        }

        /// How many bytes of a file are wanted.
        public func length(of file: ListedFile) -> Int { min(sampleLength ?? file.size, file.size) }

        /// Whether a file is wanted whole, and so can be verified by its MD5.
        func isWhole(_ file: ListedFile) -> Bool { length(of: file) == file.size }

        /// The final name of a file: the word's, or one that says that it is a sample, `cat.first8192.ndjson`.
        public func path(of file: ListedFile) -> FilePath {
            let mark = isWhole(file) ? "" : ".first\(length(of: file))"
            return folder.appending("\(file.word)\(mark)\(form.fileExtension)")
        }
    }

    /// What came of a download.
    public struct Summary: Hashable, Sendable {
        /// How many files were fetched.
        public var fetched = 0
        /// How many were there already, complete.
        public var alreadyThere = 0
        /// How many were not tried, or not to the end, because of a failure that concerns all.
        public var untried = 0
        /// What went wrong, at most one a file.
        public var failures: [DownloadError] = []
    }

    private let settings: Settings

    /// A download that has not begun.
    public init(_ settings: Settings) {
        self.settings = settings
    }

    /// Looks up the files of the words, in the order of the listing.
    ///
    /// - Throws: `DownloadError` if the listing cannot be had, or does not have one of the words.
    public func files() async throws(DownloadError) -> [ListedFile] {
        let listing = BucketListing(bucket: settings.bucket, form: settings.form, retries: settings.retries)
        let files = try await listing.files(by: HTTPConnection(timeout: settings.timeout))
        let address = settings.bucket.listingAddress(prefix: settings.form.prefix)
        guard !files.isEmpty else { throw .address(address, problem: "lists no drawings; expected some") }
        guard let words = settings.words else { return files }
        let unknown = UnknownWord.all(in: words, of: files.map(\.word))
        guard unknown.isEmpty else { throw .unknownWords(unknown, listing: address) }
        let expected = Set(words)
        return files.filter { expected.contains($0.word) }
    }

    /// Fetches files, several at once, and writes whose work they are beside them.
    ///
    /// A file that cannot be had does not keep the others from coming, unless they would fare no better.
    /// - Parameter report: told of every failure after which a file is tried again, in a line.
    /// - Throws: `DownloadError` if the folder cannot be made or written to.
    public func run(
        _ files: [ListedFile], progress: TransferProgress, report: @escaping @Sendable (String) -> Void
    ) async throws(DownloadError) -> Summary {
        do throws(DataError) {
            try settings.folder.makeFolders()
            try writeAttribution()
        } catch {
            throw .file(error)
        }
        progress.want(files.reduce(0) { $0 + settings.length(of: $1) })
        let upcoming = FileQueue(files)
        return await withTaskGroup(of: (Summary, isGeneral: Bool).self) { group in
            for _ in 0..<min(settings.connections, files.count) {
                group.addTask { await fetch(from: upcoming, progress: progress, report: report) }
            }
            var summary = Summary()
            for await (part, isGeneral) in group {
                summary.fetched += part.fetched
                summary.alreadyThere += part.alreadyThere
                summary.failures += part.failures
                if isGeneral { group.cancelAll() }
            }
            summary.untried = files.count - summary.fetched - summary.alreadyThere - summary.failures.count
            return summary
        }
    }

    /// Fetches one file after the other until there are no more, or a failure concerns all.
    private func fetch(
        from upcoming: FileQueue, progress: TransferProgress,
        report: @escaping @Sendable (String) -> Void
    ) async -> (Summary, isGeneral: Bool) {
        let connection = HTTPConnection(timeout: settings.timeout)
        let listing = BucketListing(bucket: settings.bucket, form: settings.form, retries: settings.retries)
        let worker = FileDownload(
            settings: settings, connection: connection, progress: progress, report: report
        ) { file throws(DownloadError) in
            try await listing.files(named: file.name, by: connection).first { $0.name == file.name }
        }
        var summary = Summary()
        while !Task.isCancelled, let file = upcoming.next() {
            do throws(FileDownload.Failure) {
                switch try await worker.run(file) {
                case .fetched: summary.fetched += 1
                case .alreadyThere: summary.alreadyThere += 1
                case .interrupted: break
                }
            } catch {
                summary.failures.append(error.error)
                if error.isGeneral { return (summary, true) }
            }
        }
        return (summary, false)
    }

    private func writeAttribution() throws(DataError) {
        let path = settings.folder.appending("ATTRIBUTION.txt")
        if try path.kind() == nil { try path.writeFile(Array(attribution.utf8)) }
    }
}

/// Hands out files, each once.
private final class FileQueue: Sendable {
    private let files: Mutex<ArraySlice<ListedFile>>

    init(_ files: [ListedFile]) {
        self.files = Mutex(files[...])
    }

    func next() -> ListedFile? { files.withLock { $0.popFirst() } }
}

/// Whose work the drawings are, as their license asks to be told.
private let attribution = """
    The drawings in this folder are from the Quick, Draw! Dataset, made available by Google, Inc.
    under the Creative Commons Attribution 4.0 International license (CC BY 4.0).

    The dataset: https://github.com/googlecreativelab/quickdraw-dataset
    The license: https://creativecommons.org/licenses/by/4.0/

    """
