/// Values to replace in a spec: what an option, a preset or a file says of it. What is nil stays.
public struct MaskSpecChanges: Hashable, Sendable {
    /// Replaces `MaskSpec.canvas`.
    public var canvas: PixelSize?
    /// Replaces `MaskSpec.strokesMean`.
    public var strokesMean: Double?
    /// Replaces `MaskSpec.strokesStd`.
    public var strokesStd: Double?
    /// Replaces the lower end of `MaskSpec.strokeWidth`.
    public var minStrokeWidth: Double?
    /// Replaces the upper end of `MaskSpec.strokeWidth`.
    public var maxStrokeWidth: Double?
    /// Replaces `MaskSpec.maxUpscaleRate`.
    public var maxUpscaleRate: Double?
    /// Replaces `MaskSpec.holeRatio`.
    public var holeRatio: HoleRatioGoal?
    /// Replaces `MaskSpec.maxWidthFactor`.
    public var maxWidthFactor: Double?
    /// Replaces `MaskSpec.border`.
    public var border: Border?
    /// Replaces `MaskSpec.placement`.
    public var placement: StrokePlacement?
    /// Replaces `MaskSpec.rotates`.
    public var rotates: Bool?
    /// Replaces `MaskSpec.flips`.
    public var flips: Bool?
    /// Replaces `MaskSpec.strokeScale`.
    public var strokeScale: ClosedRange<Double>?

    /// No changes.
    public init() {}

    /// These changes, and those of `others`, which rule where both replace a value.
    public func merging(_ others: MaskSpecChanges) -> MaskSpecChanges {
        var merged = self
        merged.canvas = others.canvas ?? canvas
        merged.strokesMean = others.strokesMean ?? strokesMean
        merged.strokesStd = others.strokesStd ?? strokesStd
        merged.minStrokeWidth = others.minStrokeWidth ?? minStrokeWidth
        merged.maxStrokeWidth = others.maxStrokeWidth ?? maxStrokeWidth
        merged.maxUpscaleRate = others.maxUpscaleRate ?? maxUpscaleRate
        merged.holeRatio = others.holeRatio ?? holeRatio
        merged.maxWidthFactor = others.maxWidthFactor ?? maxWidthFactor
        merged.border = others.border ?? border
        merged.placement = others.placement ?? placement
        merged.rotates = others.rotates ?? rotates
        merged.flips = others.flips ?? flips
        merged.strokeScale = others.strokeScale ?? strokeScale
        return merged
    }
}
