import FileAccess

/// Drawings on their way into a bank, kept by word in the order in which they came; its memory is used again, up to
/// `memoryLimit`.
public struct BankBuffer: ~Copyable {
    /// The drawings of one word, as they stand in a bank but for the places of their strokes, which begin at 0.
    final class Chunk {
        let word: String
        let records = ByteBuffer()
        let counts = ByteBuffer()
        let points = ByteBuffer(capacity: 1 << 12)

        /// How many bytes there is memory for.
        var capacity: Int { records.capacity + counts.capacity + points.capacity }

        init(word: String) {
            self.word = word
        }

        /// Adds a drawing, and gives how many bytes that took.
        func add(_ drawing: borrowing Drawing) -> Int {
            // Points that no end of a stroke followed are none.
            let pointLength = drawing.strokeEnds.last ?? 0
            let strokeCount = drawing.strokeCount
            let isWide = strokeCount > Int(UInt16.max) || pointLength / 2 > Int(UInt16.max)
            let width = isWide ? 4 : 2
            let place = points.count
            let recognized = drawing.isRecognized ? BankFormat.Flag.recognized : 0
            let country = drawing.country.bytes
            let record = unsafe records.extend(by: BankFormat.recordLength)
            unsafe record.store(drawing.keyID, at: 0)
            unsafe record.store(UInt64(place), at: 8)
            unsafe record.store(drawing.timestamp, at: 16)
            unsafe record.store(UInt16(country.y) << 8 | UInt16(country.x), at: 20)
            let shape = (isWide ? BankFormat.Flag.wide : 0) | (drawing.leftOutCount > 0 ? BankFormat.Flag.sifted : 0)
            unsafe record.store(UInt16(recognized | shape), at: 22)
            let present = strokeCount - drawing.leftOutCount
            unsafe counts.extend(by: 1).store(UInt8(min(present, BankFormat.countLimit)), at: 0)

            let start = width * (strokeCount + 1)
            let strokes = unsafe points.extend(by: start + pointLength)
            let ends = drawing.strokeEnds.span
            if isWide {
                unsafe strokes.store(UInt32(strokeCount), at: 0)
                for index in ends.indices { unsafe strokes.store(UInt32(ends[index] / 2), at: 4 * (index + 1)) }
            } else {
                unsafe strokes.store(UInt16(strokeCount), at: 0)
                for index in ends.indices { unsafe strokes.store(UInt16(ends[index] / 2), at: 2 * (index + 1)) }
            }
            unsafe drawing.coordinates.span.bytes.withUnsafeBytes { bytes in
                unsafe UnsafeMutableRawBufferPointer(rebasing: strokes[start...]).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[..<pointLength]))
            }
            return BankFormat.recordLength + 1 + start + pointLength
        }
    }

    /// One for each word that was met since the memory was last given back; empty ones have no drawings now.
    private(set) var chunks: [Chunk] = []
    private var numbers: [String: Int] = [:]
    private var current: Chunk?
    /// Where chunks are put together, to be written at once.
    let gathered = ByteBuffer()
    /// How many bytes there are.
    public private(set) var byteCount = 0

    /// No drawings.
    public init() {}

    /// Adds a drawing.
    ///
    /// - Complexity: O(points)
    public mutating func add(_ drawing: borrowing Drawing) {
        byteCount += chunk(of: drawing.word).add(drawing)
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

    /// How much memory is kept for later drawings, in bytes.
    static var memoryLimit: Int { 16 << 20 }

    /// How many bytes there is memory for.
    var capacity: Int { chunks.reduce(0) { $0 + $1.capacity } }

    /// Forgets all drawings and keeps the memory, unless that has grown beyond the limit: a file for each word fills the
    /// memory of one word after the other.
    mutating func removeAll() {
        byteCount = 0
        guard capacity <= Self.memoryLimit else {
            chunks = []
            numbers = [:]
            current = nil
            return
        }
        for chunk in chunks {
            chunk.records.removeAll()
            chunk.counts.removeAll()
            chunk.points.removeAll()
        }
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Sets the bytes of `number`, lowest first, from an offset on that has to be there.
    @inline(__always)
    fileprivate func store<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) {
        unsafe storeBytes(of: number.littleEndian, toByteOffset: offset, as: Number.self)
    }
}
