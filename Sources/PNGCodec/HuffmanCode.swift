/// A prefix code as deflate (RFC 1951) wants it: a length for each symbol, and codes in canonical order.
struct HuffmanCode {
    /// For each symbol its code's length in bits, 0 where it does not occur.
    private(set) var lengths: [UInt8]
    /// For each symbol its code, the first bit lowest, as deflate writes it.
    private(set) var codes: [UInt16]

    /// The code with the shortest total for symbols that occur `frequencies` times, no length above `limit`.
    ///
    /// Where the best code would have longer ones, the frequencies are levelled until it has not: a little longer, and
    /// the same everywhere.
    /// - Parameter frequencies: each below 2³².
    /// - Complexity: O(*n* log *n*) for *n* symbols that occur
    init(frequencies: [Int], limit: Int) {
        var levelled = frequencies
        lengths = Self.optimalLengths(levelled)
        while (lengths.max() ?? 0) > limit {
            for index in levelled.indices where levelled[index] > 0 { levelled[index] = (levelled[index] + 1) / 2 + 1 }
            lengths = Self.optimalLengths(levelled)
        }
        codes = Self.canonicalCodes(lengths)
    }

    /// Huffman's algorithm with two queues: of the symbols, by frequency, and of the joined nodes, which come in order.
    private static func optimalLengths(_ frequencies: [Int]) -> [UInt8] {
        var lengths = [UInt8](repeating: 0, count: frequencies.count)
        // Frequency above symbol, in one number: a sort of numbers is faster than one with a closure.
        var leaves: [UInt64] = []
        leaves.reserveCapacity(frequencies.count)
        for symbol in frequencies.indices where frequencies[symbol] > 0 {
            leaves.append(UInt64(frequencies[symbol]) << 16 | UInt64(symbol))
        }
        leaves.sort()
        let count = leaves.count
        guard count > 1 else {
            // A single symbol still needs a bit.
            for leaf in leaves { lengths[Int(leaf & 0xFFFF)] = 1 }
            return lengths
        }
        var weights = leaves.map { $0 >> 16 }
        weights.reserveCapacity(2 * count)
        var parents = [Int](repeating: 0, count: 2 * count - 1)
        var nextLeaf = 0
        var nextNode = count
        for node in count..<2 * count - 1 {
            var weight: UInt64 = 0
            for _ in 0..<2 {
                let takesLeaf = nextLeaf < count && (nextNode == node || weights[nextLeaf] <= weights[nextNode])
                let child = takesLeaf ? nextLeaf : nextNode
                if takesLeaf { nextLeaf += 1 } else { nextNode += 1 }
                weight += weights[child]
                parents[child] = node
            }
            weights.append(weight)
        }
        var depths = [UInt8](repeating: 0, count: parents.count)
        for node in stride(from: parents.count - 2, through: 0, by: -1) {
            depths[node] = depths[parents[node]] + 1
            if node < count { lengths[Int(leaves[node] & 0xFFFF)] = depths[node] }
        }
        return lengths
    }

    /// Codes in the order of length, then symbol (RFC 1951, section 3.2.2), with their bits turned round.
    private static func canonicalCodes(_ lengths: [UInt8]) -> [UInt16] {
        var next = [UInt16](repeating: 0, count: 17)
        for length in lengths where length > 0 { next[Int(length) + 1] += 1 }
        for length in 1..<17 { next[length] = (next[length - 1] + next[length]) << 1 }
        return lengths.map { length in
            guard length > 0 else { return 0 }
            let code = next[Int(length)]
            next[Int(length)] += 1
            return reversed(code) >> UInt16(16 - length)
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
