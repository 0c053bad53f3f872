import ArgumentParser
import MaskRaster

/// Images with soft edges, and larger holes.
struct SoftOptions: ParsableArguments {
    @Flag(
        help:
            "Gray edges: a pixel's value is the share of it that is hole, counted at 256 × 16 points by the exact rule."
    )
    var antialias = false

    @Option(
        // So that a negative number is told what is wrong with it.
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            A soft edge: the hole is 255, and outside the value falls in a straight line to 0 at this distance, in px of \
            the canvas, 0.01 or more.
            """, valueName: "px"))
    var feather: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Grow the hole by this distance, in px of the canvas, 0 or more: all widths by twice as much.",
            valueName: "px"))
    var dilate = 0.0

    func validate() throws {
        if antialias, feather != nil { throw ValidationError("--antialias and --feather; expected one of them") }
        if let feather, Feather(distance: feather) == nil {
            throw ValidationError("--feather is \(feather); expected 0.01 to 10000000")
        }
        guard dilate >= 0, dilate.isFinite else {
            throw ValidationError(
                "--dilate is \(dilate); expected 0 or more, as narrower strokes do not shrink their union")
        }
    }

    /// How the edges are soft; nil for black and white.
    var edge: SoftEdge? {
        if antialias { return .coverage }
        return feather.flatMap { Feather(distance: $0) }.map { .feather($0) }
    }

    /// Refuses what was asked for beside soft edges and cannot be had with them.
    func check(bitDepth: Int?, backend: Backend?) throws {
        guard edge != nil else { return }
        let option = antialias ? "--antialias" : "--feather"
        if let bitDepth, bitDepth != 8 { throw ValidationError("\(option) and --bit-depth \(bitDepth); expected 8 bits") }
        if let backend, backend != .exact {
            throw ValidationError("\(option) and --backend \(backend.rawValue); soft edges are drawn by exact only")
        }
    }
}
