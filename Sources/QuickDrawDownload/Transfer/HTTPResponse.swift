/// The relevant header fields of a response.
struct HTTPResponse: Hashable, Sendable {
    /// The status code, as in 206.
    var status: Int
    /// The announced number of bytes.
    var contentLength: Int?
    /// The range of the file.
    var contentRange: ContentRange?
    /// The version of the file; nil if there is none or only a weak one, which does not identify bytes.
    var entityTag: String?
    /// The MD5 of the whole file, if the server is Google's.
    var md5: MD5.Digest?
    /// The seconds to wait before a retry.
    var retryAfter: Int?

    /// Reads the header fields of a response.
    ///
    /// - Parameter field: Returns the value of a field; names are case-insensitive.
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
