/// Packs bits into bytes, the first bit lowest, as deflate wants them: the owner of the bytes.
struct BitWriter: ~Copyable {
    private var bytes: UnsafeMutableRawBufferPointer
    private var place: BitCursor

    init() {
        bytes = .allocate(byteCount: 1 << 13, alignment: 8)
        place = BitCursor(bytes)
    }

    deinit {
        bytes.deallocate()
    }

    /// The place behind the bits that were written, with room for `count` more; `advance` takes it back.
    ///
    /// A caller keeps it in registers, which a writer that is itself in memory could not be.
    mutating func cursor(roomFor count: Int) -> BitCursor {
        reserve(bits: count)
        return place
    }

    /// Makes what was written through the cursor, the last that was lent, part of the bits.
    mutating func advance(to cursor: BitCursor) {
        place = cursor
    }

    private mutating func reserve(bits count: Int) {
        let used = place.byteCount(from: bytes)
        // A write stores eight bytes where fewer are due.
        let needed = used + count / 8 + 16
        guard needed > bytes.count else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * needed, alignment: 8)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<used]))
        bytes.deallocate()
        bytes = larger
        place.move(to: larger, byteCount: used)
    }

    /// Writes zeros up to the end of a byte.
    mutating func alignToByte() {
        reserve(bits: 8)
        place.alignToByte()
    }

    /// Whether there are whole bytes to take.
    var hasBytes: Bool { place.byteCount(from: bytes) > 0 }

    /// Appends the whole bytes that were written to `output`, and forgets them; up to seven bits stay.
    mutating func takeBytes(into output: inout [UInt8]) {
        output.append(contentsOf: bytes[..<place.byteCount(from: bytes)])
        place.move(to: bytes, byteCount: 0)
    }

    /// Forgets all that was written.
    mutating func removeAll() {
        place = BitCursor(bytes)
    }
}

/// A place in the bytes of a `BitWriter`, and the bits that fill no byte yet. Nothing checks that there is room.
struct BitCursor {
    private var next: UnsafeMutableRawPointer?
    private var buffer: UInt64 = 0
    private var bitCount: UInt64 = 0

    fileprivate init(_ bytes: UnsafeMutableRawBufferPointer) {
        next = bytes.baseAddress
    }

    fileprivate func byteCount(from bytes: UnsafeMutableRawBufferPointer) -> Int {
        guard let next, let start = bytes.baseAddress else { return 0 }
        return next - start
    }

    fileprivate mutating func move(to bytes: UnsafeMutableRawBufferPointer, byteCount: Int) {
        next = bytes.baseAddress.map { $0 + byteCount }
    }

    /// Writes the lowest `count` bits of `value`, at most 56; higher bits of it are 0.
    @inline(__always)
    mutating func write(_ value: UInt64, count: Int) {
        buffer |= value &<< bitCount
        bitCount &+= UInt64(truncatingIfNeeded: count)
        next.unsafelyUnwrapped.storeBytes(of: buffer.littleEndian, as: UInt64.self)
        next = next.unsafelyUnwrapped + Int(truncatingIfNeeded: bitCount &>> 3)
        buffer &>>= bitCount & 56
        bitCount &= 7
    }

    @inline(__always)
    mutating func alignToByte() {
        write(0, count: Int(truncatingIfNeeded: (0 &- bitCount) & 7))
    }
}
