import FileAccess
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The output folder of an export, which this process alone may change: a new or empty folder, a dataset, or an
/// unfinished export.
struct OutputFolder: ~Copyable {
    let paths: DatasetPaths
    private let lock: FolderLock
    private var state: State

    private enum State {
        case empty, unfinished, complete
    }

    /// Creates the folder if necessary, takes its lock, and examines it.
    ///
    /// - Throws: `DataError` of the kind `unavailable` if another process has the lock, otherwise `unusable` if the folder
    ///   must not be changed.
    init(_ paths: DatasetPaths, existing: ExistingOutput, for purpose: String) throws(DataError) {
        switch try paths.root.kind() {
        case nil: try paths.root.makeFolders()
        case .folder: break
        default: throw DataError(paths.root, "is not a folder; expected \(Self.expected)")
        }
        let lock = try FolderLock(of: paths.root, for: purpose)
        try paths.root.removeAbandonedFiles(of: DatasetPaths.planName)
        if existing != .refuse { try Self.endInterruptedSwaps(in: paths) }
        state = try Self.state(of: paths, existing)
        self.paths = paths
        self.lock = lock
    }

    private static let expected = "a new or empty folder"

    private static func state(of paths: DatasetPaths, _ existing: ExistingOutput) throws(DataError) -> State {
        let isComplete = try paths.manifest.kind() != nil
        let workspaces = try paths.workspaceNames()
        if try paths.plan.kind() == .file {
            let isPlan = try PlanFile.exists(at: paths.plan)
            if isPlan, try workspaces.contains(PlanFile.id(of: paths.plan.readFile(limit: PlanFile.sizeLimit))) {
                return try unfinished(paths, existing)
            }
            if let other = workspaces.first {
                guard existing == .resume else { return try unfinished(paths, existing) }
                throw DataError(
                    paths.plan,
                    "is not the plan of the shards in \(paths.workspaces.appending(other)); expected an unchanged plan, "
                        + "or --overwrite")
            }
            // After a merge, the plan stays.
            if isPlan { return try isComplete ? complete(paths, existing) : unfinished(paths, existing) }
        }
        if isComplete { return try complete(paths, existing) }
        // Version 2 had its plan there.
        if try paths.workspaces.appending(DatasetPaths.planName).kind() != nil {
            guard existing == .overwrite else {
                throw DataError(
                    paths.root,
                    "contains an unfinished export of another version; expected \(expected), or --overwrite")
            }
            return .unfinished
        }
        let ours = [FolderLock.name, DatasetPaths.workspacesName]
        guard try paths.root.entryNames().allSatisfy(ours.contains) else {
            throw DataError(paths.root, "contains files but no dataset of this program; expected \(expected)")
        }
        return .empty
    }

    private static func unfinished(_ paths: DatasetPaths, _ existing: ExistingOutput) throws(DataError) -> State {
        guard existing == .refuse else { return .unfinished }
        throw DataError(
            paths.root, "contains an unfinished export; expected \(expected), --resume, or --overwrite")
    }

    private static func complete(_ paths: DatasetPaths, _ existing: ExistingOutput) throws(DataError) -> State {
        guard existing == .refuse else { return .complete }
        throw DataError(paths.root, "contains a dataset; expected \(expected), --resume, or --overwrite")
    }

    /// The plan of the unfinished export; nil if there is none.
    func unfinishedPlan() throws(DataError) -> PlanFile? {
        guard state == .unfinished, try paths.plan.kind() != nil else { return nil }
        return try PlanFile(in: paths)
    }

    /// Whether there is a complete dataset, and no unfinished export.
    var isComplete: Bool { state == .complete }

    /// Checks that a dataset with these settings would replace only a dataset of this program.
    func checkReplacement(by settings: ExportSettings) throws(DataError) {
        try ReplaceableFiles(of: paths).check(settings.entries, in: paths)
        // A corrupt plan is ours if it has shards.
        if try paths.plan.status() != nil, try !PlanFile.exists(at: paths.plan), try paths.workspaceNames().isEmpty {
            throw DataError(paths.plan, "is not a plan of this program; expected no such file")
        }
    }

    /// Checks that no other process has taken over the folder.
    func checkLock() throws(DataError) { try lock.check() }

    /// Starts an export, instead of an unfinished one: creates its workspace, and writes its plan last.
    ///
    /// - Parameters:
    ///   - keepsBank: whether the workspaces contain a new bank for the plan.
    ///   - isFlushing: whether the plan is on the disk at the end.
    mutating func start(
        _ plan: ExportPlan, keepsBank: Bool = false, isFlushing: Bool = true
    ) throws(DataError) -> PlanFile {
        try lock.check()
        try paths.plan.removeTree()
        try removeWorkspaces(keepingBank: keepsBank)
        let bytes = plan.json
        try ExportWorkspace(of: PlanFile.id(of: bytes), in: paths).create(isFlushing: isFlushing)
        try paths.plan.writeFile(bytes, isFlushed: isFlushing)
        if isFlushing { try paths.root.flush() }
        state = .unfinished
        return try PlanFile(in: paths)
    }

