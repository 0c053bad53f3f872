/// A file of drawings in the bucket's listing.
public struct ListedFile: Hashable, Sendable {
    /// The name in the bucket: `full/simplified/The Eiffel Tower.ndjson`.
    public let name: String
    /// The word: `The Eiffel Tower`.
    public let word: String
    /// The size in bytes.
    public let size: Int
    /// The MD5 of the contents.
    let md5: MD5.Digest
}
