package import FileAccess
import MaskModel
import Synchronization
package import SystemPackage

/// Collects the drawings of a bank in an unnamed temporary file until all of them have been read.
///
/// The resulting bank depends only on the drawings and their order, not on how they were divided into segments or when
/// those arrived.
package final class BankSpool: Sendable {
    /// Consecutive drawings of one word, and their location in the temporary file.
    struct Segment {
        let word: Int
        let order: Order
        /// The offset of the segment's records, which its counts and points follow.
        let offset: Int
        let drawingCount: Int
        let pointLength: Int

        var length: Int { (BankFormat.recordLength + 1) * drawingCount + pointLength }
    }

    /// The position of a part of the source.
    struct Order: Comparable {
        let file: Int
        let part: Int

        static func < (first: Order, second: Order) -> Bool {
            first.file == second.file ? first.part < second.part : first.file < second.file
        }
    }

    private struct State {
        var words: [String] = []
        var numbers: [String: Int] = [:]
        var segments: [Segment] = []
        var end = 0

        mutating func number(of word: String) -> Int {
            if let number = numbers[word] { return number }
            numbers[word] = words.count
            words.append(word)
            return words.count - 1
        }
    }

    let scratch: ScratchFile
    private let state = Mutex(State())

    /// A spool for a bank at `output`, whose disk needs room for twice its size.
    ///
    /// - Throws: `DataError` if no file can be created there.
    package init(for output: FilePath) throws(DataError) {
        scratch = try ScratchFile(beside: output)
    }

    /// Moves all drawings out of `buffer`.
    ///
    /// - Parameters:
    ///   - file: The number of the drawings' file in the source.
    ///   - part: The number of their part of that file; each part is added once.
    /// - Throws: `DataError` if they cannot be written.
    package func add(_ buffer: inout BankBuffer, file: Int, part: Int) throws(DataError) {
        let length = buffer.byteCount
        let concatenated = buffer.concatenated
        concatenated.removeAll()
        let offset = state.withLock { state in
            var offset = state.end
            state.end += length
            for group in buffer.groups where group.counts.count > 0 {
                let segment = Segment(
                    word: state.number(of: group.word), order: Order(file: file, part: part), offset: offset,
                    drawingCount: group.counts.count, pointLength: group.points.count)
                state.segments.append(segment)
                offset += segment.length
            }
            return offset - length
        }
        for group in buffer.groups {
            unsafe concatenated.append(contentsOf: UnsafeRawBufferPointer(group.records.bytes))
            unsafe concatenated.append(contentsOf: UnsafeRawBufferPointer(group.counts.bytes))
            unsafe concatenated.append(contentsOf: UnsafeRawBufferPointer(group.points.bytes))
        }
        try unsafe scratch.write(UnsafeRawBufferPointer(concatenated.bytes), at: offset)
        buffer.removeAll()
    }

    /// Removes and returns all segments, in order, by word; words are sorted by their UTF-8 bytes.
    func takeSegments() -> [(word: String, segments: [Segment])] {
        let (words, segments) = state.withLock { state in
            // They are needed only once, and there can be a million.
            let segments = state.segments
            state.segments = []
            return (state.words, segments)
        }
        var byWord = [[Segment]](repeating: [], count: words.count)
        for segment in segments { byWord[segment.word].append(segment) }
        let order = words.indices.sorted { CategorySplit.precedes(words[$0], words[$1]) }
        return order.map { (words[$0], byWord[$0].sorted { $0.order < $1.order }) }
    }
}
