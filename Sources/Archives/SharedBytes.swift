public import FileAccess

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

extension ByteReader {
    /// All bytes from the current one to the end of the file.
    ///
    /// - Parameter limit: The largest accepted number of bytes.
    /// - Throws: `DataError` if the file cannot be read, is corrupt, or has more bytes.
    public mutating func readAll(limit: Int) throws(DataError) -> [UInt8] {
        var bytes: [UInt8] = []
        while try fill(to: 1) {
            guard bytes.count + count <= limit else {
                throw DataError(path, "has more than \(limit) bytes uncompressed; expected at most \(limit)")
            }
            withBytes { part in unsafe part.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) } }
            consume(count)
        }
        try checkUnchanged()
        return bytes
    }
}
