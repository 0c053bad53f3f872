import CMemoryLimit

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The memory that the process may use, where it is limited (`ulimit -v`).
package enum AddressSpaceLimit {
    /// The memory of a thread's stack.
    private static let stackSize = 8 << 20
    /// The memory that every command needs beside stacks.
    private static let minimum = 16 << 20

    /// Ends the process with a message if its memory is limited and not enough to start its threads; later, if it is
    /// exhausted.
    ///
    /// Otherwise, the first would make the process wait forever, and the second crash.
    ///
    /// - Parameter exitCode: That of the process if its memory is exhausted.
    package static func prepareForLimit(exitCode: Int32) {
        let (limit, used) = (Int(qdmemory_limit()), Int(qdmemory_used()))
        guard limit >= 0 else { return }
        let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 3
        let needed = used + minimum + threads * stackSize
        guard used < 0 || limit >= needed else {
            Terminal.printMessage(
                "out of memory: the limit of the address space (ulimit -v) is \(limit >> 10) kB; expected at least "
                    + "\(needed >> 10)")
            exit(exitCode)
        }
        qdmemory_report_exhaustion(exitCode)
    }
}
