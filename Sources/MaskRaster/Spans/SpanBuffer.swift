/// Collects the spans of overlapping shapes, row by row, and returns their union as sorted, disjoint spans.
///
/// Most spans of a stroke overlap the last span that was added to the row, and are merged with it immediately; so few
/// remain to be sorted. Spans are stored by rank: the first span of every row, then the second span of every row, and so
/// on. A row rarely has more than four spans, so most accesses stay within 16 KiB.
///
/// It owns its memory and reuses it from mask to mask.
@safe
struct SpanBuffer: ~Copyable {
    /// The spans of all rows for each rank. Rank 0 is a sentinel: spans that overlap none, before the added spans.
    private var spans = UnsafeMutablePointer<PixelSpan>.allocate(capacity: 1)
    private var spanCapacity = 1
    /// For each row, the index of its last span in `spans`.
    private var tops = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    private var rowCapacity = 1
    private var rowCount = 0
    /// The number of spans per row that fit in the memory.
    private var rankCount = 0
    /// An upper bound of the number of spans in any row.
    private var countLimit = 0
    /// The spans of one row while they are sorted and merged.
    private var sorted = UnsafeMutablePointer<PixelSpan>.allocate(capacity: 16)
    private var sortedCapacity = 16
    /// The offsets of the spans of the last row with more than two, relative to its first span, sorted by start. The next
    /// row usually has the same order, since the same shapes cross it.
    private var order = UnsafeMutablePointer<Int>.allocate(capacity: orderLimit)
    private var orderCount = 0
    /// Rows with more spans than this are sorted by the standard library.
    private static var orderLimit: Int { 64 }

    deinit {
        unsafe spans.deallocate()
        unsafe tops.deallocate()
        unsafe sorted.deallocate()
        unsafe order.deallocate()
    }

    /// Removes all spans and sets the number of rows.
    mutating func reset(rowCount: Int) {
        self.rowCount = rowCount
        if rowCapacity < rowCount {
            unsafe tops.deallocate()
            unsafe tops = .allocate(capacity: rowCount)
            rowCapacity = rowCount
        }
        for row in 0..<rowCount { unsafe tops[row] = row }
        countLimit = 0
        orderCount = 0
        rankCount = spanCapacity / max(rowCount, 1) - 1
        let expected = max(31, 131_072 / max(rowCount, 1))
        if rankCount < expected { grow(to: expected) }
        unsafe spans.initialize(repeating: PixelSpan(start: .max, end: .min), count: rowCount)
    }

    private mutating func grow(to newRankCount: Int) {
        let capacity = (newRankCount + 1) * rowCount
        let larger = UnsafeMutablePointer<PixelSpan>.allocate(capacity: capacity)
        unsafe larger.update(from: spans, count: min((countLimit + 1) * rowCount, spanCapacity))
        unsafe spans.deallocate()
        unsafe spans = larger
        spanCapacity = capacity
        rankCount = newRankCount
    }

    /// Adds a convex shape: at most one span per row.
    @inline(__always)
    mutating func add(_ paint: (inout Painter) -> Void) {
        if countLimit == rankCount { makeRoom() }
        countLimit &+= 1
        // A local copy stays in registers; stored properties of `self` do not.
        var painter = unsafe Painter(spans: spans, tops: tops, rowCount: rowCount)
        paint(&painter)
    }

    /// Makes room for another span in every row: merges overlapping spans if rows are full of them, and allocates more
    /// memory if few overlap.
    ///
    /// So memory is bounded by the number of pixels, whatever the number of shapes.
    @inline(never)
    private mutating func makeRoom() {
        // Where shapes cross few rows each, no row has nearly as many spans as there are shapes.
        var highest = 0
        for row in 0..<rowCount { unsafe highest = max(highest, tops[row] &- row) }
        countLimit = highest / rowCount
        if countLimit <= rankCount / 2 { return }
        countLimit = 0
        for row in 0..<rowCount where unsafe tops[row] > row {
            let count = mergeSpans(ofRow: row)
            for index in 0..<count { unsafe spans[(index + 1) &* rowCount &+ row] = sorted[index] }
            unsafe tops[row] = count * rowCount + row
            countLimit = max(countLimit, count)
        }
        if countLimit > rankCount / 2 { grow(to: 2 * rankCount) }
    }

    /// Receives the spans of one shape, in memory lent by `add`.
    @safe
    struct Painter: SpanPainter {
        fileprivate let spans: UnsafeMutablePointer<PixelSpan>
        fileprivate let tops: UnsafeMutablePointer<Int>
        fileprivate let rowCount: Int

        /// Merges a span with the last span of its row, or appends it; `add` has made room for it.
        ///
        /// Whether the spans overlap is hard to predict, so there is no branch.
        @inline(__always)
        func fill(from first: Int, to last: Int, row: Int) {
            let start = Int32(truncatingIfNeeded: first)
            let end = Int32(truncatingIfNeeded: last &+ 1)
            let top = unsafe tops[row]
            let other = unsafe spans[top]
            let overlaps = (start <= other.end ? 1 : 0) & (other.start <= end ? 1 : 0) == 1
            let place = top &+ (overlaps ? 0 : rowCount)
            unsafe tops[row] = place
            unsafe spans[place] = PixelSpan(
                start: overlaps && other.start < start ? other.start : start,
                end: overlaps && other.end > end ? other.end : end)
        }
    }

