public import FileAccess
import MaskModel
import QuickDraw
public import StrokeBank
import Synchronization
public import SystemPackage

/// The contents of a Quick, Draw! source: files, or a stroke bank.
///
/// As in a stroke pool, a drawing whose key an earlier one of its category has does not count. Memory: 8 bytes per drawing
/// of files; for a bank, it depends on the number of categories. The result does not depend on the number of tasks.
public struct SourceInspection: Hashable, Sendable {
    /// A category.
    public struct Category: Hashable, Sendable {
        /// The word that people were asked to draw.
        public let word: String
        /// The statistics of its drawings.
        public let statistics: DrawingStatistics
    }

    /// What contains the drawings.
    public enum Container: Hashable, Sendable {
        /// This number of files.
        case files(Int)
        /// A stroke bank that was checked completely; `fingerprint` is a hash of its contents, 16 hexadecimal digits.
        case bank(fingerprint: String)
    }

    /// What contains the drawings.
    public let container: Container
    /// The categories, sorted by the UTF-8 bytes of their words.
    public let categories: [Category]
    /// The statistics of all drawings.
    public let all: DrawingStatistics
    /// The license of the drawings, as far as it is known: as a bank records it, or as the drawings show.
    public let license: SourceLicense
    /// The corrupt records that were skipped.
    public let skippedContents: SkippedContents
    /// The number of drawings that do not count because an earlier one of their category has the same key.
    public let duplicateCount: Int

    /// The number of blocks of a bank that a task checks at once: 4 MiB.
    private static let blocksPerCheck = 1024
    /// The number of drawings of a bank that a task reads at once.
    private static let drawingsPerRead = 1 << 14

    /// The words of the categories.
    public var words: [String] { categories.map(\.word) }

    private init(
        _ container: Container, _ statistics: WordStatistics, _ skippedContents: SkippedContents, duplicateCount: Int,
        license: SourceLicense = .unknown
    ) {
        self.container = container
        self.duplicateCount = duplicateCount
        categories = statistics.words.map { Category(word: $0, statistics: $1) }
            .sorted { CategorySplit.precedes($0.word, $1.word) }
        all = statistics.all
        self.skippedContents = skippedContents
        self.license = license.completed(
            by: QuickDrawOriginCheck.license(
                words: categories.map(\.word), areRecordsAccepted: all.quickDrawCount == all.drawingCount))
    }

    /// Whether a path is a file of drawings by its name, a `.zip` or `.jsonl` file that contains drawings, or a folder
    /// with some of these.
    ///
    /// - Parameters:
    ///   - path: The file or folder.
    ///   - includesSVG: Whether SVG files, which may also be masks, count where there are no other drawings.
    /// - Throws: `DataError` if it is a folder of drawings some of which cannot be read.
    public static func isSource(_ path: FilePath, includesSVG: Bool = false) throws(DataError) -> Bool {
        do {
            switch try path.kind() {
            case .folder: return try !DrawingFileList(path, includesSVG: includesSVG).files.isEmpty
            case .file, .other:
                if try path.containsDrawings() { return true }
                return includesSVG ? try DrawingFileList(path).hasSVG : false
            case nil: return false
            }
        } catch {
            if error.kind == .empty { return false }
            throw error
        }
    }

    /// Reads all drawings of all files, in up to `jobs` tasks, at least 1.
    ///
    /// - Parameters:
    ///   - source: The files.
    ///   - skipsDamaged: whether corrupt records are counted and skipped.
    ///   - jobs: The number of tasks, at least 1.
    ///   - progress: Counts the files.
    /// - Throws: `DataError` if a record is corrupt or a file cannot be read.
    public init(
        of source: FilePath, skipsDamaged: Bool = false, jobs: Int, progress: WorkProgress
    ) async throws(DataError) {
        var reader = try ParallelDrawingReader(sources: [source], jobs: jobs)
        reader.skipsDamaged = skipsDamaged
        let files = try await reader.chunks()
        let keys = RepeatedKeys()
        var (statistics, skippedContents) = try await Self.read(files, by: reader, collecting: keys, progress: progress)
        let duplicates = keys.duplicates()
        if duplicates.count > 0 {
            // Statistics cannot be subtracted: they are made again without these drawings.
            (statistics, skippedContents) = try await Self.read(
                files, by: reader, without: duplicates, progress: progress)
        }
        self.init(.files(reader.files.count), statistics, skippedContents, duplicateCount: duplicates.count)
    }

