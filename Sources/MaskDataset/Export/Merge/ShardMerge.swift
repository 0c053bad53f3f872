public import FileAccess
import StrokeBank
public import SystemPackage

/// Makes the dataset of a plan whose shards are complete, and puts it into its place; or, if the shards' files are
/// elsewhere, only what describes the dataset.
public struct ShardMerge: Sendable {
    /// The folder with the plan.
    public let output: FilePath
    /// The number of tasks, at least 1; the files do not depend on it.
    public let jobs: Int
    /// Whether data is flushed to the disk before it becomes final.
    public var isFlushing = true

    /// A merge of the shards in `output`; `run` performs it.
    public init(in output: FilePath, jobs: Int) {
        self.output = output
        self.jobs = jobs
    }

    /// Performs the merge; does nothing if it was finished before.
    ///
    /// - Parameters:
    ///   - source: The drawings or a bank, if they are not where the plan says; nil for the plan's bank.
    ///   - reading: Counts the source's files.
    ///   - layingOut: Counts the masks of each layout except the program's own.
    /// - Throws: `DataError` if the drawings are not those of the plan, or a file cannot be read or written; of the kind
    ///   `unavailable` if shards are missing or damaged, with their numbers, or another process uses the folder.
    public func run(
        source: FilePath?, reading: WorkProgress, layingOut: WorkProgress
    ) async throws(DataError) -> DatasetExport.Summary {
        let paths = DatasetPaths(root: output)
        guard try output.kind() == .folder else { throw DataError(output, "no such folder; expected one with a plan") }
        let folder = try OutputFolder(paths, existing: .resume, for: "merging")
        if folder.isComplete {
            try folder.removeRemains()
            let manifest = try DatasetManifest(paths.manifest)
            return DatasetExport.Summary(manifest, resumedCount: manifest.masks.values.reduce(0, +))
        }
        let file = try PlanFile(in: paths)
        let (plan, pool) = try await file.plan(source: source, jobs: jobs, progress: reading)
        do throws(DataError) {
            let workspace = try folder.takeOverMerge(of: file)
            try await DatasetMerge(
                plan: plan, planID: file.id, output: paths, workspace: workspace, jobs: jobs, trusted: ShardNumberSet(),
                isFlushing: isFlushing, progress: layingOut
            ).run()
            try folder.publish(file, workspace, isFlushing: isFlushing, keepingPlan: true)
        } catch {
            try folder.checkLock()
            throw error
        }
        return DatasetExport.Summary(
            try DatasetManifest(paths.manifest), resumedCount: 0, skippedContents: pool.skippedContents)
    }

    /// Writes what a merge adds to the tar files of the shards into a new folder, from the plan and the completion records
    /// alone: the preview, `dataset.json`, and the list of files. It is for tar files that are elsewhere, as in an object
    /// store, and have been compared with their records there.
    ///
    /// - Parameters:
    ///   - folder: The folder, which must not exist.
    ///   - source: The drawings or a bank, if they are not where the plan says; nil for the plan's bank.
    ///   - reading: Counts the source's files.
    /// - Throws: `DataError` if the plan's shards are not tar files, the drawings are not those of the plan, or a file
    ///   cannot be read or written; of the kind `unavailable` if records are missing or damaged, with their numbers.
    public func writeManifest(
        to folder: FilePath, source: FilePath?, reading: WorkProgress
    ) async throws(DataError) -> DatasetExport.Summary {
        let (paths, target) = (DatasetPaths(root: output), DatasetPaths(root: folder))
        let file = try PlanFile(in: paths)
        guard file.settings.shardTars != nil else {
            throw DataError(
                file.path, "has files that only a merge completes; expected tar files, or the layout webdataset alone")
        }
        let (plan, pool) = try await file.plan(source: source, jobs: jobs, progress: reading)
        try await DatasetMerge(
            plan: plan, planID: file.id, output: paths, workspace: ExportWorkspace(of: file.id, in: paths), jobs: jobs,
            trusted: ShardNumberSet(), isFlushing: false, progress: WorkProgress(), target: target
        ).describe()
        return DatasetExport.Summary(
            try DatasetManifest(target.manifest), resumedCount: 0, skippedContents: pool.skippedContents)
    }
}
