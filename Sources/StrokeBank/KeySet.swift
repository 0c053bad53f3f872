/// A set of drawings' keys: linear probing in one block of memory, as a million of them are looked up for a pool.
package struct KeySet {
    /// A power of two of them, at least half of them empty; 0 is an empty one.
    private var slots: [UInt64]
    private var hasZero = false
    private var shift: UInt64
    /// How many keys there are.
    package private(set) var count = 0

    /// A set with room for `capacity` keys; it makes more where it is needed.
    package init(capacity: Int) {
        let bits = Int.bitWidth - max(2 * capacity - 1, 1).leadingZeroBitCount
        slots = [UInt64](repeating: 0, count: 1 << bits)
        shift = UInt64(64 - bits)
    }

    /// Adds a key, unless it is there; false if it was.
    ///
    /// - Complexity: O(1) for keys that nobody chose in order to collide
    package mutating func insert(_ key: UInt64) -> Bool {
        if 2 * count >= slots.count {
            var larger = KeySet(capacity: slots.count)
            for slot in slots where slot != 0 { larger.fill(slot) }
            slots = larger.slots
            shift = larger.shift
        }
        let isNew = key == 0 ? !hasZero : fill(key)
        if key == 0 { hasZero = true }
        if isNew { count += 1 }
        return isNew
    }

    /// Puts a key, which is not 0, into its slot; false if it was there.
    @discardableResult
    private mutating func fill(_ key: UInt64) -> Bool {
        // Keys are times and places in them: Fibonacci hashing spreads what differs in the middle.
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
        while slots[slot] != 0 {
            if slots[slot] == key { return false }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = key
        return true
    }
}
