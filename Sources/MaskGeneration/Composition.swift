public import MaskModel

/// The strokes that were sampled for one mask, and the mask composed of them.
public struct Composition: Hashable, Sendable {
    /// A stroke and the width that was sampled for it.
    public struct SampledStroke: Hashable, Sendable {
        /// The stroke of a drawing.
        public let origin: StrokeOrigin
        /// The width before scaling, in px of the canvas.
        public let width: Double
    }

    /// Every sampled stroke in drawing order, including those that the crop removes.
    public let sampled: [SampledStroke]
    /// The upscale rate, 1 to the spec's `maxUpscaleRate`.
    public let upscale: Double
    /// The strokes after scaling, cropping, and rounding; there may be none, and no hole.
    public let mask: VectorMask
}
