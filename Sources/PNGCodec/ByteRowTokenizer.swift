import Deflate
import MaskModel
import MaskRaster

/// Turns white spans into the tokens of an 8-bit PNG without filters: black runs, white runs, and rows that repeat the row
/// above.
///
/// A black run continues from row to row, over the filter bytes. So a token is the gap between two spans, wherever these
/// are, and the second of them. The work is proportional to the spans.
struct ByteRowTokenizer: ~Copyable {
    /// The number of bytes of a row, with its filter byte.
    private var rowBytes = 1
    /// Whether matches reach the row above, and the number of spans from which on a copy of it is shorter than they are.
    private var canCopy = false
    private var minimumCopySpans = 0
    /// Where the last token ended, in bytes from the start of the rows that come next: 0 or less.
    private var lastEnd = 0
    /// The spans of the last row.
    private var lastRow: [PixelSpan] = []
    /// The column at which the last span of the last row ends, and that of the row above it; 0 for a row without spans.
    private var blackStart = 0
    private var blackStartAbove = 0
    /// Whether the last token is a copy up to the last row.
    private var endsWithCopy = false

    /// Starts another image, and keeps the memory.
    mutating func begin(width: Int, _ deflater: inout RunLengthDeflater) {
        rowBytes = width + 1
        canCopy = RunLengthDeflater.canReach(rowBytes)
        // A copy takes some 12 bits for each 258 bytes of the row; a span 26.
        minimumCopySpans = 2 + rowBytes / 700
        lastEnd = 0
        lastRow.removeAll(keepingCapacity: true)
        // Above the first row there is nothing to copy.
        blackStart = width
        blackStartAbove = width
        endsWithCopy = false
        // A row has at most one span for two pixels, and its gap may take two tokens more.
        deflater.begin(.blackAndWhite, copyDistance: canCopy ? rowBytes : 1, room: width / 2 + 4)
    }

    /// Adds rows to the stream and to its checksum.
    ///
    /// - Parameters:
    ///   - spans: The white spans of all rows.
    ///   - rowEnds: For each row, where its spans end.
    mutating func add(
        _ spans: UnsafeBufferPointer<PixelSpan>, rowEnds: UnsafeBufferPointer<Int32>,
        to deflater: inout RunLengthDeflater,
        _ checksum: inout Adler32
    ) {
        let step = max(Adler32.longestStretch / rowBytes, 1)
        for first in stride(from: 0, to: rowEnds.count, by: step) {
            unsafe addStretch(spans, rowEnds, first..<min(first + step, rowEnds.count), to: &deflater, &checksum)
        }
    }

