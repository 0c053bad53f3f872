import FileAccess

/// Why a transfer failed.
enum TransferError: Error, Hashable, Sendable {
    /// A network error, or a temporary one of the server: worth a retry.
    case temporary(String, retryAfter: Int? = nil)
    /// A permanent error of the server.
    case permanent(String)
    /// The file on the server differs from the listing.
    case changed(String)
    /// A local error that also concerns other files.
    case file(DataError)
    /// A local error that concerns only this file: its path is occupied.
    case occupied(DataError)
}
