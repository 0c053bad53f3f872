/// The range of a partial response: `bytes 100-199/1000`.
struct ContentRange: Hashable, Sendable {
    /// The first byte, from 0.
    let start: Int
    /// The size of the whole file; nil if unknown.
    let size: Int?

    /// Parses the value of `Content-Range`; nil if it is not a range of bytes.
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
