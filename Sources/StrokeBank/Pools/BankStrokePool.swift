public import FileAccess
public import MaskGeneration
public import MaskModel
public import PlaneGeometry
import SystemPackage

/// The strokes from which masks are made, in a stroke bank: the same strokes as in a `StrokePool` of the same drawings.
///
/// Strokes are sampled when they are requested. If every drawing contributes exactly one stroke, the number of the
/// stroke is that of its drawing; otherwise prefix sums of the counts, one per 64 drawings, computed at the start,
/// locate the drawing. A filter of drawings or strokes examines the drawings up to the last accepted one, and keeps a
/// byte of each.
public struct BankStrokePool: StrokeSource {
    struct Category: Hashable, Sendable {
        let word: String
        /// The drawings of the category, in the bank; with filtered counts, including rejected ones.
        let drawings: Range<Int>
        let acceptedCount: Int
        let strokeCount: Int
        /// For every 64 drawings, the number of strokes sampled from the preceding ones; empty if it is one from each.
        let sums: [Int]
        /// The number of accepted strokes of each drawing, where 255 means 255 or more as in the bank's own counts.
        /// Empty if the bank's counts apply.
        let filteredCounts: [UInt8]
    }

    private static let sumDistance = 64

    let bank: MappedBank
    private let selection: StrokeSelection
    let filter: DrawingFilter
    private let hasStrokeTest: Bool
    /// What the bank contains that was not used.
    public let skippedContents: SkippedContents
    private var categories: [Category]
    /// The categories with drawings that the filter accepts, including those without strokes, in the whole pool.
    let examined: [Category]
    /// The number of drawings of these categories, including those without strokes.
    public private(set) var drawingCount: Int

    /// A pool of the bank's first drawings.
    ///
    /// - Parameters:
    ///   - bank: The bank.
    ///   - drawingLimit: The maximum number of drawings per category.
    ///   - strokesPerDrawing: The number of strokes to sample from each drawing; all of them if it has fewer.
    ///   - seed: Determines the samples, together with a drawing's key.
    ///   - filter: Applies before drawings are counted and strokes are sampled.
    /// - Throws: `DataError` if the bank is corrupt where it was examined, or does not contain a word of the filter.
    /// - Complexity: O(categories) for one stroke per drawing; O(drawings), a byte each, for more; O(drawings) or
    ///   O(points) of all drawings that a filter examines
    public init(
        _ bank: MappedBank, drawingLimit: Int, strokesPerDrawing: Int, seed: UInt64,
        filter: DrawingFilter = DrawingFilter()
    ) throws(DataError) {
        try filter.check(words: bank.words, of: bank.path.string)
        self.bank = bank
        self.filter = filter
        hasStrokeTest = filter.hasStrokeTest
        let selection = StrokeSelection(strokesPerDrawing: strokesPerDrawing, seed: seed)
        self.selection = selection
        var pass = DrawingFilterPass(filter)
        var categories: [Category] = []
        for category in bank.categories where !filter.hasWords || pass.accepts(word: category.word) {
            let found =
                filter.hasDrawingTest || filter.hasStrokeTest
                ? try Self.filtered(category, of: bank, by: &pass, filter, drawingLimit, selection)
                : try Self.first(drawingLimit, in: category, of: bank, selection)
            if found.acceptedCount > 0 { categories.append(found) }
        }
        examined = categories
        categories.removeAll { $0.strokeCount == 0 }
        self.categories = categories
        drawingCount = categories.reduce(0) { $0 + $1.acceptedCount }
        var skippedContents = SkippedContents()
        skippedContents.filterCounts = pass.counts
        self.skippedContents = skippedContents
    }

    /// The first drawings of a category, without a filter.
    private static func first(
        _ limit: Int, in category: MappedBank.Category, of bank: MappedBank, _ selection: StrokeSelection
    ) throws(DataError) -> Category {
        let drawings = category.drawings.prefix(limit)
        let accepted = drawings.startIndex..<drawings.endIndex
        var sums: (sums: [Int], total: Int) = ([], accepted.count)
        if selection.strokesPerDrawing > 1 || category.strokelessCount > 0 {
            sums = try bank.withCounts(of: accepted) { (counts) throws(DataError) in
                try Self.sums(of: accepted) { (index) throws(DataError) in
                    try bank.sampledCount(
                        of: accepted.lowerBound + index, byte: counts.byte(at: index), selection.strokesPerDrawing, nil)
                }
            }
        }
        return Category(
            word: category.word, drawings: accepted, acceptedCount: accepted.count, strokeCount: sums.total,
            sums: sums.sums,
            filteredCounts: [])
    }

