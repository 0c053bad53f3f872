public import FileAccess
public import MaskDiff
import MaskFormats
import MaskModel
public import MaskRaster
public import PNGCodec
public import SystemPackage

/// Compares masks of two sides by name: files, folders and datasets, vectors and images in any combination.
///
/// A vector is drawn at the size of the other side's image; two vectors each at the size of its canvas.
public struct MaskComparison: Sendable {
    /// What is compared.
    public let candidate: MaskCollection
    /// What it is held against.
    public let reference: MaskCollection
    /// px within which a difference is forgiven, 0 or more; see `BitmapComparison`.
    public var tolerance = 0.0
    /// How many pixels of a pair, those forgiven apart, may differ for it to count as same; nil for any number if
    /// `maximumRatio` is set, and for none if not.
    public var maximumPixels: Int?
    /// What share of a pair's pixels, those forgiven apart, may differ for it to count as same, 0 to 1; nil for any.
    public var maximumRatio: Double?
    /// How the candidate's images are read; by default white holes, and black and white only.
    public var candidateReader = PNGReader()
    /// How the reference's images are read; by default as the candidate's.
    public var referenceReader = PNGReader()
    /// Where to write an image of each pair that differs, forgiven or not, and of a single pair in any case; nil for
    /// no images.
    public var overlayFolder: FilePath?
    /// How many tasks work at once, 1 or more.
    public var jobs = 1

    /// A comparison that forgives nothing; `run` does it.
    public init(of candidate: MaskCollection, with reference: MaskCollection) {
        self.candidate = candidate
        self.reference = reference
    }

    /// Whether both sides are single masks, which are a pair whatever their names.
    public var isSingle: Bool { candidate.isSingle && reference.isSingle }

    /// What came of a comparison.
    public struct Report: Hashable, Sendable {
        /// A pair of masks of one name, or of two files that were given.
        public struct Pair: Hashable, Sendable {
            /// The candidate's name.
            public let name: String
            /// What the comparison found.
            public let outcome: Outcome
        }

        /// What came of one pair.
        public enum Outcome: Hashable, Sendable {
            /// All figures, and whether the pair counts as same, within the limits.
            case compared(BitmapComparison, isSame: Bool)
            /// Why the two could not be compared.
            case failed(String)
        }

        /// In the order of the candidate.
        public let pairs: [Pair]
        /// Names that only the reference has.
        public let missing: [String]
        /// Names that only the candidate has.
        public let extra: [String]

        /// Pairs that count as same.
        ///
        /// - Complexity: O(pairs)
        public var sameCount: Int { pairs.count { if case .compared(_, true) = $0.outcome { true } else { false } } }
        /// Pairs that were compared and differ by more than the limits allow.
        ///
        /// - Complexity: O(pairs)
        public var differentCount: Int {
            pairs.count { if case .compared(_, false) = $0.outcome { true } else { false } }
        }
        /// Pairs that could not be read or compared.
        ///
        /// - Complexity: O(pairs)
        public var failedCount: Int { pairs.count - sameCount - differentCount }
    }

    /// Compares all pairs.
    ///
    /// A pair that cannot be read or compared is a result, not an error.
    /// - Parameters:
    ///   - makeRasterizer: makes a rasterizer for each task.
    ///   - progress: counts the pairs.
    /// - Throws: `DataError` if an image cannot be written to `overlayFolder`.
    public func run<Rasterizer: MaskRasterizer & SendableMetatype & ~Copyable>(
        makeRasterizer: @escaping @Sendable () -> Rasterizer, progress: WorkProgress
    ) async throws(DataError) -> Report {
        let matches = matchedItems()
        if let overlayFolder {
            for folder in Set(matches.pairs.map { overlayFolder.pushing(FilePath($0.0.name)).removingLastComponent() })
            {
                try folder.makeFolders()
            }
        }
        progress.begin(total: matches.pairs.count)
        let results = ResultList<Report.Pair>(count: matches.pairs.count)
        try await forEachConcurrently(
            matches.pairs.count, jobs: jobs,
            makeWorker: { [candidateReader, referenceReader] in
                ComparisonWorker(
                    candidateLoader: MaskLoader(reader: candidateReader),
                    referenceLoader: MaskLoader(reader: referenceReader), rasterizer: makeRasterizer())
            },
            { (worker, number) throws(DataError) in
                let (mine, other) = matches.pairs[number]
                results.set(
                    number,
                    Report.Pair(
                        name: mine.name,
                        outcome: try compare(mine, other, with: &worker, isOnly: matches.pairs.count == 1)))
                progress.advance()
            })
        return Report(pairs: results.all, missing: matches.missing, extra: matches.extra)
    }

    /// Reads or draws some of the pairs once more, for images of them.
    ///
    /// - Parameters:
    ///   - numbers: places in the `pairs` of the report of `run`, of pairs that were compared.
    ///   - body: gets the place in `numbers`, the candidate and the reference, in any order and from several tasks.
    /// - Throws: `DataError` if a file was changed since.
    package func forEachPair<Rasterizer: MaskRasterizer & SendableMetatype & ~Copyable>(
        _ numbers: [Int], makeRasterizer: @escaping @Sendable () -> Rasterizer,
        _ body: @escaping @Sendable (Int, Bitmap, Bitmap) -> Void
    ) async throws(DataError) {
        let pairs = matchedItems().pairs
        try await forEachConcurrently(
            numbers.count, jobs: jobs,
            makeWorker: { [candidateReader, referenceReader] in
                ComparisonWorker(
                    candidateLoader: MaskLoader(reader: candidateReader),
                    referenceLoader: MaskLoader(reader: referenceReader), rasterizer: makeRasterizer())
            },
            { (worker, place) throws(DataError) in
                let (mine, other) = pairs[numbers[place]]
                let rasters = try worker.rasters(mine, other)
                body(place, rasters.candidate, rasters.reference)
            })
    }

