public import MaskModel

/// A mask that meets its spec, and the parameters it was generated with.
public struct GeneratedMask: Hashable, Sendable {
    /// The vector mask.
    public let mask: VectorMask
    /// The upscale rate, 1 to the spec's `maxUpscaleRate`.
    public let upscale: Double
    /// The factor of all widths that results in the requested hole ratio; nil if no ratio was requested.
    public let widthFactor: Double?
    /// The hole ratio by the exact rule at the size of the canvas, above 0 and up to 1.
    public let holeRatio: Double
}
