/// The reason that a rasterizer could not draw, including the message of its drawing library.
public struct RasterizerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line: the failed operation and its cause, or the value that was found and the expected one.
    public let description: String

    /// Creates an error with the message `description`.
    public init(_ description: String) {
        self.description = description
    }
}
