public import FileAccess
import JSONText
import StrokeBank
public import SystemPackage

extension FilePath {
    /// The word of all drawings of a file, judged by its first ones and its last; nil if there are several words, none,
    /// or the file is gzipped, as its end cannot be read directly. For a binary file, it is the word in the file's
    /// name.
    ///
    /// - Throws: `DataError` if it cannot be read; for a corrupt file, the result is nil.
    public func soleDrawingWord() throws(DataError) -> String? {
        let examinedCount = 100
        var reader = try DrawingReader(self)
        if reader.format == .binary { return CategoryName.word(fromFileAt: self) }
        if reader.isCompressed { return nil }
        var drawing = Drawing()
        var word: String?
        do throws(DataError) {
            for _ in 0..<examinedCount {
                guard try reader.read(into: &drawing) else { return word }
                if drawing.word != word ?? drawing.word { return nil }
                word = drawing.word
            }
            return try lastWord() ?? word == word ? word : nil
        } catch {
            guard error.isCorruption else { throw error }
            // Reading the file reports the error.
            return nil
        }
    }

    /// The word of the last record of an uncompressed ndjson file; nil if the file does not end with a record.
    func lastWord() throws(DataError) -> String? {
        // Far longer than any simplified drawing.
        let tailLength = 1 << 20
        let size = try fileSize()
        var tail = try readBytes(at: max(0, size - tailLength), count: min(size, tailLength))
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
