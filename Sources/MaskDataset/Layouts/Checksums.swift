import FileAccess
import SystemPackage

/// `SHA256SUMS`: the SHA-256 of each file of the dataset, by path, as `sha256sum --check` reads it in the dataset's folder.
struct Checksums {
    /// How many files a task takes at once.
    private static let step = 256

    func write(_ work: LayoutContext) async throws(DataError) {
        let parts = work.plan.settings.parts.subtracting([work.part])
        let files: [FilePath]
        files = try Self.files(of: parts, in: work.staging.root)
        let texts = ResultList<[UInt8]>(count: (files.count + Self.step - 1) / Self.step)
        try await forEachConcurrently(
            (files.count + Self.step - 1) / Self.step, jobs: work.jobs, makeWorker: { true },
            { (_, number) throws(DataError) in
                var text: [UInt8] = []
                for file in files[(number * Self.step)...].prefix(Self.step) {
                    let path = work.staging.root.pushing(file)
                    let digest = try path.sha256()
                    text += Self.line(digest, file).utf8
                }
                texts.set(number, text)
            })
        try work.folder.writeFile(Array(texts.all.joined()))
    }

    /// All files of `parts`, relative to `root`, in the order of their paths' bytes.
    private static func files(of parts: Set<String>, in root: FilePath) throws(DataError) -> [FilePath] {
        var files: [FilePath] = []
        for part in parts {
            let path = root.appending(part)
            switch try path.kind() {
            case .folder: files += try path.filesBelow().map { FilePath(part).pushing($0) }
            case .file: files.append(FilePath(part))
            case .other, nil: break
            }
        }
        return files.map { ($0, Array($0.string.utf8)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }

    /// A line of the list: where a name has a backslash, it is doubled, and another begins the line.
    static func line(_ digest: String, _ file: FilePath) -> String {
        let name = file.string
        guard name.contains("\\") else { return "\(digest)  \(name)\n" }
        return
            "\\\(digest)  \(name.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\"))\n"
    }
}
