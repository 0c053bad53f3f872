import QuickDraw
public import SystemPackage

/// What is in a stroke bank, every byte of which was checked.
public struct BankInspection: Hashable, Sendable {
    /// The categories, sorted by the UTF-8 bytes of their words.
    public let words: [String]
    /// How many drawings there are.
    public let drawingCount: Int
    /// How many strokes all drawings have together.
    public let strokeCount: Int
    /// How many points all strokes have together.
    public let pointCount: Int
    /// A hash of all that is in the bank: 16 hexadecimal digits.
    public let fingerprint: String

    /// How many blocks are checked at once: 4 MiB.
    private static let blockCount = 1024

    /// Reads the whole bank, on up to `jobs` tasks at once, 1 or more.
    ///
    /// - Throws: `DatasetError.source` if it is damaged or cannot be read.
    public init(of path: FilePath, jobs: Int, progress: WorkProgress) async throws(DatasetError) {
        let bank: StrokeBank
        do {
            bank = try StrokeBank(path)
        } catch {
            throw .source(error)
        }
        let count = (bank.blockCount + Self.blockCount - 1) / Self.blockCount
        progress.begin(total: count)
        try await forEachConcurrently(count, jobs: jobs, makeWorker: { true }) { (_, number) throws(DatasetError) in
            let first = number * Self.blockCount
            do throws(QuickDrawError) {
                try bank.check(first..<min(first + Self.blockCount, bank.blockCount))
            } catch {
                throw .source(error)
            }
            progress.advance()
        }
        words = bank.words
        drawingCount = bank.drawingCount
        strokeCount = bank.strokeCount
        pointCount = bank.pointCount
        fingerprint = bank.fingerprint
    }
}
