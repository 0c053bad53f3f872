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

    /// These changes without the values that `others` replaces.
    public func leaving(_ others: MaskSpecChanges) -> MaskSpecChanges {
        var left = self
        if others.canvas != nil { left.canvas = nil }
        if others.strokesMean != nil { left.strokesMean = nil }
        if others.strokesStd != nil { left.strokesStd = nil }
        if others.minStrokeWidth != nil { left.minStrokeWidth = nil }
        if others.maxStrokeWidth != nil { left.maxStrokeWidth = nil }
        if others.maxUpscaleRate != nil { left.maxUpscaleRate = nil }
        if others.holeRatio != nil { left.holeRatio = nil }
        if others.maxWidthFactor != nil { left.maxWidthFactor = nil }
        if others.border != nil { left.border = nil }
        if others.placement != nil { left.placement = nil }
        if others.rotates != nil { left.rotates = nil }
        if others.flips != nil { left.flips = nil }
        if others.strokeScale != nil { left.strokeScale = nil }
        return left
    }
}
