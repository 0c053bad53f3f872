import FileAccess

/// Why a transfer failed.
enum TransferError: Error, Hashable, Sendable {
    /// A network error, or a temporary one of the server: worth a retry.
    case temporary(String, retryAfter: Int? = nil)
    /// The server is too slow: worth a retry, but what it sent does not count as progress.
    case slow(String)
    /// A permanent error of the server.
    case permanent(String)
    /// The file on the server differs from the listing.
    case changed(String)
    /// A local error that also concerns other files.
    case file(DataError)
    /// A local error that concerns only this file: its path is occupied.
    case occupied(DataError)

    /// The problem, and the pause before a retry that the server requests.
    var retryReason: (problem: String, pause: Duration) {
        switch self {
        case .temporary(let problem, let retryAfter): (problem, .seconds(retryAfter ?? 0))
        case .slow(let problem), .permanent(let problem), .changed(let problem): (problem, .zero)
        case .file(let error), .occupied(let error): ("\(error)", .zero)
        }
    }
}
