import MaskModel

/// Turns rows of a mask into what they are in a 1-bit PNG: runs of bytes, and copies of what the row above has there.
///
/// Work goes with the words, and with the edges between black and white where a row differs from the one above. What a
/// row leaves is handed to the next: a run of black, or a copy, which both go on over the filter byte.
struct BitRowScanner: ~Copyable {
    /// How many bytes a row takes, with its filter byte.
    var rowBytes: Int { byteCount + 1 }
    private var byteCount = 0
    private var wordCount = 0
    /// Whether a match reaches back to the row above.
    private var canCopy = false
    /// Whether parts of rows are copied: in wider rows the matches that a copy takes cost more than what they save.
    private var copiesParts = false
    /// What a word is combined with so that 1 is white.
    private let flip: UInt64
    /// Of a row's last word, the bits that are pixels.
    private var lastMask: UInt64 = 0
    /// How many bits a match costs more if it is a copy.
    private var copyBits = 0

    /// The row that was added last, 1 for white, and the sums of its words; zeros before the first.
    private var words = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    private var sums = UnsafeMutablePointer<WordSum>.allocate(capacity: 1)
    private var capacity = 1
    private var stretch = Adler32.Stretch()
    private var hasRow = false
    /// Bytes of black that are in no run yet, and how many of them, the last ones, repeat the row above.
    private var carry = 0
    private var carriedRepeats = 0
    /// Bytes that repeat the row above, and are in no copy yet.
    private var copyCount = 0

    /// What the end of a run and the beginning of another cost, in bits: about that.
    private static let edgeBits = 16

    init(holeColor: HoleColor) {
        flip = holeColor == .white ? 0 : .max
    }

    /// Begins another picture, and keeps the memory.
    mutating func begin(width: Int) {
        wordCount = (width + 63) / 64
        byteCount = (width + 7) / 8
        canCopy = RunDeflater.canReach(rowBytes)
        copiesParts = canCopy && rowBytes <= 1 << 10
        lastMask = .max >> UInt64(64 * wordCount - width)
        copyBits = 2 + DeflateSymbol(distance: min(rowBytes, RunDeflater.maximumDistance)).extraBits
        if wordCount > capacity {
            words.deallocate()
            sums.deallocate()
            capacity = wordCount
            words = .allocate(capacity: capacity)
            sums = .allocate(capacity: capacity)
        }
        words.initialize(repeating: 0, count: wordCount)
        sums.initialize(repeating: WordSum(), count: wordCount)
        stretch = Adler32.Stretch(count: UInt64(rowBytes), sum: 0, weightedSum: 0)
        hasRow = false
        (carry, carriedRepeats, copyCount) = (0, 0, 0)
    }

    deinit {
        words.deallocate()
        sums.deallocate()
    }

    /// Adds `count` rows, given as a `Raster` has them, to the stream and to its checksum.
    mutating func add(
        _ rows: UnsafePointer<UInt64>, count: Int, to deflater: inout RunDeflater, _ checksum: inout Adler32
    ) {
        for index in 0..<count {
            if let changed = takeRow(rows + index &* wordCount) {
                writeChanged(hasRow && copiesParts ? changed : 0..<byteCount, to: &deflater)
            } else {
                writeRepeated(to: &deflater)
            }
            hasRow = true
            checksum.add(stretch)
        }
    }

    /// Writes what the last row left.
    mutating func finish(to deflater: inout RunDeflater) {
        deflater.run(0, count: carry)
        deflater.copy(length: copyCount)
        (carry, carriedRepeats, copyCount) = (0, 0, 0)
    }

    /// Takes over the words of a row, and its sums; gives from where to where bytes differ from the row above.
    @inline(__always)
    private mutating func takeRow(_ row: UnsafePointer<UInt64>) -> Range<Int>? {
        var first = Int.max
        var last = 0
        for index in 0..<wordCount {
            let word = (row[index] ^ flip) & (index == wordCount &- 1 ? lastMask : .max)
            let difference = word ^ words[index]
            guard difference != 0 else { continue }
            first = min(first, index &* 8 &+ difference.trailingZeroBitCount &>> 3)
            last = index &* 8 &+ 7 &- difference.leadingZeroBitCount &>> 3
            let sum = WordSum(word)
            let added = sum.sum &- sums[index].sum
            stretch.sum &+= added
            // Negative for the last word's bytes behind the row, which are 0.
            let bytesBehind = UInt64(bitPattern: Int64(byteCount &- 8 &* (index &+ 1)))
            stretch.weightedSum &+= sum.weightedSum &- sums[index].weightedSum &+ added &* bytesBehind
            words[index] = word
            sums[index] = sum
        }
        return first == .max ? nil : first..<last &+ 1
    }

