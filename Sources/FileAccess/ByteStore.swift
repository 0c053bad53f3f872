#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Bytes in the making, whose memory is used again: numbers and arrays are appended without a check each.
public final class ByteStore {
    /// How many bytes there are.
    public private(set) var count = 0
    private var start: UnsafeMutableRawPointer
    private var capacity: Int

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

    /// Adds the bytes of `number`, lowest first.
    public func append<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        let size = MemoryLayout<Number>.size
        makeRoom(for: size)
        (start + count).storeBytes(of: number.littleEndian, as: Number.self)
        count += size
    }

    /// Adds bytes.
    public func append(contentsOf bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        makeRoom(for: bytes.count)
        memcpy(start + count, source, bytes.count)
        count += bytes.count
    }

    /// Adds `size` bytes that `fill` sets; all of them, as there is anything in them before.
    public func append(count size: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
        makeRoom(for: size)
        fill(UnsafeMutableRawBufferPointer(start: start + count, count: size))
        count += size
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
        memcpy(larger, start, count)
        start.deallocate()
        start = larger
    }
}
