public import ArgumentParser
public import MaskModel

/// What a mask is made like, on the command line; what is not given stays as a preset or a file has it.
struct RecipeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The canvas in which masks are composed, in px; one number for both sides. (default: 512x512)",
            valueName: "WxH"))
    var canvas: SizeArgument?

    @Option(help: "The mean number of strokes, of a normal distribution rounded to 1 or more. (default: 4)")
    var strokesMean: Double?

    @Option(help: "The standard deviation of the number of strokes. (default: 2)")
    var strokesStd: Double?

    @Option(help: "The smallest stroke width before scaling, in px of the canvas, 0.01 or more. (default: 5)")
    var minStrokeWidth: Double?

    @Option(help: "The largest stroke width before scaling, in px of the canvas. (default: 15)")
    var maxStrokeWidth: Double?

    @Option(help: "The largest upscale rate, 1 to 100; rates are uniform from 1. (default: 1.5)")
    var maxUpscaleRate: Double?

    @Option(
        help: ArgumentHelp(
            """
            The share of hole of every mask, above A and up to B, evenly spread: 0.2...0.3. Strokes are added or left \
            out, and all made wider or narrower. (default: any)
            """, valueName: "A...B"))
    var holeRatio: HoleRatioGoal?

    @Option(help: "By how much at most --hole-ratio makes strokes wider or narrower, 1 to 100. (default: 4)")
    var maxWidthFactor: Double?

    @Option(
        help: ArgumentHelp(
            """
            Where holes may lie: any; touching the canvas's edge; free, at least this many px of the canvas from it. \
            (default: any; free's PX: 50 at 512, in proportion)
            """, valueName: "any|touching|free[=PX]"))
    var border: Border?

    @Option(help: "Where strokes are put: as drawn, or uniform, anywhere. (values: drawn, uniform; default: drawn)")
    var placement: StrokePlacement?

    @Flag(inversion: .prefixedNo, help: "Turn each stroke about its middle by any angle. (default: --no-rotate)")
    var rotate: Bool?

    @Flag(inversion: .prefixedNo, help: "Mirror each stroke left to right, or not, at random. (default: --no-flip)")
    var flip: Bool?

    @Option(
        help: ArgumentHelp(
            "Scale each stroke by a factor of its own, uniform from A to B; widths stay. (default: 1...1)",
            valueName: "A...B"))
    var strokeScale: RangeArgument?

    /// What was given.
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

/// A range on the command line: `0.5...2`.
struct RangeArgument: ExpressibleByArgument {
    let range: ClosedRange<Double>

    init?(argument: String) {
        guard let dots = argument.firstRange(of: "..."), let low = Double(argument[..<dots.lowerBound]),
            let high = Double(argument[dots.upperBound...]), low <= high
        else { return nil }
        range = low...high
    }
}

extension HoleRatioGoal: ExpressibleByArgument {
    /// `any` or `0.2...0.3`; nil for anything else.
    public init?(argument: String) {
        if argument == "any" {
            self = .any
        } else if let argument = RangeArgument(argument: argument) {
            self = .within(argument.range)
        } else {
            return nil
        }
    }
}

extension Border: ExpressibleByArgument {
    /// `any`, `touching`, `free` or `free=20`, in px of the canvas; nil for anything else.
    public init?(argument: String) {
        switch argument {
        case "any": self = .any
        case "touching": self = .touching
        case "free": self = .free(margin: nil)
        default:
            guard argument.hasPrefix("free="), let margin = Double(argument.dropFirst(5)) else { return nil }
            self = .free(margin: margin)
        }
    }
}

extension StrokePlacement: ExpressibleByArgument {}
