import FileAccess

/// Concatenates segments of a spool in the form that they have in a bank.
final class BankSegmentCopier {
    let records = ByteBuffer()
    let counts = ByteBuffer()
    let points = ByteBuffer()
    private(set) var totals = BankWriter.Totals()
    private let pointOffset: Int
    private let segmentBytes = ByteBuffer()

    /// - Parameter pointOffset: The offset of the first drawing's strokes in the section `points`.
    init(pointOffset: Int) {
        self.pointOffset = pointOffset
    }

    /// Adds the drawings of a segment, without the duplicates.
    func add(
        _ segment: BankSpool.Segment, of scratch: ScratchFile, without duplicates: [UInt64]?
    ) throws(DataError) {
        segmentBytes.reset(count: segment.length)
        try unsafe scratch.read(into: segmentBytes.bytes, at: segment.offset)
        unsafe add(segment, segmentBytes.bytes, without: duplicates)
    }

    private func add(
        _ segment: BankSpool.Segment, _ bytes: UnsafeMutableRawBufferPointer, without duplicates: [UInt64]?
    ) {
        let count = segment.drawingCount
        let recordEnd = BankFormat.recordLength * count
        let pointStart = recordEnd + count
        var shift = pointOffset + points.count
        for drawing in 0..<count {
            let range = unsafe bytes.pointRange(of: drawing, in: segment)
            if let duplicates, duplicates.contains(drawing) {
                shift -= range.count
                continue
            }
            let record = BankFormat.recordLength * drawing
            let isWide = unsafe bytes[record + 22] & BankFormat.Flag.wide != 0
            let place = pointStart + range.lowerBound
            let strokeCount =
                isWide
                ? unsafe Int(bytes.number(at: place, as: UInt32.self))
                : unsafe Int(bytes.number(at: place, as: UInt16.self))
            let hasEmptyStrokes = unsafe bytes[record + 22] & BankFormat.Flag.emptyStrokes != 0
            let nonemptyCount =
                hasEmptyStrokes
                ? unsafe bytes.nonemptyStrokeCount(at: place, of: strokeCount, isWide: isWide) : strokeCount
            totals.drawings += 1
            totals.strokes += nonemptyCount
            totals.strokeless += nonemptyCount == 0 ? 1 : 0
            totals.points += (range.count - (isWide ? 4 : 2) * (strokeCount + 1)) / 2
            unsafe bytes.storeBytes(
                of: UInt64(range.lowerBound + shift).littleEndian, toByteOffset: record + 8, as: UInt64.self)
            guard duplicates != nil else { continue }
            unsafe append(bytes, record..<record + BankFormat.recordLength, to: records)
            unsafe append(bytes, recordEnd + drawing..<recordEnd + drawing + 1, to: counts)
            unsafe append(bytes, pointStart + range.lowerBound..<pointStart + range.upperBound, to: points)
        }
        guard duplicates == nil else { return }
        unsafe append(bytes, 0..<recordEnd, to: records)
        unsafe append(bytes, recordEnd..<pointStart, to: counts)
        unsafe append(bytes, pointStart..<segment.length, to: points)
    }

    private func append(_ bytes: UnsafeMutableRawBufferPointer, _ range: Range<Int>, to buffer: ByteBuffer) {
        unsafe buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
}

extension [UInt64] {
    /// Whether bit `number` is set.
    func contains(_ number: Int) -> Bool {
        self[number / 64] & (1 << UInt64(number % 64)) != 0
    }
}

extension UnsafeMutableRawBufferPointer {
    /// The little-endian number that begins at an unchecked offset.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Number.Type) -> Number {
        Number(littleEndian: unsafe loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    /// The number of strokes with points of the drawing whose numbers begin at `place`.
    func nonemptyStrokeCount(at place: Int, of strokeCount: Int, isWide: Bool) -> Int {
        var (count, last) = (0, 0)
        for stroke in 0..<strokeCount {
            let end =
                isWide
                ? unsafe Int(number(at: place + 4 * (stroke + 1), as: UInt32.self))
                : unsafe Int(number(at: place + 2 * (stroke + 1), as: UInt16.self))
            if end > last { count += 1 }
            last = end
        }
        return count
    }

    /// The range of a drawing's strokes in its segment's points; the segment's records are in these bytes.
    func pointRange(of drawing: Int, in segment: BankSpool.Segment) -> Range<Int> {
        let record = BankFormat.recordLength * drawing
        let start = unsafe Int(number(at: record + 8, as: UInt64.self))
        let end =
            drawing + 1 < segment.drawingCount
            ? unsafe Int(number(at: record + BankFormat.recordLength + 8, as: UInt64.self)) : segment.pointLength
        return start..<end
    }
}
