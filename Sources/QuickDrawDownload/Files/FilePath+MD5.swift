import FileAccess
import SystemPackage

extension FilePath {
    /// Calls `body` with the bytes of the file at the path, at most 1 MiB at a time.
    func forEachChunk(_ body: ([UInt8]) -> Void) throws(DataError) {
        var offset = 0
        while true {
            let bytes = try readBytes(at: offset, count: 1 << 20)
            if bytes.isEmpty { return }
            body(bytes)
            offset += bytes.count
        }
    }

    /// The MD5 of the file at the path.
    func md5() throws(DataError) -> MD5.Digest {
        var md5 = MD5()
        try forEachChunk { chunk in unsafe chunk.withUnsafeBytes { unsafe md5.update($0) } }
        return md5.digest
    }
}
