/// Changes to a spec, from an option, a preset, or a file. Values that are nil leave the spec unchanged.
public struct MaskSpecChanges: Hashable, Sendable {
    /// Replaces `MaskSpec.canvas`.
    public var canvas: PixelSize?
    /// Replaces `MaskSpec.strokesMean`.
    public var strokesMean: Double?
    /// Replaces `MaskSpec.strokesStd`.
    public var strokesStd: Double?
    /// Replaces the lower bound of `MaskSpec.strokeWidth`.
    public var minStrokeWidth: Double?
    /// Replaces the upper bound of `MaskSpec.strokeWidth`.
    public var maxStrokeWidth: Double?
    /// Replaces `MaskSpec.maxUpscaleRate`.
    public var maxUpscaleRate: Double?
    /// Replaces `MaskSpec.holeRatio`.
    public var holeRatio: HoleRatioGoal?
    /// Replaces `MaskSpec.maxWidthFactor`.
    public var maxWidthFactor: Double?
    /// Replaces `MaskSpec.border`.
    public var border: BorderConstraint?
    /// Replaces `MaskSpec.placement`.
    public var placement: StrokePlacement?
    /// Replaces `MaskSpec.rotates`.
    public var rotates: Bool?
    /// Replaces `MaskSpec.flips`.
    public var flips: Bool?
    /// Replaces `MaskSpec.strokeScale`.
    public var strokeScale: ClosedRange<Double>?

    /// Creates an empty set of changes.
    public init() {}

    /// Returns these changes without the values that `others` also sets.
    public func excluding(_ others: MaskSpecChanges) -> MaskSpecChanges {
        var remaining = self
        if others.canvas != nil { remaining.canvas = nil }
        if others.strokesMean != nil { remaining.strokesMean = nil }
        if others.strokesStd != nil { remaining.strokesStd = nil }
        if others.minStrokeWidth != nil { remaining.minStrokeWidth = nil }
        if others.maxStrokeWidth != nil { remaining.maxStrokeWidth = nil }
        if others.maxUpscaleRate != nil { remaining.maxUpscaleRate = nil }
        if others.holeRatio != nil { remaining.holeRatio = nil }
        if others.maxWidthFactor != nil { remaining.maxWidthFactor = nil }
        if others.border != nil { remaining.border = nil }
        if others.placement != nil { remaining.placement = nil }
        if others.rotates != nil { remaining.rotates = nil }
        if others.flips != nil { remaining.flips = nil }
        if others.strokeScale != nil { remaining.strokeScale = nil }
        return remaining
    }
}
