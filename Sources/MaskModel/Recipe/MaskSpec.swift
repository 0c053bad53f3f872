public import PlaneGeometry

/// The recipe of a mask, without the strokes and the seed. The defaults are those of QD-IMD.
public struct MaskSpec: Hashable, Sendable {
    /// The rectangle in which masks are composed, in px.
    public private(set) var canvas = PixelSize.standard
    /// The mean of the normal distribution of the number of strokes, 0 to 10,000.
    public private(set) var strokesMean = 4.0
    /// The standard deviation of the number of strokes, 0 to 10,000.
    public private(set) var strokesStd = 2.0
    /// The range of the uniform distribution of the stroke widths, in canvas px before upscaling; 0.01 to 10,000.
    public private(set) var strokeWidth = 5.0...15.0
    /// The upper bound of the upscale rate, which is uniform from 1; 1 to 100.
    public private(set) var maxUpscaleRate = 1.5
    /// The constraint on the hole ratio; none by default.
    public private(set) var holeRatio = HoleRatioGoal.any
    /// The maximum factor by which all strokes of a mask become wider or narrower to reach the requested hole ratio;
    /// 1 to 100.
    public private(set) var maxWidthFactor = 4.0
    /// The constraint on holes near the edge of the canvas; none by default.
    public private(set) var border = BorderConstraint.any
    /// The positions of strokes; where they were drawn by default.
    public private(set) var placement = StrokePlacement.drawn
    /// Whether each stroke is rotated about its center by a random angle, uniform over the circle.
    public private(set) var rotates = false
    /// Whether each stroke is mirrored left to right with a probability of ½.
    public private(set) var flips = false
    /// The range of the uniform distribution of the scale of each stroke, 0.01 to 100; it does not affect the width.
    public private(set) var strokeScale = 1.0...1.0

    /// The recipe of QD-IMD: N(4, 2) strokes, U(5, 15) px wide, upscaled by U(1, 1.5), on 512×512 px.
    public static let standard = MaskSpec(standard: ())

    private init(standard: Void) {}

    /// Creates a recipe with these values; all others have their defaults.
    ///
    /// - Throws: `MaskSpecError` for the first value that is out of the range of its property.
    public init(
        canvas: PixelSize = .standard, strokesMean: Double = 4, strokesStd: Double = 2, minStrokeWidth: Double = 5,
        maxStrokeWidth: Double = 15, maxUpscaleRate: Double = 1.5
    ) throws(MaskSpecError) {
        var changes = MaskSpecChanges()
        changes.canvas = canvas
        changes.strokesMean = strokesMean
        changes.strokesStd = strokesStd
        changes.minStrokeWidth = minStrokeWidth
        changes.maxStrokeWidth = maxStrokeWidth
        changes.maxUpscaleRate = maxUpscaleRate
        self = try MaskSpec.standard.applying(changes)
    }

    /// Returns the recipe with the values that `changes` sets.
    ///
    /// - Throws: `MaskSpecError` for the first value that is out of its range.
    public func applying(_ changes: MaskSpecChanges) throws(MaskSpecError) -> MaskSpec {
        var spec = self
        let minWidth = changes.minStrokeWidth ?? strokeWidth.lowerBound
        let maxWidth = changes.maxStrokeWidth ?? strokeWidth.upperBound
        spec.canvas = changes.canvas ?? canvas
        spec.strokesMean = changes.strokesMean ?? strokesMean
        spec.strokesStd = changes.strokesStd ?? strokesStd
        spec.maxUpscaleRate = changes.maxUpscaleRate ?? maxUpscaleRate
        spec.holeRatio = changes.holeRatio ?? holeRatio
        spec.maxWidthFactor = changes.maxWidthFactor ?? maxWidthFactor
        spec.border = changes.border ?? border
        spec.placement = changes.placement ?? placement
        spec.rotates = changes.rotates ?? rotates
        spec.flips = changes.flips ?? flips
        spec.strokeScale = changes.strokeScale ?? strokeScale
        try Self.check("the smallest stroke width", minWidth, 0.01...10_000)
        try Self.check("the largest stroke width", maxWidth, minWidth...10_000)
        spec.strokeWidth = minWidth...maxWidth
        try spec.check()
        return spec
    }

    private func check() throws(MaskSpecError) {
        try Self.check("the mean number of strokes", strokesMean, 0...10_000)
        try Self.check("the standard deviation of the number of strokes", strokesStd, 0...10_000)
        try Self.check("the largest upscale rate", maxUpscaleRate, 1...100)
        try Self.check("the largest width factor", maxWidthFactor, 1...100)
        try Self.check("the smallest stroke scale", strokeScale.lowerBound, 0.01...100)
        try Self.check("the largest stroke scale", strokeScale.upperBound, 0.01...100)
        let shorterSide = Double(min(canvas.width, canvas.height))
        if let margin = freeMargin { try Self.check("the free border", margin, 0...shorterSide * 0.49) }
        if case .within(let range) = holeRatio {
            try Self.check("the smallest hole ratio", range.lowerBound, 0...largestHoleRatio)
            // The interval excludes its lower bound, and no ratio is above 1.
            if range.lowerBound == 1 { try Self.check("the smallest hole ratio", 1, 0...1.0.nextDown) }
            try Self.check("the largest hole ratio", range.upperBound, range.lowerBound.nextUp...1)
        }
    }

    private static func check(
        _ name: String, _ value: Double, _ range: ClosedRange<Double>
    ) throws(MaskSpecError) {
        guard range.contains(value) else { throw MaskSpecError(name: name, value: value, range: range) }
    }

    /// The minimum distance of holes from the edge of the canvas, in canvas px; nil if they may reach the edge.
    public var freeMargin: Double? {
        guard case .free(let margin) = border else { return nil }
        return margin ?? 50 * Double(min(canvas.width, canvas.height)) / 512
    }

    /// The rectangle in which strokes are placed, in canvas px: the canvas without its free border.
    public var placementArea: Rectangle { canvas.bounds.grown(by: -(freeMargin ?? 0)) }

    /// The hole ratios of the requested interval that no mask can have, because its border is free; nil if there are none.
    public var unreachableHoleRatios: ClosedRange<Double>? {
        guard case .within(let range) = holeRatio, range.upperBound > largestHoleRatio else { return nil }
        return max(range.lowerBound, largestHoleRatio)...range.upperBound
    }

    /// The maximum hole ratio that a free border allows, 0 to 1.
    public var largestHoleRatio: Double {
        let area = placementArea
        return (area.maxX - area.minX) * (area.maxY - area.minY) / Double(canvas.area)
    }
}
