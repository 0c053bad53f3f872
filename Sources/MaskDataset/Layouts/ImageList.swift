public import FileAccess
public import SystemPackage

/// The names of images that masks are to be named after.
public struct ImageList: Hashable, Sendable {
    /// The list, as it was given.
    public let path: FilePath
    /// The names of the images without folders and endings, in the list's order; all differ.
    public let stems: [String]

    /// Reads a list of one path a line; empty lines are passed over. The images themselves are not looked for.
    ///
    /// - Throws: `DataError` if the list cannot be read or has no path, if a path is none of a file, or if two images
    ///   would have masks of one name.
    /// - Complexity: O(bytes)
    public init(_ path: FilePath) throws(DataError) {
        self.path = path
        var stems: [String] = []
        var lines: [String: Int] = [:]
        let bytes = try path.readFile(limit: 1 << 28)
        for (index, bytes) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let number = index + 1
            let line = String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
            if line.allSatisfy(\.isWhitespace) { continue }
            guard let stem = FilePath(line).stem, !stem.isEmpty, !stem.hasPrefix("."), stem.utf8.count <= 230,
                !stem.contains("\0")
            else {
                throw DataError(path, "line \(number) is \(line.debugDescription); expected the path of an image")
            }
            if let first = lines.updateValue(number, forKey: stem) {
                throw DataError(
                    path, "lines \(first) and \(number) both have an image named \(stem); expected different names")
            }
            stems.append(stem)
        }
        guard !stems.isEmpty else { throw .nothingToDo(path, expected: "paths of images, one a line") }
        self.stems = stems
    }

    /// What an export that is gone on with compares.
    var fingerprint: String { SHA256.digest(of: Array(stems.joined(separator: "\n").utf8)) }
}
