/// Counts the set bits of many words.
///
/// Without a processor instruction for it, counting the bits of a single word takes a dozen steps. So the words are first
/// added by 128 parallel full adders, one per bit (Harley and Seal; Warren, Hacker's Delight, 2nd edition, section 5-1):
/// of every sixteen words of 128 bits, only one remains to be counted, and each of its bits stands for sixteen.
struct BitCounter {
    /// 128 bits. The compiler would do some of the additions of two 64-bit numbers one by one.
    typealias Word = SIMD4<UInt32>
    private typealias Counts = SIMD2<UInt64>

    /// The number of words that are added at once.
    static var blockCount: Int { 16 }

    private var sixteens = Counts.zero
    private var eights = Word.zero
    private var fours = Word.zero
    private var twos = Word.zero
    private var ones = Word.zero

    /// The number of set bits.
    var count: Int {
        var lanes = sixteens &* 16 &+ Self.counts(eights) &* 8
        lanes &+= Self.counts(fours) &* 4 &+ Self.counts(twos) &* 2 &+ Self.counts(ones)
        return Int(truncatingIfNeeded: lanes.wrappedSum())
    }

    /// Adds the `blockCount` words that `word` returns for the numbers from 0.
    @inline(__always)
    mutating func add(_ word: (Int) -> Word) {
        let first = addEight { word($0) }
        let second = addEight { word(8 &+ $0) }
        sixteens &+= Self.counts(Self.add(first, second, to: &eights))
    }

    /// Adds eight words to the ones, twos, and fours; returns the carry bits, the eights.
    @inline(__always)
    private mutating func addEight(_ word: (Int) -> Word) -> Word {
        let first = addFour(word(0), word(1), word(2), word(3))
        let second = addFour(word(4), word(5), word(6), word(7))
        return Self.add(first, second, to: &fours)
    }

    @inline(__always)
    private mutating func addFour(_ first: Word, _ second: Word, _ third: Word, _ fourth: Word) -> Word {
        let firstTwos = Self.add(first, second, to: &ones)
        let secondTwos = Self.add(third, fourth, to: &ones)
        return Self.add(firstTwos, secondTwos, to: &twos)
    }

    /// Adds two bits to the sum bit in each position; returns the carry bits.
    @inline(__always)
    private static func add(_ first: Word, _ second: Word, to sum: inout Word) -> Word {
        let change = sum ^ first
        let carry = sum & first | change & second
        sum = change ^ second
        return carry
    }

    @inline(__always)
    private static func counts(_ word: Word) -> Counts {
        unsafe unsafeBitCast(word, to: Counts.self).nonzeroBitCount
    }
}
