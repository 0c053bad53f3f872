public import FileAccess
import Synchronization

/// Makes a bank out of a draft: in each category it finds the drawings that are there twice, and then it copies.
///
/// The steps: `findRepeats` for every category, `begin`, `copy` for every unit, `finish`. Those of one kind can be done
/// in any order, several at once.
public final class BankWriter: Sendable {
    /// A category, with what was found of it.
    private struct Category {
        let word: String
        var chunks: [BankSpool.Chunk]
        /// For each chunk that has some, a bit a drawing: whether it is there already.
        var repeats: [Int: [UInt64]] = [:]
        var totals = Totals()
    }

    struct Totals {
        var drawings = 0
        var strokes = 0
        var strokeless = 0
        var points = 0
        var pointLength = 0

        static func += (first: inout Totals, second: Totals) {
            first.drawings += second.drawings
            first.strokes += second.strokes
            first.strokeless += second.strokeless
            first.points += second.points
            first.pointLength += second.pointLength
        }
    }

    /// Chunks that are copied together.
    private struct Unit {
        let category: Int
        let chunks: Range<Int>
        /// Where they begin: the number of their first drawing, and the place of its strokes.
        let firstDrawing: Int
        let pointPlace: Int
    }

    private struct Plan {
        var units: [Unit] = []
        var header = BankHeader(categories: 0, drawings: 0, counts: 0, points: 0)
    }

    /// How much is copied at once, in bytes, unless one chunk is larger.
    private static let unitLength = 2 << 20

    private let draft: BankSpool
    private let keyLimit: Int
    private let categories: Mutex<[Category]>
    private let plan = Mutex(Plan())

    /// A merge of all that a draft has.
    ///
    /// - Parameter keyLimit: how many keys to hold in memory at once; a larger category is gone through several times.
    public init(_ draft: BankSpool, keyLimit: Int) {
        self.draft = draft
        self.keyLimit = keyLimit
        categories = Mutex(draft.sorted().map { Category(word: $0.word, chunks: $0.chunks) })
    }

