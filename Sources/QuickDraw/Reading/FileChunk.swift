package import StrokeBank
package import FileAccess
package import SystemPackage

/// A part of a Quick, Draw! file that can be read independently: some MiB of lines, or a whole file.
package struct FileChunk: Hashable, Sendable {
    /// The file.
    package let path: FilePath
    /// The range of the file in which the lines to read begin; nil for a whole file.
    private let lines: Range<Int>?
    private let isRaw: Bool

    /// Divides a file into chunks of about `length` bytes, in order; gzipped and binary files remain whole.
    ///
    /// - Throws: `DataError` if it cannot be opened or read.
    package static func chunks(of path: FilePath, length: Int) throws(DataError) -> [FileChunk] {
        let reader = try DrawingReader(path)
        let (format, isCompressed) = (reader.format, reader.isCompressed)
        guard try path.kind() == .file, !isCompressed, format != .binary else {
            return [FileChunk(path: path, lines: nil, isRaw: false)]
        }
        let size = try path.fileSize()
        guard size > length else { return [FileChunk(path: path, lines: nil, isRaw: false)] }
        return stride(from: 0, to: size, by: length).map { start in
            FileChunk(path: path, lines: start..<min(start + length, size), isRaw: format == .raw)
        }
    }

    /// Calls `body` with every drawing, which it may change.
    ///
    /// - Parameter skipsDamaged: As for a `DrawingReader`.
    /// - Returns: The corrupt records that were skipped, with lines counted from the start of the chunk (see
    ///   `CorruptFile.located`); nil if there were none.
    /// - Throws: `DataError` as when reading the whole file, and any error of `body`.
    @discardableResult
    package func forEachDrawing(
        skipsDamaged: Bool = false, _ body: (inout Drawing) throws(DataError) -> Void
    ) throws(DataError) -> CorruptFile? {
        var drawing = Drawing()
        var reader = try makeReader(skipsDamaged: skipsDamaged)
        while true {
            do throws(DataError) {
                guard try reader.read(into: &drawing) else { return reader.corruption }
            } catch {
                if lines != nil, let first = try Self.firstError(in: path) { throw first }
                throw error
            }
            try body(&drawing)
        }
    }

    private func makeReader(skipsDamaged: Bool) throws(DataError) -> DrawingReader {
        guard let lines else { return try DrawingReader(path, skipsDamaged: skipsDamaged) }
        return try DrawingReader(path, isRaw: isRaw, linesIn: lines, skipsDamaged: skipsDamaged)
    }

    /// Reads the whole file up to its first error, whose line is counted from the start of the file.
    static func firstError(in path: FilePath) throws(DataError) -> DataError? {
        var reader = try DrawingReader(path)
        var drawing = Drawing()
        do throws(DataError) {
            while try reader.read(into: &drawing) {}
            return nil
        } catch {
            return error
        }
    }
}
