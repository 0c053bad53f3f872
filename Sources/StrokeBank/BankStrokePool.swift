public import FileAccess
public import MaskGeneration
public import MaskModel
public import PlaneGeometry
import SystemPackage

/// The strokes that masks are drawn from, out of a stroke bank: the same as a `StrokePool` has of the same drawings.
///
/// Nothing is chosen before it is asked for. One stroke of each drawing, or all where every drawing has one at most, are
/// found by their numbers; else the sums of counts decide, one for every 64 drawings, made at the start. A filter that
/// looks at drawings or strokes takes a look at each of the first ones, up to the last that is taken, and keeps a byte
/// of each.
public struct BankStrokePool: StrokeSource {
    private struct Category: Hashable, Sendable {
        let word: String
        /// Which of the bank's drawings are taken; where there are filtered counts, with those between that are not.
        let drawings: Range<Int>
        let takenCount: Int
        let strokeCount: Int
        /// For every 64 drawings, how many strokes were chosen of those before; empty if one is chosen of each.
        let sums: [Int]
        /// How many strokes a filter takes of each drawing, as the bank's own counts have it: 255 are *or more*. Empty
        /// if those count.
        let filteredCounts: [UInt8]
    }

    private static let sumDistance = 64

    private let bank: MappedBank
    private let choice: StrokeSelection
    private let filter: DrawingFilter
    private let hasStrokeTest: Bool
    /// What the bank has that was not taken.
    public let findings: SourceFindings
    private var categories: [Category]
    /// How many drawings were taken of these categories, those without strokes included.
    public private(set) var drawingCount: Int

    /// A pool of the bank's first drawings.
    ///
    /// - Parameters:
    ///   - drawingLimit: how many of each category, at most.
    ///   - strokesPerDrawing: how many strokes to choose of each drawing, at random; all of them if it has fewer.
    ///   - seed: with a drawing's key, determines the choice.
    ///   - filter: which drawings and strokes there are for all this.
    /// - Throws: `DataError.bank` if the bank is damaged where it was looked at, `unknownWords` if the filter names
    ///   words that it has not.
    /// - Complexity: O(categories) for one stroke of each drawing; O(drawings), a byte each, for more; O(drawings) or
    ///   O(points) of all drawings that a filter has to look at
    public init(
        _ bank: MappedBank, drawingLimit: Int, strokesPerDrawing: Int, seed: UInt64,
        filter: DrawingFilter = DrawingFilter()
    ) throws(DataError) {
        try filter.check(words: bank.words, of: bank.path.string)
        self.bank = bank
        self.filter = filter
        hasStrokeTest = filter.hasStrokeTest
        let choice = StrokeSelection(strokesPerDrawing: strokesPerDrawing, seed: seed)
        self.choice = choice
        var sieve = DrawingFilterPass(filter)
        var categories: [Category] = []
        for category in bank.categories where !filter.hasWords || sieve.takes(word: category.word) {
            let found =
                filter.hasDrawingTest || filter.hasStrokeTest
                ? try Self.filtered(category, of: bank, by: &sieve, filter, drawingLimit, choice)
                : try Self.first(drawingLimit, in: category, of: bank, choice)
            if found.strokeCount > 0 { categories.append(found) }
        }
        self.categories = categories
        drawingCount = categories.reduce(0) { $0 + $1.takenCount }
        var findings = SourceFindings()
        findings.tally = sieve.tally
        self.findings = findings
    }

    /// The first drawings of a category, all of which are taken.
    private static func first(
        _ limit: Int, in category: MappedBank.Category, of bank: MappedBank, _ choice: StrokeSelection
    ) throws(DataError) -> Category {
        let drawings = category.drawings.prefix(limit)
        let taken = drawings.startIndex..<drawings.endIndex
        var sums: (sums: [Int], total: Int) = ([], taken.count)
        if choice.strokesPerDrawing > 1 || category.strokelessCount > 0 {
            sums = try bank.withCounts(of: taken) { (counts) throws(DataError) in
                try Self.sums(of: taken) { (index) throws(DataError) in
                    try bank.chosenCount(
                        of: taken.lowerBound + index, byte: counts.byte(at: index), choice.strokesPerDrawing, nil)
                }
            }
        }
        return Category(
            word: category.word, drawings: taken, takenCount: taken.count, strokeCount: sums.total, sums: sums.sums,
            filteredCounts: [])
    }

    /// The first drawings of a category that a filter takes.
    private static func filtered(
        _ category: MappedBank.Category, of bank: MappedBank, by sieve: inout DrawingFilterPass, _ filter: DrawingFilter,
        _ limit: Int, _ choice: StrokeSelection
    ) throws(DataError) -> Category {
        var counts: [UInt8] = []
        var takenCount = 0
        for drawing in category.drawings {
            if takenCount == limit { break }
            let record = try bank.record(drawing)
            guard
                !filter.hasDrawingTest || sieve.takes(country: record.country, isRecognized: record.isRecognized)
            else {
                counts.append(0)
                continue
            }
            takenCount += 1
            let count = try bank.strokes(of: record, takenBy: &sieve, filter).count
            counts.append(UInt8(min(count, BankFormat.countLimit)))
        }
        let first = category.drawings.lowerBound
        let sums = try Self.sums(of: first..<first + counts.count) { (index) throws(DataError) in
            try bank.chosenCount(of: first + index, byte: counts[index], choice.strokesPerDrawing, filter)
        }
        return Category(
            word: category.word, drawings: first..<first + counts.count, takenCount: takenCount,
            strokeCount: sums.total, sums: sums.sums, filteredCounts: counts)
    }

