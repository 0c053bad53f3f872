public import FileAccess
public import StrokeBank
public import SystemPackage

extension FileStrokes {
    /// Reads the first drawings of each category in a file, with unique keys within a category.
    ///
    /// Only the beginning of a file with one category is read, as official files are; a file with several is read to
    /// its end. A file is assumed to have one if its first drawings and its last have the same word; for a gzipped
    /// file, the first ones decide.
    /// - Parameters:
    ///   - path: The file.
    ///   - drawingLimit: The maximum number of drawings per category.
    ///   - strokesPerDrawing: The number of strokes to sample from each drawing; all of them if it has fewer.
    ///   - seed: Determines the samples, together with a drawing's key.
    ///   - filter: Applies before drawings are counted and strokes are sampled.
    ///   - skipsDamaged: Whether corrupt records are counted and skipped.
    /// - Throws: `DataError` if the file cannot be read, or a drawing is corrupt.
    public init(
        _ path: FilePath, drawingLimit: Int, strokesPerDrawing: Int, seed: UInt64,
        filter: DrawingFilter = DrawingFilter(), skipsDamaged: Bool = false
    ) throws(DataError) {
        self.init(strokesPerDrawing: strokesPerDrawing, seed: seed, hasUniqueKeys: true)
        if filter.hasWords, let word = try path.soleDrawingWord(), !filter.accepts(word: word) {
            findings.filterCounts.exclude(word)
            return
        }
        var pass = DrawingFilterPass(filter)
        var reader = try DrawingReader(path, skipsDamaged: skipsDamaged)
        if try path.kind() == .file {
            reserveCapacity(drawings: min(drawingLimit, try path.fileSize() / Self.typicalRecordLength))
        }
        try read(from: &reader, at: path, applying: &pass, drawingLimit: drawingLimit)
        findings.filterCounts = pass.counts
        if let corruption = reader.corruption { findings.corruptFiles = [corruption] }
    }

    /// The length of a simplified record in bytes, for estimates: 24,012,946,545 bytes for 50,426,266 drawings.
    private static let typicalRecordLength = 476

    private mutating func read(
        from reader: inout DrawingReader, at path: FilePath, applying pass: inout DrawingFilterPass, drawingLimit: Int
    ) throws(DataError) {
        var drawing = Drawing()
        // The keys of each word so far, and the index of the current word's set.
        var keys: [KeySet] = []
        var numbers: [String: Int] = [:]
        var word = ""
        var current = 0
        while try reader.read(into: &drawing) {
            if drawing.word != word {
                word = drawing.word
                current = numbers[word] ?? keys.count
                if current == keys.count {
                    numbers[word] = current
                    keys.append(KeySet(capacity: min(drawingLimit, 16)))
                }
            }
            guard keys[current].count < drawingLimit, pass.accepts(drawing), keys[current].insert(drawing.keyID)
            else { continue }
            pass.removeStrokes(from: &drawing)
            add(drawing)
            if keys[current].count == drawingLimit, keys.count == 1, try path.lastWord() ?? word == word { return }
        }
    }
}
