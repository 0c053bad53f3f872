public import FileAccess
public import SystemPackage

/// A file within a tar file: its name, and where its bytes are.
public struct TarMember: Hashable, Sendable {
    /// The name with its folders, as the tar has it: `./masks/00000_train.png`.
    public let name: String
    /// Where the member's bytes begin, in bytes from the start of the tar.
    public let offset: Int
    /// How many bytes the member has.
    public let length: Int

    /// A member; nothing is checked.
    public init(name: String, offset: Int, length: Int) {
        self.name = name
        self.offset = offset
        self.length = length
    }
}

/// Walks the headers of a tar file, whoever wrote it: POSIX `ustar` and `pax`, GNU, and older ones.
///
/// It reads headers alone, and gives files alone: folders, links and devices are passed over. The file is not trusted:
/// every header has the right checksum and lies, with all bytes of its member, within the file, or is an error.
public struct TarReader: ~Copyable {
    /// The tar file, as it was given.
    public let path: FilePath
    private let file: FileDescriptor
    private let fileSize: Int
    /// Where the next header is.
    private var position = 0
    /// What headers for the next member alone say of it.
    private var upcoming = PaxRecords()
    private var isAtEnd = false
    /// The largest extension of a header (a long name, pax records) that is read, in bytes.
    private static let extensionLimit = 1 << 20

    /// Opens the tar file at `path`, before its first member.
    ///
    /// - Throws: `DataError` if it cannot be opened, or is a folder, a pipe or a device.
    public init(_ path: FilePath) throws(DataError) {
        guard try path.kind() == .file else { throw DataError(path, "is no file; expected a tar file") }
        let size = try path.fileSize()
        let file = try path.attempt("cannot be opened") { try FileDescriptor.open(path, .readOnly) }
        self.path = path
        self.file = file
        fileSize = size
    }

    deinit {
        // Nothing was written that could be lost.
        do { try file.close() } catch {}
    }

    /// The next file in the tar; nil at its end.
    ///
    /// - Throws: `DataError` if the tar cannot be read, is cut off, or has a header that is none.
    public mutating func next() throws(DataError) -> TarMember? {
        while !isAtEnd {
            let start = position
            guard fileSize - start >= TarFormat.blockSize else {
                throw DataError(path, "ends after \(fileSize) bytes without blocks of zeros; expected a whole tar")
            }
            let header = try read(at: start, count: TarFormat.blockSize)
            if header.allSatisfy({ $0 == 0 }) {
                isAtEnd = true
                return nil
            }
            try checkSum(of: header, at: start)
            guard let size = upcoming.size ?? header.tarNumber(TarHeader.size) else {
                throw fault(at: start, "has a size that is no number")
            }
            let offset = start + TarFormat.blockSize
            guard size <= fileSize - offset else {
                throw fault(at: start, "is of \(size) bytes, but only \(fileSize - offset) follow")
            }
            // No overflow: the file has room for it, up to the last block.
            position = offset + size + (-size & (TarFormat.blockSize - 1))
            let type = header[TarHeader.type]
            switch type {
            case UInt8(ascii: "x"):
                guard upcoming.add(try readExtension(at: start, offset, size)) else {
                    throw fault(at: start, "has pax records that are none")
                }
            case UInt8(ascii: "L"):
                upcoming.path = String(bytes: try readExtension(at: start, offset, size))
            case UInt8(ascii: "K"), UInt8(ascii: "g"):
                // A link's long target; what is said of all members: comments and times, as git writes them.
                break
            case UInt8(ascii: "S"):
                throw fault(at: start, "is a sparse file; expected plain ones")
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
                let name = upcoming.path ?? header.tarName
                upcoming = PaxRecords()
                // Old tars have folders as files whose names end so.
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
            throw DataError(path, "the block at byte \(start) has not the checksum of a tar header; expected a whole tar")
        }
    }

    private func fault(at start: Int, _ problem: String) -> DataError {
        DataError(path, "the member at byte \(start) \(problem)")
    }

    private func readExtension(at start: Int, _ offset: Int, _ size: Int) throws(DataError) -> [UInt8] {
        guard size <= Self.extensionLimit else {
            throw fault(at: start, "has a header of \(size) bytes; expected at most \(Self.extensionLimit)")
        }
        return try read(at: offset, count: size)
    }

    private func read(at offset: Int, count: Int) throws(DataError) -> [UInt8] {
        let bytes = try path.attempt("cannot be read") { [file] in try file.readBytes(at: offset, count: count) }
        guard bytes.count == count else { throw DataError(path, "ends while it is read; expected a whole tar") }
        return bytes
    }
}

/// What pax records, or GNU's long names, say of the member that follows.
private struct PaxRecords {
    var path: String?
    var size: Int?

    /// Takes over what matters of the records `length name=value\n`; false if they are no records.
    mutating func add(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
                let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
                length > space - rest.startIndex + 1, length <= rest.count,
                rest[rest.startIndex + length - 1] == 0x0A,
                let equals = rest[..<(rest.startIndex + length)].firstIndex(of: UInt8(ascii: "=")), equals > space
            else { return false }
            let value = String(decoding: rest[(equals + 1)..<(rest.startIndex + length - 1)], as: UTF8.self)
            switch String(decoding: rest[(space + 1)..<equals], as: UTF8.self) {
            case "path": path = value
            case "size":
                guard let size = Int(value), size >= 0 else { return false }
                self.size = size
            default: break
            }
            rest = rest.dropFirst(length)
        }
        return true
    }
}

extension [UInt8] {
    /// The number in a field of a header: octal digits, or for large ones GNU's binary form; nil if it is neither.
    fileprivate func tarNumber(_ field: Range<Int>) -> Int? {
        if self[field.lowerBound] == 0x80 {
            return self[field.dropFirst()].reduce(Optional(0)) { value, byte in
                guard let value, value <= Int.max >> 8 else { return nil }
                return value << 8 | Int(byte)
            }
        }
        let digits = self[field].drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }) else { return nil }
        // A field without digits is 0.
        return digits.reduce(0) { $0 << 3 | Int($1 - UInt8(ascii: "0")) }
    }

    /// The name in a header, with the folders that POSIX puts into a field of their own.
    fileprivate var tarName: String {
        let name = String(bytes: self[TarHeader.name])
        // GNU's header, whose magic word ends otherwise, has other things there.
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