    private static func sums(
        of drawings: Range<Int>, chosenCount: (Int) throws(DataError) -> Int
    ) throws(DataError) -> (sums: [Int], total: Int) {
        var sums: [Int] = []
        var total = 0
        for index in 0..<drawings.count {
            if index % sumDistance == 0 { sums.append(total) }
            total += try chosenCount(index)
        }
        return (sums, total)
    }

    /// The words of the categories, sorted by their UTF-8 bytes.
    public var words: [String] { categories.map(\.word) }
    /// The bank's fingerprint.
    public var fingerprint: String { bank.fingerprint }
    /// How many strokes all categories have together.
    public var strokeCount: Int { categories.reduce(0) { $0 + $1.strokeCount } }
    /// How many categories have strokes.
    public var categoryCount: Int { categories.count }

    /// How many strokes a category has, 1 or more.
    public func strokeCount(inCategory category: Int) -> Int {
        categories[category].strokeCount
    }

    /// Appends the points of a stroke, in units of the drawing's 256 × 256 box, and returns where it comes from.
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

    /// The pool with only the categories whose words are given; its fingerprint stays that of the whole.
    public func restricted(to words: [String]) -> BankStrokePool {
        let expected = Set(words)
        var pool = self
        pool.categories.removeAll { !expected.contains($0.word) }
        pool.drawingCount = pool.categories.reduce(0) { $0 + $1.takenCount }
        return pool
    }

    /// Finds a stroke of the pool in the bank.
    private func place(
        ofStroke number: Int, inCategory category: Int
    ) throws(DataError) -> (keyID: UInt64, stroke: Int, strokes: MappedBank.Strokes) {
        let (drawing, rank) = try drawing(ofStroke: number, in: categories[category])
        let record = try bank.record(drawing)
        let strokes = try bank.strokes(of: record)
        if hasStrokeTest || record.isSifted {
            var sieve = DrawingFilterPass(filter)
            let taken = try bank.strokes(of: record, takenBy: &sieve, filter)
            guard rank < min(taken.count, choice.strokesPerDrawing) else { throw bank.nonsense(.counts) }
            return (record.keyID, taken[choice.stroke(rank, of: taken.count, keyID: record.keyID)], strokes)
        }
        guard rank < min(strokes.count, choice.strokesPerDrawing) else { throw bank.nonsense(.counts) }
        return (record.keyID, choice.stroke(rank, of: strokes.count, keyID: record.keyID), strokes)
    }

    /// The drawing that a stroke is of, and which of those chosen of the drawing it is.
    private func drawing(
        ofStroke number: Int, in category: Category
    ) throws(DataError) -> (drawing: Int, rank: Int) {
        guard !category.sums.isEmpty else { return (category.drawings.lowerBound + number, 0) }
        // The last sum that is not larger.
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

    /// The drawing that the stroke of a rank among those chosen of some drawings is of, and its rank there.
    private func find(
        _ rank: Int, in drawings: Range<Int>, _ counts: RawSpan, _ filter: DrawingFilter?
    ) throws(DataError) -> (drawing: Int, rank: Int) {
        var rest = rank
        for (index, drawing) in drawings.enumerated() {
            let count = try bank.chosenCount(
                of: drawing, byte: counts.byte(at: index), choice.strokesPerDrawing, filter)
            if rest < count { return (drawing, rest) }
            rest -= count
        }
        throw bank.nonsense(.counts)
    }
}

extension BankStrokePool: Hashable {
    /// Whether two pools have the same strokes of banks with the same fingerprint.
    public static func == (first: BankStrokePool, second: BankStrokePool) -> Bool {
        first.fingerprint == second.fingerprint && first.choice == second.choice && first.filter == second.filter
            && first.categories == second.categories
    }

    /// Adds what tells pools apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(fingerprint)
        hasher.combine(choice)
        hasher.combine(filter)
        hasher.combine(categories)
    }
}

extension MappedBank {
    /// How many strokes are chosen of a drawing, of `limit` at most, by its byte in counts, which may say *or more*.
    ///
    /// - Parameter filter: what the counts are filtered by; nil for the bank's own.
    @inline(__always)
    fileprivate func chosenCount(
        of drawing: Int, byte: UInt8, _ limit: Int, _ filter: DrawingFilter?
    ) throws(DataError) -> Int {
        if byte == BankFormat.countLimit, limit > BankFormat.countLimit {
            return min(try countAll(of: drawing, filter ?? DrawingFilter()), limit)
        }
        return min(Int(byte), limit)
    }

    @inline(never)
    private func countAll(of drawing: Int, _ filter: DrawingFilter) throws(DataError) -> Int {
        var sieve = DrawingFilterPass(filter)
        return try strokes(of: try record(drawing), takenBy: &sieve, filter).count
    }

    /// The numbers of a drawing's strokes that a filter takes, without those that were left out before.
    fileprivate func strokes(
        of record: Record, takenBy sieve: inout DrawingFilterPass, _ filter: DrawingFilter
    ) throws(DataError) -> [Int] {
        let strokes = try strokes(of: record)
        guard filter.hasStrokeTest || record.isSifted else { return Array(0..<strokes.count) }
        var taken: [Int] = []
        for stroke in 0..<strokes.count {
            guard let measure = try measure(ofStroke: stroke, strokes) else { continue }
            if sieve.takes(stroke: measure) { taken.append(stroke) }
        }
        return taken
    }
}
