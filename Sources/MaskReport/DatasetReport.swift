public import FileAccess
public import MaskDataset
import MaskFormats
public import MaskModel
import MaskRaster
import SystemPackage

/// What a report says about a collection of masks: figures of all of them, and a sample to look at.
public struct DatasetReport: Hashable, Sendable {
    /// What can be chosen.
    public struct Options: Hashable, Sendable {
        /// What the page is called.
        public var title: String
        /// The color of holes in images.
        public var holeColor: HoleColor
        /// How many masks the sample has, at most, 1 or more.
        public var sampleLimit = 1000
        /// How many tasks work at once, 1 or more.
        public var jobs = 1

        /// The title is the collection's own name, if its path has one; the color of holes what its manifest says, or
        /// white.
        public init(for masks: MaskCollection) {
            let name = masks.path.lastComponent.flatMap { $0.kind == .regular ? $0.string : nil }
            title = name ?? "Masks"
            holeColor = masks.manifest?.holeColor ?? .white
        }
    }

    let options: Options
    let manifest: DatasetManifest?
    /// The members of the manifest, as text.
    let facts: [ManifestMember]
    let figures: [MaskFigures]
    let tally: MaskTally
    let sample: [SampleMask]
    /// Nil if no vector was drawn at several sizes.
    let drift: ResolutionDrift?

    /// How many masks are read at a stretch, before their figures join the others.
    private static let blockSize = 256

    /// Reads all masks once, and those of the sample twice.
    ///
    /// Memory: 16 bytes a mask beside the collection itself, and the sample.
    /// - Parameter progress: counts the masks that were read.
    /// - Throws: `DataError` if a mask cannot be read.
    public init(of masks: MaskCollection, _ options: Options, progress: WorkProgress) async throws(DataError) {
        self.options = options
        manifest = masks.manifest
        facts = try masks.manifest == nil ? [] : DatasetManifest.members(ofDatasetIn: masks.path)
        progress.begin(total: masks.items.count)
        let gathered = try await Self.gather(masks.items, options, progress)
        figures = gathered.figures
        tally = gathered.tally
        let choice = SampleSelection(figures, limit: options.sampleLimit)
        sample = try await Self.load(choice.numbers, of: masks.items, figures, options)
        drift = try await Self.drift(choice, of: masks.items, options)
    }

    private static func gather(
        _ items: [MaskItem], _ options: Options, _ progress: WorkProgress
    ) async throws(DataError) -> MaskGathering.Result {
        let gathering = MaskGathering(count: items.count)
        try await forEachConcurrently(
            (items.count + blockSize - 1) / blockSize, jobs: options.jobs,
            makeWorker: { MaskScanner(holeColor: options.holeColor) },
            { (scanner, block) throws(DataError) in
                let start = block * blockSize
                var figures: [MaskFigures] = []
                var tally = MaskTally()
                for item in items[start..<min(start + blockSize, items.count)] {
                    let mask = try scanner.scan(item)
                    tally.add(mask, cellCounts: scanner.cellCounts, of: scanner.grid)
                    figures.append(MaskFigures(mask))
                    progress.advance()
                }
                gathering.add(figures, from: start, tally)
            })
        return gathering.result
    }

    private static func load(
        _ numbers: [Int], of items: [MaskItem], _ figures: [MaskFigures], _ options: Options
    ) async throws(DataError) -> [SampleMask] {
        let sample = ResultList<SampleMask>(count: numbers.count)
        try await forEachConcurrently(
            numbers.count, jobs: options.jobs, makeWorker: { MaskScanner(holeColor: options.holeColor) },
            { (scanner, place) throws(DataError) in
                let item = items[numbers[place]]
                let mask = try scanner.load(item)
                sample.set(place, SampleMask(mask, name: item.name, figures: figures[numbers[place]]))
            })
        return sample.all
    }

    private static func drift(
        _ choice: SampleSelection, of items: [MaskItem], _ options: Options
    ) async throws(DataError) -> ResolutionDrift? {
        let numbers = choice.representatives(atMost: ResolutionDrift.sampleCount)
        let rows = ResultList<ResolutionDrift.Row?>(count: numbers.count)
        try await forEachConcurrently(
            numbers.count, jobs: options.jobs, makeWorker: { MaskScanner(holeColor: options.holeColor) },
            { (scanner, place) throws(DataError) in
                let item = items[numbers[place]]
                guard case .vector(let record) = try scanner.load(item) else { return }
                do {
                    rows.set(place, try ResolutionDrift.Row(of: record, using: &scanner))
                } catch {
                    throw .rasterizer("\(item.name): \(error)")
                }
            })
        let drawn = rows.all.compactMap(\.self)
        return drawn.isEmpty ? nil : ResolutionDrift(drawn)
    }
}

extension MaskFigures {
    fileprivate init(_ mask: ScannedMask) {
        holeRatio = Double(mask.holeCount) / Double(mask.size.area)
        strokeCount = Int32(clamping: mask.record?.mask.strokes.count ?? 0)
        split = mask.split
    }
}