    /// The first drawings of a category that a filter accepts.
    private static func filtered(
        _ category: MappedBank.Category, of bank: MappedBank, by pass: inout DrawingFilterPass,
        _ filter: DrawingFilter, _ limit: Int, _ selection: StrokeSelection
    ) throws(DataError) -> Category {
        var counts: [UInt8] = []
        var acceptedCount = 0
        for drawing in category.drawings {
            if acceptedCount == limit { break }
            let record = try bank.record(drawing)
            guard !filter.hasDrawingTest || pass.accepts(country: record.country, isRecognized: record.isRecognized)
            else {
                counts.append(0)
                continue
            }
            acceptedCount += 1
            let count = try bank.strokes(of: record, acceptedBy: &pass, filter).count
            counts.append(UInt8(min(count, BankFormat.countLimit)))
        }
        let first = category.drawings.lowerBound
        let sums = try Self.sums(of: first..<first + counts.count) { (index) throws(DataError) in
            try bank.sampledCount(of: first + index, byte: counts[index], selection.strokesPerDrawing, filter)
        }
        return Category(
            word: category.word, drawings: first..<first + counts.count, acceptedCount: acceptedCount,
            strokeCount: sums.total, sums: sums.sums, filteredCounts: counts)
    }

    private static func sums(
        of drawings: Range<Int>, sampledCount: (Int) throws(DataError) -> Int
    ) throws(DataError) -> (sums: [Int], total: Int) {
        var sums: [Int] = []
        var total = 0
        for index in 0..<drawings.count {
            if index % sumDistance == 0 { sums.append(total) }
            total += try sampledCount(index)
        }
        return (sums, total)
    }

    /// The words of the categories, sorted by their UTF-8 bytes.
    public var words: [String] { categories.map(\.word) }
    /// The bank's fingerprint.
    public var fingerprint: String { bank.fingerprint }
    /// The license that the bank records.
    public var license: SourceLicense { bank.license }
    /// The number of strokes of all categories.
    public var strokeCount: Int { categories.reduce(0) { $0 + $1.strokeCount } }
    /// The number of categories with strokes.
    public var categoryCount: Int { categories.count }

    /// The number of strokes of a category, 1 or more.
    public func strokeCount(inCategory category: Int) -> Int {
        categories[category].strokeCount
    }

    /// Checks that nobody has written to the bank since it was opened; see `MappedBank.checkUnchanged`.
    ///
    /// - Throws: `DataError` if somebody has.
    public func checkUnchanged() throws(DataError) { try bank.checkUnchanged() }

    /// Appends the points of a stroke, in units of the drawing's box of 256 × 256, and returns its origin. If there is no
    /// such stroke, the program stops.
    ///
    /// - Throws: `DataError` if the bank is corrupt there.
    /// - Complexity: O(points of the stroke)
    public func appendStroke(
        _ stroke: Int, inCategory category: Int, to points: inout [Point]
    ) throws(DataError) -> StrokeOrigin {
        let place = try place(ofStroke: stroke, inCategory: category)
        try bank.appendPoints(ofStroke: place.stroke, place.strokes, to: &points)
        return StrokeOrigin(word: categories[category].word, keyID: place.keyID, stroke: place.stroke)
    }

    /// The pool with only the given categories; its fingerprint remains that of the bank.
    public func restricted(to words: [String]) -> BankStrokePool {
        let requested = Set(words)
        var pool = self
        pool.categories.removeAll { !requested.contains($0.word) }
        pool.drawingCount = pool.categories.reduce(0) { $0 + $1.acceptedCount }
        return pool
    }

