import FileAccess
import MaskModel
import SystemPackage

/// Writes the list of a dataset's files with their SHA-256, sorted by path: `SHA256SUMS`, or a hidden file if that is not
/// requested.
///
/// The checksums of what the shards wrote are those of their records, from when the bytes were in memory. Other files are
/// read, but for those that are known.
struct FileListWriter {
    let plan: ExportPlan
    let workspace: ExportWorkspace
    let jobs: Int
    /// The SHA-256 of files that this process wrote, from when their bytes were in memory.
    let known: [FilePath: SHA256.Digest]

    /// The number of files that a task reads at once.
    private static let batchSize = 256

    func write() async throws(DataError) {
        let root = workspace.merged.root
        let entries = plan.settings.entries.subtracting([plan.settings.fileListEntry])
        let path = root.appending(plan.settings.fileListEntry)
        try path.removeTree()
        var output = try SequentialFile(path)
        for entry in entries.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            switch entry {
            case "train": try append("train/", "_train.png", of: .train, to: &output)
            case "test": try append("test/", "_test.png", of: .test, to: &output)
            case "svg":
                try append("svg/test/", "_test.svg", of: .test, to: &output)
                try append("svg/train/", "_train.svg", of: .train, to: &output)
            case "tar":
                try append("tar/test-", ".tar", of: .test, to: &output)
                try append("tar/train-", ".tar", of: .train, to: &output)
            default: try await append(try Self.files(of: entry, in: root), in: root, to: &output)
            }
        }
        try output.close()
    }

    private func append(
        _ prefix: String, _ ending: String, of split: Split, to output: inout SequentialFile
    ) throws(DataError) {
        var files = RecordedFiles(prefix, ending: ending, of: split, in: plan, workspace)
        var text: [UInt8] = []
        while let file = try files.next() {
            // Paths of masks have no characters to escape.
            file.digest.append(to: &text)
            text += "  \(file.path)\n".utf8
            if text.count > 1 << 16 {
                try output.append(text)
                text.removeAll(keepingCapacity: true)
            }
        }
        try output.append(text)
    }

    private func append(
        _ files: [FilePath], in root: FilePath, to output: inout SequentialFile
    ) async throws(DataError) {
        let batchCount = (files.count + Self.batchSize - 1) / Self.batchSize
        let texts = ResultList<[UInt8]>(count: batchCount)
        try await forEachConcurrently(
            batchCount, jobs: jobs,
            { (number) throws(DataError) in
                var text: [UInt8] = []
                for file in files[(number * Self.batchSize)...].prefix(Self.batchSize) {
                    let path = root.pushing(file)
                    let digest = if let known = known[path] { known } else { try path.sizeAndDigest().digest }
                    text += FileList.line(digest.description, file.string).utf8
                }
                texts.set(number, text)
            })
        for text in texts.all { try output.append(text) }
    }

    /// Returns all files in `entry`, relative to `root`, sorted by the bytes of their paths.
    private static func files(of entry: String, in root: FilePath) throws(DataError) -> [FilePath] {
        let path = root.appending(entry)
        switch try path.kind() {
        case .folder:
            return try path.filesBelow().map { FilePath(entry).pushing($0) }
                .map { ($0, Array($0.string.utf8)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
        case .file: return [FilePath(entry)]
        case .other, nil: return []
        }
    }
}
