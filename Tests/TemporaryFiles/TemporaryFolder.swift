import Foundation
public import SystemPackage

/// A new folder for the files of one test, removed with its contents when the last reference is released.
///
/// It uses Foundation and gzip, which are independent of the project's own file access. Paths are strings inside: those of
/// swift-system cost ten times as much in a build without optimization, and tests read many files.
public final class TemporaryFolder: Sendable {
    /// The path of the folder, with links resolved.
    public let path: FilePath
    private let root: String

    /// Creates a folder among the system's temporary files.
    public init() throws {
        // A link in the path (`/tmp` on macOS) would make equal paths look different.
        let place = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        var name = Array("\(place)/qd-imd-tests-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&name) != nil else { throw CocoaError(.fileWriteUnknown) }
        root = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = FilePath(root)
    }

    deinit {
        // The system removes remaining temporary files.
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Writes a file, and creates missing folders above it.
    @discardableResult
    public func file(_ name: String, _ contents: String) throws -> FilePath {
        try file(name, bytes: Array(contents.utf8))
    }

    /// The same for contents that are not text.
    @discardableResult
    public func file(_ name: String, bytes: [UInt8]) throws -> FilePath {
        let file = "\(root)/\(name)"
        let parent = String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.startIndex))
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: file))
        return FilePath(file)
    }

    /// Writes a file that gzip compresses to `name`, which must end in `.gz`.
    public func gzipped(_ name: String, _ contents: String) throws -> FilePath {
        let plain = try file(String(name.dropLast(3)), contents)
        try run("gzip", "-n", plain.string)
        return path.appending(name)
    }

    /// Creates the tar file `name` of files of the folder, using the system's tar.
    ///
    /// - Parameter options: More options of tar, such as `--format=pax`.
    @discardableResult
    public func tar(_ name: String, of names: [String], options: [String] = []) throws -> FilePath {
        try run("tar", ["-C", path.string, "-cf", path.appending(name).string] + options + names)
        return path.appending(name)
    }

    private func run(_ program: String, _ arguments: String...) throws {
        try run(program, arguments)
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }

    /// Creates a folder, and missing folders above it.
    @discardableResult
    public func folder(name: String) throws -> FilePath {
        let folder = name.isEmpty ? path : path.appending(name)
        try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        return folder
    }

    /// Creates a symbolic link to `target`.
    @discardableResult
    public func link(_ name: String, to target: String) throws -> FilePath {
        let link = path.appending(name)
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: target)
        return link
    }

    /// The text of a file in the folder.
    public func text(of name: String) throws -> String {
        String(decoding: try bytes(of: name), as: UTF8.self)
    }

    /// The bytes of a file in the folder.
    public func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(root)/\(name)")))
    }

    /// The bytes of each regular file below the folder `name`, hidden ones too, by its path from there; none if there is no such
    /// folder.
    public func files(in name: String) throws -> [String: [UInt8]] {
        let folder = "\(root)/\(name)"
        var files: [String: [UInt8]] = [:]
        guard FileManager.default.fileExists(atPath: folder) else { return files }
        for entry in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let file = "\(folder)/\(entry)"
            let kind = try FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType
            if kind == .typeRegular { files[entry] = Array(try Data(contentsOf: URL(filePath: file))) }
        }
        return files
    }

    /// All files, folders, and links below the folder, including hidden ones, sorted.
    public func names() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
    }
}
