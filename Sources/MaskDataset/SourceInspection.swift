public import FileAccess
public import StrokeBank
import MaskModel
import QuickDraw
import Synchronization
public import SystemPackage

/// What is in a Quick, Draw! source: files, or a stroke bank.
///
/// It takes memory by categories, however many drawings they have, and does not depend on the number of jobs.
public struct SourceInspection: Hashable, Sendable {
    /// One category.
    public struct Category: Hashable, Sendable {
        /// What was to be drawn.
        public let word: String
        /// What its drawings have in common.
        public let statistics: DrawingStatistics
    }

    /// What the drawings are in.
    public enum Container: Hashable, Sendable {
        /// So many files.
        case files(Int)
        /// A stroke bank, all of which was checked; `fingerprint` is a hash of all that is in it, 16 hexadecimal digits.
        case bank(fingerprint: String)
    }

    /// What the drawings are in.
    public let container: Container
    /// The categories, sorted by the UTF-8 bytes of their words.
    public let categories: [Category]
    /// What all drawings have in common.
    public let all: DrawingStatistics
    /// What was passed over as damaged.
    public let findings: SourceFindings

    /// How many blocks of a bank are checked at once: 4 MiB.
    private static let blockCount = 1024
    /// How many drawings of a bank are read at once.
    private static let drawingCount = 1 << 14

    /// The words of the categories.
    public var words: [String] { categories.map(\.word) }

    private init(_ container: Container, _ statistics: WordStatistics, _ findings: SourceFindings) {
        self.container = container
        categories = statistics.words.map { Category(word: $0, statistics: $1) }
            .sorted { CategorySplit.precedes($0.word, $1.word) }
        all = statistics.all
        self.findings = findings
    }

    /// Whether a path is a Quick, Draw! file by its name, or a folder with some; false also if it cannot be read.
    public static func isSource(_ path: FilePath) -> Bool {
        do {
            return try DrawingFiles(path).paths.allSatisfy(\.isDrawingFile)
        } catch {
            return false
        }
    }

    /// Reads all drawings of all files, on up to `jobs` tasks at once, 1 or more.
    ///
    /// - Parameter skipsDamaged: whether records that are wrong are counted and passed over.
    /// - Throws: `DataError.source` if a record is wrong or a file cannot be read.
    public init(
        of source: FilePath, skipsDamaged: Bool = false, jobs: Int, progress: WorkProgress
    ) async throws(DataError) {
        var reading = try ParallelDrawingReader(sources: [source], jobs: jobs)
        reading.skipsDamaged = skipsDamaged
        let total = Total()
        let findings = try await reading.run(progress: progress, makeWorker: { WordStatistics() }) {
            (statistics, drawing, _) throws(DataError) in
            statistics.add(drawing)
        } finish: { (statistics, _) throws(DataError) in
            total.take(&statistics)
        }
        self.init(.files(reading.paths.count), total.statistics, findings)
    }

    /// Checks and reads the whole stroke bank at `path`, on up to `jobs` tasks at once, 1 or more.
    ///
    /// - Throws: `DataError.source` if it is damaged or cannot be read.
    public init(ofBankAt path: FilePath, jobs: Int, progress: WorkProgress) async throws(DataError) {
        let bank: MappedBank
        bank = try MappedBank(path)
        let checks = stride(from: 0, to: bank.blockCount, by: Self.blockCount).map {
            $0..<min($0 + Self.blockCount, bank.blockCount)
        }
        let pieces = bank.words.indices.flatMap { category in
            let count = bank.drawingCount(inCategory: category)
            return stride(from: 0, to: count, by: Self.drawingCount).map {
                (category: category, drawings: $0..<min($0 + Self.drawingCount, count))
            }
        }
        progress.begin(total: checks.count + pieces.count)
        // First all checks, so that the first damage is told whatever reading would meet.
        try await forEachConcurrently(checks.count, jobs: jobs, makeWorker: { true }) {
            (_, number) throws(DataError) in
            try bank.check(checks[number])
            progress.advance()
        }
        let total = Total()
        try await forEachConcurrently(pieces.count, jobs: jobs, makeWorker: { (WordStatistics(), Drawing()) }) {
            (worker, number) throws(DataError) in
            let (category, drawings) = pieces[number]
            for index in drawings {
                try bank.read(index, inCategory: category, into: &worker.1)
                worker.0.add(worker.1)
            }
            total.take(&worker.0)
            progress.advance()
        }
        self.init(.bank(fingerprint: bank.fingerprint), total.statistics, SourceFindings())
    }

    /// What all tasks found together.
    private final class Total: Sendable {
        private let sum = Mutex(WordStatistics())

        var statistics: WordStatistics { sum.withLock { $0 } }

        func take(_ part: inout WordStatistics) {
            part.flush()
            let taken = part
            sum.withLock { $0.add(taken) }
            part = WordStatistics()
        }
    }
}
