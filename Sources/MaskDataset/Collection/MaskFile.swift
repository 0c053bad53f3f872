import FileAccess
import SystemPackage

/// A file in which masks are looked for: a file of the file system, a member of a tar, or a line of either.
struct MaskFile: Hashable, Sendable {
    /// The file as errors name it; for a member of a tar, the tar's path followed by the member's.
    let path: FilePath
    /// The file that is opened.
    let container: FilePath
    /// The bytes in the opened file; nil for all.
    let range: Range<Int>?

    init(_ path: FilePath) {
        self.path = path
        container = path
        range = nil
    }

    init(_ path: FilePath, in container: FilePath, _ range: Range<Int>) {
        self.path = path
        self.container = container
        self.range = range
    }

    /// The bytes `range` of this file, whose errors name the same file.
    func slice(_ slice: Range<Int>) -> MaskFile {
        let start = range?.lowerBound ?? 0
        return MaskFile(path, in: container, start + slice.lowerBound..<start + slice.upperBound)
    }

    /// The contents.
    ///
    /// - Parameter limit: The largest accepted size, in bytes.
    func bytes(limit: Int) throws(DataError) -> [UInt8] {
        guard let range else { return try container.readMask(limit: limit) }
        guard range.count <= limit else {
            throw DataError(path, "has \(range.count) bytes; expected at most \(limit)")
        }
        return try container.readBytes(at: range.lowerBound, count: range.count)
    }

    /// The first bytes, at most `count`.
    func firstBytes(_ count: Int) throws(DataError) -> [UInt8] {
        try container.readBytes(at: range?.lowerBound ?? 0, count: min(count, range?.count ?? count))
    }
}
