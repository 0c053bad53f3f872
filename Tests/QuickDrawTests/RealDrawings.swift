import Foundation

/// Real Quick, Draw! files in the folder `QUICKDRAW_DIR`.
enum RealDrawings {
    /// A file in the folder.
    static func file(_ name: String) -> URL {
        URL(filePath: ProcessInfo.processInfo.environment["QUICKDRAW_DIR"] ?? "").appending(path: name)
    }

    /// All ndjson files below a folder, sorted.
    static func files(_ folder: String) -> [URL] {
        let folder = file(folder)
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".ndjson") }.map { folder.appending(path: $0) }
    }

    /// Whether the folder exists.
    static var areProvided: Bool { FileManager.default.fileExists(atPath: file("simplified").path) }
}
