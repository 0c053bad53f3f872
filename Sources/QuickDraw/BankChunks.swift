import FileAccess

/// Drawings on their way into a bank, kept by word in the order in which they came; its memory is used again.
public struct BankChunks: ~Copyable {
    /// The drawings of one word, as they stand in a bank but for the places of their strokes, which begin at 0.
    final class Chunk {
        let word: String
        let records = ByteStore()
        let counts = ByteStore()
        let points = ByteStore(capacity: 1 << 12)

        init(word: String) {
            self.word = word
        }
    }

    /// One for each word that was ever met; empty ones have no drawings now.
    private(set) var chunks: [Chunk] = []
    private var numbers: [String: Int] = [:]
    private var current: Chunk?
    /// How many bytes there are.
    public private(set) var byteCount = 0

    /// No drawings.
    public init() {}

    /// Adds a drawing.
    ///
    /// - Complexity: O(points)
    public mutating func add(_ drawing: borrowing Drawing) {
        let chunk = chunk(of: drawing.word)
        let pointCount = drawing.coordinates.count / 2
        let isWide = drawing.strokeCount > Int(UInt16.max) || pointCount > Int(UInt16.max)
        chunk.records.append(drawing.keyID)
        chunk.records.append(UInt64(chunk.points.count))
        chunk.records.append(drawing.timestamp)
        chunk.records.append(drawing.country.bytes.x)
        chunk.records.append(drawing.country.bytes.y)
        let recognized = drawing.isRecognized ? BankFormat.Flag.recognized : 0
        chunk.records.append(recognized | (isWide ? BankFormat.Flag.wide : 0))
        chunk.records.append(UInt8(0))
        chunk.counts.append(UInt8(min(drawing.strokeCount, BankFormat.countLimit)))
        let start = chunk.points.count
        if isWide {
            chunk.points.append(UInt32(drawing.strokeCount))
            for end in drawing.strokeEnds { chunk.points.append(UInt32(end / 2)) }
        } else {
            chunk.points.append(UInt16(drawing.strokeCount))
            for end in drawing.strokeEnds { chunk.points.append(UInt16(end / 2)) }
        }
        // Points that no end of a stroke followed are none.
        let end = drawing.strokeEnds.last ?? 0
        unsafe drawing.coordinates.withUnsafeBytes { bytes in
            unsafe chunk.points.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        }
        byteCount += BankFormat.recordLength + 1 + chunk.points.count - start
    }

    private mutating func chunk(of word: String) -> Chunk {
        // Most drawings of a file have the word of the one before.
        if let current, current.word == word { return current }
        let number = numbers[word] ?? chunks.count
        if number == chunks.count {
            numbers[word] = number
            chunks.append(Chunk(word: word))
        }
        current = chunks[number]
        return chunks[number]
    }

    /// Forgets all drawings and keeps the memory.
    mutating func removeAll() {
        for chunk in chunks {
            chunk.records.removeAll()
            chunk.counts.removeAll()
            chunk.points.removeAll()
        }
        byteCount = 0
    }
}
