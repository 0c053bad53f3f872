public import StrokeBank
public import FileAccess
import JSONText
import MaskModel
public import MaskRaster
import PNGCodec
import QuickDraw
public import SystemPackage

/// What to do where an export's folder holds something already.
public enum ExistingOutput: Hashable, Sendable {
    /// Stop with an error; only a new or an empty folder will do.
    case refuse
    /// Go on with an unfinished export of the same plan; leave a finished one as it is; begin one if there is none.
    case resume
    /// Replace a dataset of this program, which stays until the new one is complete, or an unfinished export.
    case overwrite
}

/// Writes a dataset: drawings to pool to plan, the plan's shards on all cores, and their merge.
///
/// All is made in a hidden folder within the output folder and moved into place at the end, `dataset.json` last. So an
/// interruption leaves an unfinished export, which `resume` completes to the same bytes, or a whole dataset.
public struct DatasetExport: Sendable {
    /// A Quick, Draw! file, a folder of them, or a stroke bank.
    public let source: FilePath
    /// What to write.
    public let settings: ExportSettings
    /// What to do where the output folder holds something.
    public let existing: ExistingOutput
    /// How many tasks work at once, 1 or more; the files do not depend on it.
    public let jobs: Int
    private let layout: DatasetPaths

    /// An export of masks of the drawings at `source` into the folder `output`; `run` does it.
    public init(source: FilePath, output: FilePath, settings: ExportSettings, existing: ExistingOutput, jobs: Int) {
        self.source = source
        self.settings = settings
        self.existing = existing
        self.jobs = jobs
        layout = DatasetPaths(root: output)
    }

    /// What came of an export.
    public struct Summary: Hashable, Sendable {
        /// How many masks there are for training.
        public let trainCount: Int
        /// How many masks there are for testing.
        public let testCount: Int
        /// How many categories were dealt to train, masks or not.
        public let trainCategories: Int
        /// How many categories were dealt to test, masks or not.
        public let testCategories: Int
        /// The mean share of hole over all masks, 0 to 1.
        public let meanHoleRatio: Double
        /// Masks that were there already, from an export that was interrupted or finished.
        public let resumedCount: Int
        /// What the source had that was not taken.
        public var findings = SourceFindings()
    }

    /// Runs the export to its end.
    ///
    /// - Parameters:
    ///   - makeRasterizer: makes a rasterizer for each task.
    ///   - reading: counts the source's files.
    ///   - making: counts the masks.
    ///   - layingOut: counts the masks once more for each layout but the program's own.
    /// - Throws: `DataError` if the folder holds what may not be touched, the drawings cannot be read or leave a
    ///   split without categories, or a mask cannot be made or written.
    public func run<Rasterizer: MaskRasterizer & SendableMetatype & ~Copyable>(
        makeRasterizer: @escaping @Sendable () -> Rasterizer, reading: WorkProgress, making: WorkProgress,
        layingOut: WorkProgress = WorkProgress()
    ) async throws(DataError) -> Summary {
        try settings.checkLayouts(output: layout.root)
        let state = try checkOutput()
        let pool = try await AnyStrokeSource(
            source: source, settings: settings.pool, seed: settings.seed, jobs: jobs, progress: reading)
        let plan = try ExportPlan(settings: settings, source: pool)
        let staging = layout.staging
        let total = settings.trainCount + settings.testCount
        if state == .complete, existing == .resume {
            let manifest = try layout.manifest.readFile()
            try plan.check(against: manifest, at: layout.manifest)
            making.finish(total: total)
            return try summary(resumed: total, pool.findings)
        }
        if state == .unfinished, existing == .resume {
            let stored = try staging.plan.readFile()
            try plan.check(against: stored, at: staging.plan)
        } else {
            let owned = try ReplaceableOutputs(in: layout)
            try owned.check(settings.parts, in: layout)
            try removeStaging()
            try begin(plan, replacing: owned, in: staging)
        }
        let isMade = try staging.completeMark.kind() != nil
        var resumedCount = total
        if isMade {
            making.finish(total: total)
        } else {
            resumedCount = try await makeShards(
                of: plan, in: staging, makeRasterizer: makeRasterizer, progress: making)
            try DatasetMerge(plan: plan, staging: staging).run()
            try await LayoutStage(plan: plan, staging: staging, output: layout.root, jobs: jobs, progress: layingOut)
                .run()
        }
        try staging.completeMark.writeFile([])
        try publish(plan, from: staging)
        return try summary(resumed: resumedCount, pool.findings)
    }

    private func summary(resumed: Int, _ findings: SourceFindings) throws(DataError) -> Summary {
        var summary = try DatasetManifest(layout.manifest).summary(resumed: resumed)
        summary.findings = findings
        return summary
    }

    private enum OutputState {
        case empty, unfinished, complete
    }

