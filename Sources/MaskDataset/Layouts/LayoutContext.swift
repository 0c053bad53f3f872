import FileAccess
import MaskModel
import SystemPackage

/// The masks of an export as its shards left them, and a folder to write a layout of them into.
struct LayoutContext: Sendable {
    let plan: ExportPlan
    let staging: DatasetPaths
    /// What is made of the masks, by the name of its part.
    let part: String
    /// The color of holes in its images.
    let holeColor: HoleColor
    /// The dataset's folder, as the user named it.
    let output: FilePath
    /// Where the masks' lines are.
    let lines: StagedLines
    let jobs: Int
    let progress: WorkProgress

    /// A mask of the dataset.
    struct Mask: Hashable, Sendable {
        let split: Split
        let index: Int
        var id: String { DatasetPaths.id(index, split) }
    }

    /// The folder, until the dataset is complete.
    var folder: FilePath { staging.root.appending(part) }
    /// The folder, once the dataset is complete.
    var publishedFolder: FilePath { output.appending(part) }

    /// The splits that have masks.
    var splits: [Split] { Split.allCases.filter { plan.settings.count(of: $0) > 0 } }

    /// Makes a folder in the layout's, and those above it.
    func makeFolder(_ name: String) throws(DataError) {
        try folder.appending(name).makeFolders()
    }

    /// Writes a whole file into the layout's folder.
    func write(_ bytes: [UInt8], to name: String) throws(DataError) {
        try folder.pushing(FilePath(name)).writeFileInPlace(bytes)
    }

    /// Runs `body` for every mask of `split`, on all tasks.
    func forEachMask(
        of split: Split,
        _ body: @escaping @Sendable (inout LayoutScratch, Mask) throws(DataError) -> Void
    ) async throws(DataError) {
        let shards = ShardSequence(plan.settings, of: split)
        try await forEachConcurrently(
            shards.count, jobs: jobs, makeWorker: { LayoutScratch(self) },
            { (worker, number) throws(DataError) in
                for index in shards[number].masks { try body(&worker, Mask(split: split, index: index)) }
                progress.advance(by: shards[number].masks.count)
            })
    }

    /// Runs `body` for every mask of `split`, on all tasks, and writes what it appends to `text` in the masks' order.
    ///
    /// Some shards for each task are in memory at once.
    func forEachMask(
        of split: Split, listedIn file: borrowing OutputFile,
        _ body: @escaping @Sendable (inout LayoutScratch, Mask, _ text: inout [UInt8]) throws(DataError) -> Void
    ) async throws(DataError) {
        let shards = ShardSequence(plan.settings, of: split)
        let step = 4 * max(jobs, 1)
        for start in stride(from: 0, to: shards.count, by: step) {
            let texts = ResultList<[UInt8]>(count: min(step, shards.count - start))
            try await forEachConcurrently(
                min(step, shards.count - start), jobs: jobs, makeWorker: { LayoutScratch(self) },
                { (worker, number) throws(DataError) in
                    let masks = shards[start + number].masks
                    var text: [UInt8] = []
                    for index in masks { try body(&worker, Mask(split: split, index: index), &text) }
                    texts.set(number, text)
                    progress.advance(by: masks.count)
                })
            for text in texts.all { try file.write(text) }
        }
    }

    /// The same, into a file of the layout's folder of which nothing else is written.
    func forEachMask(
        of split: Split, listedIn name: String,
        _ body: @escaping @Sendable (inout LayoutScratch, Mask, _ text: inout [UInt8]) throws(DataError) -> Void
    ) async throws(DataError) {
        let file = try outputFile(name)
        try await forEachMask(of: split, listedIn: file, body)
        try commit(file)
    }

    /// Begins a file in the layout's folder.
    func outputFile(_ name: String) throws(DataError) -> OutputFile {
        return try OutputFile(folder.pushing(FilePath(name)))
    }

    /// Ends a file.
    func commit(_ file: consuming OutputFile) throws(DataError) {
        try file.commit()
    }
}
