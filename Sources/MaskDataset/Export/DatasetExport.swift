public import FileAccess
import MaskModel
public import MaskRaster
import StrokeBank
public import SystemPackage

/// Writes a dataset: reads the strokes, makes a plan, writes its shards in parallel, and merges them.
///
/// All files are written to a hidden folder in the output folder and moved into place at the end, `dataset.json` last. So
/// an interruption leaves either a complete dataset or an unfinished export, from which `resume` creates the same bytes.
public struct DatasetExport: Sendable {
    /// A Quick, Draw! file, a folder of them, or a stroke bank.
    public let source: FilePath
    /// What to write.
    public let settings: ExportSettings
    /// What to do if the output folder is not empty.
    public let existing: ExistingOutput
    /// The number of tasks, at least 1; the files do not depend on it.
    public let jobs: Int
    /// The name and version of the rasterizer, which an export that is resumed must have in common: `cairo 1.16.0`.
    public var renderer = "exact"
    /// The dataset that is to be reproduced, if any: the masks must be made as its were.
    public var origin: ReproductionRequirements?
    /// Whether data is flushed to the disk before anything vouches for it, so that a power failure cannot undo it.
    public var isFlushing = true
    private let paths: DatasetPaths

    /// An export of masks from the drawings at `source` into the folder `output`; `run` performs it.
    public init(source: FilePath, output: FilePath, settings: ExportSettings, existing: ExistingOutput, jobs: Int) {
        self.source = source
        self.settings = settings
        self.existing = existing
        self.jobs = jobs
        paths = DatasetPaths(root: output)
    }

    /// Performs the export.
    ///
    /// - Parameters:
    ///   - makeRasterizer: creates a rasterizer for each task.
    ///   - reading: counts the source's files.
    ///   - making: counts the masks.
    ///   - layingOut: counts the masks of each layout except the program's own.
    /// - Throws: `DataError` if the output folder must not be changed, the drawings cannot be read or leave a split
    ///   without categories, or a mask cannot be generated or written; of the kind `unavailable` if another process uses
    ///   the output folder.
    public func run<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        makeRasterizer: @escaping @Sendable () -> Rasterizer, reading: WorkProgress, making: WorkProgress,
        layingOut: WorkProgress = WorkProgress()
    ) async throws(DataError) -> Summary {
        try settings.checkLayouts(output: paths.root)
        try origin?.check(settings, renderer: renderer)
        let isNew = try paths.root.kind() == nil
        do throws(DataError) {
            return try await exportWhileLocked(makeRasterizer, reading: reading, making: making, layingOut: layingOut)
        } catch {
            if isNew { paths.root.removeIfEmpty() }
            throw error
        }
    }

    private func exportWhileLocked<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        _ makeRasterizer: @escaping @Sendable () -> Rasterizer, reading: WorkProgress, making: WorkProgress,
        layingOut: WorkProgress
    ) async throws(DataError) -> Summary {
        var folder = try OutputFolder(paths, existing: existing, for: "exporting")
        do throws(DataError) {
            return try await export(to: &folder, makeRasterizer, reading: reading, making: making, layingOut: layingOut)
        } catch {
            // If another process has taken over, that is the reason.
            try folder.checkLock()
            throw error
        }
    }

    private func export<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        to folder: inout OutputFolder, _ makeRasterizer: @escaping @Sendable () -> Rasterizer, reading: WorkProgress,
        making: WorkProgress, layingOut: WorkProgress
    ) async throws(DataError) -> Summary {
        let drawings = try await ExportSource(
            at: source, settings: settings, origin: origin, jobs: jobs, progress: reading)
        let (pool, settings) = (drawings.pool, drawings.settings)
        var plan = try ExportPlan(
            settings: settings, pool: pool, source: drawings.description,
            options: PlanOptions(settings, masksPerShard: nil, renderer: renderer, output: paths.root))
        let total = settings.trainCount + settings.testCount
        let file: PlanFile
        if existing == .resume, let unfinished = try folder.unfinishedPlan() {
            try plan.check(against: unfinished.bytes, at: unfinished.path)
            try unfinished.check(renderer: renderer)
            plan = try await unfinished.plan(with: pool, from: source, jobs: jobs)
            file = unfinished
        } else {
            if existing == .resume, folder.isComplete {
                try plan.check(against: try paths.manifest.readFile(), at: paths.manifest)
                let verification = try await DatasetVerification(of: paths.root, jobs: jobs, progress: making)
                if verification.isIntact {
                    try folder.removeRemains()
                    making.finish(total: total)
                    return Summary(
                        try DatasetManifest(paths.manifest), resumedCount: total, skippedContents: pool.skippedContents)
                }
            }
            try folder.checkReplacement(by: settings)
            file = try folder.start(plan, isFlushing: isFlushing)
        }
        // Lists of paths contain the output as this command names it.
        plan.options.output = paths.root
        let resumedCount = try await complete(
            plan, file, folder, makeRasterizer, making: making, layingOut: layingOut)
        return Summary(
            try DatasetManifest(paths.manifest), resumedCount: resumedCount, skippedContents: pool.skippedContents)
    }

    /// Generates the shards that are missing or damaged, merges all, and puts the dataset into its place; returns the
    /// number of masks that were complete.
    private func complete<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        _ plan: ExportPlan, _ file: PlanFile, _ folder: borrowing OutputFolder,
        _ makeRasterizer: @escaping @Sendable () -> Rasterizer, making: WorkProgress, layingOut: WorkProgress
    ) async throws(DataError) -> Int {
        try folder.checkLock()
        var workspace = ExportWorkspace(of: file.id, in: paths)
        // A plan that was interrupted before its workspace was complete.
        try workspace.create(isFlushing: isFlushing)
        try workspace.findMerge()
        let survey = try await ShardStates(of: plan.shards, plan: file.id, in: workspace, jobs: jobs, .full)
        let resumedCount = survey.totals.values.reduce(0) { $0 + $1.masks }
        making.begin(total: settings.trainCount + settings.testCount)
        making.advance(by: resumedCount)
        try await ParallelShardGeneration(
            plan: plan, planID: file.id, output: paths, jobs: jobs, isFlushing: isFlushing, progress: making
        ).run(survey.rerun, makeRasterizer: makeRasterizer)
        workspace = try folder.takeOverMerge(of: file)
        try await DatasetMerge(
            plan: plan, planID: file.id, output: paths, workspace: workspace, jobs: jobs,
            trusted: ShardNumberSet(0..<plan.shards.count), isFlushing: isFlushing, progress: layingOut
        ).run()
        try folder.publish(file, workspace, isFlushing: isFlushing, keepingPlan: false)
        return resumedCount
    }
}
