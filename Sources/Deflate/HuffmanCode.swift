/// A prefix code for deflate (RFC 1951): a length for each symbol, and codes in canonical order.
///
/// It owns its memory, so it can be built again and again without an allocation.
@safe struct HuffmanCode: ~Copyable {
    /// The number of symbols of the alphabet, whether they occur or not.
    let symbolCount: Int
    /// For each symbol the length of its code in bits, 0 if it does not occur.
    let lengths: UnsafeMutablePointer<UInt8>
    /// For each symbol its code, the first bit lowest, as deflate writes it; undefined if it does not occur.
    let codes: UnsafeMutablePointer<UInt16>
    /// The symbols that occur, in ascending order, with their frequencies: frequency above symbol, in one number.
    private let occurring: UnsafeMutablePointer<UInt64>
    private var occurringCount = 0
    /// The nodes of the tree: first the leaves from the rarest symbol to the most frequent one, then the inner nodes.
    private let weights: UnsafeMutablePointer<UInt64>
    private let parents: UnsafeMutablePointer<UInt16>
    private let depths: UnsafeMutablePointer<UInt8>

    /// A code in which no symbol occurs.
    ///
    /// - Parameter symbolCount: 1 to 288.
    init(symbolCount: Int) {
        self.symbolCount = symbolCount
        unsafe lengths = .allocate(capacity: symbolCount)
        unsafe lengths.initialize(repeating: 0, count: symbolCount)
        unsafe codes = .allocate(capacity: symbolCount)
        unsafe codes.initialize(repeating: 0, count: symbolCount)
        unsafe occurring = .allocate(capacity: symbolCount + 1)
        unsafe weights = .allocate(capacity: 2 * symbolCount + 1)
        unsafe parents = .allocate(capacity: 2 * symbolCount)
        unsafe depths = .allocate(capacity: 2 * symbolCount)
    }

    deinit {
        unsafe lengths.deallocate()
        unsafe codes.deallocate()
        unsafe occurring.deallocate()
        unsafe weights.deallocate()
        unsafe parents.deallocate()
        unsafe depths.deallocate()
    }

    /// Becomes the code with the shortest total for these frequencies, without a length above `limit`.
    ///
    /// If the best code has longer ones, the frequencies are brought closer together until it has not: the code is a
    /// little longer then, and the same everywhere.
    /// - Parameter frequencies: One for each symbol.
    /// - Complexity: O(*n*²) for *n* symbols that occur at least 64 times, else O(*n*)
    mutating func build(_ frequencies: UnsafeMutablePointer<UInt32>, limit: Int) {
        var count = 0
        let occurring = unsafe occurring
        var symbol = 0
        while symbol < symbolCount {
            if symbol &+ 4 <= symbolCount,
                unsafe frequencies[symbol] | frequencies[symbol &+ 1] | frequencies[symbol &+ 2]
                    | frequencies[symbol &+ 3] == 0
            {
                symbol &+= 4
                continue
            }
            let end = min(symbol &+ 4, symbolCount)
            while symbol < end {
                // Written in any case: a branch would be mispredicted too often.
                unsafe occurring[count] = unsafe UInt64(frequencies[symbol]) &<< 16 | UInt64(truncatingIfNeeded: symbol)
                unsafe count &+= frequencies[symbol] > 0 ? 1 : 0
                symbol &+= 1
            }
        }
        occurringCount = count
        unsafe lengths.update(repeating: 0, count: symbolCount)
        while buildLengths() > limit {
            for index in 0..<count {
                let (frequency, symbol) = unsafe (occurring[index] &>> 16, occurring[index] & 0xFFFF)
                unsafe occurring[index] = ((frequency + 1) / 2 + 1) &<< 16 | symbol
            }
        }
        assignCodes()
    }

    /// Takes over these lengths, which must be those of a prefix code; all symbols occur.
    mutating func assign(lengths newLengths: (Int) -> UInt8) {
        for symbol in 0..<symbolCount {
            unsafe lengths[symbol] = newLengths(symbol)
            unsafe occurring[symbol] = UInt64(symbol)
        }
        occurringCount = symbolCount
        assignCodes()
    }

    /// The number of bits of symbols with these frequencies, without extra bits: with this code, and with another one.
    ///
    /// Only symbols that occur in this code may have frequencies.
    func totalBits(_ frequencies: UnsafeMutablePointer<UInt32>, and other: borrowing HuffmanCode) -> (Int, other: Int) {
        let (lengths, otherLengths) = unsafe (lengths, other.lengths)
        var (total, otherTotal): (UInt64, UInt64) = (0, 0)
        for index in 0..<occurringCount {
            let symbol = unsafe Int(occurring[index] & 0xFFFF)
            unsafe total &+= UInt64(frequencies[symbol]) &* UInt64(lengths[symbol])
            unsafe otherTotal &+= UInt64(frequencies[symbol]) &* UInt64(otherLengths[symbol])
        }
        return (Int(total), Int(otherTotal))
    }

