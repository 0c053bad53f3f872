package import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FilePath {
    /// Opens a file, pipe, or device for reading, without waiting forever for a program that writes to a named pipe.
    ///
    /// - Parameter patience: How long to wait for such a program, in milliseconds; it may still be starting.
    /// - Returns: The open file, its properties, and the bytes that were read from it already: none or one.
    /// - Throws: `DataError` if the file cannot be opened, or no program writes to the pipe.
    package func openStream(
        patience: Int = 5000
    ) throws(DataError) -> (file: FileDescriptor, status: Stat, beginning: [UInt8]) {
        let file = try attempt("cannot be opened") {
            try FileDescriptor.open(self, .readOnly, options: [.nonBlocking])
        }
        do throws(DataError) {
            let status = try attempt("cannot be examined") { try Stat(file) }
            // The flag has no effect on these.
            if status.type == .regular || status.type == .directory { return (file, status, []) }
            let beginning = status.type == .fifo ? try waitForWriter(of: file, patience: patience) : []
            try attempt("cannot be read") {
                let flags = fcntl(file.rawValue, F_GETFL)
                return flags == -1 ? -1 : fcntl(file.rawValue, F_SETFL, flags & ~O_NONBLOCK)
            }
            return (file, status, beginning)
        } catch {
            _ = close(file.rawValue)
            throw error
        }
    }

    /// Waits until a program has opened the pipe to write to it, and returns the byte that shows it.
    private func waitForWriter(of file: FileDescriptor, patience: Int) throws(DataError) -> [UInt8] {
        let step = 20
        for _ in 0...patience / step {
            // A pipe without bytes ends if it has no writer, and fails if its writer is silent so far.
            var byte: UInt8 = 0
            let count = unsafe read(file.rawValue, &byte, 1)
            if count == 1 { return [byte] }
            if count == -1 { return [] }
            // After a writer has left, the pipe hangs up.
            var state = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&state, 1, 0) > 0 { return [] }
            usleep(useconds_t(1000 * step))
        }
        throw DataError(self, "is a pipe that no program writes to; expected a file")
    }
}
