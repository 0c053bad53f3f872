import FileAccess
import PlaneGeometry

// What stroke pools read from a bank: records, strokes, and counts.

extension MappedBank {
    /// The properties of a drawing, and the location of its strokes.
    struct Record {
        let keyID: UInt64
        let place: UInt64
        let timestamp: UInt32
        let country: CountryCode
        let isRecognized: Bool
        let isWide: Bool
        /// Whether some strokes have no points: a filter removed them when the bank was made.
        let hasEmptyStrokes: Bool
    }

    /// The record of a drawing.
    func record(_ index: Int) throws(DataError) -> Record {
        let length = BankFormat.recordLength
        let start = header[.drawings].lowerBound + length * index
        return try file.checkingBlocks(of: start..<start + length, header, checkedBlocks) { bytes in
            let flags = bytes.byte(at: start + 22)
            return Record(
                keyID: bytes.number(at: start), place: bytes.number(at: start + 8),
                timestamp: bytes.number(at: start + 16),
                country: CountryCode(bytes: SIMD2(bytes.byte(at: start + 20), bytes.byte(at: start + 21))),
                isRecognized: flags & BankFormat.Flag.recognized != 0, isWide: flags & BankFormat.Flag.wide != 0,
                hasEmptyStrokes: flags & BankFormat.Flag.emptyStrokes != 0)
        }
    }

    /// The location of the strokes of a drawing.
    struct Strokes {
        let count: Int
        /// The offset of the drawing's numbers in the file.
        let start: Int
        /// The bytes of a number.
        let width: Int
    }

    /// The location of the strokes of a record's drawing.
    func strokes(of record: Record) throws(DataError) -> Strokes {
        let section = header[.points]
        let width = record.isWide ? 4 : 2
        guard record.place <= section.count - width else { throw inconsistency(in: .points) }
        let start = section.lowerBound + Int(record.place)
        let count = try number(at: start, width: width)
        guard width * (count + 1) <= section.upperBound - start else { throw inconsistency(in: .points) }
        return Strokes(count: count, start: start, width: width)
    }

    /// The range of the file that contains a stroke's points, x and y interleaved; its blocks are checked.
    func points(ofStroke stroke: Int, _ strokes: Strokes) throws(DataError) -> Range<Int> {
        let width = strokes.width
        let place = strokes.start + width * (stroke + 1)
        let first = stroke == 0 ? 0 : try number(at: place - width, width: width)
        let end = try number(at: place, width: width)
        let origin = strokes.start + width * (strokes.count + 1)
        guard first <= end, 2 * end <= header[.points].upperBound - origin else { throw inconsistency(in: .points) }
        let points = origin + 2 * first..<origin + 2 * end
        try file.checkingBlocks(of: points, header, checkedBlocks) { _ in }
        return points
    }

    /// The measure of a stroke; nil if it has no points.
    func measure(ofStroke stroke: Int, _ strokes: Strokes) throws(DataError) -> StrokeMeasure? {
        let points = try points(ofStroke: stroke, strokes)
        return points.isEmpty ? nil : try file.withBytes { StrokeMeasure($0.extracting(points)) }
    }

    /// Appends the points of a stroke, in units of the drawing's box of 256 × 256.
    func appendPoints(ofStroke stroke: Int, _ strokes: Strokes, to path: inout [Point]) throws(DataError) {
        let points = try points(ofStroke: stroke, strokes)
        try file.withBytes { bytes in
            for place in stride(from: points.lowerBound, to: points.upperBound - 1, by: 2) {
                path.append(Point(x: Double(bytes.byte(at: place)), y: Double(bytes.byte(at: place + 1))))
            }
        }
    }

    /// Lends the bytes of drawings in the section `counts`.
    func withCounts<R>(
        of drawings: Range<Int>, _ body: (RawSpan) throws(DataError) -> R
    ) throws(DataError) -> R {
        let start = header[.counts].lowerBound
        let range = start + drawings.lowerBound..<start + drawings.upperBound
        try file.checkingBlocks(of: range, header, checkedBlocks) { _ in }
        return try file.withBytes { (bytes) throws(DataError) in try body(bytes.extracting(range)) }
    }

    private func number(at place: Int, width: Int) throws(DataError) -> Int {
        try file.checkingBlocks(of: place..<place + width, header, checkedBlocks) { bytes in
            bytes.bankNumber(at: place, width: width)
        }
    }

    /// The error for a section that contradicts the format although its checksums are right.
    func inconsistency(in section: BankFormat.Section) -> DataError {
        DataError(path, section: section.name, .inconsistent)
    }
}
