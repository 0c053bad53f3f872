package import FileAccess
package import StrokeBank

extension CorruptFile {
    /// The same file with the location of the first error counted from the start of the file, not of its chunk.
    ///
    /// - Parameter file: The file.
    /// - Throws: `DataError` if the file can no longer be opened.
    /// - Complexity: O(bytes before the error)
    package func located(in file: DrawingFile) throws(DataError) -> CorruptFile {
        guard first.kind == .invalidRecord else { return self }
        return CorruptFile(path: path, count: count, first: try FileChunk.firstError(in: file) ?? first)
    }
}
