import FileAccess
import MaskModel
import Synchronization

/// What a workspace contains of all shards of a plan.
struct ShardStates: Sendable {
    private(set) var complete = ShardNumberSet()
    private(set) var missing = ShardNumberSet()
    private(set) var damaged = ShardNumberSet()
    /// What is wrong with the first damaged shards.
    private(set) var problems: [DataError] = []
    /// The sums of the complete shards.
    private(set) var totals: [Split: MaskTotals] = [:]
    /// The run of the first complete shard; nil if there is none.
    private(set) var firstRun: String?
    /// Whether other runs contributed, too.
    private(set) var hasOtherRuns = false

    private static let problemLimit = 10
    /// The largest number of shards that a task examines at a time.
    private static let batchLimit = 64

    /// Examines all shards in up to `jobs` tasks.
    ///
    /// - Parameter trusted: the shards whose files this process has just written or compared, of which only the record
    ///   is read.
    init(
        of shards: ShardList, plan id: String, in workspace: ExportWorkspace, jobs: Int,
        _ scrutiny: ExportWorkspace.Scrutiny, trusted: ShardNumberSet = ShardNumberSet()
    ) async throws(DataError) {
        // Large shards are divided among the tasks, too.
        let batchSize = max(1, min(Self.batchLimit, shards.count / (4 * max(jobs, 1))))
        let batchCount = (shards.count + batchSize - 1) / batchSize
        let batches = Mutex<[Int: ShardStates]>([:])
        let result = Mutex((survey: ShardStates(), next: 0))
        try await forEachConcurrently(batchCount, jobs: jobs) { (number) throws(DataError) in
            var batch = ShardStates()
            for index in (number * batchSize..<shards.count).prefix(batchSize) {
                let shard = shards[index]
                batch.add(
                    shard,
                    try workspace.state(of: shard, plan: id, trusted.contains(index) ? .trusting : scrutiny))
            }
            // Batches are added in order, so that sets of shards stay a few ranges.
            batches.withLock { $0[number] = batch }
            result.withLock { result in
                while let next = batches.withLock({ $0.removeValue(forKey: result.next) }) {
                    result.survey.add(next)
                    result.next += 1
                }
            }
        }
        self = result.withLock { $0.survey }
    }

    private init() {}

    private mutating func add(_ shard: ShardList.Shard, _ state: ShardState) {
        switch state {
        case .missing: missing.insert(shard.number)
        case .damaged(let problem):
            damaged.insert(shard.number)
            problems.append(problem)
        case .complete(let completion):
            complete.insert(shard.number)
            totals[shard.split, default: MaskTotals()] += completion.totals
            add(run: completion.run)
        }
    }

    private mutating func add(_ batch: ShardStates) {
        for number in batch.complete.all { complete.insert(number) }
        for number in batch.missing.all { missing.insert(number) }
        for number in batch.damaged.all { damaged.insert(number) }
        problems += batch.problems.prefix(Self.problemLimit - problems.count)
        for (split, sum) in batch.totals { totals[split, default: MaskTotals()] += sum }
        if let run = batch.firstRun { add(run: run) }
        if batch.hasOtherRuns { hasOtherRuns = true }
    }

    private mutating func add(run: String) {
        if let firstRun, firstRun != run { hasOtherRuns = true }
        if firstRun == nil { firstRun = run }
    }

    /// The shards that have to be generated again.
    var rerun: ShardNumberSet { missing.union(damaged) }

    /// Checks that all shards are complete.
    ///
    /// - Throws: `DataError` of the kind `unavailable` with the shards that are not.
    func check(in output: DatasetPaths) throws(DataError) {
        guard !rerun.isEmpty else { return }
        var parts: [String] = []
        if !missing.isEmpty { parts.append("\(missing.count) missing (\(Self.short(missing)))") }
        if let problem = problems.first {
            parts.append("\(damaged.count) damaged (\(Self.short(damaged)); \(problem))")
        }
        throw DataError(
            output.root,
            "shards: \(complete.count) complete, \(parts.joined(separator: ", ")); expected all, "
                + "run qd-imd export --plan \(output.root) --shard \(Self.short(rerun))", kind: .unavailable)
    }

    private static func short(_ numbers: ShardNumberSet) -> String {
        let text = numbers.description
        return text.utf8.count <= 200
            ? text : text.prefix(200).split(separator: ",").dropLast().joined(separator: ",") + ",…"
    }
}
