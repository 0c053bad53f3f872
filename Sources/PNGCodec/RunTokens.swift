/// A place behind the tokens of a `RunDeflater`, for more of them. Nothing checks that there is room.
struct RunTokens {
    /// The longest run that one token stands for, in bytes.
    static let longestRun = 1 << 23 - 1
    /// The longest run that a row may leave to the next, where it goes on: a token still holds both.
    static let longestCarry = 1 << 22

    /// Where the next token goes.
    private(set) var next: UnsafeMutablePointer<RunToken>

    init(_ next: UnsafeMutablePointer<RunToken>) {
        self.next = next
    }

    /// Adds a token of `count` bytes, 1 to `longestRun`, of which `value` is the first.
    @inline(__always)
    mutating func append(_ value: UInt8, count: Int) {
        next.pointee = RunToken(value, count: count)
        next += 1
    }

    /// Adds a token of `count` bytes, 0 to `longestRun`, of which `value` is the first; of 0 none.
    @inline(__always)
    mutating func append(_ value: UInt8, countOrNone count: Int) {
        next.pointee = RunToken(value, count: count)
        next += count > 0 ? 1 : 0
    }

    /// Adds a copy of `count` bytes, 3 to `longestRun`, from the deflater's far distance.
    mutating func appendCopy(count: Int) {
        next.pointee = RunToken(copyOf: count)
        next += 1
    }
}

/// A byte and what follows it, or a copy of bytes from further back, in 32 bits.
struct RunToken {
    /// What follows a token's byte.
    enum Form {
        /// The same byte again: the token is a run.
        case run
        /// Zeros.
        case zeros
    }

    /// How many zeros behind a byte are one of its own and one match of it.
    static let matchZeros = DeflateSymbol.matchLengths.lowerBound + 1...DeflateSymbol.matchLengths.upperBound + 1

    private let bits: UInt32

    @inline(__always)
    init(_ value: UInt8, count: Int) {
        bits = UInt32(truncatingIfNeeded: count) &<< 8 | UInt32(value)
    }

    init(copyOf count: Int) {
        bits = UInt32(truncatingIfNeeded: count) &<< 8 | 1 &<< 31
    }

    @inline(__always)
    var isCopy: Bool { bits &>> 31 == 1 }

    /// How many bytes; of a copy 3 or more, else 1 or more.
    @inline(__always)
    var count: Int { Int(bits &>> 8 & 0x7F_FFFF) }

    /// How many bytes follow the first; of a copy a number above `RunTokens.longestRun`.
    @inline(__always)
    var rest: Int { Int(bits &>> 8) &- 1 }

    /// The byte.
    @inline(__always)
    var value: Int { Int(bits & 0xFF) }
}