    /// Adds rows that the checksum takes at once.
    private mutating func addStretch(
        _ spans: UnsafeBufferPointer<PixelSpan>, _ rowEnds: UnsafeBufferPointer<Int32>, _ rows: Range<Int>,
        to deflater: inout RunLengthDeflater, _ checksum: inout Adler32
    ) {
        guard let ends = rowEnds.baseAddress else { return }
        let firstSpan = unsafe rows.lowerBound > 0 ? Int(ends[rows.lowerBound - 1]) : 0
        let lastSpan = unsafe Int(ends[rows.upperBound - 1])
        let byteCount = rows.count &* rowBytes
        // Local copies stay in registers.
        let (rowBytes, minimumCopySpans) = (rowBytes, canCopy ? minimumCopySpans : .max)
        var (lastEnd, blackStart, blackStartAbove) = (lastEnd, blackStart, blackStartAbove)
        var endsWithCopy = endsWithCopy
        var next = unsafe deflater.next
        let blockEnd = unsafe deflater.blockEnd
        // The number of white bytes, and the sum of the differences of their ends' and starts' squares.
        var (whiteCount, squares): (UInt64, UInt64) = (0, 0)
        unsafe lastRow.withUnsafeBufferPointer { lastRow in
            // Where there are no spans, any address is as good: none is read.
            let base = unsafe spans.baseAddress ?? UnsafeRawPointer(ends).assumingMemoryBound(to: PixelSpan.self)
            var span = unsafe base + firstSpan
            var above = unsafe lastRow.baseAddress ?? base
            var aboveCount = lastRow.count
            var rowStart = 1
            var end = unsafe ends + rows.lowerBound
            let lastRowEnd = unsafe ends + rows.upperBound
            while unsafe end < lastRowEnd {
                let rowEnd = unsafe base + Int(end.pointee)
                unsafe end += 1
                let spanCount = unsafe rowEnd - span
                let start = rowStart
                rowStart &+= rowBytes
                if spanCount == 0 {
                    (blackStartAbove, blackStart, aboveCount, endsWithCopy) = (blackStart, 0, 0, false)
                    continue
                }
                if unsafe next >= blockEnd || start &- lastEnd > RunToken.longestRun / 2 {
                    unsafe deflater.advance(to: next)
                    lastEnd = Self.addBlack(upTo: start, from: lastEnd, to: &deflater)
                    unsafe next = deflater.next
                    endsWithCopy = false
                }
                let current = unsafe span
                if spanCount == aboveCount, spanCount >= minimumCopySpans,
                    unsafe Self.areEqual(current, above, count: spanCount)
                {
                    while unsafe span < rowEnd {
                        unsafe squares &+= span.pointee.squares(from: start)
                        unsafe whiteCount &+= UInt64(truncatingIfNeeded: span.pointee.count)
                        unsafe span += 1
                    }
                    if endsWithCopy, unsafe next[-1].tail < RunToken.longestRun / 2 {
                        unsafe next[-1].extendCopy(by: rowBytes)
                    } else {
                        // The bytes behind the last span repeat those above from where these are black.
                        let black = unsafe max(0, blackStartAbove &- Int(rowEnd[-1].end))
                        unsafe next.initialize(to: RunToken(head: black, tail: 0))
                        unsafe next += black > 0 ? 1 : 0
                        unsafe next.initialize(to: RunToken(copyOf: rowBytes))
                        unsafe next += 1
                        lastEnd &+= black
                    }
                    lastEnd &+= rowBytes
                    endsWithCopy = true
                } else {
                    repeat {
                        let count = unsafe span.pointee.count
                        // No span is empty. But with this exit the compiler does not vectorize the loop, which rarely has
                        // more than three rounds.
                        guard count > 0 else { break }
                        let place = unsafe start &+ Int(span.pointee.start)
                        unsafe next.initialize(to: RunToken(head: place &- lastEnd, tail: count))
                        unsafe next += 1
                        lastEnd = place &+ count
                        whiteCount &+= UInt64(truncatingIfNeeded: count)
                        squares &+= UInt64(truncatingIfNeeded: count &* (place &+ lastEnd))
                        unsafe span += 1
                    } while unsafe span < rowEnd
                    endsWithCopy = false
                }
                (blackStartAbove, blackStart) = unsafe (blackStart, Int(rowEnd[-1].end))
                unsafe (above, aboveCount, span) = (current, spanCount, rowEnd)
            }
        }
        unsafe deflater.advance(to: next)
        checksum.add(Self.stretch(byteCount, whiteCount: whiteCount, squares: squares))
        (self.lastEnd, self.blackStart, self.blackStartAbove) = (lastEnd &- byteCount, blackStart, blackStartAbove)
        self.endsWithCopy = endsWithCopy
        // Only the last row's spans, which are at most as many as it has pixels.
        let lastStart = unsafe rows.upperBound > 1 ? Int(ends[rows.upperBound - 2]) : 0
        lastRow.removeAll(keepingCapacity: true)
        unsafe lastRow.append(contentsOf: UnsafeBufferPointer(rebasing: spans[lastStart..<lastSpan]))
    }

    /// What rows add to the checksum.
    ///
    /// The weight of byte *i* of *n* bytes is *n* − *i*. The numbers of the bytes from *s* to before *e* add up to
    /// (*e*² − *s*² − (*e* − *s*))/2.
    private static func stretch(_ byteCount: Int, whiteCount: UInt64, squares: UInt64) -> Adler32.Stretch {
        let count = UInt64(byteCount)
        return Adler32.Stretch(
            count: count, sum: 255 &* whiteCount,
            weightedSum: 255 &* (count &* whiteCount &- (squares &- whiteCount) / 2))
    }

    /// Adds the black bytes after the last span.
    mutating func finish(to deflater: inout RunLengthDeflater) {
        lastEnd = Self.addBlack(upTo: 0, from: lastEnd, longest: 0, to: &deflater)
    }

    /// Ends the block if it is full, and adds black bytes until at most `longest` are left up to byte `end`; returns where
    /// these begin.
    @inline(never)
    private static func addBlack(
        upTo end: Int, from start: Int, longest: Int = RunToken.longestRun / 2, to deflater: inout RunLengthDeflater
    ) -> Int {
        var start = start
        while true {
            if unsafe deflater.next >= deflater.blockEnd { deflater.endBlock() }
            guard end - start > longest else { return start }
            let count = min(end - start, RunToken.longestRun / 2)
            deflater.append(RunToken(head: count, tail: 0))
            start += count
        }
    }
}

extension ByteRowTokenizer {
    /// Whether two rows have the same spans; if not, mostly the first ones differ.
    @inline(__always)
    private static func areEqual(
        _ spans: UnsafePointer<PixelSpan>, _ others: UnsafePointer<PixelSpan>, count: Int
    ) -> Bool {
        for index in 0..<count where unsafe spans[index].bits != others[index].bits { return false }
        return true
    }
}

extension PixelSpan {
    /// Both columns in one number.
    @inline(__always)
    fileprivate var bits: UInt64 {
        UInt64(UInt32(bitPattern: start)) | UInt64(UInt32(bitPattern: end)) &<< 32
    }
    /// The difference of the squares of the end and the start, counted from `origin` before column 0.
    @inline(__always)
    fileprivate func squares(from origin: Int) -> UInt64 {
        UInt64(truncatingIfNeeded: count &* (2 &* origin &+ Int(start) &+ Int(end)))
    }
}
