import Deflate

/// The last byte that is not 0, whose zeros are not counted yet, and what the checksum needs.
///
/// Places are in bytes from the start of the rows that are being added. Before the first byte, the token is a byte 0 at the
/// place of the next one, and is dropped if that is not 0.
struct PendingRunToken {
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
        guard unsafe first < next else { return unsafe next }
        // Only the very first byte can be at the place of this token.
        let isDropped = unsafe first.pointee.tail == place
        // Two at a time: each takes the head of the one before it, and the zeros between the two.
        let low = SIMD2<UInt64>(repeating: 0xFFFF_FFFF)
        let one = SIMD2<UInt64>(repeating: 1 << 32)
        var (sums, placeSums) = (SIMD2<UInt64>(), SIMD2<UInt64>())
        let pending = UInt64(truncatingIfNeeded: value) | UInt64(truncatingIfNeeded: place) &<< 32
        var last = SIMD2<UInt64>(0, pending)
        var token = unsafe first
        while unsafe next - token >= 2 {
            let tokens = unsafe UnsafeRawPointer(token).loadUnaligned(as: SIMD2<UInt64>.self)
            let before = SIMD2(last[1], tokens[0])
            let heads = tokens & low
            sums &+= heads
            placeSums &+= heads &* (tokens &>> 32)
            let finished = ((tokens &- heads) &- (before & ~low) &- one) | before & low
            unsafe UnsafeMutableRawPointer(token).storeBytes(of: finished, as: SIMD2<UInt64>.self)
            last = tokens
            unsafe token += 2
        }
        sum &+= sums[0] &+ sums[1]
        placeSum &+= placeSums[0] &+ placeSums[1]
        if unsafe token > first { (value, place) = (Int(last[1] & low[0]), Int(last[1] &>> 32)) }
        if unsafe token < next {
            let (head, tail) = unsafe (token.pointee.head, token.pointee.tail)
            unsafe token.pointee = RunToken(head: value, tail: tail &- place &- 1)
            sum &+= UInt64(truncatingIfNeeded: head)
            placeSum &+= UInt64(truncatingIfNeeded: head &* tail)
            (value, place) = (head, tail)
        }
        guard isDropped else { return unsafe next }
        unsafe first.update(from: first + 1, count: next - first - 1)
        return unsafe next - 1
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
        guard -place > count else { return unsafe next }
        unsafe next.initialize(to: RunToken(head: value, tail: -place - 1))
        (value, place) = (0, 0)
        return unsafe next + 1
    }
}
