import CZlib

/// The container of a deflate stream.
enum ZlibContainer: Int32 {
    /// None, as in a zip archive.
    case none = -15
    case zlib = 15
    case gzip = 31
}

/// The bytes, compressed by zlib; none if it fails.
func compressed(_ bytes: [UInt8], as container: ZlibContainer, level: Int32 = 6) -> [UInt8] {
    var stream = unsafe z_stream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard
        unsafe deflateInit2_(
            &stream, level, Z_DEFLATED, container.rawValue, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    else { return [] }
    defer { unsafe deflateEnd(&stream) }
    var input = bytes
    var output = unsafe [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let count = unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe stream.next_in = input.baseAddress
            unsafe stream.avail_in = UInt32(input.count)
            unsafe stream.next_out = output.baseAddress
            unsafe stream.avail_out = UInt32(output.count)
            unsafe deflate(&stream, Z_FINISH)
            return unsafe output.count - Int(stream.avail_out)
        }
    }
    return Array(output[..<count])
}
