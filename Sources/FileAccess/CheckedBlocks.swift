import Synchronization

/// A set of numbers below a limit that only grows, shared by threads without a lock.
package final class CheckedBlocks: @unchecked Sendable {
    // Sendable despite the pointer: its memory holds atomics and lives as long as the object.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let wordCount: Int

    /// An empty set of numbers below `count`.
    package init(count: Int) {
        wordCount = (count + 63) / 64
        words = .allocate(capacity: wordCount)
        for index in 0..<wordCount { (words + index).initialize(to: Atomic(0)) }
    }

    deinit {
        words.deinitialize(count: wordCount)
        words.deallocate()
    }

    /// Whether a number is in the set; another thread's insertion may become visible later.
    package func contains(_ number: Int) -> Bool {
        precondition(number >= 0 && number >> 6 < wordCount)
        return words[number >> 6].load(ordering: .relaxed) & (1 << UInt64(number & 63)) != 0
    }

    /// Inserts a number.
    package func insert(_ number: Int) {
        precondition(number >= 0 && number >> 6 < wordCount)
        words[number >> 6].bitwiseOr(1 << UInt64(number & 63), ordering: .relaxed)
    }
}
