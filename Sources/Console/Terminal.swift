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
    /// Whether standard error is a terminal on which lines can be replaced.
    package static var isInteractive: Bool {
        guard isatty(STDERR_FILENO) == 1 else { return false }
        return unsafe getenv("TERM").map { unsafe String(cString: $0) } != "dumb"
    }

    /// Prepares the standard streams, before anything else is done.
    ///
    /// A write beyond the file size limit, and a write to a closed pipe, become errors that can be reported: by default,
    /// their signals end the process. A stream that is closed is opened such that its use fails: otherwise the next file
    /// that is opened would take its number, and what is printed would be written into it.
    package static func prepareStreams() {
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        for (stream, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(stream, F_GETFD) == -1 {
            // The lowest free number, as those below are open.
            _ = unsafe open("/dev/null", mode)
        }
    }

    /// Writes a line to standard error, with control characters escaped. If that fails, the message is lost, and the
    /// command continues.
    package static func printMessage(_ message: String) {
        writeMessage(message.escapingControls + "\n")
    }

    /// Writes a line to standard error in place of the progress bar, which reappears below it.
    package static func printMessageAboveProgressBar(_ message: String) {
        writeMessage((isInteractive ? "\r\u{1B}[K" : "") + message.escapingControls + "\n")
    }

    /// Writes text to standard error, without adding a line break.
    static func writeMessage(_ text: String) {
        do {
            _ = try FileDescriptor.standardError.writeAll(text.utf8)
        } catch {}
    }

    /// Writes lines for people to standard output, with control characters escaped.
    ///
    /// - Parameters:
    ///   - lines: The lines, without line breaks.
    ///   - exitCode: That of the command if they cannot be written.
    package static func writeLines(_ lines: [String], exitCode: Int32 = 1) throws {
        try writeData(Array(lines.map { $0.escapingControls + "\n" }.joined().utf8), exitCode: exitCode)
    }

    /// Writes text for programs to standard output.
    package static func writeData(_ text: String) throws {
        // Programs get the text as it is; a terminal would obey it. In JSON, the escapes mean the same.
        let isTerminal = isatty(STDOUT_FILENO) == 1
        try writeData(Array((isTerminal ? text.escapingControlsOfTexts : text).utf8))
    }

    /// Writes bytes to standard output.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - exitCode: That of the command if they cannot be written: to a full disk, or to a pipe that was closed.
    package static func writeData(_ bytes: [UInt8], exitCode: Int32 = 1) throws {
        do {
            _ = try FileDescriptor.standardOutput.writeAll(bytes)
        } catch {
            throw report("standard output: cannot be written: \(error)", exitCode: exitCode)
        }
    }

    /// Prints an error as one line and returns the error that ends the command.
    ///
    /// An invalid option or a chosen exit code is returned unchanged: the argument parser reports it.
    /// - Parameters:
    ///   - error: The error.
    ///   - exitCode: That of a failure; what another process holds has a code of its own, by which a scheduler tries
    ///     again.
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
