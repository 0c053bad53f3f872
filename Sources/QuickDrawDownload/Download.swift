import StrokeBank
import FileAccess
public import QuickDraw
import Synchronization
public import SystemPackage

/// Downloads drawings from the bucket into a folder.
public struct Download: Sendable {
    /// The drawings to download, and how.
    public struct Settings: Sendable {
        /// The words to download; nil for all listed ones.
        public var words: [String]?
        /// The published format.
        public var format = PublishedFormat.simplified
        /// The folder for the files; it is created if missing.
        public var folder: FilePath
        /// The location of the drawings.
        public var bucket = StorageBucket.official
        /// The number of concurrent downloads, 1 or more.
        public var connections = 4
        /// The maximum number of bytes of each file, 1 or more, cut after the last complete drawing; nil for whole
        /// files.
        public var sampleLength: Int?
        /// Whether existing files that differ are replaced.
        public var replaces = false
        /// The maximum time without a byte from the server, in seconds, 1 or more.
        public var timeout = 30
        /// The pauses between retries.
        public var retries = RetrySchedule()

        /// Whole simplified files from Google's bucket.
        public init(words: [String]?, folder: FilePath) {
            self.words = words
            self.folder = folder
        }

        /// The number of bytes of a file to download.
        public func length(of file: ListedFile) -> Int { min(sampleLength ?? file.size, file.size) }

        /// Whether a file is downloaded whole, and can thus be verified by its MD5.
        func isWhole(_ file: ListedFile) -> Bool { length(of: file) == file.size }

        /// The final name of a file, `cat.ndjson`, or of a sample, `cat.first8192.ndjson`.
        public func path(of file: ListedFile) -> FilePath {
            let mark = isWhole(file) ? "" : ".first\(length(of: file))"
            return folder.appending("\(file.word)\(mark)\(format.fileExtension)")
        }
    }

    /// The result of a download.
    public struct Summary: Hashable, Sendable {
        /// The number of downloaded files.
        public var fetched = 0
        /// The number of files that existed already, complete.
        public var alreadyThere = 0
        /// The number of files that were not attempted, or not completed, because of a general failure.
        public var untried = 0
        /// The errors, at most one per file.
        public var failures: [DownloadError] = []
    }

    private let settings: Settings

    /// A download; `files` and `run` perform it.
    public init(_ settings: Settings) {
        self.settings = settings
    }

    /// Looks up the files of the words, in the order of the listing.
    ///
    /// - Throws: `DownloadError` if the listing cannot be read, or does not contain one of the words.
    public func files() async throws(DownloadError) -> [ListedFile] {
        let listing = BucketListing(
            bucket: settings.bucket, format: settings.format, retries: settings.retries, timeout: settings.timeout)
        let files = try await listing.files(by: HTTPConnection(timeout: settings.timeout))
        let address = settings.bucket.listingAddress(prefix: settings.format.prefix)
        guard !files.isEmpty else { throw .address(address, problem: "lists no drawings; expected some") }
        guard let words = settings.words else { return files }
        let unknown = UnknownWord.all(in: words, of: files.map(\.word))
        guard unknown.isEmpty else { throw .unknownWords(unknown, listing: address) }
        let requested = Set(words)
        return files.filter { requested.contains($0.word) }
    }

    /// Downloads files concurrently, and writes their attribution beside them.
    ///
    /// A failed file does not stop the others, unless they would fail as well.
    /// - Parameter report: Called with a line for every failure that is followed by a retry.
    /// - Throws: `DownloadError` if the folder cannot be created or written to.
    public func run(
        _ files: [ListedFile], progress: TransferProgress, report: @escaping @Sendable (String) -> Void
    ) async throws(DownloadError) -> Summary {
        do throws(DataError) {
            try settings.folder.makeFolders()
            try writeAttribution()
        } catch {
            throw .file(error)
        }
        progress.add(files.reduce(0) { $0 + settings.length(of: $1) })
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

    /// Downloads one file after another until there are no more, or a failure is general.
    private func fetch(
        from upcoming: FileQueue, progress: TransferProgress,
        report: @escaping @Sendable (String) -> Void
    ) async -> (Summary, isGeneral: Bool) {
        let connection = HTTPConnection(timeout: settings.timeout)
        let listing = BucketListing(
            bucket: settings.bucket, format: settings.format, retries: settings.retries, timeout: settings.timeout)
        let worker = FileDownload(
            settings: settings, connection: connection, progress: progress, report: report
        ) { file throws(DownloadError) in
            try await listing.files(named: file.name, by: connection).first { $0.name == file.name }
        }
        var summary = Summary()
        while !Task.isCancelled, let file = upcoming.next() {
            do throws(FileDownload.FileError) {
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

/// A queue of files for concurrent workers.
private final class FileQueue: Sendable {
    private let files: Mutex<ArraySlice<ListedFile>>

    init(_ files: [ListedFile]) {
        self.files = Mutex(files[...])
    }

    func next() -> ListedFile? { files.withLock { $0.popFirst() } }
}

/// The attribution that the license of the drawings requires.
private let attribution = """
    The drawings in this folder are from the Quick, Draw! Dataset, made available by Google, Inc.
    under the Creative Commons Attribution 4.0 International license (CC BY 4.0).

    The dataset: https://github.com/googlecreativelab/quickdraw-dataset
    The license: https://creativecommons.org/licenses/by/4.0/

    """
