import FileAccess
import MaskModel
import SystemPackage

/// The masks of an export as its shards left them, and a folder to write a layout of them into.
struct LayoutWork: Sendable {
    let plan: ExportPlan
    let staging: DatasetLayout
    /// What is made of the masks, by the name of its part.
    let part: String
    /// The colour of holes in its pictures.
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
        var id: String { DatasetLayout.id(index, split) }
    }

    /// The folder, until the dataset is complete.
    var folder: FilePath { staging.root.appending(part) }
    /// The folder, once the dataset is complete.
    var publishedFolder: FilePath { output.appending(part) }

    /// The splits that have masks.
    var splits: [Split] { Split.allCases.filter { plan.settings.count(of: $0) > 0 } }

    /// Makes a folder in the layout's, and those above it.
    func makeFolder(_ name: String) throws(DatasetError) {
        try DatasetError.wrapping { () throws(FileError) in try folder.appending(name).makeFolders() }
    }

    /// Writes a whole file into the layout's folder.
    func write(_ bytes: [UInt8], to name: String) throws(DatasetError) {
        try DatasetError.wrapping { () throws(FileError) in try folder.pushing(FilePath(name)).writeFileInPlace(bytes) }
    }

    /// Runs `body` for every mask of `split`, on all tasks.
    func forEachMask(
        of split: Split,
        _ body: @escaping @Sendable (inout LayoutWorker, Mask) throws(DatasetError) -> Void
    ) async throws(DatasetError) {
        let shards = ShardSequence(plan.settings, of: split)
        try await forEachConcurrently(
            shards.count, jobs: jobs, makeWorker: { LayoutWorker(self) },
            { (worker, number) throws(DatasetError) in
                for index in shards[number].masks { try body(&worker, Mask(split: split, index: index)) }
                progress.advance(by: shards[number].masks.count)
            })
    }

    /// Runs `body` for every mask of `split`, on all tasks, and writes what it appends to `text` in the masks' order.
    ///
    /// Some shards for each task are in memory at once.
    func forEachMask(
        of split: Split, listedIn file: borrowing OutputFile,
        _ body: @escaping @Sendable (inout LayoutWorker, Mask, _ text: inout [UInt8]) throws(DatasetError) -> Void
    ) async throws(DatasetError) {
        let shards = ShardSequence(plan.settings, of: split)
        let step = 4 * max(jobs, 1)
        for start in stride(from: 0, to: shards.count, by: step) {
            let texts = ResultList<[UInt8]>(count: min(step, shards.count - start))
            try await forEachConcurrently(
                min(step, shards.count - start), jobs: jobs, makeWorker: { LayoutWorker(self) },
                { (worker, number) throws(DatasetError) in
                    let masks = shards[start + number].masks
                    var text: [UInt8] = []
                    for index in masks { try body(&worker, Mask(split: split, index: index), &text) }
                    texts.set(number, text)
                    progress.advance(by: masks.count)
                })
            do {
                for text in texts.all { try file.write(text) }
            } catch {
                throw .file(error)
            }
        }
    }

    /// The same, into a file of the layout's folder of which nothing else is written.
    func forEachMask(
        of split: Split, listedIn name: String,
        _ body: @escaping @Sendable (inout LayoutWorker, Mask, _ text: inout [UInt8]) throws(DatasetError) -> Void
    ) async throws(DatasetError) {
        let file = try outputFile(name)
        try await forEachMask(of: split, listedIn: file, body)
        try commit(file)
    }

    /// Begins a file in the layout's folder.
    func outputFile(_ name: String) throws(DatasetError) -> OutputFile {
        do {
            return try OutputFile(folder.pushing(FilePath(name)))
        } catch {
            throw .file(error)
        }
    }

    /// Ends a file.
    func commit(_ file: consuming OutputFile) throws(DatasetError) {
        do {
            try file.commit()
        } catch {
            throw .file(error)
        }
    }
}
