public import FileAccess
import MaskModel
public import MaskRaster
public import SystemPackage

/// Generates some of the shards of a plan, as one of any number of processes on any number of machines.
///
/// It needs no lock. It can run twice, at the same time, be killed, or find its shards complete: each process writes files
/// of its own, and records a shard after all of its files are complete.
public struct ShardExport: Sendable {
    /// The folder with the plan.
    public let output: FilePath
    /// The number of tasks, at least 1; the files do not depend on it.
    public let jobs: Int
    /// Whether data is flushed to the disk before a record vouches for it.
    public var isFlushing = true
    private let paths: DatasetPaths
    private let file: PlanFile

    /// The result of generating shards.
    public struct Summary: Hashable, Sendable {
        /// The number of masks that were generated.
        public let generatedCount: Int
        /// The shards that were complete before.
        public let alreadyComplete: ShardNumberSet
        /// Whether all shards have been merged to a dataset before.
        public let isMerged: Bool
    }

    /// Reads the plan in `output`; `run` generates shards.
    ///
    /// - Throws: `DataError` if there is no plan, or another version of this program made it.
    public init(planIn output: FilePath, jobs: Int) throws(DataError) {
        self.output = output
        self.jobs = jobs
        paths = DatasetPaths(root: output)
        file = try PlanFile(in: paths)
    }

    /// The settings of the plan.
    public var settings: ExportSettings { file.settings }
    /// The number of shards of the plan.
    public var shardCount: Int { file.shards.count }

    /// Generates shards.
    ///
    /// - Parameters:
    ///   - shards: The shards; nil for all.
    ///   - source: The drawings or a bank, if they are not where the plan says; nil for the plan's bank.
    ///   - renderer: The name and version of the rasterizer.
    ///   - makeRasterizer: Creates a rasterizer for each task.
    ///   - reading: Counts the source's files.
    ///   - making: Counts the masks.
    /// - Throws: `DataError` if a shard does not exist, the drawings, the rasterizer or the program are not those of the
    ///   plan, or a mask cannot be generated or written; of the kind `unavailable` if the export was finished or replaced
    ///   in the meantime.
    public func run<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        _ shards: ShardNumberSet?, source: FilePath?, renderer: String,
        makeRasterizer: @escaping @Sendable () -> Rasterizer, reading: WorkProgress, making: WorkProgress
    ) async throws(DataError) -> Summary {
        let list = file.shards
        let chosen = shards ?? ShardNumberSet(0..<list.count)
        if let last = chosen.last, last >= list.count {
            throw DataError(file.path, "has shards 0 to \(list.count - 1); expected one of them, not \(last)")
        }
        var workspace = ExportWorkspace(of: file.id, in: paths)
        try workspace.findMerge()
        guard try workspace.records.kind() == .folder else {
            try file.checkHasNoOtherWorkspace(in: paths)
            if try paths.manifest.kind() != nil {
                return Summary(generatedCount: 0, alreadyComplete: chosen, isMerged: true)
            }
            throw DataError(
                workspace.root, "no such folder; expected the one that qd-imd plan created with this plan",
                kind: .unavailable)
        }
        try file.check(renderer: renderer)
        var (complete, remaining) = (ShardNumberSet(), ShardNumberSet())
        var total = 0
        for number in chosen.all {
            if case .complete = try workspace.state(of: list[number], plan: file.id, .full) {
                complete.insert(number)
            } else {
                remaining.insert(number)
                total += list[number].masks.count
            }
        }
        if remaining.isEmpty { return Summary(generatedCount: 0, alreadyComplete: complete, isMerged: false) }
        let plan = try await file.plan(source: source, jobs: jobs, progress: reading).plan
        making.begin(total: total)
        do throws(DataError) {
            try await ParallelShardGeneration(
                plan: plan, planID: file.id, output: paths, jobs: jobs, isFlushing: isFlushing, progress: making
            ).run(remaining, makeRasterizer: makeRasterizer)
        } catch {
            // A merge that did not need this run moves or removes its folder.
            guard try workspace.runs.kind() == .folder else { throw ShardRunFolder.noLonger(workspace) }
            for number in remaining.all {
                guard case .complete = try workspace.state(of: list[number], plan: file.id, .trusting) else {
                    throw error
                }
            }
            return Summary(generatedCount: 0, alreadyComplete: chosen, isMerged: false)
        }
        return Summary(generatedCount: total, alreadyComplete: complete, isMerged: false)
    }
}
