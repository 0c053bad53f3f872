public import FileAccess
public import SystemPackage

/// Reads the directory of a zip archive, with or without zip64.
///
/// Folders and hidden files are left out. The archive is untrusted: a directory that does not fit into the file, a name
/// that occurs twice, or a name that leads out of the archive is an error.
public enum ZipReader {
    /// Whether the file at `path` begins as a zip archive does, or is an empty one; false also if it cannot be read.
    public static func isZip(_ path: FilePath) -> Bool {
        do {
            guard try path.kind() == .file else { return false }
            let beginning = try path.readBytes(at: 0, count: 4)
            return beginning == localSignature || beginning == endSignature
        } catch {
            return false
        }
    }

    /// The files in the archive at `path`, in the order of its directory.
    ///
    /// - Throws: `DataError` if the file cannot be read, or its directory is invalid.
    /// - Complexity: O(members)
    public static func members(of path: FilePath) throws(DataError) -> [ZipMember] {
        guard try path.kind() == .file else { throw DataError(path, "is not a regular file; expected a zip archive") }
        let size = try path.fileSize()
        let directory = try ZipDirectory(of: path, size: size)
        guard directory.length <= directoryLimit else {
            throw DataError(path, "has a directory of \(directory.length) bytes; expected at most \(directoryLimit)")
        }
        let bytes = try path.readBytes(at: directory.offset, count: directory.length)
        guard bytes.count == directory.length else { throw DataError(path, "ends while it is read", kind: .corrupt) }
        var members: [ZipMember] = []
        var names: Set<String> = []
        var place = 0
        for number in 1...max(directory.count, 1) where directory.count > 0 {
            guard let entry = ZipEntry(bytes, at: place) else {
                throw DataError(
                    path, "entry \(number) of the directory is invalid; expected a complete zip archive", kind: .corrupt
                )
            }
            place = entry.end
            let name = String(decoding: entry.nameBytes, as: UTF8.self)
            if name.hasSuffix("/") { continue }
            let components = name.split(separator: "/").filter { $0 != "." }
            guard !name.hasPrefix("/"), !components.isEmpty, !components.contains(".."), name.utf8.count <= 4096,
                name.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\\") })
            else { throw DataError(path, "has a member \(name.debugDescription); expected a relative path") }
            if components.contains(where: { $0.hasPrefix(".") }) || components[0] == "__MACOSX" { continue }
            guard names.insert(name).inserted else {
                throw DataError(path, "has two members \(name.debugDescription); expected one")
            }
            guard entry.headerOffset < directory.offset, entry.compressedSize <= directory.offset - entry.headerOffset
            else { throw DataError(path, "the member \(name.debugDescription) is outside of the file", kind: .corrupt) }
            members.append(
                ZipMember(
                    name: name, nameBytes: entry.nameBytes, size: entry.size, compressedSize: entry.compressedSize,
                    checksum: entry.checksum,
                    method: entry.method, isEncrypted: entry.isEncrypted, headerOffset: entry.headerOffset,
                    limit: directory.offset))
        }
        guard place == bytes.count else {
            throw DataError(
                path, "has a directory of \(bytes.count) bytes, but its \(directory.count) entries take \(place)",
                kind: .corrupt)
        }
        return members
    }

    /// The largest accepted directory, in bytes: about ten million members.
    private static let directoryLimit = 1 << 30

    static let localSignature: [UInt8] = [0x50, 0x4B, 3, 4]
    static let endSignature: [UInt8] = [0x50, 0x4B, 5, 6]
}

/// Where the directory of a zip archive is.
private struct ZipDirectory {
    let offset: Int
    let length: Int
    let count: Int

    private static let endLength = 22
    private static let locatorLength = 20
    private static let commentLimit = 65_535

