package import StrokeBank
package import FileAccess

/// A part of a file of drawings that can be read independently: some MiB of lines, or a whole file.
package struct FileChunk: Hashable, Sendable {
    private let file: DrawingFile
    /// The range of the file in which the lines to read begin; nil for a whole file.
    private let lines: Range<Int>?
    private let format: DrawingFormat
    /// The stamp of the file that was divided.
    private let stamp: FileStamp?

    /// Divides a file into chunks of about `length` bytes, in order; only uncompressed JSON Lines are divided.
    ///
    /// - Throws: `DataError` if it cannot be opened or read.
    package static func chunks(of file: DrawingFile, length: Int) throws(DataError) -> [FileChunk] {
        let reader = try DrawingReader(file)
        let (format, stamp) = (reader.format, reader.stamp)
        guard let stamp, !reader.isCompressed, format.hasLines, stamp.size > length else {
            return [FileChunk(file: file, lines: nil, format: format, stamp: stamp)]
        }
        return stride(from: 0, to: stamp.size, by: length).map { start in
            FileChunk(file: file, lines: start..<min(start + length, stamp.size), format: format, stamp: stamp)
        }
    }

    /// What was found beside drawings.
    package struct Findings: Hashable, Sendable {
        /// The corrupt records that were skipped, with lines counted from the start of the chunk (see
        /// `CorruptFile.located`); nil if there were none.
        package var corruption: CorruptFile?
        /// Corrupt records that count only if the file has drawings of an accepted word, or none of a rejected one.
        package var passedOver = SkippedRecords()
        /// Whether any drawing had an accepted word.
        package var hasAcceptedWord = false
        /// The words that the filter rejected.
        package var rejectedWords: Set<String> = []

        /// No findings.
        package init() {}

        /// Adds the findings of a later chunk of the same file.
        package mutating func add(_ other: Findings) {
            if corruption != nil {
                corruption?.count += other.corruption?.count ?? 0
            } else {
                corruption = other.corruption
            }
            passedOver.add(other.passedOver)
            hasAcceptedWord = hasAcceptedWord || other.hasAcceptedWord
            rejectedWords.formUnion(other.rejectedWords)
        }
    }
    /// Calls `body` with every drawing of an accepted word, which it may change.
    ///
    /// - Parameters:
    ///   - skipsDamaged: As for a `DrawingReader`.
    ///   - filter: Decides on words alone.
    ///   - body: Receives the drawings.
    /// - Throws: `DataError` as when reading the whole file, and any error of `body`.
    @discardableResult
    package func forEachDrawing(
        skipsDamaged: Bool = false, filter: DrawingFilter = DrawingFilter(),
        _ body: (inout Drawing) throws(DataError) -> Void
    ) throws(DataError) -> Findings {
        var drawing = Drawing()
        var findings = Findings()
        var rejectedWords: Set<String> = []
        var reader = try makeReader(skipsDamaged: skipsDamaged)
        if let stamp { try stamp.check(reader.stamp, at: file.container) }
        while true {
            do throws(DataError) {
                // As when a pool is read: corrupt lines among drawings that are all rejected are not examined.
                let isFound =
                    filter.hasWords && !findings.hasAcceptedWord
                    ? try reader.read(into: &drawing) { word in
                        if filter.accepts(word: word) { return true }
                        rejectedWords.insert(word)
                        return false
                    } : try reader.read(into: &drawing)
                guard isFound else { break }
            } catch {
                if lines != nil, let first = try Self.firstError(in: file) { throw first }
                throw error
            }
            guard !filter.hasWords || filter.accepts(word: drawing.word) else {
                rejectedWords.insert(drawing.word)
                continue
            }
            findings.hasAcceptedWord = true
            try body(&drawing)
        }
        findings.corruption = reader.corruption
        findings.passedOver = reader.passedOver
        findings.rejectedWords = rejectedWords
        return findings
    }

    private func makeReader(skipsDamaged: Bool) throws(DataError) -> DrawingReader {
        guard let lines else { return try DrawingReader(file, skipsDamaged: skipsDamaged) }
        return try DrawingReader(file, format, linesIn: lines, skipsDamaged: skipsDamaged)
    }

    /// Reads the whole file up to its first error, whose line is counted from the start of the file.
    package static func firstError(in file: DrawingFile) throws(DataError) -> DataError? {
        var reader = try DrawingReader(file)
        var drawing = Drawing()
        do throws(DataError) {
            while try reader.read(into: &drawing) {}
            return nil
        } catch {
            return error
        }
    }
}
