/// A value of a spec that is out of its range.
public struct MaskSpecError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the value is, in words: `the largest upscale rate`.
    public let name: String
    /// What was found.
    public let value: Double
    /// What was wanted, both ends included.
    public let range: ClosedRange<Double>

    /// One line: `the largest upscale rate is 0.5; expected 1.0 to 100.0`.
    public var description: String {
        "\(name) is \(value); expected \(range.lowerBound) to \(range.upperBound)"
    }
}
