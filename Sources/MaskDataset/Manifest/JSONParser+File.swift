import FileAccess
import JSONText
import SystemPackage

extension JSONParser {
    /// Parses a file of at most 64 MiB: a manifest or a spec. The value is valid until the next one is parsed.
    ///
    /// - Throws: `DataError` if the file cannot be read, is longer, or is not JSON.
    mutating func parse(fileAt path: FilePath) throws(DataError) -> JSONValue {
        let bytes = try path.readFile(limit: 1 << 26)
        return try path.locating { try parse(bytes) }
    }
}
