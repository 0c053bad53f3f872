public import FileAccess
public import SystemPackage

/// Reads the members of a tar file: POSIX `ustar` and `pax`, GNU, and older variants.
///
/// It reads only headers, and returns only files: folders, symbolic links, and devices are skipped. A hard link is a
/// file with the bytes of its target. The file is untrusted: a header with a wrong checksum, a member that does not fit
/// into the file, or a hard link to nothing before it is an error.
public struct TarReader: ~Copyable {
    /// The tar file.
    public let path: FilePath
    /// The open file; nil if the tar is in memory.
    private let file: FileDescriptor?
    /// The tar in memory; empty if it is in a file.
    private let memory: [UInt8]
    /// The bytes of the tar in the file.
    private let range: Range<Int>
    /// The offset of the next header.
    private var position: Int
    /// The properties of the next member from preceding extension headers.
    private var upcoming = PaxRecords()
    private var isAtEnd = false
    /// The files so far by name, for hard links; nil before the first hard link, as most tars have none.
    private var targets: [String: TarMember]?
    /// The largest accepted extension of a header (a long name, pax records), in bytes.
    private static let extensionLimit = 1 << 20

    /// Opens the tar file at `path`.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - range: The bytes of the tar in the file, if it is a member of another tar; nil for all.
    /// - Throws: `DataError` if it cannot be opened, or is not a regular file.
    public init(_ path: FilePath, range: Range<Int>? = nil) throws(DataError) {
        guard try path.kind() == .file else { throw DataError(path, "is not a regular file; expected a tar file") }
        let size = try path.fileSize()
        let file = try path.attempt("cannot be opened") { try FileDescriptor.open(path, .readOnly) }
        self.path = path
        self.file = file
        memory = []
        self.range = range ?? 0..<size
        position = self.range.lowerBound
    }

    /// Reads a tar in memory: that which a compressed file contains.
    ///
    /// - Parameters:
    ///   - bytes: The tar.
    ///   - path: The file that contains it, for errors.
    public init(_ bytes: [UInt8], named path: FilePath) {
        self.path = path
        file = nil
        memory = bytes
        range = 0..<bytes.count
        position = 0
    }

    deinit {
        // A failure loses nothing, as nothing was written.
        do { try file?.close() } catch {}
    }

    /// The next file in the tar; nil at its end.
    ///
    /// - Throws: `DataError` if the tar cannot be read, is truncated, or has an invalid header.
    public mutating func next() throws(DataError) -> TarMember? {
        try next(before: .max)
    }

    /// The next file whose header is before byte `end`; nil if there is none.
    private mutating func next(before end: Int) throws(DataError) -> TarMember? {
        while !isAtEnd, position < end {
            let start = position
            if start == range.lowerBound, range.count > 2, try read(at: start, count: 2) == [0x1F, 0x8B] {
                throw DataError(path, "is gzipped; expected a name that ends in .tar.gz, or an uncompressed tar file")
            }
            guard range.upperBound - start >= TarFormat.blockSize else {
                throw DataError(
                    path, "ends after \(range.count) bytes without blocks of zeros; expected a complete tar file")
            }
            let header = try read(at: start, count: TarFormat.blockSize)
            if header.allSatisfy({ $0 == 0 }) {
                isAtEnd = true
                return nil
            }
            try checkSum(of: header, at: start)
            let type = header[TarHeader.type]
            // A size from pax records is that of the next file, not of another extension header before it.
            let known = "xgLK".utf8.contains(type) ? nil : upcoming.size
            guard let size = known ?? header.tarNumber(TarHeader.size) else {
                throw error(at: start, "has an invalid size; expected a number")
            }
            let offset = start + TarFormat.blockSize
            guard size <= range.upperBound - offset else {
                throw error(at: start, "has \(size) bytes, but only \(range.upperBound - offset) follow")
            }
            // No overflow: the member fits into the file, except for padding.
            position = offset + size + (-size & (TarFormat.blockSize - 1))
            switch type {
            case UInt8(ascii: "x"):
                guard upcoming.add(try readExtension(at: start, offset, size)) else {
                    throw error(at: start, "has invalid pax records")
                }
            case UInt8(ascii: "L"):
                upcoming.path = String(bytes: try readExtension(at: start, offset, size))
            case UInt8(ascii: "K"):
                upcoming.linkPath = String(bytes: try readExtension(at: start, offset, size))
            case UInt8(ascii: "g"):
                // Global records, such as comments and times written by git.
                break
            case UInt8(ascii: "S"):
                throw error(at: start, "is a sparse file; expected regular files")
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
                let name = upcoming.path ?? header.tarName
                upcoming = PaxRecords()
                // In old tars, a folder is a file whose name ends with a slash.
                if name.hasSuffix("/") { continue }
                let member = TarMember(name: name, offset: offset, length: size)
                targets?[name] = member
                return member
            case UInt8(ascii: "1"):
                let (name, target) = (upcoming.path ?? header.tarName, upcoming.linkPath ?? header.tarLinkName)
                upcoming = PaxRecords()
                return try hardLink(name, to: target, at: start)
            default:
                upcoming = PaxRecords()
            }
        }
        return nil
    }