    /// Finds out what the output folder holds, and refuses what may not be touched.
    private func checkOutput() throws(DataError) -> OutputState {
        let expected = "a new or an empty folder"
        switch try layout.root.kind() {
        case nil: return .empty
        case .folder: break
        default: throw DataError(layout.root, "is not a folder; expected \(expected)")
        }
        let isUnfinished = try layout.staging.plan.kind() != nil
        let isComplete = try layout.manifest.kind() != nil
        // Without a plan it is what is left of a start or an end that was cut off.
        if !isUnfinished { try layout.staging.root.removeTree() }
        if isUnfinished, existing == .refuse {
            throw DataError(layout.root, "holds an unfinished export; expected \(expected), --resume or --overwrite")
        }
        if isComplete, existing == .refuse {
            throw DataError(layout.root, "holds a dataset; expected \(expected), or --overwrite")
        }
        if isUnfinished { return .unfinished }
        if isComplete { return .complete }
        guard try layout.root.entryNames().isEmpty else {
            throw DataError(layout.root, "holds files that are no dataset of this program; expected \(expected)")
        }
        return .empty
    }

    /// Makes the folders, and writes the plan last: without it, nothing of the rest counts.
    private func begin(
        _ plan: ExportPlan, replacing owned: ReplaceableOutputs, in staging: DatasetPaths
    ) throws(DataError) {
        try staging.root.makeFolders()
        if settings.masksPerTar != nil {
            try staging.tarFolder.makeFolders()
        } else {
            for split in Split.allCases { try beginFiles(of: split, in: staging) }
        }
        try staging.ownedParts.writeFile(owned.stored)
        try staging.plan.writeFile(plan.json)
    }

    private func beginFiles(of split: Split, in staging: DatasetPaths) throws(DataError) {
        if settings.stagedFormats.contains(.png) { try staging.pngFolder(split).makeFolders() }
        if settings.stagedFormats.contains(.svg) { try staging.svgFolder(split).makeFolders() }
        if settings.stagedFormats.contains(.json) {
            try staging.vectorFile(split).removingLastComponent().makeFolders()
            // Of a split without masks it stays like that.
            try staging.vectorFile(split).writeFile([])
        }
    }

    /// Makes the shards that have no completion record; gives the number of masks in those that have one.
    private func makeShards<Rasterizer: MaskRasterizer & SendableMetatype & ~Copyable>(
        of plan: ExportPlan, in staging: DatasetPaths, makeRasterizer: @escaping @Sendable () -> Rasterizer,
        progress: WorkProgress
    ) async throws(DataError) -> Int {
        let log: ShardLog
        let appender: ShardAppender
        log = try ShardLog(of: plan, in: staging)
        appender = try ShardAppender(plan: plan, staging: staging, after: log, jobs: jobs)
        progress.begin(total: settings.trainCount + settings.testCount)
        progress.advance(by: log.maskCount)
        let first = log.shardCount
        try await forEachConcurrently(
            plan.shards.count - first, jobs: jobs,
            makeWorker: {
                ShardWriter(
                    plan: plan, staging: staging, appender: appender, rasterizer: makeRasterizer(), progress: progress)
            },
            { (maker, number) async throws(DataError) in try await maker.make(first + number) })
        try appender.finish()
        return log.maskCount
    }

    /// Moves the parts into place, one after the other; can be done again from any point.
    private func publish(_ plan: ExportPlan, from staging: DatasetPaths) throws(DataError) {
        let names = try staging.root.entryNames()
        let owned = try ReplaceableOutputs(storedIn: staging)
        let parts = plan.settings.parts
        try owned.check(parts.intersection(names), in: layout)
        if names.contains(DatasetPaths.manifestName) {
            // From here on the folder holds no complete dataset until the new manifest stands.
            try layout.manifest.removeTree()
        }
        for name in DatasetPaths.parts {
            let target = layout.root.appending(name)
            if names.contains(name), parts.contains(name) {
                try target.removeTree()
                try staging.root.appending(name).rename(to: target)
            } else if !parts.contains(name), owned.names.contains(name) {
                try target.removeTree()
            }
        }
        try removeStaging()
    }

    /// Removes the staging folder, the plan first: without it, what is left counts for nothing.
    private func removeStaging() throws(DataError) {
        try layout.staging.plan.removeTree()
        try layout.staging.root.removeTree()
    }
}

extension StrokePool {
    /// Reads the drawings of a source, its files on up to `jobs` tasks at once.
    init(
        source: FilePath, settings: PoolSettings, seed: UInt64, jobs: Int, progress: WorkProgress
    ) async throws(DataError) {
        let files: DrawingFiles
        files = try DrawingFiles(source)
        let parts = ResultList<FileStrokes>(count: files.paths.count)
        progress.begin(total: files.paths.count)
        try await forEachConcurrently(files.paths.count, jobs: jobs, makeWorker: { true }) {
            (_, number) throws(DataError) in
            let part = try FileStrokes(
                files.paths[number], drawingLimit: settings.drawingsPerFile,
                strokesPerDrawing: settings.strokesPerDrawing, seed: seed, filter: settings.filter,
                skipsDamaged: settings.skipsDamaged)
            parts.set(number, part)
            progress.advance()
        }
        self.init(parts.all, drawingLimit: settings.drawingsPerFile)
        try settings.filter.check(words: findings.tally.words, of: source.string)
    }
}
