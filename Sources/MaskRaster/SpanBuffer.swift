/// Collects the spans of overlapping shapes, row by row, and returns their union as sorted, disjoint spans.
///
/// Most spans of a stroke's segments overlap the span that the row got last, and are merged with it at once; so few are
/// left to sort. Spans are stored by their rank: first those that came first in their rows, for all rows, then those that
/// came second, and so on. A row rarely has more than three, so that most of the work stays in 16 KiB.
///
/// It owns its memory, which serves one mask after the other.
@safe
struct SpanBuffer: SpanPainter, ~Copyable {
    /// For each rank the spans of all rows.
    private var spans = UnsafeMutablePointer<PixelSpan>.allocate(capacity: 1)
    private var spanCapacity = 1
    /// How many spans each row has.
    private var counts = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    private var countCapacity = 1
    private var rowCount = 0
    /// How many spans a row can have before there must be more memory.
    private var rankCount = 0
    /// The spans of one row while they are sorted.
    private var sorted = UnsafeMutablePointer<PixelSpan>.allocate(capacity: 1)
    private var sortedCapacity = 1

    deinit {
        unsafe spans.deallocate()
        unsafe counts.deallocate()
        unsafe sorted.deallocate()
    }

    /// Removes all spans, for `rowCount` other rows.
    mutating func reset(rowCount: Int) {
        self.rowCount = rowCount
        if countCapacity < rowCount {
            unsafe counts.deallocate()
            unsafe counts = .allocate(capacity: rowCount)
            countCapacity = rowCount
        }
        unsafe counts.initialize(repeating: 0, count: rowCount)
        rankCount = spanCapacity / max(rowCount, 1)
        if rankCount < 4 { grow() }
    }

    /// Doubles the memory.
    @inline(never)
    private mutating func grow() {
        let capacity = max(2 * rankCount, 4) * rowCount
        let larger = unsafe UnsafeMutablePointer<PixelSpan>.allocate(capacity: capacity)
        unsafe larger.update(from: spans, count: rankCount * rowCount)
        unsafe spans.deallocate()
        unsafe spans = larger
        spanCapacity = capacity
        rankCount = capacity / max(rowCount, 1)
    }

    /// Adds the pixels from `first` to `last` of a row.
    @inline(__always)
    mutating func fill(from first: Int, to last: Int, row: Int) {
        let start = Int32(truncatingIfNeeded: first)
        let end = Int32(truncatingIfNeeded: last &+ 1)
        let count = Int(unsafe counts[row])
        if count > 0 {
            let previous = unsafe spans + ((count &- 1) &* rowCount &+ row)
            let (otherStart, otherEnd) = unsafe (previous.pointee.start, previous.pointee.end)
            if start <= otherEnd, otherStart <= end {
                unsafe previous.pointee = PixelSpan(
                    start: start < otherStart ? start : otherStart, end: end > otherEnd ? end : otherEnd)
                return
            }
            if count == rankCount {
                addToFullRow(PixelSpan(start: start, end: end), row)
                return
            }
        }
        unsafe spans[count &* rowCount &+ row] = PixelSpan(start: start, end: end)
        unsafe counts[row] = Int32(truncatingIfNeeded: count &+ 1)
    }

    /// Adds a span to a row that has `rankCount` already: merges those that overlap, or makes more memory if few do.
    ///
    /// So a row never has more than twice as many spans as it has pixels, however many shapes meet it.
    @inline(never)
    private mutating func addToFullRow(_ span: PixelSpan, _ row: Int) {
        var count = 0
        forEachSpanOfMany(inRow: row, rankCount) { [spans, rowCount] span in
            unsafe spans[count &* rowCount &+ row] = span
            count &+= 1
        }
        if count > rankCount / 2 { grow() }
        unsafe spans[count &* rowCount &+ row] = span
        unsafe counts[row] = Int32(truncatingIfNeeded: count &+ 1)
    }

    /// How many spans all rows have at most.
    var spanLimit: Int {
        var sum = 0
        for row in 0..<rowCount { unsafe sum &+= Int(counts[row]) }
        return sum
    }

    /// Calls `body` with each span of the union in a row, from left to right; they neither overlap nor touch.
    ///
    /// - Complexity: O(*n* log *n*) for *n* spans that are left after merging
    @inline(__always)
    mutating func forEachSpan(inRow row: Int, _ body: (PixelSpan) -> Void) {
        let count = Int(unsafe counts[row])
        if count == 0 { return }
        let first = unsafe spans[row]
        if count == 1 {
            body(first)
            return
        }
        if count == 2 {
            let second = unsafe spans[rowCount &+ row]
            let isOrdered = first.start <= second.start
            let (left, right) = isOrdered ? (first, second) : (second, first)
            if left.end < right.start {
                body(left)
                body(right)
            } else {
                body(PixelSpan(start: left.start, end: left.end > right.end ? left.end : right.end))
            }
            return
        }
        forEachSpanOfMany(inRow: row, count, body)
    }

    @inline(__always)
    private mutating func forEachSpanOfMany(inRow row: Int, _ count: Int, _ body: (PixelSpan) -> Void) {
        sort(row, count)
        var current = unsafe sorted[0]
        for index in 1..<count {
            let span = unsafe sorted[index]
            if span.start > current.end {
                body(current)
                current = span
            } else if span.end > current.end {
                current.end = span.end
            }
        }
        body(current)
    }

    /// Sorts the spans of a row by their starts, into `sorted`.
    private mutating func sort(_ row: Int, _ count: Int) {
        if sortedCapacity < count {
            unsafe sorted.deallocate()
            unsafe sorted = .allocate(capacity: 2 * count)
            sortedCapacity = 2 * count
        }
        let (spans, sorted) = unsafe (spans + row, sorted)
        // A few are sorted faster by insertion than by the standard library.
        guard count <= 32 else {
            for index in 0..<count { unsafe sorted[index] = spans[index &* rowCount] }
            var all = unsafe UnsafeMutableBufferPointer(start: sorted, count: count)
            unsafe all.sort { $0.start < $1.start }
            return
        }
        for index in 0..<count {
            let span = unsafe spans[index &* rowCount]
            var place = index
            while place > 0, unsafe sorted[place &- 1].start > span.start {
                unsafe sorted[place] = sorted[place &- 1]
                place &-= 1
            }
            unsafe sorted[place] = span
        }
    }
}
