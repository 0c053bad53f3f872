import Deflate
import MaskModel
import MaskRaster

/// Turns hole spans into the tokens of a 1-bit PNG: each filtered byte that is not 0, with the zeros that follow it.
///
/// A black row has the filter 0, none. All others have 2, up: each byte minus the byte above. So the only bytes that are
/// not 0 are filter bytes and the bytes at edges that moved. A token is such a byte and all zeros up to the next one, in
/// whatever row; a mask of 512×512 px has some 1,600. The work is proportional to the spans, to the words of all rows that
/// are not black, and to the bytes that differ from those above.
///
/// Choosing between the two filters for each row by the shorter result would make files only 1 % smaller.
struct BitRowTokenizer: ~Copyable {
    private let holeColor: HoleColor
    /// The number of bytes of a row, with its filter byte.
    private var rowBytes = 1
    private var width: Int32 = 1
    /// The number of words of a row in memory, a multiple of `groupWords`.
    private var wordCount = 0
    /// Three rows of hole pixels in the byte order of PNG, the leftmost pixel of a byte highest: one that is black as a whole,
    /// and two others, of which one is the last row.
    private var rows = UnsafeMutablePointer<UInt64>.allocate(capacity: 0)
    private var capacity = 0
    /// Which of the three the last row is.
    private var lastRow = 0
    private var token = PendingToken()

    /// The number of words that are compared at once: as many as a word has bits for their bytes.
    private static let groupWords = 8
    private static let filterUp: UInt8 = 2

    init(holeColor: HoleColor) {
        self.holeColor = holeColor
    }

    deinit {
        rows.deallocate()
    }

    /// Starts another image, and keeps the memory.
    mutating func begin(width: Int, _ deflater: inout RunDeflater) {
        self.width = Int32(width)
        rowBytes = (width + 7) / 8 + 1
        let groupBits = 64 * Self.groupWords
        wordCount = (width + groupBits - 1) / groupBits * Self.groupWords
        if 3 * wordCount > capacity {
            rows.deallocate()
            capacity = 3 * wordCount
            rows = .allocate(capacity: capacity)
        }
        rows.initialize(repeating: 0, count: 3 * wordCount)
        if holeColor == .black { Self.fill(PixelSpan(start: 0, end: self.width), in: rows) }
        lastRow = 0
        token = PendingToken()
        deflater.begin(.literalAndZeros, room: rowBytes + 2)
    }

    /// Adds the rows of a mask to the stream and to its checksum.
    mutating func add(_ mask: borrowing SpanMask, to deflater: inout RunDeflater, _ checksum: inout Adler32) {
        let step = max(Adler32.longestStretch / rowBytes, 1)
        let rowCount = mask.size.height
        mask.spans.withUnsafeBufferPointer { spans in
            mask.rowEnds.withUnsafeBufferPointer { rowEnds in
                for first in stride(from: 0, to: rowCount, by: step) {
                    addStretch(spans, rowEnds, first..<min(first + step, rowCount), to: &deflater, &checksum)
                }
            }
        }
    }

    /// Adds rows that the checksum takes at once.
    private mutating func addStretch(
        _ spans: UnsafeBufferPointer<PixelSpan>, _ rowEnds: UnsafeBufferPointer<Int32>, _ range: Range<Int>,
        to deflater: inout RunDeflater, _ checksum: inout Adler32
    ) {
        guard let ends = rowEnds.baseAddress else { return }
        // Local copies stay in registers.
        let (rows, wordCount, rowBytes, width) = (rows, wordCount, rowBytes, width)
        let isHoleBlack = holeColor == .black
        var lastRow = lastRow
        var next = deflater.next
        let blockEnd = deflater.blockEnd
        var nextSpan = range.lowerBound > 0 ? Int(ends[range.lowerBound - 1]) : 0
        var start = 0
        for row in range {
            let firstSpan = nextSpan
            nextSpan = Int(ends[row])
            let rowStart = start
            start &+= rowBytes
            let isBlack =
                isHoleBlack
                ? nextSpan &- firstSpan == 1 && spans[firstSpan].count == Int(width) : nextSpan == firstSpan
            if isBlack {
                lastRow = 0
                continue
            }
            if next >= blockEnd {
                next = token.finish(deflater.next, next)
                deflater.advance(to: next)
                deflater.endBlock()
                next = deflater.next
            }
            let newRow = lastRow == 1 ? 2 : 1
            let (words, above) = (rows + newRow &* wordCount, rows + lastRow &* wordCount)
            lastRow = newRow
            Self.clear(words, count: wordCount)
            var index = firstSpan
            while index < nextSpan {
                Self.fill(spans[index], in: words)
                index &+= 1
            }
            next.initialize(to: RunToken(head: Int(Self.filterUp), tail: rowStart))
            next += 1
            var first = 0
            repeat {
                var changed = Self.changedBytes(words + first, above + first)
                // What is subtracted from what: the other way round for black holes.
                let bytes = UnsafeRawPointer((isHoleBlack ? above : words) + first)
                let bytesAbove = UnsafeRawPointer((isHoleBlack ? words : above) + first)
                let place = rowStart &+ 1 &+ 8 &* first
                while changed != 0 {
                    let index = changed.trailingZeroBitCount
                    changed &= changed &- 1
                    let byte = bytes.load(fromByteOffset: index, as: UInt8.self)
                    let byteAbove = bytesAbove.load(fromByteOffset: index, as: UInt8.self)
                    next.initialize(to: RunToken(head: Int(byte &- byteAbove), tail: place &+ index))
                    next += 1
                }
                first &+= Self.groupWords
            } while first < wordCount
        }
        next = token.finish(deflater.next, next)
        checksum.add(token.endStretch(of: start))
        // Longer ones would not fit a token.
        next = token.end(ifLongerThan: RunToken.longestRun / 2, next)
        deflater.advance(to: next)
        self.lastRow = lastRow
    }

