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
    mutating func items(in file: MaskFile, named name: String) throws(DataError) -> [MaskItem] {
        switch file.path.ending {
        case "json":
            guard try file.containsMask(using: &parser) else {
                skipped.append(file.path)
                return []
            }
            return [MaskItem(name: name, source: file)]
        case "tar":
            return try items(of: Self.members(of: file, contents.endings), ofTar: file.path, named: name)
        case "jsonl": return try lines(of: file, named: name)
        default: return [MaskItem(name: name, source: file)]
        }
    }

    /// The masks of JSON Lines, named after their ids, or after their line numbers if they have none; none if no line
    /// is a mask.
    private mutating func lines(of file: MaskFile, named prefix: String) throws(DataError) -> [MaskItem] {
        guard try file.container.kind() == .file else {
            throw DataError(file.path, "is not a regular file; expected JSON Lines in one, which are read in any order")
        }
        var items: [MaskItem] = []
        var hasMask = false
        let folder = prefix.isEmpty ? "" : prefix + "/"
        let end = file.range?.upperBound ?? .max
        var reader = LineReader(try ByteReader(file.container, from: file.range?.lowerBound ?? 0))
        while try reader.advance(), reader.lineOffset < end {
            // The last line of a tar's member may have no line end.
            let (number, offset) = (reader.lineNumber, reader.lineOffset)
            let length = min(reader.lineLength, end - offset)
            guard length > 0 else { continue }
            var id: String?
            try file.path.locating(line: number) {
                try reader.withPaddedLine { (bytes) throws(JSONSyntaxError) in
                    let json = try parser.parse(padded: bytes, count: length)
                    if json.isMask { (hasMask, id) = (true, json["id"]?.string?.text) }
                }
            }
            let name = id ?? "\(file.path.stem ?? "mask")_\(number)"
            guard name.isFileName else {
                throw DataError(file.path, line: number, "\"id\" is \"\(name)\"; expected a file name")
            }
            let source = MaskFile(file.path, in: file.container, offset..<offset + length)
            items.append(MaskItem(name: folder + name, source: source, line: number))
        }
        if reader.isCompressed {
            throw DataError(file.path, "is gzipped; expected uncompressed JSON Lines, which are read in any order")
        }
        if hasMask || items.isEmpty { return items }
        skipped.append(file.path)
        return []
    }
}

extension String {
    /// Whether the text is valid as the name of a file: not a path, not hidden, and not too long with an extension.
    fileprivate var isFileName: Bool {
        !isEmpty && utf8.count <= 200 && !hasPrefix(".") && !contains("/") && !contains("\0")
    }
}
