/// Why a mask could not be generated.
public enum MaskGenerationError<StrokeFailure: Error>: Error {
    /// A stroke cannot be read.
    case strokes(StrokeFailure)
    /// No attempt had a hole, or one at the border where that was requested.
    case noHole(attempts: Int)
    /// No attempt had a hole ratio within `goal`; `seen` are the lowest and the highest ratio of all attempts.
    case noRatio(goal: ClosedRange<Double>, seen: ClosedRange<Double>, attempts: Int)
}
