public import MaskModel

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
