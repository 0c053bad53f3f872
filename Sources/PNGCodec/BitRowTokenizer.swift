import Deflate
import MaskModel
import MaskRaster

/// Turns hole spans into the tokens of a 1-bit PNG: each filtered byte that is not 0, with the zeros that follow it.
///
/// A black row has the filter 0, none. All others have 2, up: each byte minus the byte above. So the only bytes that are
/// not 0 are filter bytes and the bytes at edges that moved. A token is such a byte and all zeros up to the next one, in
/// whatever row; a mask of 512×512 px has some 1,600.
///
/// No row is painted. A byte minus the byte above is the sum of what each pixel that differs adds to it or takes from it,
/// and so of what each edge that moved does. The work is proportional to the rows, to the spans, and to the bytes that
/// differ from those above.
///
/// Choosing between the two filters for each row by the shorter result would make files only 1 % smaller.
struct BitRowTokenizer: ~Copyable {
    private let holeColor: HoleColor
    private let moves: UpFilterTable
    /// The number of bytes of a row, with its filter byte.
    private var rowBytes = 1
    private var width = 1
    /// The spans of the last row.
    private var lastRow: [PixelSpan] = []
    private var token = PendingRunToken()

    private static let filterUp = 2

    init(holeColor: HoleColor) {
        self.holeColor = holeColor
        moves = UpFilterTable(holeColor: holeColor)
    }

    /// Starts another image, and keeps the memory.
    mutating func begin(width: Int, _ deflater: inout RunLengthDeflater) {
        self.width = width
        rowBytes = (width + 7) / 8 + 1
        // Above the first row, all pixels are black.
        lastRow.removeAll(keepingCapacity: true)
        if holeColor == .black { lastRow.append(PixelSpan(start: 0, end: Int32(width))) }
        token = PendingRunToken()
        deflater.begin(.literalAndZeros, room: rowBytes + 2)
    }

    /// Adds the rows of a mask to the stream and to its checksum.
    mutating func add(_ mask: borrowing SpanMask, to deflater: inout RunLengthDeflater, _ checksum: inout Adler32) {
        let step = max(Adler32.longestStretch / rowBytes, 1)
        let rowCount = mask.size.height
        unsafe mask.spans.withUnsafeBufferPointer { spans in
            unsafe mask.rowEnds.withUnsafeBufferPointer { rowEnds in
                for first in stride(from: 0, to: rowCount, by: step) {
                    unsafe addStretch(spans, rowEnds, first..<min(first + step, rowCount), to: &deflater, &checksum)
                }
            }
        }
    }

    /// Adds rows that the checksum takes at once.
    private mutating func addStretch(
        _ spans: UnsafeBufferPointer<PixelSpan>, _ rowEnds: UnsafeBufferPointer<Int32>, _ rows: Range<Int>,
        to deflater: inout RunLengthDeflater, _ checksum: inout Adler32
    ) {
        guard let ends = rowEnds.baseAddress else { return }
        // Local copies stay in registers.
        let (rowBytes, width) = (rowBytes, width)
        let (startMoves, endMoves) = unsafe (moves.starts, moves.ends)
        let isHoleBlack = holeColor == .black
        let blackCount = isHoleBlack ? 1 : 0
        var next = unsafe deflater.next
        var blockEnd = unsafe deflater.blockEnd
        // Where there are no spans, any address is as good: none is read.
        let base = unsafe spans.baseAddress ?? UnsafeRawPointer(ends).assumingMemoryBound(to: PixelSpan.self)
        let firstSpan = unsafe rows.lowerBound > 0 ? Int(ends[rows.lowerBound - 1]) : 0
        unsafe lastRow.withUnsafeBufferPointer { lastRow in
            var above = unsafe lastRow.baseAddress ?? base
            var aboveCount = lastRow.count
            var index = firstSpan
            var rowStart = 0
            var row = rows.lowerBound
            while row < rows.upperBound {
                let rowEnd = unsafe Int(ends[row])
                let count = rowEnd &- index
                let current = unsafe base + index
                index = rowEnd
                row &+= 1
                let place = rowStart
                rowStart &+= rowBytes
                let (lastAbove, lastCount) = unsafe (above, aboveCount)
                unsafe (above, aboveCount) = (current, count)
                if count == blackCount, unsafe !isHoleBlack || current.pointee.count == width { continue }
                if unsafe next >= blockEnd {
                    unsafe next = endBlock(at: next, &deflater)
                    unsafe blockEnd = deflater.blockEnd
                }
                unsafe next.initialize(to: RunToken(head: Self.filterUp, tail: place))
                unsafe next += 1
                let rowNext = unsafe next
                var isInOrder = count == lastCount
                if isInOrder {
                    var span = 0
                    while span < count {
                        let (pixels, pixelsAbove) = unsafe (current[span], lastAbove[span])
                        guard
                            unsafe UpFilterTable.add(
                                startMoves, pixels.start, pixelsAbove.start, place &+ 1, &next),
                            unsafe UpFilterTable.add(
                                endMoves, pixels.end, pixelsAbove.end, place &+ 1, &next)
                        else {
                            isInOrder = false
                            break
                        }
                        span &+= 1
                    }
                }
                if !isInOrder {
                    unsafe next = moves.addChanges(
                        UnsafeBufferPointer(start: current, count: count),
                        UnsafeBufferPointer(start: lastAbove, count: lastCount), place &+ 1,
                        isHoleBlack: isHoleBlack, rowNext)
                }
            }
        }
        unsafe next = token.finish(deflater.next, next)
        checksum.add(token.endStretch(of: rows.count &* rowBytes))
        // Longer ones would not fit a token.
        unsafe next = token.end(ifLongerThan: RunToken.longestRun / 2, next)
        unsafe deflater.advance(to: next)
        let lastStart = unsafe rows.upperBound > 1 ? Int(ends[rows.upperBound - 2]) : 0
        let lastEnd = unsafe Int(ends[rows.upperBound - 1])
        lastRow.removeAll(keepingCapacity: true)
        unsafe lastRow.append(contentsOf: UnsafeBufferPointer(rebasing: spans[lastStart..<lastEnd]))
    }

    /// Ends a block before `next`; returns where the next token goes.
    @inline(never)
    private mutating func endBlock(
        at next: UnsafeMutablePointer<RunToken>, _ deflater: inout RunLengthDeflater
    ) -> UnsafeMutablePointer<RunToken> {
        unsafe deflater.advance(to: token.finish(deflater.next, next))
        deflater.endBlock()
        return unsafe deflater.next
    }

    /// Adds the last token.
    mutating func finish(to deflater: inout RunLengthDeflater) {
        unsafe deflater.advance(to: token.end(ifLongerThan: 0, deflater.next))
    }
}
