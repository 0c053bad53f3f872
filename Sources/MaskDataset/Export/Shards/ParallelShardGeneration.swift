import FileAccess
import MaskModel
import MaskRaster

/// Generates shards in parallel, in a run of their own, and records each once it is complete.
struct ParallelShardGeneration {
    let plan: ExportPlan
    let planID: String
    let output: DatasetPaths
    let jobs: Int
    let isFlushing: Bool
    let progress: WorkProgress

    func run<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        _ numbers: ShardNumberSet, makeRasterizer: @escaping @Sendable () -> Rasterizer
    ) async throws(DataError) {
        guard !numbers.isEmpty else { return }
        let workspace = ExportWorkspace(of: planID, in: output)
        let run = try ShardRunFolder(in: workspace, for: plan.settings)
        let recorder = ShardCompletionWriter(workspace: workspace, run: run, isFlushing: isFlushing)
        let shards = plan.shards
        do throws(DataError) {
            try await forEachConcurrently(
                numbers.count, jobs: jobs,
                makeWorker: {
                    ShardWriter(
                        plan: plan, planID: planID, run: run, rasterizer: makeRasterizer(), progress: progress)
                },
                { (writer, position) throws(DataError) in
                    let completion = try writer.write(shards[numbers.number(at: position)])
                    // Strokes of a bank that was overwritten in the meantime are those of another plan.
                    try plan.pools[.train]?.checkUnchanged()
                    try recorder.add(completion)
                })
        } catch {
            // What is complete can be resumed from.
            try recorder.finish()
            throw error
        }
        try recorder.finish()
    }
}
