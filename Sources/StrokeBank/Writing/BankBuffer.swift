import FileAccess

/// Drawings to be written to a bank, grouped by word in the order in which they were added.
///
/// Its memory is reused, up to `memoryLimit`.
package struct BankBuffer: ~Copyable {
    /// The drawings of one word in the form that they have in a bank, with offsets of strokes that begin at 0.
    final class Group {
        let word: String
        let records = ByteBuffer()
        let counts = ByteBuffer()
        let points = ByteBuffer(capacity: 1 << 12)

        /// The number of bytes for which there is memory.
        var capacity: Int { records.capacity + counts.capacity + points.capacity }

        init(word: String) {
            self.word = word
        }

        /// Adds a drawing, and returns the number of bytes added.
        func add(_ drawing: borrowing Drawing) -> Int {
            let country = drawing.country.bytes
            let recognized = drawing.isRecognized ? BankFormat.Flag.recognized : 0
            let wide = drawing.isWide ? BankFormat.Flag.wide : 0
            let emptyStrokes = drawing.emptyStrokeCount > 0 ? BankFormat.Flag.emptyStrokes : 0
            let record = unsafe records.extend(by: BankFormat.recordLength)
            unsafe record.store(drawing.keyID, at: 0)
            unsafe record.store(UInt64(points.count), at: 8)
            unsafe record.store(drawing.timestamp, at: 16)
            unsafe record.store(UInt16(country.y) << 8 | UInt16(country.x), at: 20)
            unsafe record.store(UInt16(recognized | wide | emptyStrokes), at: 22)
            let nonemptyCount = drawing.strokeCount - drawing.emptyStrokeCount
            unsafe counts.extend(by: 1).store(UInt8(min(nonemptyCount, BankFormat.countLimit)), at: 0)
            let strokeLength = drawing.serializedStrokeLength
            unsafe drawing.writeStrokes(to: points.extend(by: strokeLength))
            return BankFormat.recordLength + 1 + strokeLength
        }
    }

    /// A group for each word since memory was last released; some may be empty now.
    private(set) var groups: [Group] = []
    private var numbers: [String: Int] = [:]
    private var current: Group?
    /// Memory for the concatenated groups, which are written at once.
    let concatenated = ByteBuffer()
    /// The number of bytes of all drawings.
    package private(set) var byteCount = 0

    /// An empty buffer.
    package init() {}

    /// Adds a drawing.
    ///
    /// - Complexity: O(points)
    package mutating func add(_ drawing: borrowing Drawing) {
        byteCount += group(of: drawing.word).add(drawing)
    }

    private mutating func group(of word: String) -> Group {
        // Most drawings of a file have the word of the previous one.
        if let current, current.word == word { return current }
        let number = numbers[word] ?? groups.count
        if number == groups.count {
            numbers[word] = number
            groups.append(Group(word: word))
        }
        current = groups[number]
        return groups[number]
    }

    /// The memory that is kept for later drawings, in bytes.
    static var memoryLimit: Int { 16 << 20 }

    /// The number of bytes for which there is memory.
    var capacity: Int { groups.reduce(0) { $0 + $1.capacity } }

    /// Removes all drawings and keeps the memory, unless it exceeds the limit: a source with one file per word would
    /// otherwise accumulate the memory of all words.
    mutating func removeAll() {
        byteCount = 0
        guard capacity <= Self.memoryLimit else {
            groups = []
            numbers = [:]
            current = nil
            return
        }
        for group in groups {
            group.records.removeAll()
            group.counts.removeAll()
            group.points.removeAll()
        }
    }
}
