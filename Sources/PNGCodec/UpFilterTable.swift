import Deflate
import MaskModel
import MaskRaster

/// The bytes of rows of 1 bit per pixel minus those above, from the columns of edges alone.
///
/// A byte minus the byte above is the sum of what its pixels that differ add to it or take from it. Tokens have the place
/// of their byte instead of the number of zeros behind it.
@safe
struct UpFilterTable: ~Copyable {
    /// What moves of a span's start do, by the new column and the column above; see `add`.
    var starts: UnsafePointer<UInt32> { unsafe UnsafePointer(table) }
    /// The same of a span's end.
    var ends: UnsafePointer<UInt32> { unsafe UnsafePointer(table + Self.count) }

    /// For each column above within its byte, and each move by less than `longest` to the left or right: the first byte
    /// that differs, above it the second one, and above them whether there is a first one.
    private let table = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * count)
    private static let longest = 8
    private static let count = 16 * longest

    init(holeColor: HoleColor) {
        for index in 0..<Self.count {
            let (above, move) = (index & 7, index >> 3 - Self.longest)
            let first = min(above, above + move) & 7
            // What differs in the first byte and the second one, as 16 pixels.
            let changes = 0xFFFF >> first ^ 0xFFFF >> (first + abs(move))
            let (head, tail) = (changes >> 8, changes & 0xFF)
            let isAdded = (move < 0) == (holeColor == .white)
            let added = UInt32(head | tail << 8 | (head > 0 ? 1 << 16 : 0))
            let removed = UInt32(-head & 0xFF | (-tail & 0xFF) << 8 | (head > 0 ? 1 << 16 : 0))
            unsafe table[index] = isAdded ? added : removed
            unsafe table[Self.count + index] = isAdded ? removed : added
        }
    }

    deinit {
        unsafe table.deallocate()
    }

    /// Adds the bytes that one edge changes: none, or one, or more if it moved far. Returns false where this is not possible
    /// because an earlier edge changed later bytes.
    ///
    /// Nothing branches on whether the edge moved, which cannot be predicted.
    ///
    /// - Parameters:
    ///   - moves: The table of starts or of ends.
    ///   - rowStart: The place of column 0.
    @inline(__always)
    static func add(
        _ moves: UnsafePointer<UInt32>, _ column: Int32, _ columnAbove: Int32, _ rowStart: Int,
        _ next: inout UnsafeMutablePointer<RunToken>
    ) -> Bool {
        let (edge, edgeAbove) = (Int(column), Int(columnAbove))
        let index = edge &- edgeAbove &+ longest
        let place = rowStart &+ min(edge, edgeAbove) &>> 3
        guard UInt(bitPattern: index) < UInt(2 * longest), unsafe place > next[-1].tail else {
            if edge == edgeAbove { return true }
            guard unsafe place >= next[-1].tail else { return false }
            // A move by one to the left from the middle of a byte adds one bit or takes one.
            let isAdded = unsafe (moves[(longest - 1) &<< 3 | 4] & 0x80 == 0) == (edge < edgeAbove)
            unsafe next = addChange(
                from: min(edge, edgeAbove), to: max(edge, edgeAbove), rowStart, isAdded: isAdded, next)
            return true
        }
        let bytes = unsafe moves[index &<< 3 | edgeAbove & 7]
        unsafe next.initialize(to: RunToken(head: Int(bytes & 0xFF), tail: place))
        unsafe next += Int(bytes &>> 16)
        if bytes & 0xFF00 != 0 {
            unsafe next.initialize(to: RunToken(head: Int(bytes &>> 8 & 0xFF), tail: place &+ 1))
            unsafe next += 1
        }
        return true
    }

    /// Adds what differs between any two rows.
    ///
    /// Spans that overlap those above are moved; others appear or vanish, and so do the gaps between two of them that
    /// overlap the same one.
    @inline(never)
    func addChanges(
        _ spans: UnsafeBufferPointer<PixelSpan>, _ spansAbove: UnsafeBufferPointer<PixelSpan>, _ rowStart: Int,
        isHoleBlack: Bool, _ rowNext: UnsafeMutablePointer<RunToken>
    ) -> UnsafeMutablePointer<RunToken> {
        let (starts, ends) = unsafe (starts, ends)
        let (count, countAbove) = (spans.count, spansAbove.count)
        var next = unsafe rowNext
        var (index, indexAbove) = (0, 0)
        while index < count, indexAbove < countAbove {
            var (span, above) = unsafe (spans[index], spansAbove[indexAbove])
            if span.end <= above.start {
                unsafe next = Self.addChange(span, rowStart, isAdded: !isHoleBlack, next)
                index &+= 1
                continue
            }
            if above.end <= span.start {
                unsafe next = Self.addChange(above, rowStart, isAdded: isHoleBlack, next)
                indexAbove &+= 1
                continue
            }
            _ = unsafe Self.add(starts, span.start, above.start, rowStart, &next)
            while true {
                if span.end < above.end, index &+ 1 < count, unsafe spans[index &+ 1].start < above.end {
                    index &+= 1
                    let gap = unsafe PixelSpan(start: span.end, end: spans[index].start)
                    unsafe next = Self.addChange(gap, rowStart, isAdded: isHoleBlack, next)
                    span = unsafe spans[index]
                } else if above.end < span.end, indexAbove &+ 1 < countAbove,
                    unsafe spansAbove[indexAbove &+ 1].start < span.end
                {
                    indexAbove &+= 1
                    let gap = unsafe PixelSpan(start: above.end, end: spansAbove[indexAbove].start)
                    unsafe next = Self.addChange(gap, rowStart, isAdded: !isHoleBlack, next)
                    above = unsafe spansAbove[indexAbove]
                } else {
                    break
                }
            }
            _ = unsafe Self.add(ends, span.end, above.end, rowStart, &next)
            index &+= 1
            indexAbove &+= 1
        }
        while index < count {
            unsafe next = Self.addChange(spans[index], rowStart, isAdded: !isHoleBlack, next)
            index &+= 1
        }
        while indexAbove < countAbove {
            unsafe next = Self.addChange(spansAbove[indexAbove], rowStart, isAdded: isHoleBlack, next)
            indexAbove &+= 1
        }
        return unsafe next
    }

    /// Adds pixels that are white and were black, or the opposite; the first can be in the last token's byte.
    ///
    /// The pointer is passed by value, so that the caller's stays in a register.
    @inline(never)
    private static func addChange(
        from start: Int, to end: Int, _ rowStart: Int, isAdded: Bool, _ rowNext: UnsafeMutablePointer<RunToken>
    ) -> UnsafeMutablePointer<RunToken> {
        var next = unsafe rowNext
        var place = rowStart &+ start &>> 3
        // The number of pixels from the start of the byte on.
        var count = end &- start & ~7
        let sign = isAdded ? 0 : -1
        var change = 0xFF &>> (start & 7) ^ 0xFF &>> min(count, 8)
        change = (change ^ sign) &- sign
        if unsafe place == next[-1].tail {
            unsafe next -= 1
            unsafe change &+= next.pointee.head
        }
        unsafe next.initialize(to: RunToken(head: change & 0xFF, tail: place))
        unsafe next += 1
        count &-= 8
        while count > 0 {
            place &+= 1
            let change = 0xFF ^ 0xFF &>> min(count, 8)
            unsafe next.initialize(to: RunToken(head: ((change ^ sign) &- sign) & 0xFF, tail: place))
            unsafe next += 1
            count &-= 8
        }
        return unsafe next
    }

    @inline(__always)
    private static func addChange(
        _ span: PixelSpan, _ rowStart: Int, isAdded: Bool, _ next: UnsafeMutablePointer<RunToken>
    ) -> UnsafeMutablePointer<RunToken> {
        unsafe addChange(from: Int(span.start), to: Int(span.end), rowStart, isAdded: isAdded, next)
    }
}
