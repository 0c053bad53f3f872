/// The recipe of a mask, without the drawings and the seed. The defaults are QD-IMD's.
public struct MaskSpec: Hashable, Sendable {
    /// The rectangle in which masks are composed, in px.
    public let canvas: PixelSize
    /// The mean of the normal distribution of the number of strokes, 0 to 10,000.
    public let strokesMean: Double
    /// The standard deviation of the number of strokes, 0 to 10,000.
    public let strokesStd: Double
    /// The range of the uniform distribution of the stroke widths, in px of the canvas before scaling, 0.01 to
    /// 10,000.
    public let strokeWidth: ClosedRange<Double>
    /// The upper end of the uniform distribution of the upscale rate, which begins at 1; 1 to 100.
    public let maxUpscaleRate: Double

    /// QD-IMD's recipe: N(4, 2) strokes, U(5, 15) px wide, upscaled by U(1, 1.5), on 512×512.
    public static let standard = MaskSpec(
        uncheckedCanvas: .standard, strokesMean: 4, strokesStd: 2, strokeWidth: 5...15, maxUpscaleRate: 1.5)

    /// The recipe with these values, in the ranges of the properties.
    ///
    /// - Throws: `MaskSpecFault`, which names the value that is out of its range.
    public init(
        canvas: PixelSize = .standard, strokesMean: Double = 4, strokesStd: Double = 2, minStrokeWidth: Double = 5,
        maxStrokeWidth: Double = 15, maxUpscaleRate: Double = 1.5
    ) throws(MaskSpecFault) {
        func check(_ name: String, _ value: Double, _ range: ClosedRange<Double>) throws(MaskSpecFault) {
            guard range.contains(value) else { throw MaskSpecFault(name: name, value: value, range: range) }
        }
        try check("the mean number of strokes", strokesMean, 0...10_000)
        try check("the standard deviation of the number of strokes", strokesStd, 0...10_000)
        try check("the smallest stroke width", minStrokeWidth, 0.01...10_000)
        try check("the largest stroke width", maxStrokeWidth, minStrokeWidth...10_000)
        try check("the largest upscale rate", maxUpscaleRate, 1...100)
        self.init(
            uncheckedCanvas: canvas, strokesMean: strokesMean, strokesStd: strokesStd,
            strokeWidth: minStrokeWidth...maxStrokeWidth, maxUpscaleRate: maxUpscaleRate)
    }

    private init(
        uncheckedCanvas canvas: PixelSize, strokesMean: Double, strokesStd: Double, strokeWidth: ClosedRange<Double>,
        maxUpscaleRate: Double
    ) {
        self.canvas = canvas
        self.strokesMean = strokesMean
        self.strokesStd = strokesStd
        self.strokeWidth = strokeWidth
        self.maxUpscaleRate = maxUpscaleRate
    }
}

/// A value of a spec that is out of its range.
public struct MaskSpecFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the value is, in words: `the largest upscale rate`.
    public let name: String
    /// What was found.
    public let value: Double
    /// What was wanted, both ends included.
    public let range: ClosedRange<Double>

    /// One line: `the largest upscale rate is 0.5; wanted 1.0 to 100.0`.
    public var description: String {
        "\(name) is \(value); wanted \(range.lowerBound) to \(range.upperBound)"
    }
}
