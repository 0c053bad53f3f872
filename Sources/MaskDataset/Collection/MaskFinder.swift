import Archives
import FileAccess
import JSONText
import SystemPackage

/// Finds the masks in files, and collects the JSON files that contain none.
struct MaskFinder: ~Copyable {
    let contents: MaskCollection.Contents
    /// The files that were skipped: JSON that contains no mask.
    private(set) var skipped: [FilePath] = []
    private var parser = JSONParser()

    init(_ contents: MaskCollection.Contents) {
        self.contents = contents
    }

    /// The masks in a file, named `name` or below it.
    mutating func items(in file: MaskFile, named name: String) throws(DataError) -> [MaskLocation] {
        switch file.path.ending {
        case "json":
            guard try file.containsMask(using: &parser) else {
                skipped.append(file.path)
                return []
            }
            return [MaskLocation(name: name, source: file)]
        case "tar", "tar.gz", "zip", "npz":
            return try items(of: Self.members(of: file, contents.endings), ofArchive: file.path, named: name)
        case "npy":
            try file.checkIsNoPointer()
            return try NPYMasks(file).items(named: name)
        case "jsonl":
            try file.checkIsNoPointer()
            return try lines(of: file.uncompressed(), named: name)
        default: return [MaskLocation(name: name, source: file)]
        }
    }

    /// The masks of JSON Lines, named after their ids, or after their line numbers if they have none; none if no line
    /// is a mask.
    private mutating func lines(of file: MaskFile, named prefix: String) throws(DataError) -> [MaskLocation] {
        guard try file.container.kind() == .file else {
            throw DataError(file.path, "is not a regular file; expected JSON Lines in one, which are read in any order")
        }
        if let memory = file.memory { return try lines(in: memory, of: file, named: prefix) }
        var items: [MaskLocation] = []
        var hasMask = false
        let folder = prefix.isEmpty ? "" : prefix + "/"
        let end = file.range?.upperBound ?? .max
        var reader = LineReader(try ByteReader(file.container, from: file.range?.lowerBound ?? 0))
        while try reader.advance(), reader.lineOffset < end {
            // The last line of a tar's member may have no line end.
            let (number, offset) = (reader.lineNumber, reader.lineOffset)
            let length = min(reader.lineLength, end - offset)
            guard length > 0 else { continue }
            let id = try file.path.locating(line: number) {
                try reader.withPaddedLine { (bytes) throws(JSONSyntaxError) in
                    Self.id(of: try parser.parse(padded: bytes, count: length))
                }
            }
            hasMask = hasMask || id.isMask
            let source = MaskFile(file.path, in: file.container, offset..<offset + length)
            items.append(
                MaskLocation(name: folder + (try Self.name(id.text, file, line: number)), source: source, line: number))
        }
        if reader.isCompressed {
            throw DataError(file.path, "is gzipped; expected uncompressed JSON Lines, which are read in any order")
        }
        if hasMask || items.isEmpty { return items }
        skipped.append(file.path)
        return []
    }

    /// The same for JSON Lines in memory.
    private mutating func lines(
        in bytes: [UInt8], of file: MaskFile, named prefix: String
    ) throws(DataError) -> [MaskLocation] {
        var items: [MaskLocation] = []
        var hasMask = false
        let folder = prefix.isEmpty ? "" : prefix + "/"
        var (number, start) = (0, 0)
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let line = start..<(end > start && bytes[end - 1] == 0x0D ? end - 1 : end)
            number += 1
            start = end + 1
            if line.isEmpty { continue }
            let id = try file.path.locating(line: number) { Self.id(of: try parser.parse(Array(bytes[line]))) }
            hasMask = hasMask || id.isMask
            items.append(
                MaskLocation(
                    name: folder + (try Self.name(id.text, file, line: number)), source: file.slice(line), line: number)
            )
        }
        if hasMask || items.isEmpty { return items }
        skipped.append(file.path)
        return []
    }

    /// Whether a line is a mask, and its id, if it has one.
    private static func id(of json: JSONValue) -> (isMask: Bool, text: String?) {
        json.isMask ? (true, json["id"]?.string?.text) : (false, nil)
    }

    /// The name of the mask in a line.
    private static func name(_ id: String?, _ file: MaskFile, line: Int) throws(DataError) -> String {
        let name = id ?? "\(file.path.nameWithoutEnding.isEmpty ? "mask" : file.path.nameWithoutEnding)_\(line)"
        guard name.isFileName else {
            throw DataError(file.path, line: line, "\"id\" is \"\(name)\"; expected a file name")
        }
        return name
    }
}

extension String {
    /// Whether the text is valid as the name of a file: not a path, not hidden, and not too long with an extension.
    fileprivate var isFileName: Bool {
        !isEmpty && utf8.count <= 200 && !hasPrefix(".") && !contains("/") && !contains("\0")
    }
}
