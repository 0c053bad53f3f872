import FileAccess
import MaskFormats
import MaskModel
import SystemPackage

/// Makes a dataset of the complete shards of a plan: verifies them, moves their files together, joins their lines, and
/// writes the layouts, the preview, the manifest, and the list of files. No mask is generated again, but for the preview.
///
/// It can be repeated after an interruption at any point: a file is in the folder of its run, or moved already.
struct DatasetMerge {
    let plan: ExportPlan
    let planID: String
    let output: DatasetPaths
    /// With a merge that this process has taken over.
    let workspace: ExportWorkspace
    let jobs: Int
    /// The shards whose files this process has just written or compared with their records.
    let trusted: ShardNumberSet
    let isFlushing: Bool
    let progress: WorkProgress
    /// Where the dataset is made, if not in the workspace.
    var target: DatasetPaths?

    private var merged: DatasetPaths { target ?? workspace.merged }

    /// The top-level entries that shards write, which can be moved as a whole.
    private static let shardEntries = ["train", "test", "svg", "tar", LayoutKind.webdataset.rawValue]

    func run() async throws(DataError) {
        // While one task joins the lines, the others compare the files with their records.
        async let joining = joinLines()
        let survey = try await ShardStates(
            of: plan.shards, plan: planID, in: workspace, jobs: jobs, .full, trusted: trusted)
        try survey.check(in: output)
        try await moveFiles(survey)
        try await describe(survey.totals, lines: try await joining.get())
        if isFlushing { try merged.root.flushFileSystem() }
    }

    /// Writes only what describes the dataset, for files that are elsewhere: the preview, the manifest, and the list of
    /// files.
    ///
    /// The records of all shards must be there.
    func describe() async throws(DataError) {
        let survey = try await ShardStates(of: plan.shards, plan: planID, in: workspace, jobs: jobs, .trusting)
        try survey.check(in: output)
        try merged.root.makeNewFolder()
        try await describe(survey.totals, lines: [:])
    }

    /// Writes what the shards did not: the layouts, the preview, the manifest, and the list of files.
    private func describe(
        _ totals: [Split: MaskTotals], lines: [FilePath: SHA256.Digest]
    ) async throws(DataError) {
        try merged.preview.replace(with: try contactSheet())
        try await MergedLayoutsWriter(
            plan: plan, merged: merged, output: plan.options.output, jobs: jobs, progress: progress
        ).run()
        let list = try FileListWriter(plan: plan, workspace: workspace, merged: merged, jobs: jobs, known: lines)
        try merged.manifest.replace(
            with: ManifestContents(
                settings: plan.settings, plan: plan, totals: totals, fileCount: list.fileCount
            ).json)
        try await list.write()
    }

    /// Moves the files of all shards into the merged dataset: those of the first shard's run by moving its folders, all
    /// others one by one.
    private func moveFiles(_ survey: ShardStates) async throws(DataError) {
        var isComplete = !survey.hasOtherRuns
        for entry in Self.shardEntries {
            guard let run = survey.firstRun else { break }
            let (source, target) = (workspace.run(run).appending(entry), merged.root.appending(entry))
            guard try source.status() != nil else { continue }
            if try target.status() == nil {
                try source.rename(to: target)
            } else {
                // After an interruption, some of this run's shards replace damaged ones.
                isComplete = false
            }
        }
        let settings = plan.settings
        if let tars = settings.shardTars {
            try merged.root.appending(tars.folder).makeFolder()
        } else {
            let formats = settings.stagedFormats
            if formats.contains(.svg) { try merged.root.appending("svg").makeFolder() }
            for split in Split.allCases {
                if formats.contains(.png) { try merged.pngFolder(split).makeFolder() }
                if formats.contains(.svg) { try merged.svgFolder(split).makeFolder() }
            }
        }
        if !isComplete { try await moveRemainingFiles() }
        try removeStrays()
    }

    private func moveRemainingFiles() async throws(DataError) {
        let shards = plan.shards
        try await forEachConcurrently(shards.count, jobs: jobs) { (number) throws(DataError) in
            let path = workspace.record(number)
            let completion = try ShardCompletion(try path.readFile(), at: path)
            let folder = workspace.run(completion.run)
            for file in completion.files where !file.path.hasPrefix("lines/") {
                let source = folder.pushing(FilePath(file.path))
                let target = merged.root.pushing(FilePath(file.path))
                // The files of the first run are there, and those that were moved before an interruption.
                if try source.status() != nil {
                    try source.renameReplacingFolder(at: target)
                } else if try target.status() == nil {
                    throw DataError(source, "no such file; expected \(file.size) bytes")
                }
            }
        }
    }

