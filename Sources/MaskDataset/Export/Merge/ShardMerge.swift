public import FileAccess
import StrokeBank
public import SystemPackage

/// Makes the dataset of a plan whose shards are complete, and puts it into its place.
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
                plan: plan, planID: file.id, output: paths, workspace: workspace, jobs: jobs, trusted: ShardNumbers(),
                isFlushing: isFlushing, progress: layingOut
            ).run()
            try folder.publish(file, workspace, isFlushing: isFlushing, keepingPlan: true)
        } catch {
            try folder.checkLock()
            throw error
        }
        return DatasetExport.Summary(try DatasetManifest(paths.manifest), resumedCount: 0, findings: pool.findings)
    }
}
