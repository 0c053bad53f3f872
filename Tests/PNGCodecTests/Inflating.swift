import CZlib

/// What a zlib stream decompresses to by zlib itself; nil if it is broken, has another length, or something behind it.
func inflated(_ stream: [UInt8], count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0xAA, count: count + 1)
    var byteCount = uLong(bytes.count)
    var streamCount = uLong(stream.count)
    let status = uncompress2(&bytes, &byteCount, stream, &streamCount)
    guard status == Z_OK, byteCount == count, streamCount == stream.count else { return nil }
    return Array(bytes.prefix(count))
}

/// zlib's own checksum of `count` bytes of one value: that of one byte, doubled and joined.
func zlibAdler(of value: UInt8, count: Int) -> UInt32 {
    var result: uLong = 1
    var power = uLong(adler32(1, [value], 1))
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
