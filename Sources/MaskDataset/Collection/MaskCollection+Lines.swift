import Archives
import FileAccess
import JSONText
import SystemPackage

extension MaskCollection {
    /// The masks of a JSON Lines file, named after their ids, or after their line numbers if they have none.
    static func lines(of path: FilePath, named prefix: String) throws(DataError) -> [MaskItem] {
        var items: [MaskItem] = []
        var parser = JSONParser()
        let folder = prefix.isEmpty ? "" : prefix + "/"
        var failure: DataError?
        var reader = try LineReader(path)
        while failure == nil, try reader.advance() {
            let (number, length) = (reader.lineNumber, reader.lineLength)
            guard length > 0 else { continue }
            do throws(JSONSyntaxError) {
                let storedID = try reader.withPaddedLine { (line) throws(JSONSyntaxError) in
                    try parser.parse(padded: line, count: length)["id"]?.string?.text
                }
                let id = storedID ?? "\(path.stem ?? "mask")_\(number)"
                guard id.isFileName else {
                    failure = DataError(path, line: number, "\"id\" is \"\(id)\"; expected a file name")
                    continue
                }
                items.append(
                    MaskItem(
                        name: folder + id,
                        location: .line(path, number: number, offset: reader.lineOffset, length: length)))
            } catch {
                failure = DataError(path, line: number, "\(error)")
            }
        }
        if failure == nil, reader.isCompressed {
            throw DataError(path, "is gzipped; expected uncompressed JSON Lines, which are read in any order")
        }
        if let failure { throw failure }
        return items
    }
}

extension String {
    /// Whether the text is valid as the name of a file: not a path, not hidden, and not too long with an extension.
    fileprivate var isFileName: Bool {
        !isEmpty && utf8.count <= 200 && !hasPrefix(".") && !contains("/") && !contains("\0")
    }
}