    /// Huffman's algorithm with two queues: the leaves, by frequency, and the inner nodes, which are made in order.
    /// Returns the longest length.
    private func buildLengths() -> Int {
        let count = occurringCount
        guard count > 1 else {
            // A single symbol still needs a bit.
            if count == 1 { unsafe lengths[Int(occurring[0] & 0xFFFF)] = 1 }
            return count
        }
        sortLeaves()
        let (weights, parents, depths) = unsafe (weights, parents, depths)
        let nodeCount = 2 &* count &- 1
        // No weight is as large: neither queue is taken from where it ends.
        unsafe weights.advanced(by: count).initialize(repeating: .max, count: count)
        var nextLeaf = 0
        var nextNode = count &+ 1
        for node in count &+ 1...nodeCount {
            var weight: UInt64 = 0
            for _ in 0..<2 {
                let (leaf, inner) = unsafe (weights[nextLeaf] &>> 16, weights[nextNode] &>> 16)
                // Which queue is next cannot be predicted, so nothing branches on it.
                let takesLeaf = leaf <= inner
                let child = takesLeaf ? nextLeaf : nextNode
                nextLeaf &+= takesLeaf ? 1 : 0
                nextNode &+= takesLeaf ? 0 : 1
                weight &+= min(leaf, inner)
                unsafe parents[child] = UInt16(truncatingIfNeeded: node)
            }
            unsafe weights[node] = weight &<< 16
        }
        unsafe depths[nodeCount] = 0
        for node in stride(from: nodeCount &- 1, to: count, by: -1) {
            unsafe depths[node] = unsafe depths[Int(parents[node])] &+ 1
        }
        var longest: UInt8 = 0
        for leaf in 0..<count {
            let depth = unsafe depths[Int(parents[leaf])] &+ 1
            unsafe lengths[Int(weights[leaf] & 0xFFFF)] = depth
            longest = max(longest, depth)
        }
        return Int(longest)
    }

    /// Makes the leaves of the symbols that occur, the rarest first; of two as frequent, the lower symbol first.
    private func sortLeaves() {
        let (occurring, weights, count) = unsafe (occurring, weights, occurringCount)
        unsafe withUnsafeTemporaryAllocation(of: UInt16.self, capacity: Self.bucketCount) { places in
            // A bucket for each small frequency, and one for all others.
            unsafe places.initialize(repeating: 0)
            for index in 0..<count { unsafe places[Self.bucket(occurring[index])] &+= 1 }
            var place: UInt16 = 0
            for bucket in 0..<Self.bucketCount {
                let size = unsafe places[bucket]
                unsafe places[bucket] = place
                place &+= size
            }
            let firstLarge = unsafe Int(places[Self.bucketCount - 1])
            for index in 0..<count {
                let bucket = unsafe Self.bucket(occurring[index])
                unsafe weights[Int(places[bucket])] = unsafe occurring[index]
                unsafe places[bucket] &+= 1
            }
            // By insertion: the standard library's sort allocates, and few symbols are frequent.
            var index = firstLarge &+ 1
            while index < count {
                let leaf = unsafe weights[index]
                var place = index
                while place > firstLarge, unsafe weights[place &- 1] > leaf {
                    unsafe weights[place] = unsafe weights[place &- 1]
                    place &-= 1
                }
                unsafe weights[place] = leaf
                index &+= 1
            }
        }
    }

    private static let bucketCount = 64

    @inline(__always)
    private static func bucket(_ leaf: UInt64) -> Int {
        Int(truncatingIfNeeded: min(leaf &>> 16, UInt64(bucketCount - 1)))
    }

    /// Codes in the order of length, then symbol (RFC 1951, section 3.2.2), with their bits reversed.
    private func assignCodes() {
        let (lengths, codes, count) = unsafe (lengths, codes, occurringCount)
        unsafe withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 17) { next in
            unsafe next.initialize(repeating: 0)
            for index in 0..<count { unsafe next[Int(lengths[Int(occurring[index] & 0xFFFF)]) + 1] &+= 1 }
            for length in 1..<17 { unsafe next[length] = unsafe (next[length - 1] &+ next[length]) &<< 1 }
            for index in 0..<count {
                let symbol = unsafe Int(occurring[index] & 0xFFFF)
                let length = unsafe Int(lengths[symbol])
                unsafe codes[symbol] = unsafe Self.reversed(next[length]) &>> UInt16(truncatingIfNeeded: 16 - length)
                unsafe next[length] &+= 1
            }
        }
    }

    /// The 16 bits in the opposite order.
    static func reversed(_ bits: UInt16) -> UInt16 {
        var bits = bits
        bits = bits >> 1 & 0x5555 | (bits & 0x5555) << 1
        bits = bits >> 2 & 0x3333 | (bits & 0x3333) << 2
        bits = bits >> 4 & 0x0F0F | (bits & 0x0F0F) << 4
        return bits.byteSwapped
    }
}
