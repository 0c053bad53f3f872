public import MaskModel

/// A mask that is what its spec asks for, and how it came about.
public struct GeneratedMask: Hashable, Sendable {
    /// The brush strokes on their canvas.
    public let mask: VectorMask
    /// The upscale rate, 1 to the spec's `maxUpscaleRate`.
    public let upscale: Double
    /// The factor that all widths were multiplied by for the requested hole ratio; nil if none was requested.
    public let widthFactor: Double?
    /// The hole ratio by the exact rule at the size of the canvas, above 0 and up to 1.
    public let holeRatio: Double
}