    /// Writes a row that is the one above: more of a run of black, or of a copy.
    private mutating func writeRepeated(to deflater: inout RunDeflater) {
        if copyCount > 0 {
            copyCount += rowBytes
        } else if stretch.sum == 0 {
            carry += rowBytes
            if hasRow, canCopy { carriedRepeats += rowBytes }
            // A run that goes on for longer would not fit its token.
            if carry > RunTokens.longestCarry {
                deflater.run(0, count: carry)
                (carry, carriedRepeats) = (0, 0)
            }
        } else if canCopy {
            beginCopy(rowBytes, to: &deflater)
        } else {
            writeChanged(0..<byteCount, to: &deflater)
        }
    }

    /// Begins a copy with what is black in the rows before and can be a part of it.
    private mutating func beginCopy(_ length: Int, to deflater: inout RunDeflater) {
        deflater.run(0, count: carry - carriedRepeats)
        copyCount = carriedRepeats + length
        (carry, carriedRepeats) = (0, 0)
    }

    /// Writes a row of which only the bytes in `changed` differ from the row above.
    private mutating func writeChanged(_ changed: Range<Int>, to deflater: inout RunDeflater) {
        let prefix = changed.lowerBound
        if copyCount > 0 {
            copyCount += 1 + prefix
        } else if isCopyShorter(0..<prefix, length: carriedRepeats + 1 + prefix) {
            beginCopy(1 + prefix, to: &deflater)
        }
        let isCopied = copyCount > 0
        if isCopied {
            deflater.copy(length: copyCount)
            copyCount = 0
        }
        let suffix = byteCount - changed.upperBound
        let isSuffixCopied = isCopyShorter(changed.upperBound..<byteCount, length: suffix)
        let end = isSuffixCopied ? changed.upperBound : byteCount
        var runs = deflater.runs(roomFor: rowBytes + 4)
        var run = BitRun(start: isCopied ? prefix : -1 - carry, isWhite: isCopied && isWhite(before: prefix))
        scan((isCopied ? prefix : 0)..<end, &run, &runs)
        (carry, carriedRepeats) = (0, 0)
        if isSuffixCopied || run.color != 0 {
            run.end(at: end, &runs)
        } else {
            carry = end - run.start
            if canCopy, hasRow { carriedRepeats = min(suffix, carry) }
            if carry > RunTokens.longestCarry {
                run.end(at: end, &runs)
                (carry, carriedRepeats) = (0, 0)
            }
        }
        deflater.advance(to: runs)
        if isSuffixCopied { copyCount = suffix }
    }

    /// Whether bytes that repeat the row above are shorter as a copy than as the runs that they are.
    ///
    /// - Parameter length: how many bytes the copy would have, what goes before included.
    private func isCopyShorter(_ bytes: Range<Int>, length: Int) -> Bool {
        guard length >= 3, !bytes.isEmpty else { return false }
        let matchCount = length / DeflateSymbol.matchLengths.upperBound + 1
        return edgeCount(in: bytes) * Self.edgeBits > matchCount * copyBits
    }

    /// The edges of a word: a bit is 1 where a pixel has another colour than the one before it.
    @inline(__always)
    private func edges(_ index: Int) -> UInt64 {
        let word = words[index]
        return word ^ (word &<< 1 | (index > 0 ? words[index &- 1] &>> 63 : 0))
    }

