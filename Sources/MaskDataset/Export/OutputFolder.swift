import FileAccess
import SystemPackage

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
        state = try Self.state(of: paths, existing)
        self.paths = paths
        self.lock = lock
    }

    private static let expected = "a new or empty folder"

    private static func state(of paths: DatasetPaths, _ existing: ExistingOutput) throws(DataError) -> State {
        let isComplete = try paths.manifest.kind() != nil
        if try PlanFile.exists(at: paths.plan) {
            // After a merge, the plan may stay.
            if isComplete, try paths.workspaces.kind() == nil { return try complete(paths, existing) }
            return try unfinished(paths, existing)
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

    /// Checks that a dataset with these settings would replace only a dataset of this program. If another one was
    /// interrupted on the way to its place, it is put there first.
    func checkReplacement(by settings: ExportSettings) throws(DataError) {
        try finishInterruptedSwap()
        try OwnedFiles(of: paths).check(settings.entries, in: paths)
        if try paths.plan.status() != nil, try !PlanFile.exists(at: paths.plan) {
            throw DataError(paths.plan, "is not a plan of this program; expected no such file")
        }
    }

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

    /// Puts a merged dataset into its place, and removes everything else that the export wrote.
    mutating func publish(_ plan: PlanFile, isFlushing: Bool, keepingPlan: Bool) throws(DataError) {
        let workspace = ExportWorkspace(of: plan.id, in: paths)
        try DatasetSwap(output: paths, workspace: workspace, entries: plan.settings.entries, isFlushing: isFlushing)
            .run(lock)
        if !keepingPlan { try paths.plan.removeTree() }
        try removeWorkspaces()
        state = .complete
    }

    /// If an export was interrupted while its dataset took the place of another, that is finished first: parts of both
    /// are in the folder.
    private func finishInterruptedSwap() throws(DataError) {
        guard state == .unfinished, try PlanFile.exists(at: paths.plan) else { return }
        let plan: PlanFile
        do throws(DataError) {
            plan = try PlanFile(in: paths)
        } catch {
            // Another version's, or a corrupt one. Nothing is removed but what that dataset's list names.
            return
        }
        let workspace = ExportWorkspace(of: plan.id, in: paths)
        guard try workspace.mergedMark.kind() != nil else { return }
        try DatasetSwap(output: paths, workspace: workspace, entries: plan.settings.entries, isFlushing: true).run(lock)
    }

    /// Removes the workspaces. They get other names first, so that a process that still writes there fails at once.
    private func removeWorkspaces(keepingBank: Bool = false) throws(DataError) {
        guard try paths.workspaces.status() != nil else { return }
        for name in try paths.workspaces.entryNames() {
            if keepingBank, name == ExportPlanning.bankName { continue }
            let removed = paths.workspaces.appending("removed-\(UniqueName.make())")
            if try paths.workspaces.appending(name).renameIfPresent(to: removed) { try removed.removeTree() }
        }
        if !keepingBank { try paths.workspaces.removeTree() }
    }
}

extension FilePath {
    /// Removes the folder at the path if it is empty; for a folder that this process created for nothing.
    func removeIfEmpty() throws(DataError) {
        if try kind() == .folder, try entryCount() == 0 { try removeTree() }
    }
}
