import StrokeBank
import Synchronization

/// Finds the drawings of a source whose key an earlier drawing of their category has, as a bank and a stroke pool do.
///
/// Memory: 8 bytes per drawing.
final class RepeatedKeys: Sendable {
    /// The keys of a chunk by word, in the order of the drawings.
    typealias Chunk = [String: [UInt64]]

    /// The drawings to skip: for each chunk and word, their numbers among the drawings of that word in that chunk.
    struct Duplicates: Hashable, Sendable {
        fileprivate(set) var numbers: [ParallelDrawingReader.Position: [String: Set<Int>]] = [:]
        /// The number of all of them.
        fileprivate(set) var count = 0

        /// Whether a drawing, given by its number among those of its word in a chunk, is one of them.
        func contains(_ number: Int, of word: String, at position: ParallelDrawingReader.Position) -> Bool {
            numbers[position]?[word]?.contains(number) ?? false
        }
    }

    private let chunks = Mutex<[ParallelDrawingReader.Position: Chunk]>([:])

    /// Adds the keys of a chunk.
    func add(_ keys: Chunk, at position: ParallelDrawingReader.Position) {
        chunks.withLock { $0[position] = keys }
    }

    /// The duplicates among all chunks; the first drawing in the order of chunks is none.
    ///
    /// - Complexity: O(drawings)
    func duplicates() -> Duplicates {
        let chunks = chunks.withLock { $0 }
        let order = chunks.keys.sorted { ($0.file, $0.chunk) < ($1.file, $1.chunk) }
        var counts: [String: Int] = [:]
        for chunk in chunks.values {
            for (word, keys) in chunk { counts[word, default: 0] += keys.count }
        }
        var duplicates = Duplicates()
        // One category after the other, so that the set of one is in memory.
        for (word, count) in counts {
            var seen = KeySet(capacity: count)
            for position in order {
                for (number, key) in (chunks[position]?[word] ?? []).enumerated() where !seen.insert(key) {
                    duplicates.numbers[position, default: [:]][word, default: []].insert(number)
                    duplicates.count += 1
                }
            }
        }
        return duplicates
    }
}
