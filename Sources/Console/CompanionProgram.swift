package import FileAccess
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A program that stands in the folder of the running one.
package struct CompanionProgram {
    private let name: String
    private let path: FilePath

    /// The program called `name`, which may be missing.
    ///
    /// - Throws: `DataError` if the system does not tell where the running program is.
    package init(named name: String) throws(DataError) {
        self.name = name
        path = try Self.runningProgram().removingLastComponent().appending(name)
    }

    /// Runs the program with these arguments in the place of the running one: as the same process, so that the terminal,
    /// signals and the exit code are its own. Comes back only if it fails.
    ///
    /// - Throws: `DataError` if the program is missing or cannot be started.
    package func takeOver(arguments: [String]) throws(DataError) -> Never {
        // The task may run on a thread of Dispatch's, which blocks most signals, and what is blocked stays so.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)

        var texts: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) }
        texts.append(nil)
        _ = path.withPlatformString { execv($0, texts) }
        let failure = Errno(rawValue: errno)
        for text in texts { free(text) }
        throw DataError(
            path, "cannot be started: \(failure); expected what `swift build -c release --product \(name)` makes")
    }

    /// Where the running program is, links followed.
    private static func runningProgram() throws(DataError) -> FilePath {
        #if canImport(Darwin)
            var size: UInt32 = 0
            _NSGetExecutablePath(nil, &size)
            var given = [CChar](repeating: 0, count: Int(size))
            _NSGetExecutablePath(&given, &size)
            let link = FilePath(platformString: given)
        #else
            let link: FilePath = "/proc/self/exe"
        #endif
        guard let target = link.withPlatformString({ realpath($0, nil) }) else {
            throw DataError(link, "cannot be followed: \(Errno(rawValue: errno))")
        }
        defer { free(target) }
        return FilePath(platformString: target)
    }
}
