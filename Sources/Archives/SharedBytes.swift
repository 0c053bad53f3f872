/// The uncompressed contents of a compressed file, in memory; many values refer to them.
public final class SharedBytes: Hashable, Sendable {
    /// The bytes.
    public let bytes: [UInt8]

    /// Keeps `bytes` as long as something refers to them.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether both are the same object: equal contents need not be compared.
    public static func == (first: SharedBytes, second: SharedBytes) -> Bool { first === second }

    /// Hashes the identity of the object.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}