    /// How many categories there are, for `findRepeats`.
    public var categoryCount: Int { categories.withLock { $0.count } }
    /// How many units there are, for `copy`.
    public var unitCount: Int { plan.withLock { $0.units.count } }
    /// How many drawings were left out, as they were there already.
    public var repeatCount: Int {
        categories.withLock { categories in
            categories.reduce(0) { sum, category in
                sum + category.repeats.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.nonzeroBitCount } }
            }
        }
    }

    /// Finds the drawings of a category whose keys were met before in it.
    ///
    /// - Throws: `DataError` if the draft cannot be read.
    public func findRepeats(inCategory number: Int) throws(DataError) {
        let chunks = categories.withLock { $0[number].chunks }
        let count = chunks.reduce(0) { $0 + $1.drawingCount }
        let passCount = UInt64(max(1, (count + keyLimit - 1) / keyLimit))
        var repeats: [Int: [UInt64]] = [:]
        let records = ByteBuffer()
        for pass in 0..<passCount {
            var keys = KeySet(capacity: Int(UInt64(count) / passCount) + 1024)
            for (index, chunk) in chunks.enumerated() {
                records.reset(count: BankFormat.recordLength * chunk.drawingCount)
                try unsafe draft.scratch.read(into: records.bytes, at: chunk.place)
                for drawing in 0..<chunk.drawingCount {
                    let key = unsafe records.bytes.number(at: BankFormat.recordLength * drawing, as: UInt64.self)
                    // Another hash than that of the set, so that its keys are spread all the same.
                    if passCount > 1, (key ^ key &>> 29) % passCount != pass { continue }
                    if keys.insert(key) { continue }
                    repeats[index, default: [UInt64](repeating: 0, count: (chunk.drawingCount + 63) / 64)][
                        drawing / 64] |= 1 << UInt64(drawing % 64)
                }
            }
        }
        let found = repeats
        categories.withLock { $0[number].repeats = found }
    }

    /// Begins a bank in `output`, once all repeats are known.
    ///
    /// - Throws: `DataError` if the draft cannot be read.
    public func begin() throws(DataError) {
        let categories = categories.withLock { $0 }
        var units: [Unit] = []
        var all = Totals()
        for number in categories.indices {
            let category = categories[number]
            var unit: (first: Int, start: Totals)?
            var length = 0
            for (index, chunk) in category.chunks.enumerated() {
                if unit == nil { unit = (index, all) }
                all.drawings += chunk.drawingCount
                all.pointLength += chunk.pointLength
                if let repeats = category.repeats[index] {
                    let removed = try removed(of: chunk, repeats)
                    all.drawings -= removed.drawings
                    all.pointLength -= removed.pointLength
                }
                length += chunk.length
                let isLast = index == category.chunks.count - 1
                if let begun = unit, length >= Self.unitLength || isLast {
                    units.append(
                        Unit(
                            category: number, chunks: begun.first..<index + 1, firstDrawing: begun.start.drawings,
                            pointPlace: begun.start.pointLength))
                    unit = nil
                    length = 0
                }
            }
        }
        let wordLength = categories.reduce(0) { $0 + $1.word.utf8.count }
        var header = BankHeader(
            categories: BankFormat.categoryLength * categories.count + wordLength,
            drawings: BankFormat.recordLength * all.drawings, counts: all.drawings, points: all.pointLength)
        header.categoryCount = categories.count
        header.drawingCount = all.drawings
        let made = Plan(units: units, header: header)
        plan.withLock { $0 = made }
    }

    /// The header as far as it is known: where the sections are.
    var header: BankHeader { plan.withLock { $0.header } }

    private func removed(of chunk: BankSpool.Chunk, _ repeats: [UInt64]) throws(DataError) -> Totals {
        let records = ByteBuffer()
        records.reset(count: BankFormat.recordLength * chunk.drawingCount)
        try unsafe draft.scratch.read(into: records.bytes, at: chunk.place)
        var removed = Totals()
        for drawing in 0..<chunk.drawingCount where repeats.contains(drawing) {
            removed.drawings += 1
            removed.pointLength += unsafe records.bytes.pointRange(of: drawing, in: chunk).count
        }
        return removed
    }

    /// Copies the chunks of a unit to their places.
    ///
    /// - Throws: `DataError` if the draft cannot be read, or the bank not be written.
    public func copy(_ number: Int, to output: BankOutput) throws(DataError) {
        let (unit, header) = plan.withLock { ($0.units[number], $0.header) }
        let (chunks, repeats) = categories.withLock { categories in
            let category = categories[unit.category]
            return (category.chunks[unit.chunks], category.repeats)
        }
        let copy = BankSegmentCopier(pointPlace: unit.pointPlace)
        for index in chunks.indices {
            try copy.add(chunks[index], of: draft.scratch, without: repeats[index])
        }
        try unsafe output.write(
            UnsafeRawBufferPointer(copy.records.bytes),
            at: header[.drawings].lowerBound + BankFormat.recordLength * unit.firstDrawing)
        try unsafe output.write(
            UnsafeRawBufferPointer(copy.counts.bytes), at: header[.counts].lowerBound + unit.firstDrawing)
        try unsafe output.write(
            UnsafeRawBufferPointer(copy.points.bytes), at: header[.points].lowerBound + unit.pointPlace)
        let totals = copy.totals
        categories.withLock { $0[unit.category].totals += totals }
    }

    /// Writes what is left once all units were copied: categories, checksums and header.
    ///
    /// - Throws: `DataError` if the bank cannot be written.
    public func finish(_ output: BankOutput) throws(DataError) -> BankSummary {
        var header = header
        let categories = categories.withLock { $0 }
        var entries: [UInt8] = []
        var words: [UInt8] = []
        for category in categories {
            let totals = category.totals
            for number in [totals.drawings, totals.strokes, totals.strokeless] {
                entries.append(number: UInt64(number))
            }
            entries.append(number: UInt32(BankFormat.categoryLength * categories.count + words.count))
            entries.append(number: UInt32(category.word.utf8.count))
            words += Array(category.word.utf8)
            header.strokeCount += totals.strokes
            header.pointCount += totals.points
        }
        let section = entries + words
        try unsafe section.span.bytes.withUnsafeBytes { (bytes) throws(DataError) in
            try unsafe output.write(bytes, at: header[.categories].lowerBound)
        }
        try output.finish(&header)
        return BankSummary(
            categoryCount: header.categoryCount, drawingCount: header.drawingCount, strokeCount: header.strokeCount,
            pointCount: header.pointCount, repeatCount: repeatCount, byteCount: header.fileLength)
    }
}

/// What came into a bank.
public struct BankSummary: Hashable, Sendable {
    /// How many categories there are.
    public let categoryCount: Int
    /// How many drawings there are.
    public let drawingCount: Int
    /// How many strokes all drawings have together.
    public let strokeCount: Int
    /// How many points all strokes have together.
    public let pointCount: Int
    /// How many drawings were left out, as they were there already.
    public let repeatCount: Int
    /// The size of the file.
    public let byteCount: Int
}
