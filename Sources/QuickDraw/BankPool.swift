public import MaskModel
public import PlaneGeometry

/// The strokes that masks are drawn from, out of a stroke bank: the same as a `StrokePool` has of the same drawings.
///
/// Nothing is chosen before it is asked for. One stroke of each drawing, or all where every drawing has one at most, are
/// found by their numbers; else the sums of counts decide, one for every 64 drawings, made at the start.
public struct BankPool: StrokeSource {
    private struct Category: Hashable, Sendable {
        let word: String
        /// Which of the bank's drawings are taken.
        let drawings: Range<Int>
        let strokeCount: Int
        /// For every 64 drawings, how many strokes were chosen of those before; empty if one is chosen of each.
        var sums: [Int]
    }

    private static let sumDistance = 64

    private let bank: StrokeBank
    private let choice: StrokeChoice
    private var categories: [Category]
    /// How many drawings were taken of these categories, those without strokes included.
    public private(set) var drawingCount: Int

    /// A pool of the bank's first drawings.
    ///
    /// - Parameters:
    ///   - drawingLimit: how many of each category, at most.
    ///   - strokesPerDrawing: how many strokes to choose of each drawing, at random; all of them if it has fewer.
    ///   - seed: with a drawing's key, determines the choice.
    /// - Throws: `QuickDrawError.bank` if the bank is damaged where it was looked at.
    /// - Complexity: O(categories) for one stroke of each drawing; else O(drawings), a byte each
    public init(
        _ bank: StrokeBank, drawingLimit: Int, strokesPerDrawing: Int, seed: UInt64
    ) throws(QuickDrawError) {
        self.bank = bank
        choice = StrokeChoice(strokesPerDrawing: strokesPerDrawing, seed: seed)
        categories = []
        drawingCount = 0
        for category in bank.categories {
            let drawings = category.drawings.prefix(drawingLimit)
            let taken = drawings.startIndex..<drawings.endIndex
            var sums: [Int] = []
            var strokeCount = taken.count
            if strokesPerDrawing > 1 || category.strokelessCount > 0 {
                (sums, strokeCount) = try Self.sums(of: taken, in: bank, limit: strokesPerDrawing)
            }
            guard strokeCount > 0 else { continue }
            drawingCount += taken.count
            categories.append(
                Category(word: category.word, drawings: taken, strokeCount: strokeCount, sums: sums))
        }
    }

    private static func sums(
        of drawings: Range<Int>, in bank: StrokeBank, limit: Int
    ) throws(QuickDrawError) -> (sums: [Int], total: Int) {
        try bank.withCounts(of: drawings) { (counts) throws(QuickDrawError) in
            var sums: [Int] = []
            var total = 0
            for index in 0..<drawings.count {
                if index % sumDistance == 0 { sums.append(total) }
                total += try bank.chosenCount(of: drawings.lowerBound + index, byte: counts.byte(at: index), limit)
            }
            return (sums, total)
        }
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

    /// The path of a stroke, in units of the drawing's box of 256 × 256, which drawing it is of, and which of its strokes.
    ///
    /// - Throws: `QuickDrawError.bank` if the bank is damaged there.
    public func stroke(
        _ stroke: Int, inCategory category: Int
    ) throws(QuickDrawError) -> (path: Polyline, origin: StrokeOrigin) {
        let place = try place(ofStroke: stroke, inCategory: category)
        return (
            try bank.path(ofStroke: place.stroke, place.strokes),
            StrokeOrigin(word: categories[category].word, keyID: place.keyID, stroke: place.stroke)
        )
    }

    /// The pool with only the categories whose words are given; its fingerprint stays that of the whole.
    public func restricted(to words: [String]) -> BankPool {
        let wanted = Set(words)
        var pool = self
        pool.categories.removeAll { !wanted.contains($0.word) }
        pool.drawingCount = pool.categories.reduce(0) { $0 + $1.drawings.count }
        return pool
    }

    /// Finds a stroke of the pool in the bank.
    private func place(
        ofStroke number: Int, inCategory category: Int
    ) throws(QuickDrawError) -> (keyID: UInt64, stroke: Int, strokes: StrokeBank.Strokes) {
        let (drawing, rank) = try drawing(ofStroke: number, in: categories[category])
        let record = try bank.record(drawing)
        let strokes = try bank.strokes(of: record)
        guard rank < min(strokes.count, choice.strokesPerDrawing) else { throw bank.nonsense(.counts) }
        return (record.keyID, choice.stroke(rank, of: strokes.count, keyID: record.keyID), strokes)
    }

    /// The drawing that a stroke is of, and which of those chosen of the drawing it is.
    private func drawing(
        ofStroke number: Int, in category: Category
    ) throws(QuickDrawError) -> (drawing: Int, rank: Int) {
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
        let (bank, limit) = (bank, choice.strokesPerDrawing)
        return try bank.withCounts(of: drawings) { (counts) throws(QuickDrawError) in
            var rest = rank
            for index in 0..<drawings.count {
                let drawing = first + index
                let count = try bank.chosenCount(of: drawing, byte: counts.byte(at: index), limit)
                if rest < count { return (drawing, rest) }
                rest -= count
            }
            throw bank.nonsense(.counts)
        }
    }
}

extension BankPool: Hashable {
    /// Whether two pools have the same strokes of banks with the same fingerprint.
    public static func == (first: BankPool, second: BankPool) -> Bool {
        first.fingerprint == second.fingerprint && first.choice == second.choice
            && first.categories == second.categories
    }

    /// Adds what tells pools apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(fingerprint)
        hasher.combine(choice)
        hasher.combine(categories)
    }
}

extension StrokeBank {
    /// How many strokes are chosen of a drawing, of `limit` at most, by its byte in `counts`, which may say *or more*.
    @inline(__always)
    fileprivate func chosenCount(of drawing: Int, byte: UInt8, _ limit: Int) throws(QuickDrawError) -> Int {
        if byte == BankFormat.countLimit, limit > BankFormat.countLimit {
            return min(try strokes(of: try record(drawing)).count, limit)
        }
        return min(Int(byte), limit)
    }
}
