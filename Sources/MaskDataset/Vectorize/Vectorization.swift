public import FileAccess
import MaskFormats
import MaskModel
public import MaskTracing
public import PNGCodec
public import SystemPackage

/// Traces images of masks as vectors: JSON Lines and SVG files under the names of the images.
///
/// The mask `a/b` is line by line in `vectors/a.jsonl`, with the id `b`, and in `svg/a/b.svg`; masks in no folder are in
/// `vectors/masks.jsonl`. `vectorize.json` has the options, and how closely each mask was traced. The bytes are the same
/// for any number of tasks, and after any interruption.
public struct Vectorization: Sendable {
    /// The masks to trace; a vector is rasterized at the size of its canvas first.
    public let masks: MaskCollection
    /// A folder, or for a single mask also a file with the extension `.svg`, `.json`, or `.jsonl`.
    public let output: FilePath
    /// How masks are traced.
    public var options = TracingOptions()
    /// Reads the images; by default holes are white, and only black and white are valid.
    public var reader = PNGReader()
    /// What is done if the output folder already has results.
    public var existing = ExistingOutput.refuse
    /// The number of tasks, at least 1.
    public var jobs = 1

    /// The number of masks that are complete or not as a whole.
    private static let chunkSize = 32

    /// A vectorization of `masks` into the folder or file `output`; `run` performs it.
    public init(of masks: MaskCollection, to output: FilePath) {
        self.masks = masks
        self.output = output
    }

    /// Whether the output is a single file.
    var isFile: Bool { masks.isSingle && ["svg", "json", "jsonl"].contains(output.ending) }

    /// Traces all masks.
    ///
    /// - Parameter progress: Counts the masks.
    /// - Returns: How closely each mask was traced, in the order of the masks.
    /// - Throws: `DataError` if the output exists, was made of other masks or with other options, or is in use by another
    ///   process, or a mask cannot be read, traced, or written.
    public func run(progress: WorkProgress) async throws(DataError) -> VectorizationSummary {
        progress.begin(total: masks.items.count)
        let check = try OverwriteCheck(of: [masks])
        if isFile {
            try check.check(output, replaces: existing != .refuse)
            output.removeAbandonedOutput()
            var worker = VectorizationWorker(reader: reader, options: options)
            let traced = try worker.trace(masks.items[0])
            try output.writeFile(output.ending == "svg" ? traced.record.svg : traced.record.jsonLine)
            progress.advance()
            return VectorizationSummary(masks: [traced.figures])
        }
        try check.checkFolder(output)
        try check.checkIsOutsideInputs(output)
        let isNew = try output.kind() == nil
        do throws(DataError) {
            return try await runWhileLocked(progress: progress)
        } catch {
            if isNew { output.removeIfEmpty() }
            throw error
        }
    }

    private func runWhileLocked(progress: WorkProgress) async throws(DataError) -> VectorizationSummary {
        try output.makeFolders()
        let lock = try FolderLock(of: output, for: "vectorizing")
        let folder = VectorizationFolder(of: self)
        if try folder.begin(existing) {
            let done = try folder.finishedFigures()
            try await forEachChunk { (worker, chunk, items) throws(DataError) in
                try worker.check(items, against: done[chunk.lowerBound..<chunk.upperBound], in: output)
                progress.advance(by: items.count)
            }
            return VectorizationSummary(masks: done)
        }
        let figures = OrderedResults<[TracingAccuracy]>(count: chunkCount)
        try await forEachChunk { (worker, chunk, items) throws(DataError) in
            let number = chunk.lowerBound / Self.chunkSize
            if existing == .resume, let done = try folder.figures(ofChunk: number, items) {
                try worker.check(items, against: done[...], in: output)
                figures.set(number, done)
                progress.advance(by: items.count)
                return
            }
            var lines: [UInt8] = []
            var done: [TracingAccuracy] = []
            for item in items {
                let traced = try worker.trace(item)
                try folder.svgFile(of: item).writeFile(traced.record.svg, isFlushed: false)
                lines += traced.record.jsonLine
                done.append(traced.figures)
                progress.advance()
            }
            try folder.write(chunk: number, lines: lines, figures: done)
            figures.set(number, done)
        }
        try lock.check()
        let all = figures.all.flatMap(\.self)
        try folder.finish(masks.items, all, chunkSize: Self.chunkSize)
        try lock.check()
        return VectorizationSummary(masks: all)
    }

    private var chunkCount: Int { (masks.items.count + Self.chunkSize - 1) / Self.chunkSize }

    private func forEachChunk(
        _ body:
            @escaping @Sendable (inout VectorizationWorker, Range<Int>, ArraySlice<MaskLocation>) throws(DataError) ->
            Void
    ) async throws(DataError) {
        try await forEachConcurrently(
            chunkCount, jobs: jobs,
            makeWorker: { [reader, options] in VectorizationWorker(reader: reader, options: options) },
            { (worker, number) throws(DataError) in
                let chunk = number * Self.chunkSize..<min((number + 1) * Self.chunkSize, masks.items.count)
                try body(&worker, chunk, masks.items[chunk])
            })
    }
}

extension MaskRecord {
    /// The mask as an SVG document with white holes.
    fileprivate var svg: [UInt8] {
        var bytes: [UInt8] = []
        appendSVG(holeColor: .white, to: &bytes)
        return bytes
    }
}