    /// The location of a stroke of the pool in the bank.
    private func place(
        ofStroke number: Int, inCategory category: Int
    ) throws(DataError) -> (keyID: UInt64, stroke: Int, strokes: MappedBank.Strokes) {
        // Beyond the last one are the strokes of the next category.
        precondition((0..<categories[category].strokeCount).contains(number))
        let (drawing, rank) = try drawing(ofStroke: number, in: categories[category])
        let record = try bank.record(drawing)
        let strokes = try bank.strokes(of: record)
        if hasStrokeTest || record.hasEmptyStrokes {
            var pass = DrawingFilterPass(filter)
            let accepted = try bank.strokes(of: record, acceptedBy: &pass, filter)
            guard rank < min(accepted.count, selection.strokesPerDrawing) else { throw bank.inconsistency(in: .counts) }
            return (record.keyID, accepted[selection.stroke(rank, of: accepted.count, keyID: record.keyID)], strokes)
        }
        guard rank < min(strokes.count, selection.strokesPerDrawing) else { throw bank.inconsistency(in: .counts) }
        return (record.keyID, selection.stroke(rank, of: strokes.count, keyID: record.keyID), strokes)
    }

    /// The drawing of a stroke, and the stroke's rank among those sampled from it.
    private func drawing(
        ofStroke number: Int, in category: Category
    ) throws(DataError) -> (drawing: Int, rank: Int) {
        guard !category.sums.isEmpty else { return (category.drawings.lowerBound + number, 0) }
        // Binary search for the last sum that is not larger.
        var (low, high) = (0, category.sums.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if category.sums[middle] <= number { low = middle } else { high = middle }
        }
        let rank = number - category.sums[low]
        let first = category.drawings.lowerBound + Self.sumDistance * low
        let drawings = first..<min(first + Self.sumDistance, category.drawings.upperBound)
        if category.filteredCounts.isEmpty {
            return try bank.withCounts(of: drawings) { (counts) throws(DataError) in
                try find(rank, in: drawings, counts, nil)
            }
        }
        let start = Self.sumDistance * low
        let counts = category.filteredCounts[start..<start + drawings.count].span
        return try find(rank, in: drawings, unsafe counts.bytes, filter)
    }

    /// The drawing of the stroke with a rank among those sampled from `drawings`, and its rank in that drawing.
    private func find(
        _ rank: Int, in drawings: Range<Int>, _ counts: RawSpan, _ filter: DrawingFilter?
    ) throws(DataError) -> (drawing: Int, rank: Int) {
        var rest = rank
        for (index, drawing) in drawings.enumerated() {
            let count = try bank.sampledCount(
                of: drawing, byte: counts.byte(at: index), selection.strokesPerDrawing, filter)
            if rest < count { return (drawing, rest) }
            rest -= count
        }
        throw bank.inconsistency(in: .counts)
    }
}

extension BankStrokePool: Hashable {
    /// Whether two pools have the same strokes of banks with the same fingerprint.
    public static func == (first: BankStrokePool, second: BankStrokePool) -> Bool {
        first.fingerprint == second.fingerprint && first.selection == second.selection && first.filter == second.filter
            && first.categories == second.categories
    }

    /// Hashes the properties that `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(fingerprint)
        hasher.combine(selection)
        hasher.combine(filter)
        hasher.combine(categories)
    }
}

extension MappedBank {
    /// The number of strokes sampled from a drawing, at most `limit`.
    ///
    /// - Parameters:
    ///   - byte: The drawing's count; `BankFormat.countLimit` means that many or more.
    ///   - filter: The filter of the counts; nil for the bank's own counts.
    @inline(__always)
    fileprivate func sampledCount(
        of drawing: Int, byte: UInt8, _ limit: Int, _ filter: DrawingFilter?
    ) throws(DataError) -> Int {
        if byte == BankFormat.countLimit, limit > BankFormat.countLimit {
            return min(try countAll(of: drawing, filter ?? DrawingFilter()), limit)
        }
        return min(Int(byte), limit)
    }

    @inline(never)
    private func countAll(of drawing: Int, _ filter: DrawingFilter) throws(DataError) -> Int {
        var pass = DrawingFilterPass(filter)
        return try strokes(of: try record(drawing), acceptedBy: &pass, filter).count
    }

    /// The numbers of a drawing's nonempty strokes that a filter accepts.
    fileprivate func strokes(
        of record: Record, acceptedBy pass: inout DrawingFilterPass, _ filter: DrawingFilter
    ) throws(DataError) -> [Int] {
        let strokes = try strokes(of: record)
        guard filter.hasStrokeTest || record.hasEmptyStrokes else { return Array(0..<strokes.count) }
        var accepted: [Int] = []
        for stroke in 0..<strokes.count {
            guard let measure = try measure(ofStroke: stroke, strokes) else { continue }
            if pass.accepts(measure) { accepted.append(stroke) }
        }
        return accepted
    }
}
