import ArgumentParser
import FileAccess
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The standard streams: messages go to standard error, data to standard output.
package enum Terminal {
    /// Whether standard error is a terminal.
    package static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Turns a write beyond the file size limit, and a write to a closed pipe, into errors that can be reported: by
    /// default, their signals end the process.
    package static func ignoreWriteSignals() {
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Writes a line to standard error. If that fails, the message is lost, and the command continues.
    package static func printMessage(_ message: String) {
        writeMessage(message + "\n")
    }

    /// Writes a line to standard error in place of the progress bar, which reappears below it.
    package static func printMessageAboveProgressBar(_ message: String) {
        printMessage((isInteractive ? "\r\u{1B}[K" : "") + message)
    }

    /// Writes text to standard error, without adding a line break.
    static func writeMessage(_ text: String) {
        do {
            _ = try FileDescriptor.standardError.writeAll(text.utf8)
        } catch {}
    }

    /// Writes text to standard output. A closed pipe is not an error: `qd-imd inspect masks | head` is common use.
    package static func writeData(_ text: String) throws {
        try writeData(Array(text.utf8))
    }

    /// Writes bytes to standard output. A closed pipe is not an error.
    package static func writeData(_ bytes: [UInt8]) throws {
        do {
            _ = try FileDescriptor.standardOutput.writeAll(bytes)
        } catch Errno.brokenPipe {
        } catch {
            throw report("standard output: cannot be written: \(error)")
        }
    }

    /// Prints an error as one line and returns the error that ends the command with `exitCode`.
    ///
    /// An invalid option or a chosen exit code is returned unchanged: the argument parser reports it.
    package static func report(_ error: any Error, exitCode: Int32 = 1) -> any Error {
        if error is ValidationError || error is ExitCode { return error }
        let isTemporary = (error as? DataError)?.kind == .unavailable
        return report("\(error)", exitCode: isTemporary ? temporaryFailure : exitCode)
    }

    /// The exit code of a failure after which the same command can succeed later (`EX_TEMPFAIL` of sysexits.h).
    private static let temporaryFailure: Int32 = 75

    private static func report(_ message: String, exitCode: Int32 = 1) -> any Error {
        printMessage(message)
        return ExitCode(exitCode)
    }
}
