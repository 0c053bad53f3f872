/// A growable byte buffer whose memory is reused, and whose bytes can be filled in place.
@safe
package final class ByteBuffer {
    /// The number of bytes.
    package private(set) var count = 0
    private var start: UnsafeMutableRawPointer
    /// The number of bytes for which there is memory.
    package private(set) var capacity: Int

    /// An empty buffer with room for `capacity` bytes.
    package init(capacity: Int = 256) {
        self.capacity = max(capacity, 16)
        unsafe start = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit {
        unsafe start.deallocate()
    }

    /// Removes all bytes and keeps the memory.
    package func removeAll() {
        count = 0
    }

    /// Appends bytes.
    package func append(contentsOf bytes: UnsafeRawBufferPointer) {
        unsafe extend(by: bytes.count).copyMemory(from: bytes)
    }

    /// Appends `size` uninitialized bytes and returns them, to be filled before the next change.
    package func extend(by size: Int) -> UnsafeMutableRawBufferPointer {
        makeRoom(for: size)
        defer { count += size }
        return unsafe UnsafeMutableRawBufferPointer(start: start + count, count: size)
    }

    /// All bytes; valid until the next change.
    package var bytes: UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
    }

    /// Replaces the contents by `size` uninitialized bytes.
    package func reset(count size: Int) {
        count = 0
        makeRoom(for: size)
        count = size
    }

    private func makeRoom(for size: Int) {
        guard count + size > capacity else { return }
        capacity = max(count + size, 2 * capacity)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        unsafe larger.copyMemory(from: start, byteCount: count)
        unsafe start.deallocate()
        unsafe start = larger
    }
}
