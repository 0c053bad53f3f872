import FileAccess
import Testing

/// The message of the file error that `body` throws; records an issue if it throws none, or another.
func message(of body: () throws -> Void, at place: SourceLocation = #_sourceLocation) -> String? {
    #expect(throws: DataError.self, sourceLocation: place) { try body() }.map { "\($0)" }
}
