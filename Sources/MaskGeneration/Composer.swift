public import MaskModel
import PlaneGeometry

/// Composes masks of strokes by a recipe. Mask *i* depends only on the spec, the seed, the split, the strokes, and *i*.
///
/// It does not check hole ratios: `MaskGenerator` does, and repeats the composition until the mask meets its spec.
public struct Composer<Strokes: StrokeSource>: Sendable {
    /// The recipe.
    public let spec: MaskSpec
    /// The random seed.
    public let seed: UInt64
    /// The split of the masks; train and test have separate random streams.
    public let split: Split
    let strokes: Strokes

    /// Creates a composer of masks of `strokes`; nil if they have no category.
    public init?(spec: MaskSpec, seed: UInt64, split: Split, strokes: Strokes) {
        guard strokes.categoryCount > 0 else { return nil }
        self.spec = spec
        self.seed = seed
        self.split = split
        self.strokes = strokes
    }

    /// Returns the candidate strokes of mask `index`.
    ///
    /// - Parameters:
    ///   - index: The number of the mask in its split, from 0.
    ///   - attempt: 0, or the next number if the previous attempt was rejected.
    /// - Complexity: O(number of strokes)
    func candidates(index: Int, attempt: Int = 0) -> CandidateStrokes {
        var candidates = CandidateStrokes(spec: spec)
        candidates.sample(seed: seed, split: split, index: index, attempt: attempt, from: strokes)
        return candidates
    }

    /// Returns mask `index` as it is sampled, with any hole ratio.
    ///
    /// - Parameters:
    ///   - index: The number of the mask in its split, from 0.
    ///   - attempt: 0, or the number of a repeated attempt.
    /// - Throws: The error of the stroke source.
    /// - Complexity: O(points of the sampled strokes)
    public func composition(index: Int, attempt: Int = 0) throws(Strokes.Failure) -> Composition {
        var candidates = candidates(index: index, attempt: attempt)
        return try candidates.composition(from: strokes)
    }
}
