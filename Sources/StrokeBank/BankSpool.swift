public import FileAccess
import MaskModel
import Synchronization
public import SystemPackage

/// A bank in the making, as long as drawings come: they wait, in a file without a name, until all are there.
///
/// What becomes of it depends on the drawings and their order alone, and not on how they were cut into chunks, or when
/// those came.
public final class BankSpool: Sendable {
    /// Drawings of one word, one after the other: where they wait.
    struct Chunk {
        let word: Int
        let order: Order
        /// Where the chunk's records, counts and points lie, in turn.
        let place: Int
        let drawingCount: Int
        let pointLength: Int

        var length: Int { (BankFormat.recordLength + 1) * drawingCount + pointLength }
    }

    /// Which part of the source something is.
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
        var chunks: [Chunk] = []
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

    /// A draft of a bank that will stand at `output`, on whose disk there has to be room for two of it.
    ///
    /// - Throws: `DataError` if no file can be made there.
    public init(for output: FilePath) throws(DataError) {
        scratch = try ScratchFile(beside: output)
    }

    /// Takes all drawings out of `chunks`.
    ///
    /// - Parameters:
    ///   - file: which of the source's files they are from.
    ///   - part: which part of it; each is given once.
    /// - Throws: `DataError.file` if they cannot be kept.
    public func take(_ chunks: inout BankBuffer, file: Int, part: Int) throws(DataError) {
        let length = chunks.byteCount
        let gathered = chunks.gathered
        gathered.removeAll()
        let place = state.withLock { state in
            var place = state.end
            state.end += length
            for chunk in chunks.chunks where chunk.counts.count > 0 {
                let entry = Chunk(
                    word: state.number(of: chunk.word), order: Order(file: file, part: part), place: place,
                    drawingCount: chunk.counts.count, pointLength: chunk.points.count)
                state.chunks.append(entry)
                place += entry.length
            }
            return place - length
        }
        for chunk in chunks.chunks {
            unsafe gathered.append(contentsOf: UnsafeRawBufferPointer(chunk.records.bytes))
            unsafe gathered.append(contentsOf: UnsafeRawBufferPointer(chunk.counts.bytes))
            unsafe gathered.append(contentsOf: UnsafeRawBufferPointer(chunk.points.bytes))
        }
        try unsafe scratch.write(UnsafeRawBufferPointer(gathered.bytes), at: place)
        chunks.removeAll()
    }

    /// The words, sorted by their UTF-8 bytes, and of each its chunks in order.
    func sorted() -> [(word: String, chunks: [Chunk])] {
        let (words, chunks) = state.withLock { state in
            let taken = (state.words, state.chunks)
            // Nobody needs them twice; there can be a million.
            state.chunks = []
            return taken
        }
        var byWord = [[Chunk]](repeating: [], count: words.count)
        for chunk in chunks { byWord[chunk.word].append(chunk) }
        let order = words.indices.sorted { CategorySplit.precedes(words[$0], words[$1]) }
        return order.map { (words[$0], byWord[$0].sorted { $0.order < $1.order }) }
    }
}
