import FileAccess
import JSONText
import SystemPackage

extension JSONParser {
    /// Parses a file of at most 64 MiB, a manifest or a spec; the value holds until the next is parsed.
    ///
    /// - Throws: `DataError` if it cannot be read, is longer, or is no JSON.
    mutating func parse(fileAt path: FilePath) throws(DataError) -> JSONValue {
        let bytes = try path.readFile(limit: 1 << 26)
        do {
            return try parse(bytes)
        } catch {
            throw .mask(path: path, line: nil, problem: "\(error)")
        }
    }
}
