import FileAccess
import JSONText
import SystemPackage

extension JSONParser {
    /// Parses a file of at most 64 MiB, a manifest or a spec; the value holds until the next is parsed.
    ///
    /// - Throws: `DatasetError` if it cannot be read, is longer, or is no JSON.
    mutating func parse(fileAt path: FilePath) throws(DatasetError) -> JSONValue {
        let bytes = try DatasetError.wrapping { () throws(FileError) in try path.readFile(limit: 1 << 26) }
        do {
            return try parse(bytes)
        } catch {
            throw .mask(path: path, line: nil, problem: "\(error)")
        }
    }
}
