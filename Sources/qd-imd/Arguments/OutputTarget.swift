import ArgumentParser
import Console
import FileAccess
import SystemPackage

/// Where a command writes its only file: a path, or `-` for standard output.
enum OutputTarget: ExpressibleByArgument, CustomStringConvertible {
    case file(FilePath)
    case standardOutput

    init?(argument: String) {
        if argument == "-" {
            self = .standardOutput
        } else if let path = FilePath(argument: argument) {
            self = .file(path)
        } else {
            return nil
        }
    }

    var isStandardOutput: Bool { if case .standardOutput = self { true } else { false } }

    var description: String {
        switch self {
        case .file(let path): path.string
        case .standardOutput: "standard output"
        }
    }

    /// Rejects an existing file that may not be replaced, and anything that is not a file.
    func check(overwrite: Bool) throws {
        guard case .file(let path) = self else { return }
        switch try path.kind() {
        case nil: break
        case .file: if !overwrite { throw DataError(path, "already exists; expected a new file, or --overwrite") }
        case .folder: throw DataError(path, "is a folder; expected a file")
        case .other: throw DataError(path, "is not a regular file; expected a new file")
        }
    }

    /// Writes the whole file. An existing one is replaced when the new one is complete.
    func write(_ bytes: [UInt8]) throws {
        switch self {
        case .file(let path): try path.writeFile(bytes)
        case .standardOutput: try Terminal.writeData(bytes)
        }
    }
}
