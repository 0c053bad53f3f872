import Deflate

/// The last byte that is not 0, whose zeros are not counted yet, and what the checksum needs.
///
/// Places are in bytes from the start of the rows that are being added. Before the first byte, the token is a byte 0 at the
/// place of the next one, and is dropped if that is not 0.
struct BitRowPendingToken {
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
        let last = next[-1]
        // Only the very first byte can be at the place of this token.
        let isDropped = first.pointee.tail == place
        // Two at a time, from the last ones on: each needs the place of the one before it.
        let low = SIMD2<UInt64>(repeating: 0xFFFF_FFFF)
        var (sums, placeSums) = (SIMD2<UInt64>(), SIMD2<UInt64>())
        var end = next
        while end - first > 2 {
            end -= 2
            let tokens = UnsafeRawPointer(end).loadUnaligned(as: SIMD2<UInt64>.self)
            let before = UnsafeRawPointer(end - 1).loadUnaligned(as: SIMD2<UInt64>.self)
            let heads = tokens & low
            sums &+= heads
            placeSums &+= heads &* (tokens &>> 32)
            let finished = (tokens & ~low) &- (before & ~low) &- (low &+ 1) | before & low
            UnsafeMutableRawPointer(end).storeBytes(of: finished, as: SIMD2<UInt64>.self)
        }
        var (sum, placeSum) = (sums[0] &+ sums[1], placeSums[0] &+ placeSums[1])
        while end > first {
            end -= 1
            let token = end.pointee
            sum &+= UInt64(truncatingIfNeeded: token.head)
            placeSum &+= UInt64(truncatingIfNeeded: token.head &* token.tail)
            let (headBefore, placeBefore) = end > first ? (end[-1].head, end[-1].tail) : (value, place)
            end.pointee = RunToken(head: headBefore, tail: token.tail &- placeBefore &- 1)
        }
        self.sum &+= sum
        self.placeSum &+= placeSum
        (value, place) = (last.head, last.tail)
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
