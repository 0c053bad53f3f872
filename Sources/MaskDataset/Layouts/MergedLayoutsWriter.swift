import FileAccess
import MaskModel
import SystemPackage

/// Writes the layouts, and the files that describe the dataset, as the last stage of a merge but one: from the
/// output of the shards.
///
/// After an interruption, all of it is written again.
struct MergedLayoutsWriter {
    let plan: ExportPlan
    let merged: DatasetPaths
    /// The dataset's folder, as the user named it.
    let output: FilePath
    let jobs: Int
    let progress: WorkProgress

    func run() async throws(DataError) {
        let settings = plan.settings
        let tars = settings.shardTars
        let layouts = settings.layouts.ordered.filter { $0 != .qdIMD && $0 != tars?.layout }
        let extras = DatasetExtra.allCases.filter(settings.layouts.extras.contains)
        for entry in LayoutSettings.allEntries where entry != tars?.folder {
            try merged.root.appending(entry).removeTree()
        }
        guard !layouts.isEmpty || !extras.isEmpty else { return }
        let needsLines = layouts.contains { $0.layout().needsRecords }
        let lines = needsLines ? try LineOffsetIndex(settings, in: merged) : nil
        func context(_ entry: String, _ holeColor: HoleColor) -> LayoutContext {
            LayoutContext(
                plan: plan, merged: merged, entry: entry, holeColor: holeColor, output: output, lines: lines,
                jobs: jobs, progress: progress)
        }
        // COCO's annotations need two passes over the masks.
        let passes = layouts.count + (extras.contains(.coco) ? 2 : 0)
        progress.begin(total: (settings.trainCount + settings.testCount) * passes)
        for kind in layouts {
            let context = context(kind.rawValue, settings.holeColor(of: kind))
            try context.makeFolder("")
            try await settings.layout(kind).write(context)
        }
        for extra in extras {
            let context = context(extra.entry, settings.holeColor)
            switch extra {
            case .coco: try await COCOAnnotations().write(context)
            case .croissant: try CroissantFile().write(context)
            // With the checksums of these files, after them.
            case .checksums: break
            }
        }
    }
}
