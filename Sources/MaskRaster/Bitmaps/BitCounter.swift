/// Counts the set bits of many words.
///
/// Without a processor instruction for it, counting the bits of a single word takes a dozen steps. So the words are first
/// added by 512 parallel full adders, one per bit (Harley and Seal; Warren, Hacker's Delight, 2nd edition, section 5-1):
/// of every four words of 512 bits, only one remains to be counted, and each of its bits stands for four.
struct BitCounter {
    typealias Word = SIMD8<UInt64>

    private var fourCount = 0
    private var twos = Word.zero
    private var ones = Word.zero

    /// The number of set bits.
    var count: Int { 4 * fourCount + 2 * Self.count(twos) + Self.count(ones) }

    /// Adds four words.
    @inline(__always)
    mutating func add(_ first: Word, _ second: Word, _ third: Word, _ fourth: Word) {
        let firstTwos = Self.add(first, second, to: &ones)
        let secondTwos = Self.add(third, fourth, to: &ones)
        fourCount &+= Self.count(Self.add(firstTwos, secondTwos, to: &twos))
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
    private static func count(_ bits: Word) -> Int {
        Int(truncatingIfNeeded: bits.nonzeroBitCount.wrappedSum())
    }
}
