import Archives
import FileAccess
import SystemPackage

/// A file in which masks are looked for: a file of the file system, a member of an archive, or a part of either.
struct MaskFile: Hashable, Sendable {
    /// Where the bytes are.
    private enum Storage: Hashable, Sendable {
        /// In the opened file; nil for all of it.
        case file(Range<Int>?)
        /// In a member of a zip archive, perhaps compressed.
        case member(ZipMember)
        /// In memory: a compressed file that was read.
        case memory(SharedBytes, Range<Int>)
    }

    /// The file as errors name it; for a member of an archive, the archive's path followed by the member's.
    let path: FilePath
    /// The file that is opened.
    let container: FilePath
    private let storage: Storage

    /// The largest compressed file, uncompressed, in bytes, whose contents are held in memory.
    static let memoryLimit = 1 << 32

    init(_ path: FilePath) {
        self.init(path, in: path, .file(nil))
    }

    init(_ path: FilePath, in container: FilePath, _ range: Range<Int>) {
        self.init(path, in: container, .file(range))
    }

    init(_ member: ZipMember, of archive: FilePath) {
        self.init(archive.pushing(FilePath(member.name)), in: archive, .member(member))
    }

    init(_ path: FilePath, in container: FilePath, _ bytes: SharedBytes) {
        self.init(path, in: container, .memory(bytes, 0..<bytes.bytes.count))
    }

    private init(_ path: FilePath, in container: FilePath, _ storage: Storage) {
        self.path = path
        self.container = container
        self.storage = storage
    }

    /// The bytes in the opened file; nil for all, or if they are not there as they are.
    var range: Range<Int>? {
        if case .file(let range) = storage { return range }
        return nil
    }

    /// Whether this is a whole file of the file system.
    var isWhole: Bool { storage == .file(nil) }

    /// The bytes in memory; nil if they are in a file.
    var memory: [UInt8]? {
        if case .memory(let bytes, let range) = storage {
            return range.count == bytes.bytes.count ? bytes.bytes : Array(bytes.bytes[range])
        }
        return nil
    }

    /// The same file with its bytes in memory, if they are compressed in an archive.
    func uncompressed() throws(DataError) -> MaskFile {
        guard case .member = storage else { return self }
        return MaskFile(path, in: container, SharedBytes(try bytes(limit: Self.memoryLimit)))
    }

    /// The bytes `slice` of this file, whose errors name the same file.
    ///
    /// - Precondition: The file is not compressed.
    func slice(_ slice: Range<Int>) -> MaskFile {
        switch storage {
        case .file(let range):
            let start = range?.lowerBound ?? 0
            return MaskFile(path, in: container, start + slice.lowerBound..<start + slice.upperBound)
        case .memory(let bytes, let range):
            let start = range.lowerBound
            return MaskFile(
                path, in: container, .memory(bytes, start + slice.lowerBound..<start + slice.upperBound))
        case .member: preconditionFailure("a slice of a compressed file")
        }
    }

    /// The same bytes under another name: a member of a tar.
    func named(_ path: FilePath) -> MaskFile { MaskFile(path, in: container, storage) }

    /// The contents.
    ///
    /// - Parameter limit: The largest accepted size, in bytes.
    func bytes(limit: Int) throws(DataError) -> [UInt8] {
        guard let count else { return try container.readMask(limit: limit) }
        guard count <= limit else { throw DataError(path, "has \(count) bytes; expected at most \(limit)") }
        switch storage {
        case .file(let range): return try container.readBytes(at: range?.lowerBound ?? 0, count: count)
        case .memory(let bytes, let range): return Array(bytes.bytes[range])
        case .member(let member):
            var reader = try ByteReader(member, of: container, named: path)
            return try reader.readAll(limit: limit)
        }
    }

    /// The number of bytes; nil for a whole file, which may be a pipe.
    private var count: Int? {
        switch storage {
        case .file(let range): range?.count
        case .member(let member): member.size
        case .memory(_, let range): range.count
        }
    }

    /// The first bytes, at most `count`.
    func firstBytes(_ count: Int) throws(DataError) -> [UInt8] {
        switch storage {
        case .file(let range):
            return try container.readBytes(at: range?.lowerBound ?? 0, count: min(count, range?.count ?? count))
        case .memory(let bytes, let range): return Array(bytes.bytes[range].prefix(count))
        case .member(let member):
            var reader = try ByteReader(member, of: container, named: path)
            _ = try reader.fill(to: count)
            return reader.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0.prefix(count)) } }
        }
    }

    /// Checks that the file was downloaded, if it comes from Git LFS.
    ///
    /// - Throws: `DataError` if it was not, or it cannot be read.
    func checkIsNoPointer() throws(DataError) {
        guard try container.kind() == .file else { return }
        let pointer = UnsupportedImageFormat.pointer
        guard try firstBytes(pointer.count) != pointer else { throw Self.isPointer(path) }
    }

    /// A file of which Git LFS left a pointer.
    static func isPointer(_ path: FilePath) -> DataError {
        DataError(path, "is a pointer of Git LFS; expected the file itself (git lfs pull)")
    }

    /// The number of bytes of an uncompressed file.
    func size() throws(DataError) -> Int {
        if let count { return count }
        return try container.fileSize()
    }
}
