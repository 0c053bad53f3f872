/// The state of a block hash, and its compression function.
package protocol BlockHashState: Sendable {
    /// Whether the number of bits at the end of the data is big-endian.
    static var endsBigEndian: Bool { get }

    /// The initial state.
    init()
    /// Mixes in whole blocks of 64 bytes.
    mutating func mix(_ blocks: UnsafeRawBufferPointer)
}

/// A Merkle–Damgård hash with blocks of 64 bytes, such as MD5 and SHA-256.
package struct BlockHash<State: BlockHashState>: Sendable {
    private var state = State()
    /// The bytes of the last, incomplete block.
    private var rest: [UInt8] = []
    private var count: UInt64 = 0

    /// The hash of no bytes.
    package init() {}

    /// Appends bytes.
    ///
    /// - Complexity: O(bytes)
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        count &+= UInt64(bytes.count)
        var used = 0
        if !rest.isEmpty {
            used = min(64 - rest.count, bytes.count)
            rest += bytes[..<used]
            guard rest.count == 64 else { return }
            rest.withUnsafeBytes { state.mix($0) }
            rest = []
        }
        let whole = (bytes.count - used) / 64 * 64
        state.mix(UnsafeRawBufferPointer(rebasing: bytes[used..<(used + whole)]))
        rest += bytes[(used + whole)...]
    }

    /// The state after all bytes so far and the padding; more bytes can be appended to this hash.
    package var finished: State {
        var end = self
        let bitCount = count &* 8
        var padding: [UInt8] = [0x80]
        padding += [UInt8](repeating: 0, count: (119 - rest.count) % 64)
        withUnsafeBytes(of: State.endsBigEndian ? bitCount.bigEndian : bitCount.littleEndian) { padding += $0 }
        padding.withUnsafeBytes { end.update($0) }
        return end.state
    }
}
