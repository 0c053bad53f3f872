import QuickDraw

/// Finds the ends of binary records from their counts alone.
struct RecordScanner: Hashable, Sendable {
    /// The end of the last complete record.
    private(set) var end = 0
    /// The number of scanned bytes.
    private var scannedCount = 0
    /// The offset of the two bytes of the next count.
    private var countOffset = BinaryRecord.strokeCountOffset
    private var firstByte: UInt8?
    /// The number of remaining strokes of the record; nil before their number is known.
    private var strokesLeft: Int?

    mutating func scan(_ bytes: [UInt8]) {
        let start = scannedCount
        scannedCount += bytes.count
        endRecordIfComplete()
        while countOffset < scannedCount {
            let index = countOffset - start + (firstByte == nil ? 0 : 1)
            guard index < bytes.count else { return }
            guard let first = firstByte else {
                firstByte = bytes[index]
                continue
            }
            readCount(Int(first) | Int(bytes[index]) << 8)
        }
    }

    private mutating func readCount(_ count: Int) {
        firstByte = nil
        countOffset += 2
        if let left = strokesLeft {
            countOffset += 2 * count
            strokesLeft = left - 1
        } else {
            strokesLeft = count
        }
        endRecordIfComplete()
    }

    private mutating func endRecordIfComplete() {
        guard strokesLeft == 0, countOffset <= scannedCount else { return }
        end = countOffset
        countOffset += BinaryRecord.strokeCountOffset
        strokesLeft = nil
    }
}
