/// A file in a tar file.
public struct TarMember: Hashable, Sendable {
    /// The name with its folders, as stored: `./masks/00000_train.png`.
    public let name: String
    /// The offset of the member's bytes in the tar file.
    public let offset: Int
    /// The number of bytes of the member.
    public let length: Int

    /// A member; nothing is checked.
    public init(name: String, offset: Int, length: Int) {
        self.name = name
        self.offset = offset
        self.length = length
    }
}