    /// The workspace of the plan, with a merge that belongs to this process from here on.
    func takeOverMerge(of plan: PlanFile) throws(DataError) -> ExportWorkspace {
        try lock.check()
        var workspace = ExportWorkspace(of: plan.id, in: paths)
        _ = try workspace.takeOverMerge()
        return workspace
    }

    /// Puts a merged dataset into its place, and removes everything else that the export wrote.
    func publish(
        _ plan: PlanFile, _ workspace: ExportWorkspace, isFlushing: Bool, keepingPlan: Bool
    ) throws(DataError) {
        guard let folder = workspace.mergeFolder else { return }
        try DatasetReplacement(output: paths, merge: MergeFolder(folder))
            .exchange(plan.settings.entries, isFlushing: isFlushing, lock)
        // From here on, the new dataset is complete, and is not rolled back.
        let prefix = keepingPlan ? Self.mergedPrefix : Self.exportedPrefix
        let published = paths.workspaces.appending("\(prefix)\(plan.id)-\(UniqueName.make())")
        try folder.rename(to: published)
        try lock.check()
        try Self.finish(MergeFolder(published), of: plan.id, keepingPlan: keepingPlan, in: paths)
        try lock.check()
        try removeWorkspaces()
    }

    /// The start of the name of a folder whose merged dataset is in its place, and whose plan stays.
    private static let mergedPrefix = "merged-"
    /// The same where the plan goes.
    private static let exportedPrefix = "exported-"

    /// Removes a plan's workspace and what is left of the previous dataset.
    private static func finish(
        _ merge: MergeFolder, of planID: String, keepingPlan: Bool, in paths: DatasetPaths
    ) throws(DataError) {
        if !keepingPlan, try paths.plan.kind() == .file,
            PlanFile.id(of: try paths.plan.readFile(limit: PlanFile.sizeLimit)) == planID
        {
            try paths.plan.removeTree()
        }
        try paths.workspaces.removeEntry(planID)
        try DatasetReplacement(output: paths, merge: merge).finish()
    }

    /// Removes what interrupted processes left beside a complete dataset.
    func removeRemains() throws(DataError) {
        try lock.check()
        if state == .complete { try removeWorkspaces() }
    }

    /// If exports were interrupted while their datasets took the place of others, the previous dataset is restored, or,
    /// if the new one was complete, the rest of the previous one removed.
    private static func endInterruptedSwaps(in paths: DatasetPaths) throws(DataError) {
        guard try paths.workspaces.kind() == .folder else { return }
        for name in try paths.workspaces.entryNames() {
            for prefix in [mergedPrefix, exportedPrefix] where name.hasPrefix(prefix) {
                let planID = String(name.dropFirst(prefix.count).prefix { $0 != "-" })
                try finish(
                    MergeFolder(paths.workspaces.appending(name)), of: planID, keepingPlan: prefix == mergedPrefix,
                    in: paths)
            }
        }
        for name in try paths.workspaceNames() {
            var workspace = ExportWorkspace(of: name, in: paths)
            if try workspace.merges().isEmpty { continue }
            try DatasetReplacement(output: paths, merge: try workspace.takeOverMerge()).rollBack()
        }
    }

    /// Removes the workspaces.
    private func removeWorkspaces(keepingBank: Bool = false) throws(DataError) {
        guard try paths.workspaces.status() != nil else { return }
        for name in try paths.workspaces.entryNames() where !keepingBank || name != ExportPlanCreation.bankName {
            try paths.workspaces.removeEntry(name)
        }
        if !keepingBank { paths.workspaces.removeIfEmpty() }
    }
}

extension DatasetPaths {
    /// The names of the workspaces in the folder of all; each is the id of a plan.
    func workspaceNames() throws(DataError) -> [String] {
        guard try workspaces.kind() == .folder else { return [] }
        return try workspaces.entryNames().filter(PlanFile.isID)
    }
}

extension FilePath {
    /// Removes an entry of the folder at the path. It gets another name first, so that a process that still writes there
    /// fails at once.
    fileprivate func removeEntry(_ name: String) throws(DataError) {
        let removed = appending("removed-\(UniqueName.make())")
        guard try appending(name).renameIfPresent(to: removed) else { return }
        do throws(DataError) {
            try removed.removeTree()
        } catch {
            // Another process was just creating a file there, or has one open on a network file system. Nothing refers
            // to the folder by now: the next command removes it.
        }
    }

    /// Removes the folder at the path if it is empty.
    func removeIfEmpty() {
        // If another process writes there by now, the folder stays.
        _ = unsafe withPlatformString { unsafe rmdir($0) }
    }
}