    /// Removes files that no shard wrote or recorded: of shards that were interrupted, or somebody else's.
    private func removeStrays() throws(DataError) {
        let settings = plan.settings
        if settings.shardTars == nil, settings.stagedFormats.contains(.svg) {
            let folder = merged.root.appending("svg")
            for entry in try folder.entryNames() where Split(rawValue: entry) == nil {
                try folder.appending(entry).removeTree()
            }
        }
        for split in Split.allCases {
            let count = settings.count(of: split)
            if let tars = settings.shardTars {
                let tarCount = DatasetPaths.tarCount(of: count, masksPerTar: tars.masksPerTar)
                let prefix = "\(split.rawValue)-"
                try removeStrays(in: merged.root.appending(tars.folder), count: tarCount, of: prefix) {
                    tars.name($0, split)
                } number: {
                    Int($0.dropFirst(prefix.utf8.count).dropLast(4))
                }
                continue
            }
            for (format, folder, ending) in [
                (DatasetFormat.png, merged.pngFolder(split), ".png"), (.svg, merged.svgFolder(split), ".svg"),
            ] where settings.stagedFormats.contains(format) {
                try removeStrays(in: folder, count: count) {
                    DatasetPaths.id($0, split) + ending
                } number: {
                    Int($0.prefix { $0 != "_" })
                }
            }
        }
    }

    /// Removes the entries of a folder, or those that begin with `prefix`, that are not among the first `count` names.
    private func removeStrays(
        in folder: FilePath, count: Int, of prefix: String = "", name: (Int) -> String, number: (String) -> Int?
    ) throws(DataError) {
        let isShared = !prefix.isEmpty
        if !isShared, try folder.entryCount() == count { return }
        for entry in try folder.entryNames() {
            if isShared,
                Split.allCases.contains(where: { "\($0.rawValue)-" != prefix && entry.hasPrefix("\($0.rawValue)-") })
            {
                continue
            }
            if let number = number(entry), (0..<count).contains(number), name(number) == entry { continue }
            try folder.appending(entry).removeTree()
        }
    }

    /// Joins the shards' lines to a file for each split, and returns the SHA-256 of both.
    ///
    /// They are lines of complete shards only if a survey has found these complete.
    private func joinLines() async -> Result<[FilePath: SHA256.Digest], DataError> {
        let hasLines = plan.settings.shardTars == nil && plan.settings.stagedFormats.contains(.json)
        guard hasLines else { return .success([:]) }
        return Result { () throws(DataError) in
            // Nothing but the two files, whatever an interrupted run left there.
            let folder = merged.vectorFile(.train).removingLastComponent()
            try folder.removeTree()
            try folder.makeNewFolder()
            var digests: [FilePath: SHA256.Digest] = [:]
            for split in Split.allCases {
                let path = merged.vectorFile(split)
                // A split without masks has an empty file.
                var output = try SequentialFile(path)
                for number in plan.shards.numbers(of: split) { try append(number, to: &output) }
                digests[path] = output.digest
                try output.close()
            }
            return digests
        }
    }

    private func append(_ number: Int, to output: inout SequentialFile) throws(DataError) {
        let record = workspace.record(number)
        let completion = try ShardCompletion(try record.readFile(), at: record)
        guard let lines = completion.files.first(where: { $0.path == ShardRunFolder.linesPath(number) }) else {
            throw DataError(record, "does not name the shard's lines; expected them")
        }
        let path = workspace.run(completion.run).pushing(FilePath(lines.path))
        var position = 0
        while position < lines.size {
            let chunk = try path.readBytes(at: position, count: min(lines.size - position, 1 << 20))
            guard !chunk.isEmpty else {
                throw DataError(path, "has \(position) bytes; expected \(lines.size)")
            }
            try output.append(chunk)
            position += chunk.count
        }
    }

    private func contactSheet() throws(DataError) -> [UInt8] {
        let split: Split = plan.settings.trainCount > 0 ? .train : .test
        let settings = plan.settings
        let isMixed = settings.layouts.usesImageSizes && split == settings.imageSplit
        var sheet = ContactSheet(canvas: isMixed ? nil : settings.spec.canvas, holeColor: settings.holeColor)
        guard var generator = MaskRecordGenerator(plan: plan, split: split) else { return sheet.encoded() }
        for index in 0..<min(ContactSheet.capacity, plan.settings.count(of: split)) {
            let mask = try generator.record(index).mask
            try merged.preview.locating { try sheet.add(mask) }
        }
        return sheet.encoded()
    }
}

extension FilePath {
    /// Creates the folder at the path, whose parent must exist; an existing folder stays as it is.
    ///
    /// - Throws: `DataError` if something else is at the path, or the folder cannot be created.
    fileprivate func makeFolder() throws(DataError) {
        if try kind() != .folder { try makeNewFolder() }
    }

    /// Writes a file in a folder of this process; an existing one of an interrupted run is removed first.
    fileprivate func replace(with bytes: [UInt8]) throws(DataError) {
        try removeTree()
        _ = try writeNewFile(bytes)
    }
}
