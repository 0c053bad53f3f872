public import StrokeBank
public import FileAccess
import JSONText
public import SystemPackage

/// The files of a source: one Quick, Draw! file, or a folder of them.
public struct DrawingFiles: Hashable, Sendable {
    /// The files, in the order of a walk through the folder that takes names by their bytes.
    public let paths: [FilePath]

    /// Finds the files at `source`: itself, whatever its name, or all `.ndjson` and `.bin`, also with `.gz`,
    /// below the folder.
    ///
    /// - Throws: `DataError` if nothing is there, a folder cannot be read, or none is found.
    public init(_ source: FilePath) throws(DataError) {
        switch try source.kind() {
        case .file: paths = [source]
        case .folder:
            paths = try source.filesBelow().filter(\.isDrawingFile).map { source.pushing($0) }
        case .other: throw DataError(source, "neither a file nor a folder; expected one of them")
        case nil: throw DataError(source, "nothing is there; expected a Quick, Draw! file or a folder of them")
        }
        guard !paths.isEmpty else {
            throw DataError(
                source, "no drawings; expected a folder with .ndjson or .bin files, gzipped or not")
        }
    }
}

extension FilePath {
    /// Whether the name is that of a Quick, Draw! file: `.ndjson` or `.bin`, perhaps with `.gz`, in small letters or
    /// capitals. What is in it, its beginning tells.
    public var isDrawingFile: Bool {
        let name = (lastComponent?.string ?? "").lowercased()
        return [".ndjson", ".ndjson.gz", ".bin", ".bin.gz"].contains { name.hasSuffix($0) }
    }
}

extension FileStrokes {
    /// Takes the first drawings of each category in a file, each key of a category once.
    ///
    /// An official file has one category, and only its beginning is read; a file of several is read to its end. It is
    /// taken to have one if its first drawings and its last have the same word; of a gzipped file the first decide.
    /// - Parameters:
    ///   - drawingLimit: how many of a category, at most.
    ///   - strokesPerDrawing: how many strokes to choose of each, at random; all of them if it has fewer.
    ///   - seed: with a drawing's key, determines the choice.
    ///   - filter: which drawings and strokes there are for all this.
    ///   - skipsDamaged: whether records that are wrong are counted and passed over.
    /// - Throws: `DataError` if the file cannot be read, or one of the drawings read is wrong.
    public init(
        _ path: FilePath, drawingLimit: Int, strokesPerDrawing: Int, seed: UInt64,
        filter: DrawingFilter = DrawingFilter(), skipsDamaged: Bool = false
    ) throws(DataError) {
        self.init(strokesPerDrawing: strokesPerDrawing, seed: seed, hasUniqueKeys: true)
        if filter.hasWords, let word = try path.soleDrawingWord(), !filter.takes(word: word) {
            findings.tally.exclude(word)
            return
        }
        var sieve = DrawingFilterPass(filter)
        var reader = try DrawingReader(path, skipsDamaged: skipsDamaged)
        try read(from: &reader, at: path, through: &sieve, drawingLimit: drawingLimit)
        findings.tally = sieve.tally
        if let damage = reader.damage { findings.damaged = [damage] }
    }

    private mutating func read(
        from reader: inout DrawingReader, at path: FilePath, through sieve: inout DrawingFilterPass, drawingLimit: Int
    ) throws(DataError) {
        var drawing = Drawing()
        // The keys of each word that was met, and which of the sets is the current word's.
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
                    keys.append(KeySet(capacity: min(drawingLimit, 1000)))
                }
            }
            guard keys[current].count < drawingLimit, sieve.takes(drawing), keys[current].insert(drawing.keyID)
            else { continue }
            sieve.leaveOutStrokes(of: &drawing)
            add(drawing)
            if keys[current].count == drawingLimit, keys.count == 1, try path.lastWord() ?? word == word { return }
        }
    }
}

extension FilePath {
    /// The word that all drawings of a file have, as far as its first ones and its last tell; nil if there are several
    /// words, none, or a gzipped file, of which no one sees the end. Of a binary file it is the name's.
    ///
    /// - Throws: `DataError.file` if it cannot be read; what is damaged tells no word.
    public func soleDrawingWord() throws(DataError) -> String? {
        let lookedAt = 100
        var reader = try DrawingReader(self)
        if reader.form == .binary { return CategoryName.word(fromFileAt: self) }
        if reader.isCompressed { return nil }
        var drawing = Drawing()
        var word: String?
        do throws(DataError) {
            for _ in 0..<lookedAt {
                guard try reader.read(into: &drawing) else { return word }
                if drawing.word != word ?? drawing.word { return nil }
                word = drawing.word
            }
            return try lastWord() ?? word == word ? word : nil
        } catch {
            guard error.isCorruption else { throw error }
            // Whoever reads the file reports what is wrong.
            return nil
        }
    }

    /// The word of the last record of a plain ndjson file; nil if the end of the file is no record.
    fileprivate func lastWord() throws(DataError) -> String? {
        // Far more than a simplified drawing takes.
        let tailLength = 1 << 20
        var tail: [UInt8]
        let size = try fileSize()
        tail = try readBytes(at: max(0, size - tailLength), count: min(size, tailLength))
        while let last = tail.last, last == 0x0A || last == 0x0D { tail.removeLast() }
        let line = tail.lastIndex(of: 0x0A).map { Array(tail[($0 + 1)...]) } ?? tail
        var parser = JSONParser()
        do {
            return try parser.parse(line)["word"]?.string?.text
        } catch {
            return nil
        }
    }
}
