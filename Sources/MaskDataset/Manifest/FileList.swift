import FileAccess
import SystemPackage

/// The files of a dataset with their SHA-256, as `sha256sum --check` reads them.
struct FileList: Sendable {
    /// The list's own file.
    let path: FilePath
    /// The files in the order of the list.
    private(set) var files: [(path: String, digest: SHA256.Digest)] = []

    /// The path of the list of the dataset in a folder; nil if there is none.
    ///
    /// A `SHA256SUMS` beside a hidden list, or in a dataset that was made without one, is the user's.
    /// - Parameter manifest: The dataset's; nil if it is corrupt.
    static func path(in dataset: DatasetPaths, _ manifest: DatasetManifest?) throws(DataError) -> FilePath? {
        let (hidden, visible) = (
            dataset.root.appending(DatasetPaths.fileListName), dataset.root.appending(DatasetExtra.checksums.entry)
        )
        if try hidden.status()?.kind == .file { return hidden }
        guard manifest?.extras.contains(.checksums) ?? true else { return nil }
        return try visible.status()?.kind == .file ? visible : nil
    }

    /// Reads a list.
    ///
    /// - Throws: `DataError` if it is corrupt: a line that is not one of a list, names a path outside the dataset's
    ///   entries, or is not in order.
    init(at path: FilePath) throws(DataError) {
        self.path = path
        let bytes = try path.readFile()
        var number = 0
        for line in bytes.split(separator: 0x0A) {
            number += 1
            guard let file = Self.file(line) else {
                throw DataError(
                    path, line: number, "not a line of checksums; expected a SHA-256 and the path of a file")
            }
            if let last = files.last?.path, !last.utf8.lexicographicallyPrecedes(file.path.utf8) {
                throw DataError(
                    path, line: number, "names \(file.path) after \(last); expected each file once, in order")
            }
            files.append(file)
        }
        guard !files.isEmpty, bytes.last == 0x0A else {
            throw DataError(path, "is empty or ends within a line; expected the checksums of all files")
        }
    }

    /// A line of the list. Backslashes in the name are doubled, and such a line starts with another backslash.
    static func line(_ digest: String, _ file: String) -> String {
        guard file.utf8.contains(UInt8(ascii: "\\")) else { return "\(digest)  \(file)\n" }
        return
            "\\\(digest)  \(file.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\"))\n"
    }

    private static func file(_ line: ArraySlice<UInt8>) -> (path: String, digest: SHA256.Digest)? {
        let isEscaped = line.first == UInt8(ascii: "\\")
        let text = isEscaped ? line.dropFirst() : line
        guard text.count > 66, let digest = SHA256.Digest(text.prefix(64)),
            text.dropFirst(64).prefix(2).elementsEqual("  ".utf8),
            var path = String(validating: text.dropFirst(66), as: UTF8.self)
        else { return nil }
        if isEscaped { path = path.split(separator: "\\\\", omittingEmptySubsequences: false).joined(separator: "\\") }
        let components = path.split(separator: "/", omittingEmptySubsequences: false)
        guard components.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), !path.contains("\0"),
            DatasetPaths.entries.contains(String(components[0]))
        else { return nil }
        return (path, digest)
    }
}
