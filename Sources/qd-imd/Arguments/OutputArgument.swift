import ArgumentParser
import Console
import FileAccess
import MaskDataset
import SystemPackage

/// Where a command writes its only file: a path, or `-` for standard output.
enum OutputArgument: ExpressibleByArgument, CustomStringConvertible {
    case file(FilePath)
    case standardOutput

    init?(argument: String) {
        if argument == "-" {
            self = .standardOutput
        } else if let path = FilePath(argument: argument) {
            self = path.isStandardOutput ? .standardOutput : .file(path)
        } else {
            return nil
        }
    }

    var isStandardOutput: Bool { if case .standardOutput = self { true } else { false } }

    /// The path; nil for standard output.
    var path: FilePath? { if case .file(let path) = self { path } else { nil } }

    var description: String {
        switch self {
        case .file(let path): path.string
        case .standardOutput: "standard output"
        }
    }

    /// Rejects an existing file that may not be replaced, and a folder. Links are followed; a pipe or a device is
    /// written to.
    func check(overwrite: Bool) throws {
        try path?.checkOutput(replaces: overwrite)
    }

    /// The same, and rejects one of the inputs, and the parts of a dataset.
    func check(overwrite: Bool, inputs: OverwriteCheck) throws {
        guard let path else { return }
        try inputs.check(path, replaces: overwrite)
    }

    /// Writes the whole file. An existing one is replaced when the new one is complete.
    ///
    /// - Parameters:
    ///   - bytes: The contents.
    ///   - exitCode: That of the command if standard output cannot be written.
    func write(_ bytes: [UInt8], exitCode: Int32 = 1) throws {
        switch self {
        case .file(let path):
            path.removeAbandonedOutput()
            try path.writeFile(bytes)
        case .standardOutput: try Terminal.writeData(bytes, exitCode: exitCode)
        }
    }
}

extension FilePath {
    /// Whether the path is another name of standard output: `/dev/stdout`.
    fileprivate var isStandardOutput: Bool {
        do {
            return try outputDestination() == .descriptor(FileDescriptor.standardOutput.rawValue)
        } catch {
            // Writing reports the error.
            return false
        }
    }
}
