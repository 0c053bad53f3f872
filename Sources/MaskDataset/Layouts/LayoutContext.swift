import FileAccess
import MaskModel
import SystemPackage

/// The masks of an export as its merge collected them, and the folder or file to write from them.
struct LayoutContext: Sendable {
    let plan: ExportPlan
    /// The dataset as far as it is merged.
    let merged: DatasetPaths
    /// The name, in the dataset's folder, of what is written.
    let entry: String
    /// The color of holes in its images.
    let holeColor: HoleColor
    /// The dataset's folder, as the user named it.
    let output: FilePath
    /// The masks' lines.
    let lines: LineOffsetIndex?
    let jobs: Int
    let progress: WorkProgress

    /// A mask of the dataset.
    struct Mask: Hashable, Sendable {
        let split: Split
        let index: Int
        var id: String { DatasetPaths.id(index, split) }
    }

    /// The folder before the dataset is complete.
    var folder: FilePath { merged.root.appending(entry) }
    /// The folder once the dataset is complete.
    var publishedFolder: FilePath { output.appending(entry) }

    /// The splits that have masks.
    var splits: [Split] { Split.allCases.filter { plan.settings.count(of: $0) > 0 } }

    /// Creates a folder within the layout's, and its parents.
    func makeFolder(_ name: String) throws(DataError) {
        try folder.appending(name).makeFolders()
    }

    /// Places an image of the user's into the layout's folder, as a hard link, or as a copy on another file system.
    func link(_ image: ImageAssignment.Entry, as name: String) throws(DataError) {
        let path = FilePath(image.path)
        guard try path.kind() == .file else {
            throw DataError(path, "no such file; expected an image, to be linked beside its mask")
        }
        // A link to a link would lead elsewhere once the dataset is moved.
        try path.resolved().linkOrCopy(to: folder.pushing(FilePath(name)))
    }

    /// Writes a whole file into the layout's folder.
    func write(_ bytes: [UInt8], to name: String) throws(DataError) {
        try folder.pushing(FilePath(name)).writeFileInPlace(bytes)
    }

    /// Calls `body` for every mask of `split`, in all tasks.
    func forEachMask(
        of split: Split,
        _ body: @escaping @Sendable (inout LayoutScratch, Mask) throws(DataError) -> Void
    ) async throws(DataError) {
        let ranges = MaskRanges(plan.settings, of: split)
        try await forEachConcurrently(
            ranges.count, jobs: jobs, makeWorker: { LayoutScratch(self) },
            { (scratch, number) throws(DataError) in
                for index in ranges[number] { try body(&scratch, Mask(split: split, index: index)) }
                progress.advance(by: ranges[number].count)
            })
    }

    /// Calls `body` for every mask of `split`, in all tasks, and writes what it appends to `text` in the masks' order.
    ///
    /// The text of up to four ranges of masks per task is in memory at once.
    func forEachMask(
        of split: Split, listedIn file: borrowing OutputFile,
        _ body: @escaping @Sendable (inout LayoutScratch, Mask, _ text: inout [UInt8]) throws(DataError) -> Void
    ) async throws(DataError) {
        let ranges = MaskRanges(plan.settings, of: split)
        let batchSize = 4 * max(jobs, 1)
        for start in stride(from: 0, to: ranges.count, by: batchSize) {
            let texts = OrderedResults<[UInt8]>(count: min(batchSize, ranges.count - start))
            try await forEachConcurrently(
                min(batchSize, ranges.count - start), jobs: jobs, makeWorker: { LayoutScratch(self) },
                { (scratch, number) throws(DataError) in
                    let masks = ranges[start + number]
                    var text: [UInt8] = []
                    for index in masks { try body(&scratch, Mask(split: split, index: index), &text) }
                    texts.set(number, text)
                    progress.advance(by: masks.count)
                })
            for text in texts.all { try file.write(text) }
        }
    }

    /// Does the same with a new file in the layout's folder that has no other contents.
    func forEachMask(
        of split: Split, listedIn name: String,
        _ body: @escaping @Sendable (inout LayoutScratch, Mask, _ text: inout [UInt8]) throws(DataError) -> Void
    ) async throws(DataError) {
        let file = try outputFile(name)
        try await forEachMask(of: split, listedIn: file, body)
        try file.commit()
    }

    /// Opens a new file in the layout's folder.
    func outputFile(_ name: String) throws(DataError) -> OutputFile {
        try OutputFile(folder.pushing(FilePath(name)))
    }
}
