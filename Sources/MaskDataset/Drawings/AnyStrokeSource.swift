import FileAccess
import MaskGeneration
import MaskModel
import PlaneGeometry
import QuickDraw
import StrokeBank
import SystemPackage

/// The stroke pool of an export, whatever its source is.
enum AnyStrokeSource: StrokeSource, Hashable {
    /// Strokes that were read from Quick, Draw! files.
    case memory(StrokePool)
    /// Strokes in a stroke bank.
    case bank(BankStrokePool)

    var words: [String] {
        switch self {
        case .memory(let pool): pool.words
        case .bank(let pool): pool.words
        }
    }

    var isBank: Bool {
        switch self {
        case .memory: false
        case .bank: true
        }
    }

    /// A fingerprint that costs nothing: of the drawings of the pool, or of the whole bank.
    var quickFingerprint: String {
        switch self {
        case .memory(let pool): pool.fingerprint
        case .bank(let pool): pool.fingerprint
        }
    }

    /// What identifies the drawings of the pool, whether they are in files or in a bank.
    ///
    /// - Complexity: O(points of all drawings) for a bank
    func digest(jobs: Int) async throws(DataError) -> DrawingsDigest {
        switch self {
        case .memory(let pool): return pool.digest
        case .bank(let pool):
            let categories = OrderedResults<DrawingsDigest.Category>(count: pool.digestCount)
            try await forEachConcurrently(pool.digestCount, jobs: jobs) { (number) throws(DataError) in
                categories.set(number, try pool.digest(ofCategory: number))
            }
            return DrawingsDigest(categories.all)
        }
    }

    /// The license of the drawings: that which a bank records, completed by what the drawings show.
    func license(_ digest: DrawingsDigest) -> SourceLicense {
        switch self {
        case .memory: digest.license
        case .bank(let pool): pool.license.completed(by: digest.license)
        }
    }

    /// What the source contains but the pool does not.
    var skippedContents: SkippedContents {
        switch self {
        case .memory(let pool): pool.skippedContents
        case .bank(let pool): pool.skippedContents
        }
    }

    var drawingCount: Int {
        switch self {
        case .memory(let pool): pool.drawingCount
        case .bank(let pool): pool.drawingCount
        }
    }

    var strokeCount: Int {
        switch self {
        case .memory(let pool): pool.strokeCount
        case .bank(let pool): pool.strokeCount
        }
    }

    /// Checks that nobody has written to a bank since it was opened. Call it before anything made of it is published.
    ///
    /// Files were checked when they were read.
    /// - Throws: `DataError` if somebody has.
    func checkUnchanged() throws(DataError) {
        if case .bank(let pool) = self { try pool.checkUnchanged() }
    }

    func restricted(to words: [String]) -> AnyStrokeSource {
        switch self {
        case .memory(let pool): .memory(pool.restricted(to: words))
        case .bank(let pool): .bank(pool.restricted(to: words))
        }
    }

    var categoryCount: Int {
        switch self {
        case .memory(let pool): pool.categoryCount
        case .bank(let pool): pool.categoryCount
        }
    }

    func strokeCount(inCategory category: Int) -> Int {
        switch self {
        case .memory(let pool): pool.strokeCount(inCategory: category)
        case .bank(let pool): pool.strokeCount(inCategory: category)
        }
    }

    func appendStroke(
        _ stroke: Int, inCategory category: Int, to points: inout [Point]
    ) throws(DataError) -> StrokeOrigin {
        switch self {
        case .memory(let pool): pool.appendStroke(stroke, inCategory: category, to: &points)
        case .bank(let pool): try pool.appendStroke(stroke, inCategory: category, to: &points)
        }
    }
}

extension AnyStrokeSource {
    /// Opens a stroke bank, which is recognized by its first bytes, or reads Quick, Draw! files in up to `jobs` tasks.
    init(
        source: FilePath, settings: PoolSettings, seed: UInt64, jobs: Int, progress: WorkProgress
    ) async throws(DataError) {
        guard MappedBank.isBank(source) else {
            self = .memory(
                try await StrokePool(source: source, settings: settings, seed: seed, jobs: jobs, progress: progress))
            try checkHasStrokes(source, settings.filter)
            return
        }
        self = .bank(try BankStrokePool(bankAt: source, settings: settings, seed: seed))
        try checkHasStrokes(source, settings.filter)
        progress.finish(total: 1)
    }

    /// Opens a stroke bank, or reads Quick, Draw! files one after the other: the same strokes without any task, for
    /// callers that are not asynchronous.
    init(source: FilePath, settings: PoolSettings, seed: UInt64) throws(DataError) {
        self =
            MappedBank.isBank(source)
            ? .bank(try BankStrokePool(bankAt: source, settings: settings, seed: seed))
            : .memory(try StrokePool(source: source, settings: settings, seed: seed))
        try checkHasStrokes(source, settings.filter)
    }

    /// Checks that there is a stroke to make masks of.
    private func checkHasStrokes(_ source: FilePath, _ filter: DrawingFilter) throws(DataError) {
        guard categoryCount > 0 else { throw .noStrokes(source.string, filter) }
    }
}

extension BankStrokePool {
    /// Opens the bank at `path`.
    fileprivate init(bankAt path: FilePath, settings: PoolSettings, seed: UInt64) throws(DataError) {
        try self.init(
            MappedBank(path), drawingLimit: settings.drawingsPerFile, strokesPerDrawing: settings.strokesPerDrawing,
            seed: seed, filter: settings.filter)
    }
}
