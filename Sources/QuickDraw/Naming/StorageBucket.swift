/// The location of the published drawings: Google's bucket, or a mirror with the same layout.
public struct StorageBucket: Hashable, Sendable {
    /// The base address of the listing and the files, without a trailing slash.
    public let base: String

    /// Google's bucket.
    public static let official = StorageBucket(checked: "https://storage.googleapis.com")

    /// A bucket at `base`; nil unless that is an `http://` or `https://` address without a query.
    public init?(base: String) {
        var base = base
        while base.hasSuffix("/") { base.removeLast() }
        guard let scheme = ["https://", "http://"].first(where: { base.hasPrefix($0) }) else { return nil }
        let rest = base.utf8.dropFirst(scheme.utf8.count)
        guard let first = rest.first, first != UInt8(ascii: "/"), first != UInt8(ascii: ":") else { return nil }
        let forbidden = Array("?#\"<>\\^`{|}".utf8)
        guard rest.allSatisfy({ (0x21...0x7E).contains($0) && !forbidden.contains($0) }) else { return nil }
        self.init(checked: base)
    }

    private init(checked base: String) {
        self.base = base
    }
}
