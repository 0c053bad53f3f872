/// The strokes of one file for a pool: its first drawings, with the strokes sampled from each.
public struct SampledFileStrokes: Hashable, Sendable {
    struct DrawingEntry: Hashable, Sendable {
        let keyID: UInt64
        let hash: UInt64
        /// The end of the strokes sampled from this drawing in `packed`; they begin at the end of the previous drawing's.
        let strokeEnd: Int
        /// Whether the drawing is evidently from the Quick, Draw! Dataset, except for its word.
        let isFromQuickDraw: Bool
    }

    /// Consecutive drawings of one word.
    struct Run: Hashable, Sendable {
        let word: String
        /// The end of the run's drawings, which begin at the end of the previous run.
        var end: Int
    }

    private(set) var runs: [Run] = []
    private(set) var drawings: [DrawingEntry] = []
    private(set) var packed = PackedStrokes()
    /// What the file contains that was not used.
    package var skippedContents = SkippedContents()
    private let selection: StrokeSelection

    /// Whether the caller of `add` ensures that the keys of a word are unique.
    let hasUniqueKeys: Bool

    /// No drawings.
    ///
    /// - Parameters:
    ///   - strokesPerDrawing: The number of strokes to sample from each drawing; all of them if it has fewer.
    ///   - seed: Determines the sample, together with a drawing's key.
    public init(strokesPerDrawing: Int, seed: UInt64) {
        self.init(strokesPerDrawing: strokesPerDrawing, seed: seed, hasUniqueKeys: false)
    }

    package init(strokesPerDrawing: Int, seed: UInt64, hasUniqueKeys: Bool) {
        self.hasUniqueKeys = hasUniqueKeys
        selection = StrokeSelection(strokesPerDrawing: strokesPerDrawing, seed: seed)
    }

    /// The number of drawings, including those without strokes.
    public var drawingCount: Int { drawings.count }

    /// Reserves memory for an estimated number of drawings.
    ///
    /// Memory that is never written costs nothing, whereas growing arrays copies them, and touches each page twice.
    package mutating func reserveCapacity(drawings count: Int) {
        drawings.reserveCapacityInLargePages(count)
        packed.reserveCapacity(strokes: count * min(selection.strokesPerDrawing, 4))
    }

    /// The strokes sampled from a drawing, by their indices in `packed`.
    func strokes(ofDrawing index: Int) -> Range<Int> {
        (index > 0 ? drawings[index - 1].strokeEnd : 0)..<drawings[index].strokeEnd
    }

    /// Adds a drawing, with the strokes sampled from it.
    ///
    /// - Complexity: O(points)
    public mutating func add(_ drawing: Drawing) {
        add(drawing, hash: drawing.contentHash)
    }

    /// Adds a drawing whose hash is known.
    package mutating func add(_ drawing: Drawing, hash: UInt64) {
        let selection = selection
        selection.forEachStroke(of: drawing) { stroke in
            packed.append(drawing.strokeCoordinates(stroke), keyID: drawing.keyID, stroke: stroke)
        }
        drawings.append(
            DrawingEntry(
                keyID: drawing.keyID, hash: hash, strokeEnd: packed.entries.count,
                isFromQuickDraw: drawing.isFromQuickDraw))
        if let last = runs.indices.last, runs[last].word == drawing.word {
            runs[last].end = drawings.count
        } else {
            runs.append(Run(word: drawing.word, end: drawings.count))
        }
    }
}
