public import FileAccess
public import MaskDataset
import MaskFormats
import MaskModel
import MaskRaster
public import PNGCodec
import SystemPackage

/// A report on a collection of masks: figures of all of them, and a sample to look at.
public struct DatasetReport: Hashable, Sendable {
    /// The options of a report.
    public struct Options: Hashable, Sendable {
        /// The title of the page.
        public var title: String
        /// Reads the images.
        public var reader: PNGReader
        /// The maximum number of masks of the sample, at least 1.
        public var sampleLimit = 1000
        /// The number of tasks, at least 1.
        public var jobs = 1

        /// By default, the title is the name of the collection's file or folder, and only images in black and white are
        /// accepted, with the color of holes in the manifest, or white.
        public init(for masks: MaskCollection) {
            let name = masks.path.lastComponent.flatMap { $0.kind == .regular ? $0.string : nil }
            title = name ?? "Masks"
            reader = PNGReader(holeColor: masks.holeColor ?? .white)
        }
    }

    let options: Options
    let manifest: DatasetManifest?
    /// The values of the manifest, as text.
    let facts: [ManifestValue]
    let figures: [MaskFigures]
    let totals: ReportTotals
    let sample: [SampleMask]
    /// Nil if there are no vectors.
    let drift: ResolutionSensitivity?

    /// The number of masks that a task reads before it adds their figures to the others.
    private static let blockSize = 256

    /// Reads all masks once, and those of the sample twice.
    ///
    /// It needs 16 bytes per mask, in addition to the collection and the sample.
    /// - Parameters:
    ///   - masks: The masks.
    ///   - options: What the page shows.
    ///   - progress: counts the masks.
    /// - Throws: `DataError` if a mask cannot be read.
    public init(of masks: MaskCollection, _ options: Options, progress: WorkProgress) async throws(DataError) {
        self.options = options
        manifest = masks.manifest
        facts = try masks.manifestValues
        progress.begin(total: masks.items.count)
        let scan = try await Self.scan(masks.items, options, progress)
        figures = scan.figures
        totals = scan.totals
        let selection = SampleSelection(figures, limit: options.sampleLimit)
        sample = try await Self.load(selection.indices, of: masks.items, figures, options)
        drift = try await Self.drift(selection, of: masks.items, options)
    }

    private static func scan(
        _ items: [MaskLocation], _ options: Options, _ progress: WorkProgress
    ) async throws(DataError) -> MaskFiguresCollector.Result {
        let collector = MaskFiguresCollector(count: items.count)
        try await forEachConcurrently(
            (items.count + blockSize - 1) / blockSize, jobs: options.jobs,
            makeWorker: { MaskScanner(reader: options.reader) },
            { (scanner, block) throws(DataError) in
                let start = block * blockSize
                var figures: [MaskFigures] = []
                var totals = ReportTotals()
                for item in items[start..<min(start + blockSize, items.count)] {
                    let mask = try scanner.scan(item)
                    totals.add(mask, cellCounts: scanner.cellCounts, of: scanner.grid)
                    figures.append(MaskFigures(mask))
                    progress.advance()
                }
                collector.add(figures, from: start, totals)
            })
        return collector.result
    }

    private static func load(
        _ indices: [Int], of items: [MaskLocation], _ figures: [MaskFigures], _ options: Options
    ) async throws(DataError) -> [SampleMask] {
        let sample = OrderedResults<SampleMask>(count: indices.count)
        try await forEachConcurrently(
            indices.count, jobs: options.jobs, makeWorker: { MaskScanner(reader: options.reader) },
            { (scanner, number) throws(DataError) in
                let item = items[indices[number]]
                let mask = try scanner.load(item)
                sample.set(number, SampleMask(mask, name: item.name, figures: figures[indices[number]]))
            })
        return sample.all
    }

    private static func drift(
        _ selection: SampleSelection, of items: [MaskLocation], _ options: Options
    ) async throws(DataError) -> ResolutionSensitivity? {
        let indices = selection.representatives(atMost: ResolutionSensitivity.sampleCount)
        let rows = OrderedResults<ResolutionSensitivity.Row?>(count: indices.count)
        try await forEachConcurrently(
            indices.count, jobs: options.jobs, makeWorker: { MaskScanner(reader: options.reader) },
            { (scanner, number) throws(DataError) in
                let item = items[indices[number]]
                guard case .vector(let record) = try scanner.load(item) else { return }
                do {
                    rows.set(number, try ResolutionSensitivity.Row(of: record, using: &scanner))
                } catch {
                    throw DataError(at: item.name, "\(error)")
                }
            })
        let vectors = rows.all.compactMap(\.self)
        return vectors.isEmpty ? nil : ResolutionSensitivity(vectors)
    }
}
