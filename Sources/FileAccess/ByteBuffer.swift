/// Bytes in the making, whose memory is used again: they are filled in where they lie.
public final class ByteBuffer {
    /// How many bytes there are.
    public private(set) var count = 0
    private var start: UnsafeMutableRawPointer
    /// How many bytes there is memory for.
    public private(set) var capacity: Int

    /// No bytes, and room for `capacity`.
    public init(capacity: Int = 256) {
        self.capacity = max(capacity, 16)
        start = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit {
        start.deallocate()
    }

    /// Forgets all bytes and keeps the memory.
    public func removeAll() {
        count = 0
    }

    /// Adds bytes.
    public func append(contentsOf bytes: UnsafeRawBufferPointer) {
        extend(by: bytes.count).copyMemory(from: bytes)
    }

    /// Adds `size` bytes, whatever is in them, and gives them to be filled before the next change.
    public func extend(by size: Int) -> UnsafeMutableRawBufferPointer {
        makeRoom(for: size)
        defer { count += size }
        return UnsafeMutableRawBufferPointer(start: start + count, count: size)
    }

    /// All bytes, until the next change.
    public var bytes: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: start, count: count) }

    /// Makes room for `size` bytes, whatever is in them, and forgets what was there.
    public func reset(count size: Int) {
        count = 0
        makeRoom(for: size)
        count = size
    }

    private func makeRoom(for size: Int) {
        guard count + size > capacity else { return }
        capacity = max(count + size, 2 * capacity)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        larger.copyMemory(from: start, byteCount: count)
        start.deallocate()
        start = larger
    }
}
