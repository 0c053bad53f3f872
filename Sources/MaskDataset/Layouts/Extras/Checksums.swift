import FileAccess
import SystemPackage

/// `SHA256SUMS`: the SHA-256 of each file of the dataset, sorted by path, for `sha256sum --check` in the dataset's folder.
struct Checksums {
    /// The number of files that a task reads at once.
    private static let batchSize = 256

    func write(_ context: LayoutContext) async throws(DataError) {
        let entries = context.plan.settings.entries.subtracting([context.entry])
        let files = try Self.files(of: entries, in: context.staging.root)
        let batchCount = (files.count + Self.batchSize - 1) / Self.batchSize
        let texts = ResultList<[UInt8]>(count: batchCount)
        try await forEachConcurrently(
            batchCount, jobs: context.jobs,
            { (number) throws(DataError) in
                var text: [UInt8] = []
                for file in files[(number * Self.batchSize)...].prefix(Self.batchSize) {
                    let path = context.staging.root.pushing(file)
                    let digest = try path.sha256()
                    text += Self.line(digest, file).utf8
                }
                texts.set(number, text)
            })
        try context.folder.writeFile(Array(texts.all.joined()))
    }

    /// Returns all files in `entries`, relative to `root`, sorted by the bytes of their paths.
    private static func files(of entries: Set<String>, in root: FilePath) throws(DataError) -> [FilePath] {
        var files: [FilePath] = []
        for entry in entries {
            let path = root.appending(entry)
            switch try path.kind() {
            case .folder: files += try path.filesBelow().map { FilePath(entry).pushing($0) }
            case .file: files.append(FilePath(entry))
            case .other, nil: break
            }
        }
        return files.map { ($0, Array($0.string.utf8)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }

    /// A line of the list. Backslashes in the name are doubled, and such a line starts with another backslash.
    static func line(_ digest: String, _ file: FilePath) -> String {
        let name = file.string
        guard name.contains("\\") else { return "\(digest)  \(name)\n" }
        return
            "\\\(digest)  \(name.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\"))\n"
    }
}