    /// Finds the end record, which only a comment follows, and reads it, or the record of zip64 that replaces it.
    init(of path: FilePath, size: Int) throws(DataError) {
        let problem = "has no end of a zip archive; expected a complete one"
        let start = max(0, size - Self.endLength - Self.commentLimit)
        let tail = try path.readBytes(at: start, count: size - start)
        guard tail.count == size - start, tail.count >= Self.endLength else {
            throw DataError(path, problem, kind: .corrupt)
        }
        // The last place whose comment reaches exactly to the end of the file.
        let found = (0...tail.count - Self.endLength).last { place in
            tail[place..<place + 4].elementsEqual(ZipReader.endSignature)
                && tail.number(at: place + 20, bytes: 2) == tail.count - place - Self.endLength
        }
        guard let place = found else { throw DataError(path, problem, kind: .corrupt) }
        var end = start + place
        var entries = tail.number(at: place + 10, bytes: 2)
        var length = tail.number(at: place + 12, bytes: 4)
        var offset = tail.number(at: place + 16, bytes: 4)
        var disks = [tail.number(at: place + 4, bytes: 2), tail.number(at: place + 6, bytes: 2)]
        if entries == 0xFFFF || length == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, end >= Self.locatorLength {
            let locator = try path.readBytes(at: end - Self.locatorLength, count: Self.locatorLength)
            if locator.count == Self.locatorLength, locator.number(at: 0, bytes: 4) == 0x0706_4B50 {
                let record = locator.number(at: 8, bytes: 8)
                guard record >= 0, record <= end - Self.locatorLength - 56 else {
                    throw DataError(path, problem, kind: .corrupt)
                }
                let bytes = try path.readBytes(at: record, count: 56)
                guard bytes.count == 56, bytes.number(at: 0, bytes: 4) == 0x0606_4B50 else {
                    throw DataError(path, problem, kind: .corrupt)
                }
                disks = [bytes.number(at: 16, bytes: 4), bytes.number(at: 20, bytes: 4)]
                entries = bytes.number(at: 32, bytes: 8)
                length = bytes.number(at: 40, bytes: 8)
                offset = bytes.number(at: 48, bytes: 8)
                end = record
            }
        }
        guard disks == [0, 0] else {
            throw DataError(path, "is one of several parts of a zip archive; expected a single file")
        }
        guard length >= 0, offset >= 0, entries >= 0, length <= end, offset == end - length,
            entries <= length / ZipEntry.headerLength
        else {
            throw DataError(path, "its directory does not end where the end record begins", kind: .corrupt)
        }
        (self.offset, self.length, count) = (offset, length, entries)
    }
}

/// An entry of the directory of a zip archive.
private struct ZipEntry {
    static let headerLength = 46

    let nameBytes: [UInt8]
    let size: Int
    let compressedSize: Int
    let checksum: UInt32
    let method: Int
    let isEncrypted: Bool
    let headerOffset: Int
    /// The end of the entry in the directory.
    let end: Int

    /// Nil if there is no valid entry.
    init?(_ bytes: [UInt8], at start: Int) {
        guard bytes.count - start >= Self.headerLength, bytes.number(at: start, bytes: 4) == 0x0201_4B50 else {
            return nil
        }
        isEncrypted = bytes.number(at: start + 8, bytes: 2) & 0x2041 != 0
        method = bytes.number(at: start + 10, bytes: 2)
        checksum = UInt32(bytes.number(at: start + 16, bytes: 4))
        var compressedSize = bytes.number(at: start + 20, bytes: 4)
        var size = bytes.number(at: start + 24, bytes: 4)
        let nameEnd = start + Self.headerLength + bytes.number(at: start + 28, bytes: 2)
        let extraEnd = nameEnd + bytes.number(at: start + 30, bytes: 2)
        end = extraEnd + bytes.number(at: start + 32, bytes: 2)
        var headerOffset = bytes.number(at: start + 42, bytes: 4)
        guard end <= bytes.count else { return nil }
        // The numbers of zip64 replace those that do not fit, in this order.
        var place = nameEnd
        while place + 4 <= extraEnd {
            let length = bytes.number(at: place + 2, bytes: 2)
            guard place + 4 + length <= extraEnd else { return nil }
            if bytes.number(at: place, bytes: 2) == 1 {
                var field = place + 4
                func next(_ value: inout Int) -> Bool {
                    guard value == 0xFFFF_FFFF else { return true }
                    guard field + 8 <= place + 4 + length else { return false }
                    value = bytes.number(at: field, bytes: 8)
                    field += 8
                    return value >= 0
                }
                guard next(&size), next(&compressedSize), next(&headerOffset) else { return nil }
            }
            place += 4 + length
        }
        nameBytes = Array(bytes[start + Self.headerLength..<nameEnd])
        (self.size, self.compressedSize, self.headerOffset) = (size, compressedSize, headerOffset)
    }
}

extension [UInt8] {
    /// The little-endian number of `count` bytes at an offset; negative only if it has eight bytes and is above
    /// `Int.max`.
    func number(at offset: Int, bytes count: Int) -> Int {
        var number = 0
        for index in (0..<count).reversed() { number = number << 8 | Int(self[offset + index]) }
        return number
    }
}
