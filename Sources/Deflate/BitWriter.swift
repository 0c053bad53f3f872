/// Packs bits into bytes, the first bit lowest, as deflate does; owns the bytes.
@safe struct BitWriter: ~Copyable {
    private var bytes: UnsafeMutableRawBufferPointer
    private var place: BitCursor

    init() {
        unsafe bytes = .allocate(byteCount: 1 << 13, alignment: 8)
        place = unsafe BitCursor(bytes)
    }

    deinit {
        unsafe bytes.deallocate()
    }

    /// The place behind the written bits, with room for `count` more; `advance(to:)` takes it back.
    ///
    /// A caller can keep a cursor in registers, but not a writer.
    mutating func cursor(roomFor count: Int) -> BitCursor {
        reserve(bits: count)
        return place
    }

    /// Makes the bits that were written through the last cursor part of the writer.
    mutating func advance(to cursor: BitCursor) {
        place = cursor
    }

    private mutating func reserve(bits count: Int) {
        let used = unsafe place.byteCount(from: bytes)
        // A write stores eight bytes even if fewer are due.
        let needed = used + count / 8 + 16
        guard unsafe needed > bytes.count else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * needed, alignment: 8)
        unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<used]))
        unsafe bytes.deallocate()
        unsafe bytes = unsafe larger
        unsafe place.move(to: larger, byteCount: used)
    }

    /// Writes zeros up to the end of a byte.
    mutating func alignToByte() {
        reserve(bits: 8)
        place.alignToByte()
    }

    /// Whether there are whole bytes to take.
    var hasBytes: Bool { unsafe place.byteCount(from: bytes) > 0 }

    /// Moves the whole bytes to the end of `output`; up to seven bits stay.
    mutating func takeBytes(into output: inout [UInt8]) {
        unsafe output.append(contentsOf: bytes[..<place.byteCount(from: bytes)])
        unsafe place.move(to: bytes, byteCount: 0)
    }

    /// Drops all bits.
    mutating func removeAll() {
        place = unsafe BitCursor(bytes)
    }
}

/// A place in the bytes of a `BitWriter`, and the bits that do not fill a byte yet. The room is not checked.
@safe struct BitCursor {
    /// The maximum number of bits of a write: up to seven more wait for their byte to fill.
    static let writeBits: UInt64 = 56

    private var next: UnsafeMutableRawPointer?
    private var buffer: UInt64 = 0
    private var bitCount: UInt64 = 0

    fileprivate init(_ bytes: UnsafeMutableRawBufferPointer) {
        unsafe next = bytes.baseAddress
    }

    fileprivate func byteCount(from bytes: UnsafeMutableRawBufferPointer) -> Int {
        guard let next = unsafe next, let start = bytes.baseAddress else { return 0 }
        return unsafe next - start
    }

    fileprivate mutating func move(to bytes: UnsafeMutableRawBufferPointer, byteCount: Int) {
        unsafe next = unsafe bytes.baseAddress.map { unsafe $0 + byteCount }
    }

    /// Writes the lowest `count` bits of `value`, at most `writeBits`; its higher bits are 0.
    @inline(__always)
    mutating func write(_ value: UInt64, count: UInt64) {
        // In tests only: whoever writes proves it.
        assert(count <= BitCursor.writeBits && value &>> count == 0)
        buffer |= value &<< bitCount
        bitCount &+= count
        unsafe next.unsafelyUnwrapped.storeBytes(of: buffer.littleEndian, as: UInt64.self)
        unsafe next = unsafe next.unsafelyUnwrapped + Int(truncatingIfNeeded: bitCount &>> 3)
        buffer &>>= bitCount & 56
        bitCount &= 7
    }

    mutating func alignToByte() {
        write(0, count: (0 &- bitCount) & 7)
    }
}
