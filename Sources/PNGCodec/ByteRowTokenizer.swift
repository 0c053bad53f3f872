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
    mutating func begin(width: Int, _ deflater: inout RunDeflater) {
        rowBytes = width + 1
        canCopy = RunDeflater.canReach(rowBytes)
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
        _ spans: UnsafeBufferPointer<PixelSpan>, rowEnds: UnsafeBufferPointer<Int32>, to deflater: inout RunDeflater,
        _ checksum: inout Adler32
    ) {
        let step = max(Adler32.longestStretch / rowBytes, 1)
        for first in stride(from: 0, to: rowEnds.count, by: step) {
            addStretch(spans, rowEnds, first..<min(first + step, rowEnds.count), to: &deflater, &checksum)
        }
    }

    /// Adds rows that the checksum takes at once.
    private mutating func addStretch(
        _ spans: UnsafeBufferPointer<PixelSpan>, _ rowEnds: UnsafeBufferPointer<Int32>, _ rows: Range<Int>,
        to deflater: inout RunDeflater, _ checksum: inout Adler32
    ) {
        guard let ends = rowEnds.baseAddress else { return }
        var nextSpan = rows.lowerBound > 0 ? Int(ends[rows.lowerBound - 1]) : 0
        // Local copies stay in registers.
        let (rowBytes, minimumCopySpans) = (rowBytes, canCopy ? minimumCopySpans : .max)
        var (lastEnd, blackStart, blackStartAbove) = (lastEnd, blackStart, blackStartAbove)
        var endsWithCopy = endsWithCopy
        var next = deflater.next
        let blockEnd = deflater.blockEnd
        // The number of white bytes, and the sum of the differences of their ends' and starts' squares: of all rows, and of
        // the last one, there with columns instead of bytes.
        var (whiteCount, squares): (UInt64, UInt64) = (0, 0)
        var (rowWhiteCount, rowSquares): (UInt64, UInt64) = (0, 0)
        lastRow.withUnsafeBufferPointer { lastRow in
            var above = lastRow.baseAddress
            var aboveCount = lastRow.count
            // Of the image's last row so far, the sums are not known.
            var canRepeat = false
            var rowStart = 1
            for row in rows {
                let spanCount = Int(ends[row]) &- nextSpan
                defer { rowStart &+= rowBytes }
                guard spanCount > 0, let base = spans.baseAddress else {
                    (blackStartAbove, blackStart, aboveCount, endsWithCopy) = (blackStart, 0, 0, false)
                    continue
                }
                if next >= blockEnd {
                    deflater.advance(to: next)
                    deflater.endBlock()
                    next = deflater.next
                    endsWithCopy = false
                }
                while rowStart &- lastEnd > RunToken.longestRun / 2 {
                    next.initialize(to: RunToken(head: RunToken.longestRun / 2, tail: 0))
                    next += 1
                    lastEnd &+= RunToken.longestRun / 2
                    if next >= blockEnd {
                        deflater.advance(to: next)
                        deflater.endBlock()
                        next = deflater.next
                    }
                }
                let current = base + nextSpan
                nextSpan &+= spanCount
                let end = Int(current[spanCount &- 1].end)
                if spanCount == aboveCount, spanCount >= minimumCopySpans, let last = above,
                    Self.areEqual(current, last, count: spanCount)
                {
                    if !canRepeat { (rowWhiteCount, rowSquares) = Self.sums(current, count: spanCount) }
                    if endsWithCopy, next[-1].tail < RunToken.longestRun / 2 {
                        next[-1].extendCopy(by: rowBytes)
                    } else {
                        // The bytes behind the last span repeat those above from where these are black.
                        let black = max(0, blackStartAbove &- end)
                        next.initialize(to: RunToken(head: black, tail: 0))
                        next += black > 0 ? 1 : 0
                        next.initialize(to: RunToken(copyOf: rowBytes))
                        next += 1
                        lastEnd &+= black
                    }
                    lastEnd &+= rowBytes
                    endsWithCopy = true
                } else {
                    (rowWhiteCount, rowSquares) = (0, 0)
                    for index in 0..<spanCount {
                        let (start, end) = (Int(current[index].start), Int(current[index].end))
                        let count = end &- start
                        // No span is empty. But with this exit the compiler does not vectorize the loop, which rarely has
                        // more than three rounds.
                        guard count > 0 else { break }
                        next.initialize(to: RunToken(head: rowStart &+ start &- lastEnd, tail: count))
                        next += 1
                        lastEnd = rowStart &+ end
                        rowWhiteCount &+= UInt64(truncatingIfNeeded: count)
                        rowSquares &+= UInt64(truncatingIfNeeded: count &* (start &+ end))
                    }
                    endsWithCopy = false
                }
                whiteCount &+= rowWhiteCount
                squares &+= rowSquares &+ 2 &* UInt64(truncatingIfNeeded: rowStart) &* rowWhiteCount
                canRepeat = true
                (blackStartAbove, blackStart) = (blackStart, end)
                (above, aboveCount) = (UnsafePointer(current), spanCount)
            }
        }
        deflater.advance(to: next)
        let byteCount = rows.count &* rowBytes
        checksum.add(Self.stretch(byteCount, whiteCount: whiteCount, squares: squares))
        (self.lastEnd, self.blackStart, self.blackStartAbove) = (lastEnd &- byteCount, blackStart, blackStartAbove)
        self.endsWithCopy = endsWithCopy
        // Only the last row's spans, which are at most as many as it has pixels.
        let lastStart = rows.upperBound > 1 ? Int(ends[rows.upperBound - 2]) : 0
        lastRow.removeAll(keepingCapacity: true)
        lastRow.append(contentsOf: UnsafeBufferPointer(rebasing: spans[lastStart..<nextSpan]))
    }

    /// What rows add to the checksum.
    ///
    /// The weight of byte *i* of *n* bytes is *n* − *i*. The numbers of the bytes from *s* to before *e* add up to
    /// (*e*² − *s*² − (*e* − *s*))/2.
    private static func stretch(_ byteCount: Int, whiteCount: UInt64, squares: UInt64) -> Adler32.Stretch {
        let count = UInt64(byteCount)
        return Adler32.Stretch(
            count: count, sum: 255 &* whiteCount, weightedSum: 255 &* (count &* whiteCount &- (squares &- whiteCount) / 2))
    }

    /// Adds the black bytes after the last span.
    mutating func finish(to deflater: inout RunDeflater) {
        var next = deflater.next
        var left = -lastEnd
        while left > 0 {
            if next >= deflater.blockEnd {
                deflater.advance(to: next)
                deflater.endBlock()
                next = deflater.next
            }
            let step = min(left, RunToken.longestRun)
            next.initialize(to: RunToken(head: step, tail: 0))
            next += 1
            left -= step
        }
        deflater.advance(to: next)
    }
}

extension ByteRowTokenizer {
    /// Whether two rows have the same spans; if not, mostly the first ones differ.
    @inline(__always)
    private static func areEqual(
        _ spans: UnsafePointer<PixelSpan>, _ others: UnsafePointer<PixelSpan>, count: Int
    ) -> Bool {
        for index in 0..<count where spans[index].bits != others[index].bits { return false }
        return true
    }

    /// The number of white pixels of a row, and the sum of the differences of their ends' and starts' squares.
    private static func sums(_ spans: UnsafePointer<PixelSpan>, count: Int) -> (UInt64, UInt64) {
        var (whiteCount, squares): (UInt64, UInt64) = (0, 0)
        for index in 0..<count {
            let (start, end) = (Int(spans[index].start), Int(spans[index].end))
            whiteCount &+= UInt64(truncatingIfNeeded: end &- start)
            squares &+= UInt64(truncatingIfNeeded: (end &- start) &* (start &+ end))
        }
        return (whiteCount, squares)
    }
}

extension PixelSpan {
    /// Both columns in one number.
    @inline(__always)
    fileprivate var bits: UInt64 {
        UInt64(UInt32(bitPattern: start)) | UInt64(UInt32(bitPattern: end)) &<< 32
    }
}
