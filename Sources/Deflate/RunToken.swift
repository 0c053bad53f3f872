/// Two consecutive stretches of bytes, or a copy of earlier bytes: what `RunLengthDeflater` compresses.
///
/// What the two numbers mean depends on the stream's `Form`. Both are below `longestRun` + 1.
@frozen
public struct RunToken {
    /// What the tokens of a stream mean.
    public enum Form: Sendable {
        /// `head` is a byte; `tail` zeros follow it.
        case literalAndZeros
        /// `head` is a byte; it is repeated `tail` more times: 0, or at least 3.
        case literalAndRepeats
        /// `head` bytes of 0, then `tail` bytes of 255.
        case blackAndWhite
    }

    /// The largest number of bytes in a head or a tail, or in a copy.
    public static let longestRun = 1 << 30

    /// The first number in the low half, the second in the high half: one load for both.
    @usableFromInline
    var bits: UInt64

    /// A token with these two numbers.
    @inlinable @inline(__always)
    public init(head: Int, tail: Int) {
        bits = UInt64(truncatingIfNeeded: head) | UInt64(truncatingIfNeeded: tail) &<< 32
    }

    /// A copy of `length` bytes, at least 3, from the stream's copy distance.
    @inlinable @inline(__always)
    public init(copyOf length: Int) {
        bits = Self.copyFlag | UInt64(truncatingIfNeeded: length) &<< 32
    }

    /// Makes a copy longer.
    @inlinable @inline(__always)
    public mutating func extendCopy(by length: Int) {
        bits &+= UInt64(truncatingIfNeeded: length) &<< 32
    }

    /// The first number; undefined for a copy.
    @inlinable @inline(__always)
    public var head: Int { Int(bits & 0xFFFF_FFFF) }

    /// The second number, or the length of a copy.
    @inlinable @inline(__always)
    public var tail: Int { Int(bits &>> 32) }

    @inlinable @inline(__always)
    var isCopy: Bool { bits & Self.copyFlag != 0 }

    @inlinable @inline(__always)
    static var copyFlag: UInt64 { 1 &<< 31 }
}

extension RunToken {
    /// The number of values of a head or a tail for which tables have an entry: enough for the gap between two runs in
    /// consecutive rows of 512 px, and a power of two.
    static let tableSize = 1 << 10
}

extension RunToken.Form {
    /// The number of values of a tail for which tables have an entry, a power of two.
    ///
    /// Heads that are bytes come with short runs of 1-bit images: there, larger tables take longer to make than they save.
    var tailCount: Int { self == .blackAndWhite ? RunToken.tableSize : RunToken.tableSize / 4 }

    /// The bits of which any is set where a head or a tail has no entry, as in every copy.
    var outsideTables: UInt64 {
        ~UInt64(RunToken.tableSize - 1) & 0xFFFF_FFFF | ~UInt64(tailCount - 1) &<< 32
    }
}