    /// The bits of a word that belong to the bytes in a range.
    @inline(__always)
    private func mask(_ bytes: Range<Int>, _ index: Int) -> UInt64 {
        let low = max(bytes.lowerBound &- index &* 8, 0)
        let high = min(bytes.upperBound &- index &* 8, 8)
        return (.max &<< UInt64(truncatingIfNeeded: 8 &* low)) & (.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* high))
    }

    private func edgeCount(in bytes: Range<Int>) -> Int {
        var count = 0
        for index in bytes.lowerBound &>> 3...(bytes.upperBound &- 1) &>> 3 {
            count &+= (edges(index) & mask(bytes, index)).nonzeroBitCount
        }
        return count
    }

    private func isWhite(before byte: Int) -> Bool {
        byte > 0 && words[(byte - 1) >> 3] >> UInt64(8 * ((byte - 1) & 7) + 7) & 1 == 1
    }

    /// Adds the runs that end in a range of bytes, which is not empty.
    @inline(__always)
    private func scan(_ bytes: Range<Int>, _ run: inout BitRun, _ runs: inout RunTokens) {
        let (first, last) = (bytes.lowerBound &>> 3, (bytes.upperBound &- 1) &>> 3)
        var lastPixel = first > 0 ? words[first &- 1] &>> 63 : 0
        for index in first...last {
            let word = words[index]
            var edges = word ^ (word &<< 1 | lastPixel)
            lastPixel = word &>> 63
            if index == first || index == last { edges &= mask(bytes, index) }
            while edges != 0 {
                let shift = UInt64(truncatingIfNeeded: edges.trailingZeroBitCount & 56)
                let place = index &* 8 &+ Int(truncatingIfNeeded: shift &>> 3)
                run.pass(UInt8(truncatingIfNeeded: word &>> shift), at: place, &runs)
                // Shifted twice: by 64 at once would be by 0.
                edges &= (UInt64.max &<< shift) &<< 8
            }
        }
    }
}

/// The run that a row of 1-bit pixels is in, from left to right.
///
/// Where an edge is, and of which kind, no processor can guess; so nothing here branches on it.
private struct BitRun {
    /// Where the run began, in bytes from the left; the filter byte is at −1.
    private(set) var start: Int
    /// All ones in white, 0 in black.
    private(set) var color: Int

    @inline(__always)
    init(start: Int, isWhite: Bool) {
        self.start = start
        color = isWhite ? -1 : 0
    }

    /// Ends the run before byte `place`, where an edge is: between two bytes, or between the byte's eight pixels.
    ///
    /// - Parameter pixels: the leftmost lowest, 1 for white.
    @inline(__always)
    mutating func pass(_ pixels: UInt8, at place: Int, _ runs: inout RunTokens) {
        end(at: place, &runs)
        // 1 if the byte is of both colours; a byte of one begins the next run.
        let mixed = pixels &+ 1 < 2 ? 0 : 1
        // PNG has the leftmost pixel in the highest bit.
        runs.append(pixels.reversedBits, countOrNone: mixed)
        start = place &+ mixed
        color = 0 &- Int(pixels &>> 7)
    }

    @inline(__always)
    mutating func end(at place: Int, _ runs: inout RunTokens) {
        runs.append(UInt8(truncatingIfNeeded: color), countOrNone: place &- start)
    }
}

/// What eight bytes of 1-bit pixels add to the checksum.
private struct WordSum {
    /// The sum of the bytes.
    var sum: UInt64 = 0
    /// The same, each byte times the number of bytes from it to the eighth.
    var weightedSum: UInt64 = 0

    init() {}

    /// - Parameter word: pixels, the leftmost lowest, 1 for white.
    @inline(__always)
    init(_ word: UInt64) {
        // The bits of each byte in the other order, as PNG has them.
        var bytes = (word &>> 1 & 0x5555_5555_5555_5555) | (word & 0x5555_5555_5555_5555) &<< 1
        bytes = (bytes &>> 2 & 0x3333_3333_3333_3333) | (bytes & 0x3333_3333_3333_3333) &<< 2
        bytes = (bytes &>> 4 & 0x0F0F_0F0F_0F0F_0F0F) | (bytes & 0x0F0F_0F0F_0F0F_0F0F) &<< 4
        // Every second byte in 16 bits of its own; a product's top 16 bits are a sum over all four, each times a number.
        let even = bytes & 0x00FF_00FF_00FF_00FF
        let odd = bytes &>> 8 & 0x00FF_00FF_00FF_00FF
        sum = ((even &+ odd) &* 0x0001_0001_0001_0001) &>> 48
        weightedSum = (even &* 0x0008_0006_0004_0002) &>> 48 &+ (odd &* 0x0007_0005_0003_0001) &>> 48
    }
}

extension UInt8 {
    /// The bits in the other order.
    var reversedBits: UInt8 {
        var bits = self
        bits = bits &>> 1 & 0x55 | (bits & 0x55) &<< 1
        bits = bits &>> 2 & 0x33 | (bits & 0x33) &<< 2
        return bits &>> 4 | bits &<< 4
    }
}
