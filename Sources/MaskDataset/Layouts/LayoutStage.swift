import FileAccess
import MaskModel
import SystemPackage

/// The step of an export between the last shard and the moves into place: makes the layouts, and what is written of the
/// whole dataset, out of what the shards left.
///
/// An interruption leaves no trace: it is all made again, from the start.
struct LayoutStage {
    let plan: ExportPlan
    let staging: DatasetPaths
    /// The dataset's folder, as the user named it.
    let output: FilePath
    let jobs: Int
    let progress: WorkProgress

    func run() async throws(DataError) {
        let settings = plan.settings
        let layouts = settings.layouts.ordered.filter { $0 != .qdIMD }
        let extras = DatasetExtra.allCases.filter(settings.layouts.extras.contains)
        guard !layouts.isEmpty || !extras.isEmpty else { return }
        let log: ShardLog
        for part in LayoutSettings.allParts { try staging.root.appending(part).removeTree() }
        log = try ShardLog(of: plan, in: staging)
        let lines = StagedLines(log, of: plan)
        func work(_ part: String, _ holeColor: HoleColor) -> LayoutContext {
            LayoutContext(
                plan: plan, staging: staging, part: part, holeColor: holeColor, output: output, lines: lines,
                jobs: jobs, progress: progress)
        }
        // COCO's annotations take the masks twice.
        let passes = layouts.count + (extras.contains(.coco) ? 2 : 0)
        progress.begin(total: (settings.trainCount + settings.testCount) * passes)
        for kind in layouts {
            let work = work(kind.rawValue, settings.holeColor(of: kind))
            try work.makeFolder("")
            try await kind.layout(settings.layouts).write(work)
        }
        for extra in extras {
            let work = work(extra.part, settings.holeColor)
            switch extra {
            case .coco: try await COCOAnnotations().write(work)
            case .croissant: try CroissantFile().write(work)
            case .checksums: try await Checksums().write(work)
            }
        }
    }
}
