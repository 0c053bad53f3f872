/// The reason that a text is not a mask: what was found, what was expected, and on which line if that is known.
public struct MaskFormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1; nil if it is unknown, or if the caller knows it.
    public let line: Int?
    /// What was found and what was expected.
    public let problem: String

    /// An error at a line, from 1, if that is known.
    public init(line: Int? = nil, _ problem: String) {
        self.line = line
        self.problem = problem
    }

    /// One line: `line 3: <circle>: unsupported element; expected …`.
    public var description: String { line.map { "line \($0): \(problem)" } ?? problem }
}
