import CZlib

// What zlib itself makes of streams and bytes, and checksums by the book: the reference for our own.

/// The bytes of a zlib stream by zlib; nil if it is broken, has another length, or has bytes behind it.
public func inflated(_ stream: [UInt8], count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0xAA, count: count + 1)
    var byteCount = uLong(bytes.count)
    var streamCount = uLong(stream.count)
    let status = unsafe uncompress2(&bytes, &byteCount, stream, &streamCount)
    guard status == Z_OK, byteCount == count, streamCount == stream.count else { return nil }
    return Array(bytes.prefix(count))
}

/// The number of bytes of a zlib stream by zlib, which also compares the checksum; nil if it is broken.
public func inflatedLength(_ stream: [UInt8]) -> Int? {
    var state = unsafe z_stream()
    guard unsafe inflateInit_(&state, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { unsafe inflateEnd(&state) }
    var input = stream
    var output = [UInt8](repeating: 0, count: 1 << 20)
    return unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe state.next_in = input.baseAddress
            unsafe state.avail_in = uInt(input.count)
            while true {
                unsafe state.next_out = output.baseAddress
                unsafe state.avail_out = uInt(output.count)
                switch unsafe inflate(&state, Z_NO_FLUSH) {
                case Z_OK: continue
                case Z_STREAM_END: return unsafe state.avail_in == 0 ? Int(state.total_out) : nil
                default: return nil
                }
            }
        }
    }
}

/// zlib's checksum of `count` bytes of one value: that of one byte, doubled and joined.
public func zlibAdler(of value: UInt8, count: Int) -> UInt32 {
    var result: uLong = 1
    var power = unsafe uLong(adler32(1, [value], 1))
    var powerCount = 1
    var rest = count
    while rest > 0 {
        if rest & 1 == 1 { result = adler32_combine(result, power, powerCount) }
        power = adler32_combine(power, power, powerCount)
        powerCount *= 2
        rest >>= 1
    }
    return UInt32(result)
}

/// zlib's checksum of bytes.
public func zlibAdler(of bytes: [UInt8]) -> UInt32 {
    UInt32(unsafe adler32(1, bytes, uInt(bytes.count)))
}

/// The checksum of zlib streams, byte by byte (RFC 1950, section 8.2): slow in a build without optimization.
public func plainAdler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
        a = (a + UInt32(byte)) % 65_521
        b = (b + a) % 65_521
    }
    return b << 16 | a
}

/// The four bytes of a number, the highest first.
public func bigEndianBytes(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 255) }
}
