import Synchronization

/// A set of numbers below a limit that only grows, shared by threads without a lock.
@safe
package final class AtomicBitSet: @unchecked Sendable {
    // Sendable despite the pointer: its memory holds atomics and lives as long as the object.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let wordCount: Int

    /// An empty set of numbers below `count`.
    package init(count: Int) {
        wordCount = (count + 63) / 64
        unsafe words = .allocate(capacity: wordCount)
        for index in 0..<wordCount { unsafe (words + index).initialize(to: Atomic(0)) }
    }

    deinit {
        unsafe words.deinitialize(count: wordCount)
        unsafe words.deallocate()
    }

    /// Whether a number is in the set; another thread's insertion may become visible later.
    package func contains(_ number: Int) -> Bool {
        precondition(number >= 0 && number >> 6 < wordCount)
        return unsafe words[number >> 6].load(ordering: .relaxed) & (1 << UInt64(number & 63)) != 0
    }

    /// Inserts a number.
    package func insert(_ number: Int) {
        precondition(number >= 0 && number >> 6 < wordCount)
        unsafe words[number >> 6].bitwiseOr(1 << UInt64(number & 63), ordering: .relaxed)
    }
}
