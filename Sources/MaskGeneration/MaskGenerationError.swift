/// The reason that a mask could not be generated.
public enum MaskGenerationError<StrokeFailure: Error>: Error {
    /// A stroke could not be read; the error of the stroke source.
    case strokes(StrokeFailure)
    /// No attempt had a hole, or a hole at the border where that was requested.
    case noHole(attempts: Int)
    /// No attempt had a hole ratio within `goal`; `seen` is the range of the measured ratios.
    case noRatio(goal: ClosedRange<Double>, seen: ClosedRange<Double>, attempts: Int)
}
