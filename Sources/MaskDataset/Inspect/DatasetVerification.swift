public import FileAccess
import Synchronization
public import SystemPackage

/// Whether a dataset consists of exactly the files that were generated.
public struct DatasetVerification: Sendable {
    /// The number of files in the dataset's list.
    public let fileCount: Int
    /// What is wrong with files of the list, in its order: missing ones, and ones with other contents.
    public let problems: [DataError]
    /// Files in the dataset's folders that are not in its list.
    public let foreignFiles: [FilePath]

    /// Whether all files of the list are as they were generated.
    public var isIntact: Bool { problems.isEmpty }

    /// The number of files, missing from the list, that are reported.
    private static let missingLimit = 100_000
    /// The number of files that a task compares at a time.
    private static let batchSize = 64

    /// Compares all files of the dataset in `folder` with the checksums from when they were generated.
    ///
    /// - Parameters:
    ///   - folder: The dataset's folder.
    ///   - jobs: The number of tasks, at least 1.
    ///   - progress: Counts the files.
    /// - Throws: `DataError` if there is no dataset with checksums in the folder.
    /// - Complexity: O(bytes)
    public init(of folder: FilePath, jobs: Int, progress: WorkProgress) async throws(DataError) {
        let dataset = DatasetPaths(root: folder)
        guard try dataset.manifest.kind() == .file else {
            throw DataError(
                folder,
                try dataset.workspaces.kind() != nil
                    ? "contains an unfinished export; expected a dataset"
                    : "contains no dataset.json; expected a dataset")
        }
        var manifest: DatasetManifest?
        do throws(DataError) {
            manifest = try DatasetManifest(dataset.manifest)
        } catch {
            // The list says whether it is as it was generated.
        }
        guard let path = try FileList.path(in: dataset, manifest) else {
            throw DataError(
                folder,
                "has no list of checksums, \(DatasetExtra.checksums.entry) or \(DatasetPaths.fileListName); "
                    + "expected that of a dataset of version 3")
        }
        let list: FileList
        do throws(DataError) {
            list = try FileList(at: path)
        } catch {
            (fileCount, problems, foreignFiles) = (0, [error], [])
            return
        }
        let files = list.files
        fileCount = files.count
        progress.begin(total: files.count)
        let found = Mutex<[Int: [DataError]]>([:])
        let batchCount = (files.count + Self.batchSize - 1) / Self.batchSize
        try await forEachConcurrently(batchCount, jobs: jobs) { (number) throws(DataError) in
            let batch = files[(number * Self.batchSize)...].prefix(Self.batchSize)
            let problems = batch.compactMap { Self.problem(of: $0.path, $0.digest, in: folder) }
            if !problems.isEmpty { found.withLock { $0[number] = problems } }
            progress.advance(by: batch.count)
        }
        var problems = found.withLock { $0 }.sorted { $0.key < $1.key }.flatMap(\.value)
        let names = Set(files.map(\.path))
        let missing =
            manifest?.certainFiles(missingIn: names, limit: Self.missingLimit)
            ?? [DatasetPaths.manifestName].filter { !names.contains($0) }
        for name in missing {
            problems.append(DataError(list.path, "does not name \(name); expected all files"))
        }
        if let count = manifest?.fileCount, count != files.count {
            problems.append(
                DataError(list.path, "names \(files.count) files; expected \(count), as dataset.json states"))
        }
        self.problems = problems
        foreignFiles = try Self.foreignFiles(in: dataset, besides: names, list.path)
    }

    private static func problem(of path: String, _ digest: SHA256.Digest, in folder: FilePath) -> DataError? {
        let file = folder.pushing(FilePath(path))
        do throws(DataError) {
            switch try file.kind() {
            case nil: return DataError(file, "no such file; expected one with the SHA-256 \(digest)")
            case .file: break
            default: return DataError(file, "is not a file; expected one with the SHA-256 \(digest)")
            }
            let found = try file.sizeAndDigest().digest
            return found == digest ? nil : DataError(file, "has the SHA-256 \(found); expected \(digest)")
        } catch {
            return error
        }
    }

    private static func foreignFiles(
        in dataset: DatasetPaths, besides names: Set<String>, _ list: FilePath
    ) throws(DataError) -> [FilePath] {
        var foreign: [FilePath] = []
        for entry in DatasetPaths.entries where entry != list.lastComponent?.string {
            let path = dataset.root.appending(entry)
            switch try path.status()?.kind {
            case .folder:
                for file in try path.allEntriesBelow() where !names.contains("\(entry)/\(file)") {
                    foreign.append(path.pushing(file))
                }
            case nil: break
            default: if !names.contains(entry) { foreign.append(path) }
            }
        }
        return foreign.sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
    }
}