    /// The file of a hard link at byte `start`.
    private mutating func hardLink(_ name: String, to target: String, at start: Int) throws(DataError) -> TarMember {
        var targets = if let known = self.targets { known } else { try earlierFiles(before: start) }
        guard let file = targets[target] else {
            throw error(
                at: start, "is a hard link to \(target.debugDescription); expected the name of a file before it")
        }
        let member = TarMember(name: name, offset: file.offset, length: file.length)
        targets[name] = member
        self.targets = targets
        return member
    }

    /// The files whose headers are before byte `end`, by name.
    private func earlierFiles(before end: Int) throws(DataError) -> [String: TarMember] {
        var files: [String: TarMember] = [:]
        var reader = file == nil ? TarReader(memory, named: path) : try TarReader(path, range: range)
        // Before the first hard link there is none, so this does not recur.
        while let member = try reader.next(before: end) { files[member.name] = member }
        return files
    }

    private func checkSum(of header: [UInt8], at start: Int) throws(DataError) {
        let sum = TarHeader.checksum(of: header[...])
        guard let stated = header.tarNumber(TarHeader.checksum), stated == sum else {
            throw DataError(
                path,
                "the block at byte \(start) does not have the checksum of a tar header; expected a complete tar file")
        }
    }

    private func error(at start: Int, _ problem: String) -> DataError {
        DataError(path, "the member at byte \(start) \(problem)")
    }

    private func readExtension(at start: Int, _ offset: Int, _ size: Int) throws(DataError) -> [UInt8] {
        guard size <= Self.extensionLimit else {
            throw error(at: start, "has a header of \(size) bytes; expected at most \(Self.extensionLimit)")
        }
        return try read(at: offset, count: size)
    }

    private func read(at offset: Int, count: Int) throws(DataError) -> [UInt8] {
        guard let file else { return Array(memory[offset..<min(offset + count, memory.count)]) }
        let bytes = try path.attempt("cannot be read") { try file.readBytes(at: offset, count: count) }
        guard bytes.count == count else { throw DataError(path, "ends while it is read; expected a complete tar file") }
        return bytes
    }
}

extension [UInt8] {
    /// The number in a header field, in octal digits or GNU's binary form; nil if it is neither.
    fileprivate func tarNumber(_ field: Range<Int>) -> Int? {
        if self[field.lowerBound] == 0x80 {
            return self[field.dropFirst()].reduce(Optional(0)) { value, byte in
                guard let value, value <= Int.max >> 8 else { return nil }
                return value << 8 | Int(byte)
            }
        }
        let digits = self[field].drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }) else { return nil }
        // An empty field is 0.
        return digits.reduce(0) { $0 << 3 | Int($1 - UInt8(ascii: "0")) }
    }

    /// The target of a link in a header.
    fileprivate var tarLinkName: String { String(bytes: self[TarHeader.linkName]) }

    /// The name in a header, with the folders from POSIX's separate field.
    fileprivate var tarName: String {
        let name = String(bytes: self[TarHeader.name])
        // GNU's header, which has another magic string, uses these bytes differently.
        guard self[TarHeader.magic].elementsEqual(TarHeader.magicText) else { return name }
        let folders = String(bytes: self[TarHeader.prefix])
        return folders.isEmpty ? name : folders + "/" + name
    }
}

extension String {
    /// The text up to a zero byte.
    fileprivate init(bytes: some Sequence<UInt8>) {
        self.init(decoding: Array(bytes.prefix { $0 != 0 }), as: UTF8.self)
    }
}
