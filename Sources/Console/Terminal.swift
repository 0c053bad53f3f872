import ArgumentParser
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What goes to people: words on standard error, data on standard output.
package enum Terminal {
    /// Whether somebody looks at the words as they come.
    package static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Makes a file that may not grow and a reader that has gone away errors to report, not to die of.
    package static func outliveFailedWrites() {
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Writes a line of words. That they cannot be written is no reason to stop.
    package static func say(_ words: String) {
        show(words + "\n")
    }

    /// Writes a line of words in the place of a bar, which comes again below it.
    package static func sayAboveBar(_ words: String) {
        say((isInteractive ? "\r\u{1B}[K" : "") + words)
    }

    /// Writes words as they are.
    static func show(_ words: String) {
        do {
            _ = try FileDescriptor.standardError.writeAll(words.utf8)
        } catch {}
    }

    /// Writes data. A reader that has gone away is no failure.
    package static func output(_ data: String) throws {
        do {
            _ = try FileDescriptor.standardOutput.writeAll(data.utf8)
        } catch Errno.brokenPipe {
        } catch {
            throw failure("standard output: cannot be written: \(error)")
        }
    }

    /// Says what went wrong, in one line, and ends the command with `code`.
    package static func failure(_ error: any Error, code: Int32 = 1) -> any Error {
        error is ValidationError || error is ExitCode ? error : failure("\(error)", code: code)
    }

    private static func failure(_ problem: String, code: Int32 = 1) -> any Error {
        say(problem)
        return ExitCode(code)
    }
}
