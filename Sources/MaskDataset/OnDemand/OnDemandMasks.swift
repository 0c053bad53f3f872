package import FileAccess
package import MaskFormats
package import MaskModel
package import MaskRaster
package import SystemPackage

/// The masks of one split, any of which can be generated on its own, by any thread: what an export of the same settings
/// writes, without files and without tasks.
package struct OnDemandMasks: Sendable {
    /// The settings.
    package let settings: ExportSettings
    /// The split.
    package let split: Split
    private let specs: [MaskSpec]
    private let strokes: AnyStrokeSource

    /// Opens a stroke bank, or reads Quick, Draw! files, one after the other.
    ///
    /// - Parameters:
    ///   - source: A stroke bank, a Quick, Draw! file, or a folder of them.
    ///   - settings: The settings, which must have passed `checkOnDemandMasks`.
    ///   - split: The split of the masks.
    /// - Throws: `DataError` if drawings cannot be read, or the split has no categories.
    package init(source: FilePath, settings: ExportSettings, split: Split) throws(DataError) {
        self.settings = settings
        self.split = split
        do {
            specs = try settings.specs()
        } catch {
            throw DataError(at: "", "\(error)")
        }
        let pool = try AnyStrokeSource(source: source, settings: settings.pool, seed: settings.seed)
        let words = CategorySplit(words: pool.words, seed: settings.seed)[split]
        guard !words.isEmpty else { throw .noCategories(split: split, found: pool.words) }
        strokes = pool.restricted(to: words)
    }

    /// The number of masks.
    package var count: Int { settings.count(of: split) }

    /// Returns a generator of the masks, for one thread at a time.
    package func makeGenerator() -> Generator? { Generator(self) }

    /// Checks that nobody has written to a bank since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    package func checkUnchanged() throws(DataError) { try strokes.checkUnchanged() }

    /// Generates masks, and draws them at the size of the settings by the exact rule; reuses its memory.
    package struct Generator: ~Copyable {
        private var records: MaskRecordGenerator
        private var rasterizer = ExactRasterizer()
        private var scaled = SpanMask(size: .smallest)
        private let size: PixelSize
        private let isCanvasSize: Bool

        fileprivate init?(_ masks: OnDemandMasks) {
            size = masks.settings.imageSize
            isCanvasSize = size == masks.settings.spec.canvas
            guard
                let records = MaskRecordGenerator(
                    settings: masks.settings, specs: masks.specs, split: masks.split,
                    strokes: masks.strokes, keepsRaster: isCanvasSize)
            else { return nil }
            self.records = records
        }

        /// Returns mask `index` with everything that its file says about it.
        ///
        /// - Parameter index: 0 or more and below the number of masks.
        /// - Throws: `DataError` if a stroke cannot be read, or no attempt meets the spec.
        package mutating func record(_ index: Int) throws(DataError) -> MaskRecord {
            try records.record(index)
        }

        /// Lends the raster of mask `index` to `body`.
        ///
        /// - Parameter index: 0 or more and below the number of masks.
        /// - Throws: `DataError` as `record`.
        package mutating func withRaster(_ index: Int, _ body: (borrowing SpanMask) -> Void) throws(DataError) {
            let record = try records.record(index)
            if isCanvasSize { return body(records.raster) }
            do {
                try rasterizer.rasterize(record.mask, at: size, rows: 0..<size.height, into: &scaled)
            } catch {
                throw .rasterizer("\(error)")
            }
            body(scaled)
        }
    }
}
