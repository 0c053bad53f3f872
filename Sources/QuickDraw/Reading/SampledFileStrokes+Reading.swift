public import FileAccess
public import StrokeBank
public import SystemPackage

extension SampledFileStrokes {
    /// Reads the first drawings of each category in a file, with unique keys within a category.
    ///
    /// A file is read to its end, as any drawing may be the first of another category. Drawings of categories that are
    /// complete, or that the filter rejects, are recognized by their word alone, at the speed of memory. Only a file
    /// whose drawings all have the word in its name is not read further than needed.
    /// - Parameters:
    ///   - file: The file.
    ///   - drawingLimit: The maximum number of drawings per category.
    ///   - strokesPerDrawing: The number of strokes to sample from each drawing; all of them if it has fewer.
    ///   - seed: Determines the samples, together with a drawing's key.
    ///   - filter: Applies before drawings are counted and strokes are sampled.
    ///   - skipsDamaged: Whether corrupt records are counted and skipped.
    /// - Throws: `DataError` if the file cannot be read, or a drawing is corrupt.
    public init(
        _ file: DrawingFile, drawingLimit: Int, strokesPerDrawing: Int, seed: UInt64,
        filter: DrawingFilter = DrawingFilter(), skipsDamaged: Bool = false
    ) throws(DataError) {
        self.init(strokesPerDrawing: strokesPerDrawing, seed: seed, hasUniqueKeys: true)
        var pass = DrawingFilterPass(filter)
        var reader = try DrawingReader(file, skipsDamaged: skipsDamaged)
        var estimate = 0
        if reader.format != .svg, let size = reader.size {
            estimate = min(drawingLimit, size / Self.typicalRecordLength)
            reserveCapacity(drawings: min(drawingLimit, size / Self.shortRecordLength, Self.reservationLimit))
        }
        try read(from: &reader, applying: &pass, filter, drawingLimit: drawingLimit, estimate: estimate)
        skippedContents.filterCounts += pass.counts
        if let corruption = reader.corruption { skippedContents.corruptFiles = [corruption] }
    }

    /// The same for the file at `path`, which is not a zip archive.
    public init(
        _ path: FilePath, drawingLimit: Int, strokesPerDrawing: Int, seed: UInt64,
        filter: DrawingFilter = DrawingFilter(), skipsDamaged: Bool = false
    ) throws(DataError) {
        try self.init(
            DrawingFile(path), drawingLimit: drawingLimit, strokesPerDrawing: strokesPerDrawing, seed: seed,
            filter: filter, skipsDamaged: skipsDamaged)
    }

    /// The length of a simplified record in bytes, for estimates: 24,012,946,545 bytes for 50,426,266 drawings.
    private static let typicalRecordLength = 476
    /// The mean length in a file of simple drawings: with too little reserved memory, everything is copied once more.
    private static let shortRecordLength = 320
    /// The largest number of drawings for which memory is reserved, more than a file of the dataset has: a file's size
    /// may be anything.
    private static let reservationLimit = 1 << 19

    private mutating func read(
        from reader: inout DrawingReader, applying pass: inout DrawingFilterPass, _ filter: DrawingFilter,
        drawingLimit: Int, estimate: Int
    ) throws(DataError) {
        var drawing = Drawing()
        // The keys of each word so far, the index of the current word's set, and the word that came after each one the
        // last time: files of several words often contain them in turn.
        var keys: [KeySet] = []
        var numbers: [String: Int] = [:]
        var successors: [(word: String, number: Int)] = []
        var word = ""
        var current = 0
        // An estimate of the drawings of a word.
        var expectedCount = 0
        // The accepted words that have all their drawings, and the words that the filter rejects.
        var completeWords: Set<String> = []
        var rejectedWords: Set<String> = []
        while true {
            let isComplete = completeWords.count == keys.count && (filter.hasWords || !keys.isEmpty)
            let isFound =
                isComplete
                ? try reader.read(into: &drawing) { word in
                    if filter.accepts(word: word) { return !completeWords.contains(word) }
                    rejectedWords.insert(word)
                    return false
                } : try reader.read(into: &drawing)
            guard isFound else { break }
            if drawing.word != word {
                guard filter.accepts(word: drawing.word) else {
                    rejectedWords.insert(drawing.word)
                    continue
                }
                word = drawing.word
                let previous = current
                if previous < keys.count, successors[previous].word == word {
                    current = successors[previous].number
                } else {
                    current = numbers[word] ?? keys.count
                    if previous < keys.count { successors[previous] = (word, current) }
                }
                if current == keys.count {
                    successors.append(("", 0))
                    numbers[word] = current
                    keys.append(KeySet(capacity: min(drawingLimit, 16)))
                    expectedCount = estimate / keys.count
                }
            }
            guard keys[current].count < drawingLimit, pass.accepts(drawing) else { continue }
            // Most keys are new, and in none of the caches: meanwhile, the hash is calculated.
            keys[current].prefetch(drawing.keyID)
            let hash = pass.hasStrokeTest ? nil : drawing.contentHash
            guard keys[current].insert(drawing.keyID, expectedCount: expectedCount) else { continue }
            pass.removeStrokes(from: &drawing)
            add(drawing, hash: hash ?? drawing.contentHash)
            if keys[current].count == drawingLimit { completeWords.insert(word) }
        }
        for word in rejectedWords { skippedContents.filterCounts.exclude(word) }
        // Nothing but lines that are no drawings is an error, whatever the filter is.
        if keys.isEmpty, rejectedWords.isEmpty, let first = reader.passedOver.first { throw first }
    }
}
