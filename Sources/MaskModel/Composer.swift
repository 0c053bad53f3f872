public import PlaneGeometry

/// Which half of a dataset a mask belongs to.
public enum Split: String, Hashable, Sendable, CaseIterable {
    case train
    case test

    var maskUse: RandomUse { self == .train ? .trainMask : .testMask }
    var motionUse: RandomUse { self == .train ? .trainMotion : .testMotion }
}

/// The strokes that masks are composed of, by category.
///
/// All categories have at least one stroke. The same source gives the same answers for ever.
public protocol StrokeSource: Sendable {
    /// Why a stroke cannot be had: `Never` for strokes in memory.
    associatedtype Failure: Error = Never

    /// How many categories there are; they are numbered from 0.
    var categoryCount: Int { get }
    /// How many strokes a category has, 1 or more; they are numbered from 0.
    func strokeCount(inCategory category: Int) -> Int
    /// The path of a stroke, in units of the drawing's box of 256 × 256, and where it came from.
    func stroke(
        _ stroke: Int, inCategory category: Int
    ) throws(Failure) -> (path: Polyline, origin: StrokeOrigin)
}

extension StrokeSource {
    /// The path of a stroke, in units of the drawing's box of 256 × 256.
    public func path(ofStroke stroke: Int, inCategory category: Int) throws(Failure) -> Polyline {
        try self.stroke(stroke, inCategory: category).path
    }

    /// Where a stroke came from.
    public func origin(ofStroke stroke: Int, inCategory category: Int) throws(Failure) -> StrokeOrigin {
        try self.stroke(stroke, inCategory: category).origin
    }
}

/// What the composer chose for one mask, and the mask that came of it.
public struct Composition: Hashable, Sendable {
    /// A stroke that was chosen, and the width that was drawn for it.
    public struct ChosenStroke: Hashable, Sendable {
        /// Which stroke of which drawing.
        public let origin: StrokeOrigin
        /// The width before scaling, in px of the canvas.
        public let width: Double
    }

    /// Every stroke that was chosen, in drawing order, those included that the crop removed.
    public let chosen: [ChosenStroke]
    /// The upscale rate that was drawn, 1 to the spec's `maxUpscaleRate`.
    public let upscale: Double
    /// What the crop left, scaled and rounded; it may have no stroke, and no hole.
    public let mask: VectorMask
}

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
    public func draft(index: Int, attempt: Int = 0) -> MaskDraft<Strokes> {
        MaskDraft(spec: spec, seed: seed, split: split, index: index, attempt: attempt, strokes: strokes)
    }

    /// Mask `index` as it was drawn, whatever its hole ratio; parameters as for `draft`.
    ///
    /// - Throws: what the source of strokes throws.
    /// - Complexity: O(points of the strokes chosen)
    public func composition(index: Int, attempt: Int = 0) throws(Strokes.Failure) -> Composition {
        var draft = draft(index: index, attempt: attempt)
        return try draft.composition()
    }

    /// From the drawing's box onto `area`: one scale, so that the box covers the area, centred; then `upscale` about its
    /// centre.
    static func transform(onto area: Rectangle, upscale: Double) -> AffineTransform {
        let scale = max(area.maxX - area.minX, area.maxY - area.minY) / drawingBox * upscale
        let centre = area.centre
        return .translation(dx: -drawingBox / 2, dy: -drawingBox / 2)
            .followed(by: .scaling(x: scale, y: scale))
            .followed(by: .translation(dx: centre.x, dy: centre.y))
    }
}
