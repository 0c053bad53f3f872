import CSystemCalls

/// A set of drawing keys: linear probing in one array, as a pool looks up millions of keys.
package struct KeySet {
    /// A power of two slots, at least 3/8 of them empty; 0 marks an empty slot.
    private var slots: [UInt64]
    private var hasZero = false
    private var shift: UInt64
    /// The number of keys.
    package private(set) var count = 0

    /// An empty set with room for `capacity` keys; it grows when needed.
    package init(capacity: Int) {
        let bits = max(3, Int.bitWidth - (capacity * 8 / 5).leadingZeroBitCount)
        slots = [UInt64](repeating: 0, count: 1 << bits)
        shift = UInt64(64 - bits)
    }

    /// Inserts a key; false if the set contains it already.
    ///
    /// - Parameter expectedCount: An estimate of the final number of keys; the set grows faster to it.
    /// - Complexity: O(1) unless keys were made to collide
    package mutating func insert(_ key: UInt64, expectedCount: Int = 0) -> Bool {
        // A denser table probes more slots, but a file of many words has a set for each, and they compete for the cache.
        if 8 * count >= 5 * slots.count {
            // Eightfold at most: an estimate may be wrong.
            var larger = KeySet(capacity: max(slots.count, min(expectedCount, 8 * count)))
            for slot in slots where slot != 0 { larger.fill(slot) }
            slots = larger.slots
            shift = larger.shift
        }
        let isNew = key == 0 ? !hasZero : fill(key)
        if key == 0 { hasZero = true }
        if isNew { count += 1 }
        return isNew
    }

    /// Begins to fetch the slot of a key from memory, so that inserting it later need not wait for that.
    package func prefetch(_ key: UInt64) {
        unsafe slots.withUnsafeBufferPointer { slots in
            unsafe qd_prefetch(slots.baseAddress.map { unsafe $0 + firstSlot(of: key) })
        }
    }

    /// Where the search for a key begins. Keys differ mostly in their middle bits; Fibonacci hashing spreads those.
    @inline(__always)
    private func firstSlot(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    }

    /// Stores a nonzero key in its slot; false if it is there already.
    @discardableResult
    private mutating func fill(_ key: UInt64) -> Bool {
        var slot = firstSlot(of: key)
        while slots[slot] != 0 {
            if slots[slot] == key { return false }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = key
        return true
    }
}
