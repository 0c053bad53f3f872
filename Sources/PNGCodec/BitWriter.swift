/// Packs bits into bytes, the first bit lowest, as deflate wants them: the owner of the bytes.
struct BitWriter: ~Copyable {
    private var bytes: UnsafeMutableBufferPointer<UInt8>
    private var byteCount = 0
    private var buffer: UInt64 = 0
    private var bitCount = 0

    init() {
        bytes = .allocate(capacity: 1 << 13)
    }

    deinit {
        bytes.deallocate()
    }

    /// Makes room for `count` more bits, which `write` takes for granted.
    mutating func reserve(bits count: Int) {
        // A write may store eight bytes where fewer are due.
        let needed = byteCount + count / 8 + 16
        guard needed > bytes.count else { return }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * needed)
        _ = larger.moveInitialize(fromContentsOf: bytes[..<byteCount])
        bytes.deallocate()
        bytes = larger
    }

    /// Writes the lowest `count` bits of `value`, at most 32; higher bits of it are 0. Room was reserved.
    @inline(__always)
    mutating func write(_ value: UInt64, count: Int) {
        buffer |= value &<< UInt64(truncatingIfNeeded: bitCount)
        bitCount &+= count
        guard bitCount >= 32, let start = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(start + byteCount)
            .storeBytes(of: UInt32(truncatingIfNeeded: buffer).littleEndian, as: UInt32.self)
        byteCount &+= 4
        buffer &>>= 32
        bitCount &-= 32
    }

    /// Writes zeros up to the end of a byte.
    mutating func alignToByte() {
        reserve(bits: 64)
        write(0, count: -bitCount & 7)
    }

    /// Takes the whole bytes that were written; up to seven bits stay.
    mutating func takeBytes() -> [UInt8] {
        reserve(bits: 64)
        while bitCount >= 8 {
            bytes[byteCount] = UInt8(truncatingIfNeeded: buffer)
            byteCount += 1
            buffer >>= 8
            bitCount -= 8
        }
        defer { byteCount = 0 }
        return Array(bytes[..<byteCount])
    }

    /// Forgets all that was written.
    mutating func removeAll() {
        (byteCount, buffer, bitCount) = (0, 0, 0)
    }
}
