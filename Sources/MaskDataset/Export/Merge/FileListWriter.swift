import FileAccess
import MaskModel
import SystemPackage

/// Writes the list of a dataset's files with their SHA-256, sorted by path: `SHA256SUMS`, or a hidden file if that is not
/// requested.
///
/// The checksums of what the shards wrote are those of their records, from when the bytes were in memory. Other files are
/// read, but for those that are known.
struct FileListWriter {
    private let plan: ExportPlan
    private let workspace: ExportWorkspace
    private let root: FilePath
    private let jobs: Int
    private let known: [FilePath: SHA256.Digest]
    /// The files that no shard recorded, by their entries in the dataset's folder, relative to that folder; all but the
    /// manifest.
    private let otherFiles: [String: [FilePath]]

    /// The number of files that a task reads at once.
    private static let batchSize = 256

    /// Finds the files of a merged dataset that has everything but its manifest.
    ///
    /// - Parameters:
    ///   - plan: The plan of the dataset.
    ///   - workspace: The workspace with the records of all shards.
    ///   - merged: The merged dataset; the files that shards wrote need not be there.
    ///   - jobs: The number of tasks, at least 1.
    ///   - known: The SHA-256 of files that this process wrote, from when their bytes were in memory.
    init(
        plan: ExportPlan, workspace: ExportWorkspace, merged: DatasetPaths, jobs: Int,
        known: [FilePath: SHA256.Digest]
    ) throws(DataError) {
        (self.plan, self.workspace, self.jobs, self.known) = (plan, workspace, jobs, known)
        root = merged.root
        let tars = plan.settings.shardTars
        var files: [String: [FilePath]] = [:]
        let others = plan.settings.entries.subtracting([plan.settings.fileListEntry, DatasetPaths.manifestName])
        for entry in others where Self.recordedNames(of: entry, tars).isEmpty {
            files[entry] = try Self.files(of: entry, in: merged.root)
        }
        otherFiles = files
    }

    /// The number of files of the dataset, with its manifest, without the list.
    var fileCount: Int {
        let settings = plan.settings
        var count = 1 + otherFiles.values.reduce(0) { $0 + $1.count }
        for names in settings.entries.flatMap({ Self.recordedNames(of: $0, settings.shardTars) }) {
            let masks = settings.count(of: names.split)
            count += settings.shardTars.map { DatasetPaths.tarCount(of: masks, masksPerTar: $0.masksPerTar) } ?? masks
        }
        return count
    }

    /// Writes the list.
    func write() async throws(DataError) {
        let path = root.appending(plan.settings.fileListEntry)
        try path.removeTree()
        var output = try SequentialFile(path)
        let entries = plan.settings.entries.subtracting([plan.settings.fileListEntry])
        for entry in entries.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            for names in Self.recordedNames(of: entry, plan.settings.shardTars) { try append(names, to: &output) }
            let isManifest = entry == DatasetPaths.manifestName
            try await append(isManifest ? [FilePath(entry)] : otherFiles[entry] ?? [], in: root, to: &output)
        }
        try output.close()
    }

    /// The names of files that shards record: a prefix, the number, and an ending.
    private typealias Names = (prefix: String, ending: String, split: Split)

    /// The names of recorded files in an entry of the dataset's folder, sorted; none if its files are not recorded.
    private static func recordedNames(of entry: String, _ tars: ShardTars?) -> [Names] {
        if let tars {
            guard entry == tars.folder else { return [] }
            return [("\(entry)/test-", ".tar", .test), ("\(entry)/train-", ".tar", .train)]
        }
        switch entry {
        case "train": return [("train/", "_train.png", .train)]
        case "test": return [("test/", "_test.png", .test)]
        case "svg": return [("svg/test/", "_test.svg", .test), ("svg/train/", "_train.svg", .train)]
        default: return []
        }
    }

    private func append(_ names: Names, to output: inout SequentialFile) throws(DataError) {
        var files = SortedShardFiles(
            names.prefix, ending: names.ending, digits: plan.settings.shardTars?.digits ?? DatasetPaths.digits,
            of: names.split, in: plan, workspace)
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
        let texts = OrderedResults<[UInt8]>(count: batchCount)
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
