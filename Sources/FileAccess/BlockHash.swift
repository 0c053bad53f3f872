/// The part of a hash that differs from hash to hash: what a block of 64 bytes makes of its words.
public protocol BlockHashState: Sendable {
    /// Whether the number of bits that ends the data has its highest byte first.
    static var endsBigEndian: Bool { get }

    /// The words before any block.
    init()
    /// Works whole blocks of 64 bytes in.
    mutating func mix(_ blocks: UnsafeRawBufferPointer)
}

/// A hash of blocks of 64 bytes that are mixed one after the other, as MD5 and SHA-256 are (Merkle and Damgård, 1989).
public struct BlockHash<State: BlockHashState>: Sendable {
    private var state = State()
    /// Bytes that do not fill a block yet, fewer than 64.
    private var rest: [UInt8] = []
    private var count: UInt64 = 0

    /// Of no bytes.
    public init() {}

    /// Adds bytes.
    ///
    /// - Complexity: O(bytes)
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        count &+= UInt64(bytes.count)
        var taken = 0
        if !rest.isEmpty {
            taken = min(64 - rest.count, bytes.count)
            rest += bytes[..<taken]
            guard rest.count == 64 else { return }
            rest.withUnsafeBytes { state.mix($0) }
            rest = []
        }
        let whole = (bytes.count - taken) / 64 * 64
        state.mix(UnsafeRawBufferPointer(rebasing: bytes[taken..<(taken + whole)]))
        rest += bytes[(taken + whole)...]
    }

    /// The words after all bytes so far and what ends them; more can be added to this hash afterwards.
    public var finished: State {
        var end = self
        let bitCount = count &* 8
        var padding: [UInt8] = [0x80]
        padding += [UInt8](repeating: 0, count: (119 - rest.count) % 64)
        withUnsafeBytes(of: State.endsBigEndian ? bitCount.bigEndian : bitCount.littleEndian) { padding += $0 }
        padding.withUnsafeBytes { end.update($0) }
        return end.state
    }
}
