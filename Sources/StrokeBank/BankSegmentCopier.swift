import FileAccess

/// Chunks of a draft put together as they stand in a bank.
final class BankSegmentCopier {
    let records = ByteBuffer()
    let counts = ByteBuffer()
    let points = ByteBuffer()
    private(set) var totals = BankWriter.Totals()
    private let pointPlace: Int
    private let waiting = ByteBuffer()

    /// - Parameter pointPlace: where the strokes of the first drawing begin in the bank's section.
    init(pointPlace: Int) {
        self.pointPlace = pointPlace
    }

    /// Adds the drawings of a chunk but for the repeats.
    func add(
        _ chunk: BankSpool.Chunk, of scratch: ScratchFile, without repeats: [UInt64]?
    ) throws(DataError) {
        waiting.reset(count: chunk.length)
        try unsafe scratch.read(into: waiting.bytes, at: chunk.place)
        unsafe add(chunk, waiting.bytes, without: repeats)
    }

    private func add(_ chunk: BankSpool.Chunk, _ bytes: UnsafeMutableRawBufferPointer, without repeats: [UInt64]?) {
        let count = chunk.drawingCount
        let recordEnd = BankFormat.recordLength * count
        let pointStart = recordEnd + count
        var shift = pointPlace + points.count
        for drawing in 0..<count {
            let range = unsafe bytes.pointRange(of: drawing, in: chunk)
            if let repeats, repeats.contains(drawing) {
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
            let isSifted = unsafe bytes[record + 22] & BankFormat.Flag.sifted != 0
            let present =
                isSifted
                ? unsafe bytes.presentStrokeCount(at: place, of: strokeCount, isWide: isWide) : strokeCount
            totals.drawings += 1
            totals.strokes += present
            totals.strokeless += present == 0 ? 1 : 0
            totals.points += (range.count - (isWide ? 4 : 2) * (strokeCount + 1)) / 2
            unsafe bytes.storeBytes(
                of: UInt64(range.lowerBound + shift).littleEndian, toByteOffset: record + 8, as: UInt64.self)
            guard repeats != nil else { continue }
            unsafe append(bytes, record..<record + BankFormat.recordLength, to: records)
            unsafe append(bytes, recordEnd + drawing..<recordEnd + drawing + 1, to: counts)
            unsafe append(bytes, pointStart + range.lowerBound..<pointStart + range.upperBound, to: points)
        }
        guard repeats == nil else { return }
        unsafe append(bytes, 0..<recordEnd, to: records)
        unsafe append(bytes, recordEnd..<pointStart, to: counts)
        unsafe append(bytes, pointStart..<chunk.length, to: points)
    }

    private func append(_ bytes: UnsafeMutableRawBufferPointer, _ range: Range<Int>, to store: ByteBuffer) {
        unsafe store.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
}

extension [UInt64] {
    /// Whether bit `number` is set.
    func contains(_ number: Int) -> Bool {
        self[number / 64] & (1 << UInt64(number % 64)) != 0
    }
}

extension UnsafeMutableRawBufferPointer {
    /// The little-endian number that begins at an offset, which has to be there.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Number.Type) -> Number {
        Number(littleEndian: unsafe loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    /// How many strokes have points of a drawing whose numbers begin at `place`.
    func presentStrokeCount(at place: Int, of strokeCount: Int, isWide: Bool) -> Int {
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

    /// Where the strokes of a drawing lie, from the start of its chunk's points; the chunk's records are here.
    func pointRange(of drawing: Int, in chunk: BankSpool.Chunk) -> Range<Int> {
        let record = BankFormat.recordLength * drawing
        let start = unsafe Int(number(at: record + 8, as: UInt64.self))
        let end =
            drawing + 1 < chunk.drawingCount
            ? unsafe Int(number(at: record + BankFormat.recordLength + 8, as: UInt64.self)) : chunk.pointLength
        return start..<end
    }
}
