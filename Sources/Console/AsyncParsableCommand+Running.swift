package import ArgumentParser

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension AsyncParsableCommand {
    /// Runs the command with the arguments of the process, and exits.
    ///
    /// The argument parser's own `main` ignores failed writes, and prints control characters of invalid arguments.
    package static func runAndExit() async -> Never {
        Terminal.prepareStreams()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            exit(withError: ExitCode.success)
        } catch {
            let message = fullMessage(for: error)
            var code = exitCode(for: error).rawValue
            if code == EXIT_SUCCESS {
                // The help or the version.
                do {
                    try Terminal.writeData(message.isEmpty ? "" : message + "\n")
                } catch {
                    code = exitCode(for: error).rawValue
                }
            } else {
                for line in message.split(separator: "\n", omittingEmptySubsequences: false) where !message.isEmpty {
                    Terminal.printMessage(String(line))
                }
            }
            exit(withError: ExitCode(code))
        }
    }
}
