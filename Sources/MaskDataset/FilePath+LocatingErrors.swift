package import FileAccess
package import SystemPackage

extension FilePath {
    /// Runs `body` and converts the error of another module into a `DataError` with this path.
    ///
    /// - Parameter line: the line of the file that `body` reads, counted from 1.
    package func locating<Result: ~Copyable>(
        line: Int? = nil, _ body: () throws -> Result
    ) throws(DataError) -> Result {
        do {
            return try body()
        } catch let error as DataError {
            throw error
        } catch {
            throw DataError(self, line: line, "\(error)")
        }
    }
}
