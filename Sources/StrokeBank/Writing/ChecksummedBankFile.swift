package import FileAccess
import Synchronization

/// The file of a bank that is being written: computes the checksum of every block, in any order of writing.
package final class ChecksummedBankFile: Sendable {
    private struct Checksums {
        var sums: [UInt64]
        /// Blocks of which only a part is written so far.
        var partial: [Int: PartialBlock] = [:]
    }

    private struct PartialBlock {
        var bytes = [UInt8](repeating: 0, count: BankFormat.blockLength)
        var filled = 0
    }

    private let writer: PositionedWriter
    private let checksums: Mutex<Checksums>

    /// A bank in `file`, which must stay open while it is written.
    ///
    /// - Parameter bank: The writer, after `begin`.
    package init(_ file: borrowing OutputFile, for bank: BankWriter) {
        writer = file.positionedWriter
        checksums = Mutex(Checksums(sums: [UInt64](repeating: 0, count: bank.header.blockCount)))
    }

    /// Writes bytes at an offset; no byte is written twice.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(DataError) {
        guard unsafe !bytes.isEmpty else { return }
        try unsafe writer.write(bytes, at: offset)
        let length = BankFormat.blockLength
        // From here on, blocks and offsets are counted from the end of the header.
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

    /// Keeps a part of one block until the rest of it is written.
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

    /// Writes the checksums, and the header with the fingerprint.
    func finish(_ header: inout BankHeader) throws(DataError) {
        let sums = checksums.withLock { checksums in
            // The bytes of a block that were not written are padding.
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
        try unsafe start.span.bytes.withUnsafeBytes { (bytes) throws(DataError) in
            try unsafe writer.write(bytes, at: 0)
        }
    }
}
