public import FileAccess
public import SystemPackage

/// Reads the members of a tar file: POSIX `ustar` and `pax`, GNU, and older variants.
///
/// It reads only headers, and returns only files: folders, links, and devices are skipped. The file is untrusted: a
/// header with a wrong checksum, or whose member does not fit into the file, is an error.
public struct TarReader: ~Copyable {
    /// The tar file.
    public let path: FilePath
    private let file: FileDescriptor
    private let fileSize: Int
    /// The offset of the next header.
    private var position = 0
    /// The properties of the next member from preceding extension headers.
    private var upcoming = PaxRecords()
    private var isAtEnd = false
    /// The largest accepted extension of a header (a long name, pax records), in bytes.
    private static let extensionLimit = 1 << 20

    /// Opens the tar file at `path`.
    ///
    /// - Throws: `DataError` if it cannot be opened, or is not a regular file.
    public init(_ path: FilePath) throws(DataError) {
        guard try path.kind() == .file else { throw DataError(path, "is not a regular file; expected a tar file") }
        let size = try path.fileSize()
        let file = try path.attempt("cannot be opened") { try FileDescriptor.open(path, .readOnly) }
        self.path = path
        self.file = file
        fileSize = size
    }

    deinit {
        // A failure loses nothing, as nothing was written.
        do { try file.close() } catch {}
    }

    /// The next file in the tar; nil at its end.
    ///
    /// - Throws: `DataError` if the tar cannot be read, is truncated, or has an invalid header.
    public mutating func next() throws(DataError) -> TarMember? {
        while !isAtEnd {
            let start = position
            guard fileSize - start >= TarFormat.blockSize else {
                throw DataError(
                    path, "ends after \(fileSize) bytes without blocks of zeros; expected a complete tar file")
            }
            let header = try read(at: start, count: TarFormat.blockSize)
            if header.allSatisfy({ $0 == 0 }) {
                isAtEnd = true
                return nil
            }
            try checkSum(of: header, at: start)
            guard let size = upcoming.size ?? header.tarNumber(TarHeader.size) else {
                throw error(at: start, "has an invalid size; expected a number")
            }
            let offset = start + TarFormat.blockSize
            guard size <= fileSize - offset else {
                throw error(at: start, "has \(size) bytes, but only \(fileSize - offset) follow")
            }
            // No overflow: the member fits into the file, except for padding.
            position = offset + size + (-size & (TarFormat.blockSize - 1))
            let type = header[TarHeader.type]
            switch type {
            case UInt8(ascii: "x"):
                guard upcoming.add(try readExtension(at: start, offset, size)) else {
                    throw error(at: start, "has invalid pax records")
                }
            case UInt8(ascii: "L"):
                upcoming.path = String(bytes: try readExtension(at: start, offset, size))
            case UInt8(ascii: "K"), UInt8(ascii: "g"):
                // A link's long target; global records, such as comments and times written by git.
                break
            case UInt8(ascii: "S"):
                throw error(at: start, "is a sparse file; expected regular files")
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
                let name = upcoming.path ?? header.tarName
                upcoming = PaxRecords()
                // In old tars, a folder is a file whose name ends with a slash.
                if name.hasSuffix("/") { continue }
                return TarMember(name: name, offset: offset, length: size)
            default:
                upcoming = PaxRecords()
            }
        }
        return nil
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
        let bytes = try path.attempt("cannot be read") { [file] in try file.readBytes(at: offset, count: count) }
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
