public import PlaneGeometry

/// The recipe of a mask, without the drawings and the seed. The defaults are QD-IMD's.
public struct MaskSpec: Hashable, Sendable {
    /// The rectangle in which masks are composed, in px.
    public private(set) var canvas = PixelSize.standard
    /// The mean of the normal distribution of the number of strokes, 0 to 10,000.
    public private(set) var strokesMean = 4.0
    /// The standard deviation of the number of strokes, 0 to 10,000.
    public private(set) var strokesStd = 2.0
    /// The range of the uniform distribution of the stroke widths, in px of the canvas before scaling, 0.01 to
    /// 10,000.
    public private(set) var strokeWidth = 5.0...15.0
    /// The upper end of the uniform distribution of the upscale rate, which begins at 1; 1 to 100.
    public private(set) var maxUpscaleRate = 1.5
    /// The share of hole that is wanted; whatever comes of the strokes by default.
    public private(set) var holeRatio = HoleRatioGoal.any
    /// By how much at most all strokes of a mask become wider or narrower than drawn for the share of hole that is
    /// wanted, 1 to 100.
    public private(set) var maxWidthFactor = 4.0
    /// Where holes may lie; anywhere by default.
    public private(set) var border = Border.any
    /// Where strokes are put; as they were drawn by default.
    public private(set) var placement = StrokePlacement.drawn
    /// Whether each stroke is turned about its middle, by any angle.
    public private(set) var rotates = false
    /// Whether each stroke is mirrored left to right, or not, one as likely as the other.
    public private(set) var flips = false
    /// The range of the uniform distribution of a stroke's own scale, 0.01 to 100; its width does not follow.
    public private(set) var strokeScale = 1.0...1.0

    /// QD-IMD's recipe: N(4, 2) strokes, U(5, 15) px wide, upscaled by U(1, 1.5), on 512×512.
    public static let standard = MaskSpec(standard: ())

    private init(standard: Void) {}

    /// The recipe with these values, in the ranges of the properties; the others are QD-IMD's.
    ///
    /// - Throws: `MaskSpecError`, which names the value that is out of its range.
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

    /// The recipe with what `changes` names replaced.
    ///
    /// - Throws: `MaskSpecError`, which names the value that is out of its range.
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
            try Self.check("the largest hole ratio", range.upperBound, range.lowerBound.nextUp...1)
        }
    }

    private static func check(
        _ name: String, _ value: Double, _ range: ClosedRange<Double>
    ) throws(MaskSpecError) {
        guard range.contains(value) else { throw MaskSpecError(name: name, value: value, range: range) }
    }

    /// How far holes keep from the canvas's border, in px of the canvas; nil if they may reach it.
    public var freeMargin: Double? {
        guard case .free(let margin) = border else { return nil }
        return margin ?? 50 * Double(min(canvas.width, canvas.height)) / 512
    }

    /// The rectangle that strokes are put into, in px of the canvas: all of it, or what a free border leaves.
    public var inkArea: Rectangle { canvas.bounds.grown(by: -(freeMargin ?? 0)) }

    /// The share of the canvas that can be hole, 0 to 1.
    public var largestHoleRatio: Double {
        let area = inkArea
        return (area.maxX - area.minX) * (area.maxY - area.minY) / Double(canvas.area)
    }
}
