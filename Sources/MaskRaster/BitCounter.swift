/// Counts the bits that are 1 in many words.
///
/// To count those of one word takes a dozen steps where the processor has no instruction for it. So the words are added
/// first, each bit of 512 as by a full adder of its own (Harley and Seal; Warren, Hacker's Delight, 2nd edition,
/// section 5-1): of four words of 512 bits one is left to count, and its bits are fours.
struct BitCounter {
    typealias Word = SIMD8<UInt64>

    private var fourCount = 0
    private var twos = Word.zero
    private var ones = Word.zero

    /// How many bits were 1.
    var count: Int { 4 * fourCount + 2 * Self.count(twos) + Self.count(ones) }

    @inline(__always)
    mutating func add(_ first: Word, _ second: Word, _ third: Word, _ fourth: Word) {
        let firstTwos = Self.add(first, second, to: &ones)
        let secondTwos = Self.add(third, fourth, to: &ones)
        fourCount &+= Self.count(Self.add(firstTwos, secondTwos, to: &twos))
    }

    /// Adds two bits to the one that is there, in each place; gives the carry.
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
