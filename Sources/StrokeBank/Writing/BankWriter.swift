package import FileAccess
import Synchronization

/// Writes a bank from a spool: finds the duplicate drawings of each category, then copies the others.
///
/// The steps are `findDuplicates` for every category, `begin`, `copy` for every run of segments, and `finish`. Steps of
/// the same kind may run in any order and concurrently.
package final class BankWriter: Sendable {
    /// A category and its duplicates.
    private struct Category {
        let word: String
        var segments: [BankSpool.Segment]
        /// For each segment with duplicates, a bit per drawing.
        var duplicates: [Int: [UInt64]] = [:]
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

    /// Segments that are copied together.
    private struct Run {
        let category: Int
        let segments: Range<Int>
        /// The number of the first drawing in the bank, and the offset of its strokes in the section `points`.
        let firstDrawing: Int
        let pointOffset: Int
    }

    private struct Plan {
        var runs: [Run] = []
        var header = BankHeader(categories: 0, drawings: 0, counts: 0, points: 0)
    }

    /// The bytes that are copied at once, unless one segment is larger.
    private static let runLength = 2 << 20

    private let spool: BankSpool
    private let keyLimit: Int
    private let categories: Mutex<[Category]>
    private let plan = Mutex(Plan())

    /// A writer of all drawings of a spool.
    ///
    /// - Parameter keyLimit: The number of keys in memory at once; a larger category is read in several passes.
    package init(_ spool: BankSpool, keyLimit: Int) {
        self.spool = spool
        self.keyLimit = keyLimit
        categories = Mutex(spool.takeSegments().map { Category(word: $0.word, segments: $0.segments) })
    }

    /// The number of categories, for `findDuplicates`.
    package var categoryCount: Int { categories.withLock { $0.count } }
    /// The number of runs of segments, for `copy`.
    package var runCount: Int { plan.withLock { $0.runs.count } }
    /// The number of duplicates.
    private var duplicateCount: Int {
        categories.withLock { categories in
            categories.reduce(0) { sum, category in
                sum + category.duplicates.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.nonzeroBitCount } }
            }
        }
    }

    /// Finds the drawings of a category whose key an earlier one has.
    ///
    /// - Throws: `DataError` if the spool cannot be read.
    package func findDuplicates(inCategory number: Int) throws(DataError) {
        let segments = categories.withLock { $0[number].segments }
        let count = segments.reduce(0) { $0 + $1.drawingCount }
        let passCount = UInt64(max(1, (count + keyLimit - 1) / keyLimit))
        var duplicates: [Int: [UInt64]] = [:]
        let records = ByteBuffer()
        for pass in 0..<passCount {
            var keys = KeySet(capacity: Int(UInt64(count) / passCount) + 1024)
            for (index, segment) in segments.enumerated() {
                records.reset(count: BankFormat.recordLength * segment.drawingCount)
                try unsafe spool.scratch.read(into: records.bytes, at: segment.offset)
                for drawing in 0..<segment.drawingCount {
                    let key = unsafe records.bytes.number(at: BankFormat.recordLength * drawing, as: UInt64.self)
                    // Not the hash of the set, so that the keys of a pass are spread evenly there.
                    if passCount > 1, (key ^ key &>> 29) % passCount != pass { continue }
                    if keys.insert(key) { continue }
                    duplicates[index, default: [UInt64](repeating: 0, count: (segment.drawingCount + 63) / 64)][
                        drawing / 64] |= 1 << UInt64(drawing % 64)
                }
            }
        }
        let found = duplicates
        categories.withLock { $0[number].duplicates = found }
    }

    /// Determines the layout of the bank, after the duplicates of all categories were found.
    ///
    /// - Throws: `DataError` if the spool cannot be read.
    package func begin() throws(DataError) {
        let categories = categories.withLock { $0 }
        var runs: [Run] = []
        var all = Totals()
        for number in categories.indices {
            let category = categories[number]
            var run: (first: Int, start: Totals)?
            var length = 0
            for (index, segment) in category.segments.enumerated() {
                if run == nil { run = (index, all) }
                all.drawings += segment.drawingCount
                all.pointLength += segment.pointLength
                if let duplicates = category.duplicates[index] {
                    let removed = try removed(of: segment, duplicates)
                    all.drawings -= removed.drawings
                    all.pointLength -= removed.pointLength
                }
                length += segment.length
                let isLast = index == category.segments.count - 1
                if let begun = run, length >= Self.runLength || isLast {
                    runs.append(
                        Run(
                            category: number, segments: begun.first..<index + 1, firstDrawing: begun.start.drawings,
                            pointOffset: begun.start.pointLength))
                    run = nil
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
        let newPlan = Plan(runs: runs, header: header)
        plan.withLock { $0 = newPlan }
    }

    /// The header with the layout of the sections, without the totals.
    var header: BankHeader { plan.withLock { $0.header } }

    private func removed(of segment: BankSpool.Segment, _ duplicates: [UInt64]) throws(DataError) -> Totals {
        let records = ByteBuffer()
        records.reset(count: BankFormat.recordLength * segment.drawingCount)
        try unsafe spool.scratch.read(into: records.bytes, at: segment.offset)
        var removed = Totals()
        for drawing in 0..<segment.drawingCount where duplicates.contains(drawing) {
            removed.drawings += 1
            removed.pointLength += unsafe records.bytes.pointRange(of: drawing, in: segment).count
        }
        return removed
    }

    /// Copies a run of segments to its place in the bank.
    ///
    /// - Throws: `DataError` if the spool cannot be read or the bank cannot be written.
    package func copy(_ number: Int, to output: ChecksummedBankFile) throws(DataError) {
        let (run, header) = plan.withLock { ($0.runs[number], $0.header) }
        let (segments, duplicates) = categories.withLock { categories in
            let category = categories[run.category]
            return (category.segments[run.segments], category.duplicates)
        }
        let copier = BankSegmentCopier(pointOffset: run.pointOffset)
        for index in segments.indices {
            try copier.add(segments[index], of: spool.scratch, without: duplicates[index])
        }
        try unsafe output.write(
            UnsafeRawBufferPointer(copier.records.bytes),
            at: header[.drawings].lowerBound + BankFormat.recordLength * run.firstDrawing)
        try unsafe output.write(
            UnsafeRawBufferPointer(copier.counts.bytes), at: header[.counts].lowerBound + run.firstDrawing)
        try unsafe output.write(
            UnsafeRawBufferPointer(copier.points.bytes), at: header[.points].lowerBound + run.pointOffset)
        let totals = copier.totals
        categories.withLock { $0[run.category].totals += totals }
    }

    /// Writes categories, checksums, and header, after all runs were copied.
    ///
    /// - Parameters:
    ///   - output: The bank.
    ///   - license: The license of the drawings, if it was specified.
    /// - Throws: `DataError` if the bank cannot be written.
    package func finish(
        _ output: ChecksummedBankFile, license: SourceLicense = .unknown
    ) throws(DataError) -> BankSummary {
        var header = header
        header.license = license
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
            pointCount: header.pointCount, duplicateCount: duplicateCount, byteCount: header.fileLength)
    }
}