    /// Pairs the items of both sides: two single masks whatever their names; otherwise by the last part of the name if
    /// that tells a side's items apart, and by the whole name if not.
    private func matchedItems() -> (pairs: [(MaskItem, MaskItem)], missing: [String], extra: [String]) {
        if isSingle { return ([(candidate.items[0], reference.items[0])], [], []) }
        let isShort = [candidate, reference].allSatisfy { Set($0.items.map(\.lastName)).count == $0.items.count }
        func key(_ item: MaskItem) -> String { isShort ? item.lastName : item.name }
        var others = Dictionary(reference.items.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
        var pairs: [(MaskItem, MaskItem)] = []
        var extra: [String] = []
        for item in candidate.items {
            if let other = others.removeValue(forKey: key(item)) {
                pairs.append((item, other))
            } else {
                extra.append(item.name)
            }
        }
        return (pairs, reference.items.filter { others[key($0)] != nil }.map(\.name), extra)
    }

    private func compare<Rasterizer: MaskRasterizer & ~Copyable>(
        _ mine: MaskItem, _ other: MaskItem, with worker: inout ComparisonWorker<Rasterizer>, isOnly: Bool
    ) throws(DataError) -> Report.Outcome {
        let rasters: (candidate: Bitmap, reference: Bitmap)
        let comparison: BitmapComparison
        do {
            rasters = try worker.rasters(mine, other)
        } catch {
            return .failed("\(error)")
        }
        do {
            comparison = try BitmapComparison(
                candidate: rasters.candidate, reference: rasters.reference, tolerance: tolerance)
        } catch {
            return .failed("\(mine.path): \(error)")
        }
        if let overlayFolder, isOnly || comparison.onlyCandidateCount + comparison.onlyReferenceCount > 0 {
            let image = overlay(rasters.candidate, rasters.reference).encoded()
            try overlayFolder.pushing(FilePath(mine.name + ".png")).writeFile(image)
        }
        return .compared(comparison, isSame: isWithinLimits(comparison))
    }

    private func isWithinLimits(_ comparison: BitmapComparison) -> Bool {
        let pixelLimit = maximumPixels ?? (maximumRatio == nil ? 0 : .max)
        return comparison.differingCount <= pixelLimit && comparison.differingRatio <= maximumRatio ?? 1
    }

    /// The colors of an image of a pair: no hole, hole in the candidate alone (orange), in the reference alone (blue),
    /// in both (white).
    package static let overlayPalette = [
        // Okabe and Ito's orange and sky blue, which differ for color-blind people too.
        IndexedImage.Color(red: 24, green: 24, blue: 24), IndexedImage.Color(red: 230, green: 159, blue: 0),
        IndexedImage.Color(red: 86, green: 180, blue: 233), IndexedImage.Color(red: 255, green: 255, blue: 255),
    ]

    private func overlay(_ candidate: Bitmap, _ reference: Bitmap) -> IndexedImage {
        var image = IndexedImage(size: candidate.size, palette: Self.overlayPalette)
        let width = candidate.size.width
        for y in 0..<candidate.size.height {
            for x in 0..<width {
                image.pixels[y * width + x] = (candidate[x, y] ? 1 : 0) + (reference[x, y] ? 2 : 0)
            }
        }
        return image
    }
}

/// What a task keeps from pair to pair.
private struct ComparisonWorker<Rasterizer: MaskRasterizer & ~Copyable>: ~Copyable {
    var candidateLoader: MaskLoader
    var referenceLoader: MaskLoader
    var rasterizer: Rasterizer

    /// Both masks as rasters of one size, as far as they have one.
    mutating func rasters(
        _ mine: MaskItem, _ other: MaskItem
    ) throws(DataError) -> (candidate: Bitmap, reference: Bitmap) {
        let (first, second) = (try candidateLoader.load(mine), try referenceLoader.load(other))
        switch (first, second) {
        case (.image(let first), .image(let second)): return (first, second)
        case (.vector(let first), .image(let second)): return (try draw(first, at: second.size, mine), second)
        case (.image(let first), .vector(let second)): return (first, try draw(second, at: first.size, other))
        case (.vector(let first), .vector(let second)):
            return (try draw(first, at: first.mask.canvas, mine), try draw(second, at: second.mask.canvas, other))
        }
    }

    private mutating func draw(_ record: MaskRecord, at size: PixelSize, _ item: MaskItem) throws(DataError)
        -> Bitmap
    {
        guard size.hasAspectRatio(of: record.mask.canvas) else {
            throw .mask(
                path: item.path, line: nil,
                problem: "a canvas of \(record.mask.canvas) px; the other side is \(size) px, expected its ratio")
        }
        do {
            return Bitmap(try rasterizer.raster(of: record.mask, at: size))
        } catch {
            throw .rasterizer("\(item.path): \(error)")
        }
    }
}
