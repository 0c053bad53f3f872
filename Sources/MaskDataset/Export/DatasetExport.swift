public import FileAccess
import MaskModel
public import MaskRaster
import StrokeBank
public import SystemPackage

/// Writes a dataset: reads the strokes, plans the shards, writes them in parallel, and merges them.
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
    ///   without categories, or a mask cannot be generated or written.
    public func run<Rasterizer: MaskRasterizer & SendableMetatype & ~Copyable>(
        makeRasterizer: @escaping @Sendable () -> Rasterizer, reading: WorkProgress, making: WorkProgress,
        layingOut: WorkProgress = WorkProgress()
    ) async throws(DataError) -> Summary {
        try settings.checkLayouts(output: paths.root)
        let state = try checkOutput()
        let pool = try await AnyStrokeSource(
            source: source, settings: settings.pool, seed: settings.seed, jobs: jobs, progress: reading)
        let plan = try ExportPlan(settings: settings, source: pool)
        let staging = paths.staging
        let total = settings.trainCount + settings.testCount
        if state == .complete, existing == .resume {
            try plan.check(against: try paths.manifest.readFile(), at: paths.manifest)
            making.finish(total: total)
            return Summary(try DatasetManifest(paths.manifest), resumedCount: total, findings: pool.findings)
        }
        if state == .unfinished, existing == .resume {
            try plan.check(against: try staging.plan.readFile(), at: staging.plan)
        } else {
            let replaceable = try ReplaceableOutputs(in: paths)
            try replaceable.check(settings.entries, in: paths)
            try removeStaging()
            try start(plan, replacing: replaceable, in: staging)
        }
        var resumedCount = total
        if try staging.completeMark.kind() != nil {
            making.finish(total: total)
        } else {
            resumedCount = try await writeShards(
                of: plan, in: staging, makeRasterizer: makeRasterizer, progress: making)
            try DatasetMerge(plan: plan, staging: staging).run()
            try await LayoutStage(plan: plan, staging: staging, output: paths.root, jobs: jobs, progress: layingOut)
                .run()
        }
        try staging.completeMark.writeFile([])
        try publish(plan, from: staging)
        return Summary(try DatasetManifest(paths.manifest), resumedCount: resumedCount, findings: pool.findings)
    }

    private enum OutputState {
        case empty, unfinished, complete
    }

    /// Returns the state of the output folder, and throws if it must not be changed.
    private func checkOutput() throws(DataError) -> OutputState {
        let expected = "a new or empty folder"
        switch try paths.root.kind() {
        case nil: return .empty
        case .folder: break
        default: throw DataError(paths.root, "is not a folder; expected \(expected)")
        }
        let isUnfinished = try paths.staging.plan.kind() != nil
        let isComplete = try paths.manifest.kind() != nil
        // A staging folder without a plan is left over from an interrupted start or end.
        if !isUnfinished { try paths.staging.root.removeTree() }
        if isUnfinished, existing == .refuse {
            throw DataError(
                paths.root, "contains an unfinished export; expected \(expected), --resume, or --overwrite")
        }
        if isComplete, existing == .refuse {
            throw DataError(paths.root, "contains a dataset; expected \(expected), or --overwrite")
        }
        if isUnfinished { return .unfinished }
        if isComplete { return .complete }
        guard try paths.root.entryNames().isEmpty else {
            throw DataError(paths.root, "contains files but no dataset of this program; expected \(expected)")
        }
        return .empty
    }

    /// Creates the folders, and writes the plan last: without a plan, an export is not resumed.
    private func start(
        _ plan: ExportPlan, replacing replaceable: ReplaceableOutputs, in staging: DatasetPaths
    ) throws(DataError) {
        try staging.root.makeFolders()
        if settings.masksPerTar != nil {
            try staging.tarFolder.makeFolders()
        } else {
            for split in Split.allCases { try createFiles(of: split, in: staging) }
        }
        try staging.replaceableOutputs.writeFile(replaceable.stored)
        try staging.plan.writeFile(plan.json)
    }

    private func createFiles(of split: Split, in staging: DatasetPaths) throws(DataError) {
        if settings.stagedFormats.contains(.png) { try staging.pngFolder(split).makeFolders() }
        if settings.stagedFormats.contains(.svg) { try staging.svgFolder(split).makeFolders() }
        if settings.stagedFormats.contains(.json) {
            try staging.vectorFile(split).removingLastComponent().makeFolders()
            // A split without masks has an empty file.
            try staging.vectorFile(split).writeFile([])
        }
    }

    /// Writes the shards that have no completion record; returns the number of masks in those that have one.
    private func writeShards<Rasterizer: MaskRasterizer & SendableMetatype & ~Copyable>(
        of plan: ExportPlan, in staging: DatasetPaths, makeRasterizer: @escaping @Sendable () -> Rasterizer,
        progress: WorkProgress
    ) async throws(DataError) -> Int {
        let log = try ShardLog(of: plan, in: staging)
        let appender = try ShardAppender(plan: plan, staging: staging, after: log, jobs: jobs)
        progress.begin(total: settings.trainCount + settings.testCount)
        progress.advance(by: log.maskCount)
        let first = log.shardCount
        try await forEachConcurrently(
            plan.shards.count - first, jobs: jobs,
            makeWorker: {
                ShardWriter(
                    plan: plan, staging: staging, appender: appender, rasterizer: makeRasterizer(), progress: progress)
            },
            { (writer, number) async throws(DataError) in try await writer.make(first + number) })
        try appender.finish()
        return log.maskCount
    }

    /// Moves the entries into place, one after the other; can be repeated after an interruption at any point.
    private func publish(_ plan: ExportPlan, from staging: DatasetPaths) throws(DataError) {
        let names = try staging.root.entryNames()
        let replaceable = try ReplaceableOutputs(storedIn: staging)
        let entries = plan.settings.entries
        try replaceable.check(entries.intersection(names), in: paths)
        if names.contains(DatasetPaths.manifestName) {
            // From here until the new manifest is in place, the folder contains no complete dataset.
            try paths.manifest.removeTree()
        }
        for name in DatasetPaths.entries {
            let target = paths.root.appending(name)
            if names.contains(name), entries.contains(name) {
                try target.removeTree()
                try staging.root.appending(name).rename(to: target)
            } else if !entries.contains(name), replaceable.names.contains(name) {
                try target.removeTree()
            }
        }
        try removeStaging()
    }

    /// Removes the staging folder, the plan first: without a plan, the remaining files are ignored.
    private func removeStaging() throws(DataError) {
        try paths.staging.plan.removeTree()
        try paths.staging.root.removeTree()
    }
}
