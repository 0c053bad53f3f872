/// A prefix code as deflate (RFC 1951) wants it: a length for each symbol, and codes in canonical order.
///
/// It owns its memory, so that one code can be built again and again without taking more.
struct HuffmanCode: ~Copyable {
    /// How many symbols the alphabet has, whether they occur or not.
    let symbolCount: Int
    /// For each symbol its code's length in bits, 0 where it does not occur.
    let lengths: UnsafeMutablePointer<UInt8>
    /// For each symbol its code, the first bit lowest, as deflate writes it; undefined where it does not occur.
    let codes: UnsafeMutablePointer<UInt16>
    /// What the algorithm works on: twice as many nodes as symbols, of which the symbols that occur come first.
    private let levelled: UnsafeMutablePointer<UInt32>
    private let weights: UnsafeMutablePointer<UInt64>
    private let parents: UnsafeMutablePointer<UInt16>
    private let depths: UnsafeMutablePointer<UInt8>

    /// A code in which no symbol occurs.
    ///
    /// - Parameter symbolCount: 1 to 288.
    init(symbolCount: Int) {
        self.symbolCount = symbolCount
        lengths = .allocate(capacity: symbolCount)
        lengths.initialize(repeating: 0, count: symbolCount)
        codes = .allocate(capacity: symbolCount)
        codes.initialize(repeating: 0, count: symbolCount)
        levelled = .allocate(capacity: symbolCount)
        weights = .allocate(capacity: 2 * symbolCount)
        parents = .allocate(capacity: 2 * symbolCount)
        depths = .allocate(capacity: 2 * symbolCount)
    }

    deinit {
        lengths.deallocate()
        codes.deallocate()
        levelled.deallocate()
        weights.deallocate()
        parents.deallocate()
        depths.deallocate()
    }

    /// Becomes the code with the shortest total for symbols that occur `frequencies` times, no length above `limit`.
    ///
    /// Where the best code would have longer ones, the frequencies are levelled until it has not: a little longer, and
    /// the same everywhere.
    /// - Parameter frequencies: of each symbol, `symbolCount` or more of them.
    /// - Complexity: O(*n*²) for *n* symbols that occur, of which masks have few
    mutating func build(_ frequencies: UnsafeMutableBufferPointer<UInt32>, limit: Int) {
        for symbol in 0..<symbolCount { levelled[symbol] = frequencies[symbol] }
        while buildLengths() > limit {
            for symbol in 0..<symbolCount where levelled[symbol] > 0 {
                levelled[symbol] = (levelled[symbol] + 1) / 2 + 1
            }
        }
        assignCodes()
    }

    /// Takes these lengths, which must be those of a prefix code.
    mutating func assign(lengths newLengths: (Int) -> UInt8) {
        for symbol in 0..<symbolCount { lengths[symbol] = newLengths(symbol) }
        assignCodes()
    }

    /// How many bits symbols take that occur `frequencies` times, without what may follow each; there are `symbolCount` or
    /// more frequencies.
    func totalBits(_ frequencies: UnsafeMutableBufferPointer<UInt32>) -> Int {
        var total: UInt64 = 0
        for symbol in 0..<symbolCount { total &+= UInt64(frequencies[symbol]) &* UInt64(lengths[symbol]) }
        return Int(total)
    }

    /// Huffman's algorithm with two queues: of the symbols, by frequency, and of the joined nodes, which come in order.
    /// Gives the longest length.
    private func buildLengths() -> Int {
        let count = sortLeaves()
        lengths.update(repeating: 0, count: symbolCount)
        guard count > 1 else {
            // A single symbol still needs a bit.
            if count == 1 { lengths[Int(weights[0] & 0xFFFF)] = 1 }
            return count
        }
        var nextLeaf = 0
        var nextNode = count
        for node in count..<2 * count - 1 {
            var weight: UInt64 = 0
            for _ in 0..<2 {
                let takesLeaf =
                    nextLeaf < count && (nextNode == node || weights[nextLeaf] &>> 16 <= weights[nextNode] &>> 16)
                let child = takesLeaf ? nextLeaf : nextNode
                if takesLeaf { nextLeaf &+= 1 } else { nextNode &+= 1 }
                weight &+= weights[child] &>> 16
                parents[child] = UInt16(truncatingIfNeeded: node)
            }
            weights[node] = weight &<< 16
        }
        depths[2 * count - 2] = 0
        var longest = 0
        for node in stride(from: 2 * count - 3, through: 0, by: -1) {
            let depth = depths[Int(parents[node])] &+ 1
            depths[node] = depth
            if node < count {
                lengths[Int(weights[node] & 0xFFFF)] = depth
                longest = max(longest, Int(depth))
            }
        }
        return longest
    }

    /// Puts the symbols that occur at the front of `weights`, rarest first: frequency above symbol, in one number.
    /// Gives how many there are.
    private func sortLeaves() -> Int {
        var count = 0
        for symbol in 0..<symbolCount where levelled[symbol] > 0 {
            let leaf = UInt64(levelled[symbol]) &<< 16 | UInt64(truncatingIfNeeded: symbol)
            // Insertion: the standard library's sort takes memory, and there are some thirty symbols.
            var place = count
            while place > 0, weights[place &- 1] > leaf {
                weights[place] = weights[place &- 1]
                place &-= 1
            }
            weights[place] = leaf
            count &+= 1
        }
        return count
    }

    /// Codes in the order of length, then symbol (RFC 1951, section 3.2.2), with their bits turned round.
    private func assignCodes() {
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 17) { next in
            next.initialize(repeating: 0)
            for symbol in 0..<symbolCount where lengths[symbol] > 0 { next[Int(lengths[symbol]) + 1] &+= 1 }
            for length in 1..<17 { next[length] = (next[length - 1] &+ next[length]) &<< 1 }
            for symbol in 0..<symbolCount where lengths[symbol] > 0 {
                let length = Int(lengths[symbol])
                codes[symbol] = Self.reversed(next[length]) &>> UInt16(16 - length)
                next[length] &+= 1
            }
        }
    }

    private static func reversed(_ bits: UInt16) -> UInt16 {
        var bits = bits
        bits = bits >> 1 & 0x5555 | (bits & 0x5555) << 1
        bits = bits >> 2 & 0x3333 | (bits & 0x3333) << 2
        bits = bits >> 4 & 0x0F0F | (bits & 0x0F0F) << 4
        return bits.byteSwapped
    }
}
