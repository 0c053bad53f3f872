import FileAccess

/// What stands at the head of a server's answer, as far as it matters here.
struct HTTPResponse: Hashable, Sendable {
    /// `206` and the like.
    var status: Int
    /// How many bytes it says will follow.
    var contentLength: Int?
    /// Which part of the file will follow.
    var contentRange: ContentRange?
    /// Names the version of the file; nil if there is none by which parts can be held together (a weak one).
    var entityTag: String?
    /// The MD5 of the whole file, where the server is Google's.
    var md5: MD5.Digest?
    /// How many seconds to wait before the next try.
    var retryAfter: Int?

    /// Takes what it needs out of the fields of an answer.
    ///
    /// - Parameter field: gives the value of the field of that name, whatever its capitals.
    init(status: Int, field: (String) -> String?) {
        self.status = status
        contentLength = field("Content-Length").flatMap { Int($0) }
        contentRange = field("Content-Range").flatMap { ContentRange($0) }
        entityTag = field("ETag").flatMap { $0.hasPrefix("\"") ? $0 : nil }
        // crc32c=n03x6A==,md5=Ojk9c3dhfxgoKVVHYwFbHQ==
        md5 = field("x-goog-hash")?.split(whereSeparator: { ", ".contains($0) })
            .first { $0.hasPrefix("md5=") }.flatMap { MD5.Digest(base64: String($0.dropFirst(4))) }
        retryAfter = field("Retry-After").flatMap { Int($0) }
    }

    /// The status with its name: `503 Service Unavailable`.
    var statusText: String {
        let names = [
            400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 408: "Request Timeout",
            410: "Gone", 416: "Range Not Satisfiable", 429: "Too Many Requests", 500: "Internal Server Error",
            502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
        ]
        return names[status].map { "\(status) \($0)" } ?? "status \(status)"
    }
}

/// A part of a file in an answer: `bytes 100-199/1000`.
struct ContentRange: Hashable, Sendable {
    /// Its first byte, from 0.
    let start: Int
    /// The size of the whole file; nil if the server does not tell.
    let size: Int?

    /// Reads the value of a field; nil if it does not tell which bytes follow.
    init?(_ text: String) {
        guard text.hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = parts[0].split(separator: "-").first.flatMap({ Int($0) }) else {
            return nil
        }
        self.start = start
        size = Int(parts[1])
    }
}

/// Why an exchange with a server came to nothing, or to less than was wanted.
enum TransferFault: Error, Hashable, Sendable {
    /// The network, or the server for the time being: worth another try.
    case passing(String, retryAfter: Int? = nil)
    /// The server's last word.
    case lasting(String)
    /// What the server has is not what was listed.
    case changed(String)
    /// A file here that cannot be written, as others could not be.
    case file(DataError)
    /// What stands in the place of this one file.
    case occupied(DataError)
}