    /// Adds the last token.
    mutating func finish(to deflater: inout RunDeflater) {
        deflater.advance(to: token.end(ifLongerThan: 0, deflater.next))
    }

    @inline(__always)
    private static func clear(_ words: UnsafeMutablePointer<UInt64>, count: Int) {
        var first = 0
        repeat {
            UnsafeMutableRawPointer(words + first).storeBytes(of: .zero, as: SIMD8<UInt64>.self)
            first &+= groupWords
        } while first < count
    }

    /// Sets the bits of a span.
    @inline(__always)
    private static func fill(_ span: PixelSpan, in words: UnsafeMutablePointer<UInt64>) {
        let (start, last) = (Int(span.start), Int(span.end) &- 1)
        let firstMask = UInt64.max &>> UInt64(truncatingIfNeeded: start)
        let lastMask = UInt64.max &<< UInt64(truncatingIfNeeded: 63 &- last)
        let (firstWord, lastWord) = (start &>> 6, last &>> 6)
        // Both ends are written in any case: whether they are in one word cannot be predicted.
        let spread: UInt64 = firstWord == lastWord ? 0 : .max
        words[firstWord] |= (firstMask & (lastMask | spread)).bigEndian
        words[lastWord] |= (lastMask & (firstMask | spread)).bigEndian
        var word = firstWord &+ 1
        while word < lastWord {
            // These words are 0. The compiler would make a call of a plain assignment.
            words[word] = ~words[word]
            word &+= 1
        }
    }

    /// Which bytes of eight words differ: a bit for each, the first lowest.
    @inline(__always)
    private static func changedBytes(
        _ words: UnsafeMutablePointer<UInt64>, _ above: UnsafeMutablePointer<UInt64>
    ) -> UInt64 {
        var changed: UInt64 = 0
        for index in 0..<groupWords {
            let difference = (words[index] ^ above[index]).littleEndian
            // The highest bit of each byte: whether any of its bits is set.
            let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
            let nonzero = ((difference & low) &+ low | difference) & ~low
            // The product moves these bits together into the highest byte, in order.
            changed = changed &>> 8 | (nonzero &* 0x0002_0408_1020_4081) & 0xFF &<< 56
        }
        return changed
    }
}

/// The last byte that is not 0, whose zeros are not counted yet, and what the checksum needs.
///
/// Places are in bytes from the start of the rows that are being added. Before the first byte, the token is a byte 0 at the
/// place of the next one, and is dropped if that is not 0.
private struct PendingToken {
    private var value = 0
    private var place = 0
    /// The sum of the bytes, and of each byte times its place.
    private var sum: UInt64 = 0
    private var placeSum: UInt64 = 0

    /// Finishes tokens that have their places instead of the numbers of their zeros: this one and all others but the last,
    /// which becomes this one.
    /// Returns the end of the finished ones. Pointers are passed by value, so that they stay in registers.
    mutating func finish(
        _ first: UnsafeMutablePointer<RunToken>, _ next: UnsafeMutablePointer<RunToken>
    ) -> UnsafeMutablePointer<RunToken> {
        guard first < next else { return next }
        var (value, place, sum, placeSum) = (value, place, sum, placeSum)
        // Only the very first byte can be at the place of this token.
        let isDropped = first.pointee.tail == place
        for index in 0..<next - first {
            let token = first[index]
            first[index] = RunToken(head: value, tail: token.tail &- place &- 1)
            (value, place) = (token.head, token.tail)
            sum &+= UInt64(truncatingIfNeeded: value)
            placeSum &+= UInt64(truncatingIfNeeded: value &* place)
        }
        (self.value, self.place, self.sum, self.placeSum) = (value, place, sum, placeSum)
        guard isDropped else { return next }
        first.update(from: first + 1, count: next - first - 1)
        return next - 1
    }

    /// Returns what `count` bytes add to the checksum, which are those from which places were counted; from now on, they
    /// are counted from the end of these.
    mutating func endStretch(of count: Int) -> Adler32.Stretch {
        let length = UInt64(count)
        let stretch = Adler32.Stretch(count: length, sum: sum, weightedSum: length &* sum &- placeSum)
        (sum, placeSum) = (0, 0)
        place -= count
        return stretch
    }

    /// Adds the token, which ends where places are counted from, if it has more than `count` bytes; returns the place
    /// behind it.
    mutating func end(
        ifLongerThan count: Int, _ next: UnsafeMutablePointer<RunToken>
    ) -> UnsafeMutablePointer<RunToken> {
        guard -place > count else { return next }
        next.initialize(to: RunToken(head: value, tail: -place - 1))
        (value, place) = (0, 0)
        return next + 1
    }
}
