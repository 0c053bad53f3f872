/// When to try again what a network did not let through.
public struct RetrySchedule: Hashable, Sendable {
    /// How many failures in a row, without a byte of progress between them, are the last.
    public var failureLimit = 6
    /// The pause after the first failure; it doubles with each further one in a row.
    public var firstPause = Duration.seconds(1)
    /// The longest pause.
    public var longestPause = Duration.seconds(60)

    /// Six failures, with pauses of 1, 2, 4, 8 and 16 s between them.
    public init() {}

    /// How long to wait after a failure; nil if it was the last.
    ///
    /// - Parameters:
    ///   - count: how many failures in a row there were, from 1.
    ///   - wished: what the server asks for, which counts up to the longest pause.
    func pause(afterFailure count: Int, wished: Duration = .zero) -> Duration? {
        guard count < failureLimit else { return nil }
        let factor = 1 << min(count - 1, 20)
        return min(longestPause, max(firstPause * factor, wished))
    }
}
