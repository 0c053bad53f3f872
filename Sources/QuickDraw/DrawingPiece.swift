import FileAccess
public import SystemPackage

/// A part of a Quick, Draw! file that can be read apart from the rest: some MiB of lines, or a whole file.
public struct DrawingPiece: Hashable, Sendable {
    /// The file.
    public let path: FilePath
    /// The bytes in which the lines to read begin; nil for a whole file.
    private let lines: Range<Int>?

    /// Cuts a file into pieces of about `length` bytes, in order; what is gzipped stays whole.
    ///
    /// - Throws: `QuickDrawError.file` if it cannot be opened or read.
    public static func pieces(of path: FilePath, length: Int) throws(QuickDrawError) -> [DrawingPiece] {
        let reader = try SimplifiedReader(path)
        let size: Int
        do {
            guard try path.kind() == .file, !reader.isCompressed else {
                return [DrawingPiece(path: path, lines: nil)]
            }
            size = try path.fileSize()
        } catch {
            throw .file(error)
        }
        guard size > length else { return [DrawingPiece(path: path, lines: nil)] }
        return stride(from: 0, to: size, by: length).map { start in
            DrawingPiece(path: path, lines: start..<min(start + length, size))
        }
    }

    /// Gives every drawing to `body`.
    ///
    /// - Throws: `QuickDrawError` as reading the whole file would, and what `body` throws.
    public func forEachDrawing(
        _ body: (borrowing Drawing) throws(QuickDrawError) -> Void
    ) throws(QuickDrawError) {
        var drawing = Drawing()
        var reader = try SimplifiedReader(path, linesIn: lines ?? 0..<Int.max)
        while true {
            do throws(QuickDrawError) {
                guard try reader.read(into: &drawing) else { return }
            } catch {
                if lines != nil { try findFault() }
                throw error
            }
            try body(drawing)
        }
    }

    /// Reads the whole file up to its first fault, which knows the number of its line.
    private func findFault() throws(QuickDrawError) {
        var reader = try SimplifiedReader(path)
        var drawing = Drawing()
        while try reader.read(into: &drawing) {}
    }
}
