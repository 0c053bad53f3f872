public import FileAccess
import MaskFormats
import MaskModel
public import MaskTracing
public import PNGCodec
public import SystemPackage

/// Traces images of masks as vectors: JSON Lines and SVG files under the names of the images.
///
/// The mask `a/b` is line by line in `vectors/a.jsonl`, with the id `b`, and in `svg/a/b.svg`; masks in no folder are in
/// `vectors/masks.jsonl`. The bytes are the same for any number of tasks, and after any interruption.
public struct Vectorization: Sendable {
    /// What is done if the output folder already has results.
    public enum ExistingOutput: Hashable, Sendable {
        /// An error.
        case refused
        /// Results of the same names are replaced.
        case replaced
        /// Masks that the folder already has are not traced again.
        case resumed
    }

    /// The masks to trace; a vector is rasterized at the size of its canvas first.
    public let masks: MaskCollection
    /// A folder, or for a single mask also a file with the extension `.svg`, `.json`, or `.jsonl`.
    public let output: FilePath
    /// How masks are traced.
    public var options = TracingOptions()
    /// Reads the images; by default holes are white, and only black and white are valid.
    public var reader = PNGReader()
    /// What is done if the output folder already has results.
    public var existing = ExistingOutput.refused
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
    /// - Throws: `DataError` if the output exists or was started with other masks or options, or a mask cannot be read,
    ///   traced, or written.
    public func run(progress: WorkProgress) async throws(DataError) -> VectorizationSummary {
        progress.begin(total: masks.items.count)
        let check = try OutputCheck(of: [masks])
        if isFile {
            try check.check(output, replaces: existing != .refused)
            output.removeAbandonedOutput()
            var worker = VectorizationWorker(reader: reader, options: options)
            let traced = try worker.trace(masks.items[0])
            try output.writeFile(output.ending == "svg" ? traced.record.svg : traced.record.jsonLine)
            progress.advance()
            return VectorizationSummary(masks: [traced.figures])
        }
        try check.checkFolder(output)
        try check.checkIsOutsideInputs(output)
        let folder = try VectorizationFolder(self)
        let count = masks.items.count
        let figures = ResultList<[VectorizedMask]>(count: (count + Self.chunkSize - 1) / Self.chunkSize)
        try await forEachConcurrently(
            (count + Self.chunkSize - 1) / Self.chunkSize, jobs: jobs,
            makeWorker: { [reader, options] in VectorizationWorker(reader: reader, options: options) },
            { (worker, chunk) throws(DataError) in
                let items = masks.items[chunk * Self.chunkSize..<min((chunk + 1) * Self.chunkSize, count)]
                if existing == .resumed, let done = try folder.figures(ofChunk: chunk, items) {
                    figures.set(chunk, done)
                    progress.advance(by: items.count)
                    return
                }
                var lines: [UInt8] = []
                var done: [VectorizedMask] = []
                for item in items {
                    let traced = try worker.trace(item)
                    try folder.svgFile(of: item).writeFile(traced.record.svg, isFlushed: false)
                    lines += traced.record.jsonLine
                    done.append(traced.figures)
                    progress.advance()
                }
                try folder.write(chunk: chunk, lines: lines, figures: done)
                figures.set(chunk, done)
            })
        try folder.finish(masks.items, chunkSize: Self.chunkSize)
        return VectorizationSummary(masks: figures.all.flatMap(\.self))
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
