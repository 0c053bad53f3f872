/// The pauses between retries after network errors.
public struct RetrySchedule: Hashable, Sendable {
    /// The number of consecutive failures, without a byte of progress in between, after which to give up.
    public var failureLimit = 6
    /// The pause after the first failure; it doubles with each consecutive one.
    public var firstPause = Duration.seconds(1)
    /// The longest pause.
    public var longestPause = Duration.seconds(60)

    /// Six failures, with pauses of 1, 2, 4, 8, and 16 s.
    public init() {}

    /// The pause after a failure; nil after the last one.
    ///
    /// - Parameters:
    ///   - count: The number of consecutive failures, from 1.
    ///   - requested: The pause that the server requests, honored up to the longest pause.
    func pause(afterFailure count: Int, requested: Duration = .zero) -> Duration? {
        guard count < failureLimit else { return nil }
        let factor = 1 << min(count - 1, 20)
        return min(longestPause, max(firstPause * factor, requested))
    }
}
