import ArgumentParser
import MaskRaster

/// Masks with soft edges or larger holes.
struct SoftEdgeOptions: ParsableArguments {
    @Flag(
        help: """
            Gray edges: the value of a pixel is the part of it that is hole, sampled at 256 × 16 points by the exact \
            rule.
            """)
    var antialias = false

    @Option(
        // With this strategy, a negative number is reported as out of range, not as a missing value.
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Soft edges: 255 in the hole, falling linearly to 0 at this distance outside of it, in px of the canvas, \
            at least 0.01.
            """, valueName: "px"))
    var feather: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Grow the hole by this distance in all directions, in px of the canvas, at least 0.", valueName: "px"))
    var dilate = 0.0

    func validate() throws {
        if antialias, feather != nil { throw ValidationError("--antialias cannot be used with --feather") }
        if let feather, FeatherDistance(distance: feather) == nil {
            throw ValidationError("--feather is \(feather); expected 0.01 to 10000000")
        }
        guard dilate >= 0, dilate.isFinite else {
            throw ValidationError("--dilate is \(dilate); expected at least 0 (holes cannot shrink)")
        }
    }

    /// The kind of soft edge; nil for black and white.
    var edge: SoftEdge? {
        if antialias { return .coverage }
        return feather.flatMap { FeatherDistance(distance: $0) }.map { .feather($0) }
    }

    /// Rejects options that soft edges exclude.
    func check(bitDepth: Int?, backend: Backend?) throws {
        guard edge != nil else { return }
        let option = antialias ? "--antialias" : "--feather"
        if let bitDepth, bitDepth != 8 {
            throw ValidationError("\(option) cannot be used with --bit-depth \(bitDepth); gray values need 8 bits")
        }
        if let backend, backend != .exact {
            throw ValidationError(
                "\(option) cannot be used with --backend \(backend.rawValue); only exact rasterizes soft edges")
        }
    }
}
