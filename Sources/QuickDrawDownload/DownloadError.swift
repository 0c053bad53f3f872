public import StrokeBank
public import FileAccess
import QuickDraw

/// Why drawings could not be downloaded.
public enum DownloadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A local file or folder.
    case file(DataError)
    /// An address: what was found and, unless it is obvious, what was expected.
    case address(String, problem: String)
    /// Words without drawings, with suggestions.
    case unknownWords([UnknownWord], listing: String)

    /// One line: where, what was found, and what was expected.
    public var description: String {
        switch self {
        case .file(let error): return "\(error)"
        case .address(let address, let problem): return "\(address): \(problem)"
        case .unknownWords(let words, let listing):
            return "\(listing): no drawings of \(UnknownWord.description(of: words, expected: "a listed word"))"
        }
    }
}
