import FileAccess
import SystemPackage

extension MD5.Digest {
    /// Of the file at a path; 1 MiB of it is in memory at a time.
    init(of path: FilePath) throws(FileError) {
        var md5 = MD5()
        var offset = 0
        while true {
            let bytes = try path.readBytes(at: offset, count: 1 << 20)
            if bytes.isEmpty { break }
            bytes.withUnsafeBytes { md5.update($0) }
            offset += bytes.count
        }
        self = md5.digest
    }
}
