import CQDIMDHeader

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

// Memory that functions of qdimd.h return, and that the caller frees.

/// Copies text into memory that the caller frees, and ends it with a NUL.
func returnText(
    _ bytes: [UInt8], _ text: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ size: UnsafeMutablePointer<Int>?
) throws(CallError) {
    guard let text = unsafe text else { throw .null("text") }
    unsafe text.pointee = try copy(bytes + [0]).assumingMemoryBound(to: CChar.self)
    unsafe size?.pointee = bytes.count
}

/// Copies bytes into memory that the caller frees.
func copy(_ bytes: [UInt8]) throws(CallError) -> UnsafeMutableRawPointer {
    guard let memory = unsafe malloc(max(bytes.count, 1)) else { throw CallError(QDIMD_FAILED, "out of memory") }
    unsafe bytes.withUnsafeBytes {
        if let start = $0.baseAddress { unsafe memory.copyMemory(from: start, byteCount: $0.count) }
    }
    return unsafe memory
}

/// Frees what a function returned; `qdimd.h` documents the arguments.
@c @implementation
public func qdimd_free(_ memory: UnsafeMutableRawPointer?) { unsafe free(memory) }
