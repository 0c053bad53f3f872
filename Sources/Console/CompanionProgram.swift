package import FileAccess
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An executable in the same folder as the running one.
package struct CompanionProgram {
    private let name: String
    private let path: FilePath

    /// The executable called `name`, whether or not it exists.
    ///
    /// - Throws: `DataError` if the system does not report the path of the running executable.
    package init(named name: String) throws(DataError) {
        self.name = name
        path = try Self.runningExecutable().removingLastComponent().appending(name)
    }

    /// Replaces the running program with this one, in the same process: the terminal, signals, and the exit code are
    /// those of the new program. Returns only by throwing.
    ///
    /// - Throws: `DataError` if the executable is missing or cannot be started.
    package func replaceCurrentProcess(arguments: [String]) throws(DataError) -> Never {
        // The task may run on a Dispatch thread, which blocks most signals, and the new program inherits that mask.
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, nil)

        var texts: [UnsafeMutablePointer<CChar>?] = unsafe ([name] + arguments).map { unsafe strdup($0) }
        unsafe texts.append(nil)
        _ = unsafe path.withPlatformString { unsafe execv($0, texts) }
        let error = Errno(rawValue: errno)
        unsafe texts.forEach { unsafe free($0) }
        throw DataError(
            path,
            "cannot be started: \(error); expected \(name) beside the running program "
                + "(build it with: swift build -c release --product \(name))")
    }

    /// The path of the running executable, with symbolic links resolved.
    private static func runningExecutable() throws(DataError) -> FilePath {
        #if canImport(Darwin)
            var size: UInt32 = 0
            _NSGetExecutablePath(nil, &size)
            var buffer = [CChar](repeating: 0, count: Int(size))
            _NSGetExecutablePath(&buffer, &size)
            let link = FilePath(platformString: buffer)
        #else
            let link: FilePath = "/proc/self/exe"
        #endif
        return try link.resolved()
    }
}
