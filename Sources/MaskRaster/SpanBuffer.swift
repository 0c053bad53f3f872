/// Collects runs of pixels row by row, and gives their union.
///
/// It owns its memory, so that rows can be collected again and again without taking more.
@safe struct SpanBuffer: SpanPainter, ~Copyable {
    /// From the first to the last of its pixels.
    private struct Run {
        var first: Int32
        var last: Int32
    }

    /// For each row as much room for runs as a row gets at most, and how many there are.
    private var runs = UnsafeMutableBufferPointer<Run>.allocate(capacity: 0)
    private var counts = UnsafeMutableBufferPointer<Int>.allocate(capacity: 0)
    private var runsPerRow = 0

    deinit {
        unsafe runs.deallocate()
        unsafe counts.deallocate()
    }

    /// Forgets all, for other rows.
    ///
    /// - Parameter runsPerRow: how many runs a row gets, at most.
    mutating func begin(rowCount: Int, runsPerRow: Int) {
        self.runsPerRow = runsPerRow
        if unsafe runs.count < rowCount * runsPerRow {
            unsafe runs.deallocate()
            unsafe runs = .allocate(capacity: rowCount * runsPerRow)
        }
        if unsafe counts.count < rowCount {
            unsafe counts.deallocate()
            unsafe counts = .allocate(capacity: rowCount)
        }
        unsafe counts.initialize(repeating: 0)
    }

    @inline(__always)
    mutating func fill(from first: Int, to last: Int, row: Int) {
        let count = unsafe counts[row]
        unsafe runs.initializeElement(
            at: row &* runsPerRow &+ count,
            to: Run(first: Int32(truncatingIfNeeded: first), last: Int32(truncatingIfNeeded: last)))
        unsafe counts[row] = count &+ 1
    }

    /// Gives the runs of a row's union, from left to right: the first and the last pixel of each.
    ///
    /// - Complexity: O(*n* log *n*) for *n* runs, as a rule O(*n*): those of a path's segments nearly are in order
    @inline(__always)
    func forEachRun(inRow row: Int, _ body: (_ first: Int, _ last: Int) -> Void) {
        let count = unsafe counts[row]
        guard count > 0 else { return }
        let start = row &* runsPerRow
        sortRuns(from: start, to: start &+ count)
        var (first, last) = unsafe (runs[start].first, runs[start].last)
        for index in start &+ 1..<start &+ count {
            let run = unsafe runs[index]
            if run.first > last {
                body(Int(first), Int(last))
                first = run.first
            }
            last = max(last, run.last)
        }
        body(Int(first), Int(last))
    }

    /// Sorts some runs of one row by their first pixels.
    @inline(__always)
    private func sortRuns(from start: Int, to end: Int) {
        // A few are sorted faster by insertion than by the standard library, which takes memory.
        guard end &- start <= 32 else {
            var row = unsafe UnsafeMutableBufferPointer(rebasing: runs[start..<end])
            unsafe row.sort { $0.first < $1.first }
            return
        }
        for index in start &+ 1..<end {
            let run = unsafe runs[index]
            var place = index
            while place > start, unsafe runs[place &- 1].first > run.first {
                unsafe runs[place] = runs[place &- 1]
                place &-= 1
            }
            unsafe runs[place] = run
        }
    }
}