    /// The number of spans of all rows before they are merged.
    var unmergedCount: Int {
        var sum = 0
        for row in 0..<rowCount { unsafe sum &+= tops[row] &- row }
        return sum / max(rowCount, 1)
    }

    /// Writes the union of the spans of a row, from left to right; they neither overlap nor touch.
    ///
    /// - Parameters:
    ///   - row: The row, from 0.
    ///   - output: Memory for as many spans as the row has before they are merged.
    /// - Returns: The number of spans written.
    /// - Complexity: O(*n* log *n*)
    @inline(__always)
    mutating func writeSpans(ofRow row: Int, to output: UnsafeMutablePointer<PixelSpan>) -> Int {
        let top = unsafe tops[row]
        if top == row { return 0 }
        let first = unsafe spans[rowCount &+ row]
        if top == rowCount &+ row {
            unsafe output.pointee = first
            return 1
        }
        if top == 2 &* rowCount &+ row {
            let second = unsafe spans[top]
            let isOrdered = first.start <= second.start
            let left = isOrdered ? first : second
            let right = isOrdered ? second : first
            if left.end < right.start {
                unsafe output[0] = left
                unsafe output[1] = right
                return 2
            }
            unsafe output[0] = PixelSpan(start: left.start, end: left.end > right.end ? left.end : right.end)
            return 1
        }
        return unsafe merge(row, to: output)
    }

    /// Calls `body` with each span of the union of a row, from left to right; they neither overlap nor touch.
    @inline(__always)
    mutating func forEachSpan(inRow row: Int, _ body: (PixelSpan) -> Void) {
        if unsafe tops[row] == row { return }
        for index in 0..<mergeSpans(ofRow: row) { unsafe body(sorted[index]) }
    }

    /// Sorts and merges the spans of a row with at least one span into `sorted`; returns their number.
    private mutating func mergeSpans(ofRow row: Int) -> Int {
        let count = (unsafe tops[row] &- row) / rowCount
        if sortedCapacity < count {
            unsafe sorted.deallocate()
            unsafe sorted = .allocate(capacity: 2 * count)
            sortedCapacity = 2 * count
        }
        return unsafe merge(row, to: sorted)
    }

    /// Writes the union of the spans of a row with at least one span; returns their number.
    private mutating func merge(_ row: Int, to output: UnsafeMutablePointer<PixelSpan>) -> Int {
        let first = unsafe spans + (rowCount &+ row)
        let last = unsafe spans + tops[row]
        let (order, rowCount) = unsafe (order, rowCount)
        if unsafe first + (orderCount &- 1) &* rowCount == last, orderCount > 0 {
            var current = unsafe first[order[0]]
            var lastStart = current.start
            var merged = 0
            var index = 1
            while index < orderCount {
                let span = unsafe first[order[index]]
                if span.start < lastStart { break }
                lastStart = span.start
                // Whether two spans overlap is hard to predict, so there is no branch.
                let isApart = span.start > current.end
                unsafe output[merged] = current
                merged &+= isApart ? 1 : 0
                let end = span.end > current.end ? span.end : current.end
                current = PixelSpan(start: isApart ? span.start : current.start, end: end)
                index &+= 1
            }
            unsafe output[merged] = current
            if index == orderCount { return merged &+ 1 }
        }
        return unsafe sortAndMerge(row, to: output)
    }

    /// The same for a row whose spans are not in the order of the previous row.
    @inline(never)
    private mutating func sortAndMerge(_ row: Int, to output: UnsafeMutablePointer<PixelSpan>) -> Int {
        let count = (unsafe tops[row] &- row) / rowCount
        let first = unsafe spans + (rowCount &+ row)
        if count > Self.orderLimit {
            orderCount = 0
            for index in 0..<count { unsafe output[index] = first[index &* rowCount] }
            var all = unsafe UnsafeMutableBufferPointer(start: output, count: count)
            unsafe all.sort { $0.start < $1.start }
        } else {
            // Insertion sort, starting with the order of the previous row.
            if orderCount > count { orderCount = 0 }
            for index in orderCount..<count { unsafe order[index] = index * rowCount }
            orderCount = count
            for index in 0..<count {
                let offset = unsafe order[index]
                let span = unsafe first[offset]
                var place = index
                while place > 0, unsafe output[place &- 1].start > span.start {
                    unsafe output[place] = output[place &- 1]
                    unsafe order[place] = order[place &- 1]
                    place &-= 1
                }
                unsafe output[place] = span
                unsafe order[place] = offset
            }
        }
        var current = unsafe output[0]
        var merged = 0
        for index in 1..<count {
            let span = unsafe output[index]
            let isApart = span.start > current.end
            unsafe output[merged] = current
            merged &+= isApart ? 1 : 0
            let end = span.end > current.end ? span.end : current.end
            current = PixelSpan(start: isApart ? span.start : current.start, end: end)
        }
        unsafe output[merged] = current
        return merged &+ 1
    }
}
