public import FileAccess
public import SystemPackage

/// A list of images after which masks are named.
public struct ImageList: Hashable, Sendable {
    /// The file of the list.
    public let path: FilePath
    /// The unique names of the images without folders and extensions, in the list's order.
    public let stems: [String]

    /// Reads a list with one path per line, in UTF-8; empty lines are ignored. The images themselves need not exist.
    ///
    /// - Throws: `DataError` if the list cannot be read or is empty, a line is not the path of a file, or the masks of two
    ///   images would have the same name.
    /// - Complexity: O(bytes)
    public init(_ path: FilePath) throws(DataError) {
        self.path = path
        var stems: [String] = []
        // By bytes: strings that look the same are equal, but can be the names of two files.
        var lines: [[UInt8]: Int] = [:]
        var bytes = try path.readFile(limit: 1 << 28)[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        for (index, bytes) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let number = index + 1
            guard let line = String(validating: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self) else {
                throw DataError(path, line: number, "not UTF-8; expected the path of an image in UTF-8")
            }
            if line.allSatisfy(\.isWhitespace) { continue }
            guard !line.contains("\0"), let stem = Self.stem(line), Self.isName(stem) else {
                throw DataError(
                    path, line: number, "\(line.debugDescription) is not a path; expected the path of an image")
            }
            if let first = lines.updateValue(number, forKey: Array(stem.utf8)) {
                throw DataError(
                    path, "lines \(first) and \(number) both name an image \(stem); expected unique names")
            }
            stems.append(stem)
        }
        guard !stems.isEmpty else { throw .nothingToDo(path, expected: "paths of images, one per line") }
        self.stems = stems
    }

    /// The name of the file at a path without its extension; nil if there is none. Paths of Windows are paths, too.
    private static func stem(_ path: String) -> String? {
        FilePath(String(path.map { $0 == "\\" ? "/" : $0 })).stem
    }

    /// Whether a mask can be named after an image: LaMa finds no hidden files, and a control character, as of a table, is
    /// hardly meant to be in a name.
    private static func isName(_ stem: String) -> Bool {
        !stem.isEmpty && !stem.hasPrefix(".") && stem.utf8.count <= 230
            && !stem.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    /// The names in a plan, which are from a list that was read before.
    init(stems: [String], in plan: FilePath) {
        path = plan
        self.stems = stems
    }

    /// A hash of the names, by which a resumed export recognizes a different list.
    var fingerprint: String { SHA256.digest(of: Array(stems.joined(separator: "\n").utf8)) }
}
