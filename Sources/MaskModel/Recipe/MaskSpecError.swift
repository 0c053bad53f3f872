/// A value of a spec that is out of its range.
public struct MaskSpecError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the value in plain words: `the largest upscale rate`.
    public let name: String
    /// The value that was found.
    public let value: Double
    /// The expected range, bounds included.
    public let range: ClosedRange<Double>

    /// One line: `the largest upscale rate is 0.5; expected 1.0 to 100.0`.
    public var description: String {
        "\(name) is \(value); expected \(range.lowerBound) to \(range.upperBound)"
    }
}
