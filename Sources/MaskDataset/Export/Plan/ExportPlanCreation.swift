public import FileAccess
import MaskModel
public import StrokeBank
public import SystemPackage

/// Makes the plan of an export, whose shards any number of processes then generate.
///
/// Files of drawings become a stroke bank beside the plan, which a process opens in milliseconds; a bank stays where it is.
public struct ExportPlanCreation: Sendable {
    /// A Quick, Draw! file, a folder of them, or a stroke bank.
    public let source: FilePath
    /// The dataset's folder, into which the plan is written.
    public let output: FilePath
    /// What to write.
    public let settings: ExportSettings
    /// What to do if the output folder is not empty.
    public let existing: ExistingOutput
    /// The number of tasks, at least 1.
    public let jobs: Int
    /// The name and version of the rasterizer: `cairo 1.16.0`.
    public var renderer = "exact"
    /// The dataset that is to be reproduced, if any: the masks must be made as its were.
    public var origin: ReproductionRequirements?
    /// The number of masks of a shard, at least 1, rounded up to whole tar files; nil for the usual number.
    public var masksPerShard: Int?

    static let bankName = "drawings.bank"

    /// The plan that was made.
    public struct Summary: Hashable, Sendable {
        /// The plan's file.
        public let path: FilePath
        /// The number of shards.
        public let shardCount: Int
        /// The number of masks of all shards.
        public let maskCount: Int
        /// What the source contains but the stroke pool does not.
        public let skippedContents: SkippedContents
        /// The license of the drawings, as far as it is known.
        public let license: SourceLicense
    }

    /// A plan in the folder `output` for masks from the drawings at `source`; `run` makes it.
    public init(source: FilePath, output: FilePath, settings: ExportSettings, existing: ExistingOutput, jobs: Int) {
        self.source = source
        self.output = output
        self.settings = settings
        self.existing = existing
        self.jobs = jobs
    }

    /// Makes the plan. With `existing` as `resume`, a plan with the same settings is kept.
    ///
    /// - Parameters:
    ///   - reading: Counts the source's files.
    ///   - indexing: Counts the chunks of the source's files.
    /// - Throws: `DataError` as for an export.
    public func run(
        reading: WorkProgress, indexing: WorkProgress = WorkProgress()
    ) async throws(DataError) -> Summary {
        try settings.checkLayouts(output: output)
        try origin?.check(settings, renderer: renderer)
        let isNew = try output.kind() == nil
        do throws(DataError) {
            return try await planWhileLocked(reading: reading, indexing: indexing)
        } catch {
            if isNew { output.removeIfEmpty() }
            throw error
        }
    }

    private func planWhileLocked(
        reading: WorkProgress, indexing: WorkProgress
    ) async throws(DataError) -> Summary {
        let paths = DatasetPaths(root: output)
        var folder = try OutputFolder(paths, existing: existing, for: "planning")
        let drawings = try await ExportSource(
            at: source, settings: settings, origin: origin, jobs: jobs, progress: reading)
        let (pool, settings) = (drawings.pool, drawings.settings)
        var options = PlanOptions(settings, masksPerShard: masksPerShard, renderer: renderer, output: output)
        if existing == .resume, let file = try folder.unfinishedPlan() {
            let plan = try ExportPlan(settings: settings, pool: pool, source: drawings.description, options: options)
            try plan.check(against: file.bytes, at: file.path)
            try file.check(renderer: renderer)
            return summary(file.shards, drawings)
        }
        if existing == .resume, folder.isComplete {
            throw DataError(output, "contains a dataset; expected a new or empty folder, or --overwrite")
        }
        try folder.checkReplacement(by: settings)
        if pool.isBank {
            options.bank = PlanOptions.Bank(path: try source.resolved(), fingerprint: pool.quickFingerprint)
        } else {
            options.bank = try await makeBank(in: paths, progress: indexing)
        }
        let plan = try ExportPlan(settings: settings, pool: pool, source: drawings.description, options: options)
        let file = try folder.start(plan, keepsBank: !pool.isBank)
        return summary(file.shards, drawings)
    }

    private func summary(_ shards: ShardList, _ drawings: ExportSource) -> Summary {
        Summary(
            path: DatasetPaths(root: output).plan, shardCount: shards.count,
            maskCount: settings.trainCount + settings.testCount, skippedContents: drawings.pool.skippedContents,
            license: drawings.settings.license)
    }

    /// Writes the drawings as a bank into the folder of workspaces.
    private func makeBank(
        in paths: DatasetPaths, progress: WorkProgress
    ) async throws(DataError) -> PlanOptions.Bank {
        try paths.workspaces.makeFolders()
        let path = paths.workspaces.appending(Self.bankName)
        var indexing = BankIndexing(sources: [source], output: path, jobs: jobs)
        indexing.filter = settings.pool.filter
        indexing.skipsDamaged = settings.pool.skipsDamaged
        _ = try await indexing.run(reading: progress, writing: WorkProgress())
        let pool = try await AnyStrokeSource(
            source: path, settings: settings.pool, seed: settings.seed, jobs: jobs, progress: WorkProgress())
        return PlanOptions.Bank(
            path: FilePath(DatasetPaths.workspacesName).appending(Self.bankName), fingerprint: pool.quickFingerprint)
    }
}
