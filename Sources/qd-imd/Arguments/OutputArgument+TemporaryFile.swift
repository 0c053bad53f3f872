import Console
import FileAccess
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension OutputArgument {
    /// Calls `body` with the path of a file that it can write in any order; if the target is a pipe, a device, or standard
    /// output, that is a temporary file whose bytes are then written there.
    func writeFile<Result>(_ body: (FilePath) async throws -> Result) async throws -> Result {
        if let path, try path.outputDestination().isReplaceable { return try await body(path) }
        let folder = try Self.temporaryFolder()
        defer { Self.remove(folder) }
        let file = folder.appending("output")
        let result = try await body(file)
        // A pipe is opened last: until then, its reader waits.
        let stream = try path.map { try OutputFile($0, isFlushed: false) }
        var position = 0
        while true {
            let chunk = try file.readBytes(at: position, count: 1 << 20)
            if chunk.isEmpty { break }
            if stream == nil { try Terminal.writeData(chunk) } else { try stream?.write(chunk) }
            position += chunk.count
        }
        try stream?.commit()
        return result
    }

    /// Creates a folder that nobody else can read, where the system has its temporary files.
    private static func temporaryFolder() throws -> FilePath {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var name = Array(FilePath(parent).appending("qd-imd-XXXXXX").string.utf8CString)
        guard unsafe mkdtemp(&name) != nil else {
            throw DataError(FilePath(parent), "cannot be written: \(Errno(rawValue: errno))")
        }
        return FilePath(String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    private static func remove(_ folder: FilePath) {
        do {
            try folder.removeTree()
        } catch {
            // What is left is a temporary file.
        }
    }
}
