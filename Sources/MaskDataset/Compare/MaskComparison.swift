public import FileAccess
import MaskDiff
import MaskModel
public import MaskRaster
public import PNGCodec
public import SystemPackage

/// Compares the masks of two collections by name: files, folders, and datasets, vectors and images in any combination.
///
/// A vector is rasterized at the size of the other side's image; if both are vectors, each at the size of its canvas.
public struct MaskComparison: Sendable {
    /// The masks to check.
    public let candidate: MaskCollection
    /// The masks that they are compared with.
    public let reference: MaskCollection
    /// The distance in px within which a difference is ignored, at least 0; see `BitmapComparison`.
    public var tolerance = 0.0
    /// The maximum number of differing pixels with which a pair is the same, without ignored ones; nil for any number if
    /// `maximumRatio` is set, otherwise for 0.
    public var maximumPixels: Int?
    /// The maximum ratio of differing pixels with which a pair is the same, without ignored ones, 0 to 1; nil for any.
    public var maximumRatio: Double?
    /// The pixels that are left out: on both sides, they count as no hole.
    public var ignored = IgnoredPixels()
    /// A suffix without which names are paired: with `_mask`, `cat_mask` and `cat` are a pair.
    public var strippedSuffix = ""
    /// Reads the candidate's images; by default holes are white, and only black and white are valid.
    public var candidateReader = PNGReader()
    /// Reads the reference's images; by default as the candidate's.
    public var referenceReader = PNGReader()
    /// The folder for an image of each pair that differs, ignored or not, and of a single pair in any case; nil for no
    /// images.
    public var overlayFolder: FilePath?
    /// Whether existing images in `overlayFolder` are replaced; otherwise they are an error.
    public var replacesOverlays = false
    /// The number of tasks, at least 1.
    public var jobs = 1

    /// A comparison in which every pixel counts; `run` performs it.
    public init(of candidate: MaskCollection, with reference: MaskCollection) {
        self.candidate = candidate
        self.reference = reference
    }

    /// Whether both sides are single masks, which are a pair whatever their names are.
    public var isSingle: Bool { candidate.isSingle && reference.isSingle }

    /// Compares all pairs.
    ///
    /// A pair that cannot be read or compared is a result, not an error.
    /// - Parameters:
    ///   - makeRasterizer: creates a rasterizer for each task.
    ///   - progress: counts the pairs.
    /// - Throws: `DataError` if an image cannot be written to `overlayFolder`, or would replace what it may not, or two
    ///   masks of a side have the same name without `strippedSuffix`.
    public func run<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        makeRasterizer: @escaping @Sendable () -> Rasterizer, progress: WorkProgress
    ) async throws(DataError) -> Report {
        let matches = try matchedItems()
        try prepareOverlays(for: matches.pairs.map(\.candidate))
        progress.begin(total: matches.pairs.count)
        let results = OrderedResults<Report.Pair>(count: matches.pairs.count)
        try await forEachConcurrently(
            matches.pairs.count, jobs: jobs,
            makeWorker: { [candidateReader, referenceReader, ignored] in
                ComparisonScratch(
                    candidateReader: candidateReader, referenceReader: referenceReader, ignored: ignored,
                    rasterizer: makeRasterizer())
            },
            { (worker, number) throws(DataError) in
                let (candidate, reference) = matches.pairs[number]
                let outcome = try compare(candidate, reference, with: &worker, isOnly: matches.pairs.count == 1)
                results.set(number, Report.Pair(name: candidate.name, outcome: outcome))
                progress.advance()
            })
        return Report(
            pairs: results.all, missing: matches.missing.map(\.name), extra: matches.extra.map(\.name))
    }

    /// Creates the folders of the images of pairs, and rejects images that may not be written.
    private func prepareOverlays(for candidates: [MaskLocation]) throws(DataError) {
        guard let overlayFolder else { return }
        let check = try OverwriteCheck(of: [candidate, reference])
        try check.checkFolder(overlayFolder)
        try check.checkIsOutsideInputs(overlayFolder)
        let images = candidates.map { overlayFolder.pushing(FilePath($0.name + ".png")) }
        for image in images { try check.checkFile(image, replaces: replacesOverlays) }
        for folder in Set(images.map { $0.removingLastComponent() }) {
            try check.checkFolder(folder)
            try folder.makeFolders()
            try folder.removeAbandonedFiles(of: nil)
        }
    }

    /// Loads some of the pairs again, to create images of them.
    ///
    /// - Parameters:
    ///   - numbers: indices into the `pairs` of the report, of pairs that were compared.
    ///   - body: receives the index into `numbers`, the candidate, and the reference, in any order and in several tasks.
    /// - Throws: `DataError` if a file has changed.
    package func forEachPair<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        _ numbers: [Int], makeRasterizer: @escaping @Sendable () -> Rasterizer,
        _ body: @escaping @Sendable (Int, Bitmap, Bitmap) -> Void
    ) async throws(DataError) {
        let pairs = try matchedItems().pairs
        try await forEachConcurrently(
            numbers.count, jobs: jobs,
            makeWorker: { [candidateReader, referenceReader, ignored] in
                ComparisonScratch(
                    candidateReader: candidateReader, referenceReader: referenceReader, ignored: ignored,
                    rasterizer: makeRasterizer())
            },
            { (worker, index) throws(DataError) in
                let (candidate, reference) = pairs[numbers[index]]
                let rasters = try worker.rasters(candidate, reference)
                body(index, rasters.candidate, rasters.reference)
            })
    }

    private func compare<Rasterizer: BinaryRasterizer & ~Copyable>(
        _ candidate: MaskLocation, _ reference: MaskLocation, with scratch: inout ComparisonScratch<Rasterizer>,
        isOnly: Bool
    ) throws(DataError) -> Report.Outcome {
        let rasters: (candidate: Bitmap, reference: Bitmap)
        let comparison: BitmapComparison
        do {
            rasters = try scratch.rasters(candidate, reference)
        } catch {
            return .failed("\(error)")
        }
        do {
            comparison = try BitmapComparison(
                candidate: rasters.candidate, reference: rasters.reference, tolerance: tolerance)
        } catch {
            return .failed("\(candidate.path): \(error)")
        }
        if let overlayFolder, isOnly || comparison.onlyCandidateCount + comparison.onlyReferenceCount > 0 {
            let image = overlay(rasters.candidate, rasters.reference).encoded()
            try overlayFolder.pushing(FilePath(candidate.name + ".png")).writeFile(image, isFlushed: false)
        }
        return .compared(comparison, isSame: isWithinLimits(comparison))
    }

    private func isWithinLimits(_ comparison: BitmapComparison) -> Bool {
        let pixelLimit = maximumPixels ?? (maximumRatio == nil ? 0 : .max)
        return comparison.differingCount <= pixelLimit && comparison.differingRatio <= maximumRatio ?? 1
    }

    /// The colors of a pair's image: no hole, hole only in the candidate (orange), only in the reference (blue), in both
    /// (white).
    package static let overlayPalette = [
        // Okabe and Ito's orange and sky blue, which color-blind people can distinguish.
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
