import Foundation

/// Real Quick, Draw! files, where the environment says that there are some.
enum RealDrawings {
    /// A file there.
    static func file(_ name: String) -> URL {
        URL(filePath: ProcessInfo.processInfo.environment["QUICKDRAW_DIR"] ?? "").appending(path: name)
    }

    /// All ndjson files in and below a folder there, sorted.
    static func files(_ folder: String) -> [URL] {
        let folder = file(folder)
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".ndjson") }.map { folder.appending(path: $0) }
    }

    /// Whether there are any.
    static var areProvided: Bool { FileManager.default.fileExists(atPath: file("simplified").path) }
}
