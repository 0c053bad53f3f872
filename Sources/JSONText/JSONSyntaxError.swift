/// The reason that a text is not JSON, as reported by simdjson unless it is the encoding.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The message, without a location: `Empty: no JSON found`.
    public let message: String

    /// One line: `not JSON: Empty: no JSON found`.
    public var description: String { "not JSON: \(message)" }
}
