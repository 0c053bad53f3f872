public import MaskModel

/// A mask as it is sampled: the sampled strokes, and the mask composed of them.
public struct Composition: Hashable, Sendable {
    /// A sampled stroke and its sampled width.
    public struct SampledStroke: Hashable, Sendable {
        /// The stroke of a drawing.
        public let origin: StrokeOrigin
        /// The width before upscaling, in canvas px.
        public let width: Double
    }

    /// The sampled strokes in drawing order, including those that are cropped entirely.
    public let sampled: [SampledStroke]
    /// The upscale rate, 1 to the spec's `maxUpscaleRate`.
    public let upscale: Double
    /// The mask after scaling, cropping, and rounding; it may have no strokes, or no hole.
    public let mask: VectorMask
}
