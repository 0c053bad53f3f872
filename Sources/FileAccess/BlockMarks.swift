import Synchronization

/// A set of numbers below a count that only grows, for any number of threads at once without a lock.
public final class BlockMarks: @unchecked Sendable {
    // Sendable, though there is a pointer in it: what it points to is atomic, and lasts as long as the object.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let wordCount: Int

    /// No numbers, of those below `count`.
    public init(count: Int) {
        wordCount = (count + 63) / 64
        words = .allocate(capacity: wordCount)
        for index in 0..<wordCount { (words + index).initialize(to: Atomic(0)) }
    }

    deinit {
        words.deinitialize(count: wordCount)
        words.deallocate()
    }

    /// Whether a number was marked; false also just after another thread did it.
    public func contains(_ number: Int) -> Bool {
        precondition(number >= 0 && number >> 6 < wordCount)
        return words[number >> 6].load(ordering: .relaxed) & (1 << UInt64(number & 63)) != 0
    }

    /// Marks a number.
    public func insert(_ number: Int) {
        precondition(number >= 0 && number >> 6 < wordCount)
        words[number >> 6].bitwiseOr(1 << UInt64(number & 63), ordering: .relaxed)
    }
}
