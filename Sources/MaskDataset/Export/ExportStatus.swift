public import FileAccess
import JSONText
public import SystemPackage

/// Which shards of an export are complete.
public struct ExportStatus: Sendable {
    /// The number of shards of the plan.
    public let shardCount: Int
    /// The number of complete shards.
    public let completeCount: Int
    /// The shards without a completion record.
    public let missing: ShardNumberSet
    /// The shards of which a file or the record is not as it was written.
    public let damaged: ShardNumberSet
    /// What is wrong with the first damaged shards.
    public let problems: [DataError]
    /// Whether the shards have been merged to the dataset in the folder.
    public let isMerged: Bool

    /// Examines the shards of the plan in `output`.
    ///
    /// The contents of a file are compared with its record only if it was changed after it was recorded; a merge compares
    /// all.
    /// - Throws: `DataError` if there is no plan, or the folder cannot be read.
    /// - Complexity: O(files)
    public init(of output: FilePath, jobs: Int) async throws(DataError) {
        let paths = DatasetPaths(root: output)
        let file = try PlanFile(in: paths)
        var workspace = ExportWorkspace(of: file.id, in: paths)
        try workspace.findMerge()
        shardCount = file.shards.count
        let (hasWorkspace, hasDataset) = (try workspace.root.kind() != nil, try paths.manifest.kind() != nil)
        if !hasWorkspace { try file.checkHasNoOtherWorkspace(in: paths) }
        isMerged = hasDataset && !hasWorkspace
        if isMerged {
            completeCount = shardCount
            (missing, damaged, problems) = (ShardNumberSet(), ShardNumberSet(), [])
            return
        }
        let survey = try await ShardStates(of: file.shards, plan: file.id, in: workspace, jobs: jobs, .quick)
        completeCount = survey.complete.count
        (missing, damaged, problems) = (survey.missing, survey.damaged, survey.problems)
    }

    /// The shards that have to be generated, as `--shard` accepts them.
    public var rerun: ShardNumberSet { missing.union(damaged) }

    /// An object with the members `shards`, `complete`, `missing`, `damaged`, `rerun`, and `merged`.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("shards", shardCount)
            json.member("complete", completeCount)
            for (name, numbers) in [("missing", missing), ("damaged", damaged)] {
                json.name(name)
                json.array { json in
                    for number in numbers.all { json.value(number) }
                }
            }
            json.member("rerun", rerun.description)
            json.name("merged")
            json.value(isMerged)
        }
        json.endLine()
        return json.bytes
    }
}
