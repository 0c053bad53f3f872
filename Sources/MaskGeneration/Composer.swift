public import MaskModel
import PlaneGeometry

/// Makes masks out of strokes by the recipe. Mask *i* depends on spec, seed, split, strokes and *i* alone.
public struct Composer<Strokes: StrokeSource>: Sendable {
    /// The side of the box that Quick, Draw! drawings are scaled into, in their units.
    public static var drawingBox: Double { 256 }

    /// The recipe.
    public let spec: MaskSpec
    /// Which of 2⁶⁴ datasets.
    public let seed: UInt64
    /// Whose masks these are; train and test have random streams of their own.
    public let split: Split
    private let strokes: Strokes

    /// Gives nil if `strokes` has no category.
    public init?(spec: MaskSpec, seed: UInt64, split: Split, strokes: Strokes) {
        guard strokes.categoryCount > 0 else { return nil }
        self.spec = spec
        self.seed = seed
        self.split = split
        self.strokes = strokes
    }

    /// What chance gives for mask `index`.
    ///
    /// - Parameters:
    ///   - index: which mask of the split, from 0.
    ///   - attempt: 0 at first; the next number where the mask before it was not what was wanted.
    /// - Complexity: O(number of strokes)
    public func draft(index: Int, attempt: Int = 0) -> CandidateStrokes<Strokes> {
        CandidateStrokes(spec: spec, seed: seed, split: split, index: index, attempt: attempt, strokes: strokes)
    }

    /// Mask `index` as it was drawn, whatever its hole ratio; parameters as for `draft`.
    ///
    /// - Throws: what the source of strokes throws.
    /// - Complexity: O(points of the strokes chosen)
    public func composition(index: Int, attempt: Int = 0) throws(Strokes.Failure) -> Composition {
        var draft = draft(index: index, attempt: attempt)
        return try draft.composition()
    }

    /// From the drawing's box onto `area`: one scale, so that the box covers the area, centered; then `upscale` about its
    /// center.
    static func transform(onto area: Rectangle, upscale: Double) -> AffineTransform {
        let scale = max(area.maxX - area.minX, area.maxY - area.minY) / drawingBox * upscale
        let center = area.center
        return .translation(dx: -drawingBox / 2, dy: -drawingBox / 2)
            .followed(by: .scaling(x: scale, y: scale))
            .followed(by: .translation(dx: center.x, dy: center.y))
    }
}
