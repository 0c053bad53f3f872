public import FileAccess
import Synchronization

/// The file of a bank in the making: what is written into it is hashed block by block, in whatever order it comes.
public final class BankOutput: Sendable {
    private struct Checksums {
        var sums: [UInt64]
        /// Blocks of which a part was written.
        var partial: [Int: PartialBlock] = [:]
    }

    private struct PartialBlock {
        var bytes = [UInt8](repeating: 0, count: BankFormat.blockLength)
        var filled = 0
    }

    private let writer: PlacedWriter
    private let checksums: Mutex<Checksums>

    /// A bank in `file`, which has to stay open as long as it is written.
    ///
    /// - Parameter merge: what is to be written, after `begin`.
    public init(_ file: borrowing OutputFile, for merge: BankWriter) {
        writer = file.placedWriter
        checksums = Mutex(Checksums(sums: [UInt64](repeating: 0, count: merge.header.blockCount)))
    }

    /// Writes bytes at their place; no place is written twice.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(DataError) {
        guard unsafe !bytes.isEmpty else { return }
        try unsafe writer.write(bytes, at: offset)
        let length = BankFormat.blockLength
        // Blocks are counted from behind the header, and offsets too from here on.
        let start = offset - BankFormat.headerLength
        let end = start + bytes.count
        let first = (start + length - 1) / length
        let last = end / length
        guard first <= last else { return unsafe addPart(bytes, at: start) }
        var sums: [UInt64] = []
        sums.reserveCapacity(last - first)
        for block in first..<last {
            let place = length * block - start
            unsafe sums.append(
                XXHash64.checksum(of: UnsafeRawBufferPointer(rebasing: bytes[place..<place + length]).bytes))
        }
        let found = sums
        checksums.withLock { $0.sums.replaceSubrange(first..<last, with: found) }
        unsafe addPart(UnsafeRawBufferPointer(rebasing: bytes[..<(length * first - start)]), at: start)
        unsafe addPart(UnsafeRawBufferPointer(rebasing: bytes[(length * last - start)...]), at: length * last)
    }

    /// Keeps a part of one block until the rest of it comes.
    private func addPart(_ bytes: UnsafeRawBufferPointer, at start: Int) {
        guard unsafe !bytes.isEmpty else { return }
        let length = BankFormat.blockLength
        let copy = unsafe Array(bytes)
        checksums.withLock { checksums in
            let block = start / length
            var part = checksums.partial.removeValue(forKey: block) ?? PartialBlock()
            part.bytes.replaceSubrange(start % length..<start % length + copy.count, with: copy)
            part.filled += copy.count
            if part.filled == length {
                checksums.sums[block] = unsafe XXHash64.checksum(of: part.bytes.span.bytes)
            } else {
                checksums.partial[block] = part
            }
        }
    }

    /// Writes the checksums, and the header with that of theirs.
    func finish(_ header: inout BankHeader) throws(DataError) {
        let sums = checksums.withLock { checksums in
            // What was not written in them is what fills a section up.
            for (block, part) in checksums.partial {
                checksums.sums[block] = unsafe XXHash64.checksum(of: part.bytes.span.bytes)
            }
            return checksums.sums
        }
        let section = sums.map(\.littleEndian)
        try unsafe section.span.bytes.withUnsafeBytes { (bytes) throws(DataError) in
            header.fingerprint = unsafe XXHash64.checksum(of: bytes.bytes)
            try unsafe writer.write(bytes, at: header[.checksums].lowerBound)
        }
        let start = header.bytes
        try unsafe start.span.bytes.withUnsafeBytes { (bytes) throws(DataError) in try unsafe writer.write(bytes, at: 0)
        }
    }
}
