public import StrokeBank
public import FileAccess
public import SystemPackage

/// A part of a Quick, Draw! file that can be read apart from the rest: some MiB of lines, or a whole file.
public struct FileChunk: Hashable, Sendable {
    /// The file.
    public let path: FilePath
    /// The bytes in which the lines to read begin; nil for a whole file.
    private let lines: Range<Int>?
    private let isRaw: Bool

    /// Cuts a file into pieces of about `length` bytes, in order; what is gzipped stays whole.
    ///
    /// - Throws: `DataError.file` if it cannot be opened or read.
    public static func pieces(of path: FilePath, length: Int) throws(DataError) -> [FileChunk] {
        let reader = try DrawingReader(path)
        let (form, isCompressed) = (reader.form, reader.isCompressed)
        let size: Int
        guard try path.kind() == .file, !isCompressed, form != .binary else {
            return [FileChunk(path: path, lines: nil, isRaw: false)]
        }
        size = try path.fileSize()
        guard size > length else { return [FileChunk(path: path, lines: nil, isRaw: false)] }
        return stride(from: 0, to: size, by: length).map { start in
            FileChunk(path: path, lines: start..<min(start + length, size), isRaw: form == .raw)
        }
    }

    /// Gives every drawing to `body`, which may change it.
    ///
    /// - Parameter skipsDamaged: as of a `DrawingReader`.
    /// - Returns: what was passed over as damaged, with lines counted from the piece's start (see `located`); nil if
    ///   nothing was.
    /// - Throws: `DataError` as reading the whole file would, and what `body` throws.
    @discardableResult
    public func forEachDrawing(
        skipsDamaged: Bool = false, _ body: (inout Drawing) throws(DataError) -> Void
    ) throws(DataError) -> DamagedFile? {
        var drawing = Drawing()
        var reader = try makeReader(skipsDamaged: skipsDamaged)
        while true {
            do throws(DataError) {
                guard try reader.read(into: &drawing) else { return reader.damage }
            } catch {
                if lines != nil, let first = try Self.firstFault(in: path) { throw first }
                throw error
            }
            try body(&drawing)
        }
    }

    private func makeReader(skipsDamaged: Bool) throws(DataError) -> DrawingReader {
        guard let lines else { return try DrawingReader(path, skipsDamaged: skipsDamaged) }
        return try DrawingReader(path, isRaw: isRaw, linesIn: lines, skipsDamaged: skipsDamaged)
    }

    /// Reads the whole file up to its first fault, which knows the number of its line.
    fileprivate static func firstFault(in path: FilePath) throws(DataError) -> DataError? {
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

extension DamagedFile {
    /// The same with the first place counted from the start of the file.
    ///
    /// - Throws: `DataError.file` if the file cannot be opened any more.
    /// - Complexity: O(bytes before that place)
    public func located() throws(DataError) -> DamagedFile {
        guard first.kind == .invalidRecord else { return self }
        return DamagedFile(path: path, count: count, first: try FileChunk.firstFault(in: path) ?? first)
    }
}
