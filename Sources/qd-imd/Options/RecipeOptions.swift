import ArgumentParser
import MaskModel

/// How a mask is composed. An option that is not given keeps the value of the preset or the spec file.
struct RecipeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Size of the canvas in which masks are composed, in px; one number for a square. (default: 512x512)",
            valueName: "WxH"))
    var canvas: SizeArgument?

    @Option(
        help: ArgumentHelp(
            """
            Mean of the number of strokes, 0 to 10000. The number is normally distributed and rounded to at least 1. \
            (default: 4)
            """,
            valueName: "n"))
    var strokesMean: Double?

    @Option(
        help: ArgumentHelp("Standard deviation of the number of strokes, 0 to 10000. (default: 2)", valueName: "n"))
    var strokesStd: Double?

    @Option(
        help: ArgumentHelp(
            "Minimum stroke width before upscaling, in px of the canvas, 0.01 to 10000. (default: 5)", valueName: "px"))
    var minStrokeWidth: Double?

    @Option(
        help: ArgumentHelp(
            "Maximum stroke width before upscaling, in px of the canvas, up to 10000. (default: 15)", valueName: "px"))
    var maxStrokeWidth: Double?

    @Option(
        help: ArgumentHelp(
            "Maximum upscale rate, 1 to 100; rates are uniformly distributed from 1. (default: 1.5)",
            valueName: "rate"))
    var maxUpscaleRate: Double?

    @Option(
        help: ArgumentHelp(
            """
            Hole ratio of every mask, above A and up to B, evenly distributed: 0.2...0.3. Strokes are added or \
            removed, and widened or narrowed by a common factor, to reach it. (default: any)
            """, valueName: "A...B"))
    var holeRatio: HoleRatioGoal?

    @Option(
        help: ArgumentHelp(
            "Maximum factor by which --hole-ratio widens or narrows strokes, 1 to 100. (default: 4)",
            valueName: "factor"))
    var maxWidthFactor: Double?

    @Option(
        help: ArgumentHelp(
            """
            Whether holes touch the edge of the canvas: any; touching: at least one pixel does; free: none within PX \
            px of the edge. (default: any; PX: 50 at 512 px, in proportion to the shorter side)
            """, valueName: "any|touching|free[=PX]"))
    var border: BorderConstraint?

    @Option(
        help: ArgumentHelp(
            "Position of strokes: as drawn, or anywhere on the canvas. (default: drawn)", valueName: "name"))
    var placement: StrokePlacement?

    @Flag(inversion: .prefixedNo, help: "Rotate each stroke about its center by a random angle. (default: --no-rotate)")
    var rotate: Bool?

    @Flag(inversion: .prefixedNo, help: "Mirror each stroke left to right, at random. (default: --no-flip)")
    var flip: Bool?

    @Option(
        help: ArgumentHelp(
            """
            Scale each stroke by a random factor, uniformly distributed from A to B, 0.01 to 100; widths stay the \
            same. (default: 1...1)
            """, valueName: "A...B"))
    var strokeScale: RangeArgument?

    /// The options that are given.
    var changes: MaskSpecChanges {
        var changes = MaskSpecChanges()
        changes.canvas = canvas?.size
        changes.strokesMean = strokesMean
        changes.strokesStd = strokesStd
        changes.minStrokeWidth = minStrokeWidth
        changes.maxStrokeWidth = maxStrokeWidth
        changes.maxUpscaleRate = maxUpscaleRate
        changes.holeRatio = holeRatio
        changes.maxWidthFactor = maxWidthFactor
        changes.border = border
        changes.placement = placement
        changes.rotates = rotate
        changes.flips = flip
        changes.strokeScale = strokeScale?.range
        return changes
    }
}
