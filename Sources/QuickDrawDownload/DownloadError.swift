public import StrokeBank
public import FileAccess
import QuickDraw

/// Why drawings could not be fetched.
public enum DownloadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file or folder here.
    case file(DataError)
    /// An address: what was found there and, where that is not plain, wanted.
    case address(String, problem: String)
    /// Words of which there are no drawings, each with words that are spelled much like it.
    case unknownWords([UnknownWord], listing: String)

    /// One line: where, what was found, what was wanted.
    public var description: String {
        switch self {
        case .file(let error): return "\(error)"
        case .address(let address, let problem): return "\(address): \(problem)"
        case .unknownWords(let words, let listing):
            return
                "\(listing): no drawings of \(words.map(\.description).joined(separator: ", or ")); expected a listed word"
        }
    }
}