    /// Statistics of a chunk, and the keys of its drawings.
    private struct Worker: ~Copyable {
        var statistics = WordStatistics()
        var keys: [String: [UInt64]] = [:]
        var word = ""
        var wordKeys: [UInt64] = []

        /// Adds the key of a drawing, and returns its number among those of its word.
        mutating func addKey(of drawing: borrowing Drawing) -> Int {
            if drawing.word != word {
                if !wordKeys.isEmpty { keys[word] = wordKeys }
                word = drawing.word
                wordKeys = keys.removeValue(forKey: word) ?? []
            }
            wordKeys.append(drawing.keyID)
            return wordKeys.count - 1
        }

        /// Removes and returns all keys.
        mutating func takeKeys() -> [String: [UInt64]] {
            if !wordKeys.isEmpty { keys[word] = wordKeys }
            defer { (keys, word, wordKeys) = ([:], "", []) }
            return keys
        }
    }

    /// Reads all drawings but `duplicates`.
    private static func read(
        _ files: [[FileChunk]], by reader: ParallelDrawingReader, collecting keys: RepeatedKeys? = nil,
        without duplicates: RepeatedKeys.Duplicates = RepeatedKeys.Duplicates(), progress: WorkProgress
    ) async throws(DataError) -> (WordStatistics, SkippedContents) {
        let total = Total()
        let skippedContents = try await reader.run(files, progress: progress, makeWorker: { Worker() }) {
            (worker, drawing, position) throws(DataError) in
            let number = worker.addKey(of: drawing)
            if duplicates.count > 0, duplicates.contains(number, of: drawing.word, at: position) { return }
            worker.statistics.add(drawing)
        } finish: { (worker, position) throws(DataError) in
            total.merge(&worker.statistics)
            let found = worker.takeKeys()
            keys?.add(found, at: position)
        }
        return (total.statistics, skippedContents)
    }

    /// Checks and reads the whole stroke bank at `path`, in up to `jobs` tasks, at least 1.
    ///
    /// - Throws: `DataError` if it is corrupt or cannot be read.
    public init(ofBankAt path: FilePath, jobs: Int, progress: WorkProgress) async throws(DataError) {
        let bank = try MappedBank(path)
        let checks = stride(from: 0, to: bank.blockCount, by: Self.blocksPerCheck).map {
            $0..<min($0 + Self.blocksPerCheck, bank.blockCount)
        }
        let reads = bank.words.indices.flatMap { category in
            let count = bank.drawingCount(inCategory: category)
            return stride(from: 0, to: count, by: Self.drawingsPerRead).map {
                (category: category, drawings: $0..<min($0 + Self.drawingsPerRead, count))
            }
        }
        progress.begin(total: checks.count + reads.count)
        // All checks come first, so that the first damage is reported, whichever error a read would cause.
        try await forEachConcurrently(checks.count, jobs: jobs) { (number) throws(DataError) in
            try bank.check(checks[number])
            progress.advance()
        }
        let total = Total()
        try await forEachConcurrently(reads.count, jobs: jobs, makeWorker: { (WordStatistics(), Drawing()) }) {
            (worker, number) throws(DataError) in
            let (category, drawings) = reads[number]
            for index in drawings {
                try bank.read(index, inCategory: category, into: &worker.1)
                worker.0.add(worker.1)
            }
            total.merge(&worker.0)
            progress.advance()
        }
        try bank.checkUnchanged()
        self.init(
            .bank(fingerprint: bank.fingerprint), total.statistics, SkippedContents(), duplicateCount: 0,
            license: bank.license)
    }

    /// The sum of the statistics of all tasks.
    private final class Total: Sendable {
        private let sum = Mutex(WordStatistics())

        var statistics: WordStatistics { sum.withLock { $0 } }

        /// Adds `statistics` and resets them.
        func merge(_ statistics: inout WordStatistics) {
            statistics.flush()
            let added = statistics
            sum.withLock { $0.add(added) }
            statistics = WordStatistics()
        }
    }
}
