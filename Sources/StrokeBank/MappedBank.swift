public import FileAccess
import MaskModel
import PlaneGeometry
public import SystemPackage

/// A stroke bank, opened: any stroke of any drawing is found at once, in memory that the system lends and takes back.
///
/// Opening it checks header, checksums and categories. Of the rest, each block of 4 KiB is checked when it is touched for
/// the first time, so that whatever comes out of a bank is what was put in. `BankFormat` has the format.
public final class MappedBank: Sendable {
    /// One category: its word, and which of the bank's drawings are its.
    struct Category: Hashable, Sendable {
        let word: String
        let drawings: Range<Int>
        let strokeCount: Int
        /// How many of the drawings have no stroke.
        let strokelessCount: Int
    }

    /// The file, as it was given.
    public let path: FilePath
    /// The categories, sorted by the UTF-8 bytes of their words.
    let categories: [Category]
    let header: BankHeader
    private let file: MappedFile
    private let checkedBlocks: BlockMarks

    /// Opens the bank at `path`.
    ///
    /// - Throws: `DataError.bank` if it is damaged where it was looked at, `file` if it cannot be read or is no bank.
    /// - Complexity: O(blocks) to check their checksums, a 500th of the file
    public init(_ path: FilePath) throws(DataError) {
        let file: MappedFile
        file = try MappedFile(path)
        guard file.beginsWithMagic else { throw DataError(path, "is no stroke bank; expected one") }
        let header: BankHeader
        do throws(BankError) {
            header = try file.withBytes { (bytes) throws(BankError) in try BankHeader(bytes) }
        } catch {
            throw DataError(path, section: "header", error)
        }
        if file.count < header.fileLength {
            let section = header.section(at: file.count)?.name ?? "header"
            throw DataError(path, section: section, .cutOff(count: file.count, expected: header.fileLength))
        }
        if file.count > header.fileLength {
            let fault = BankError.tooLong(count: file.count, expected: header.fileLength)
            throw DataError(path, section: BankFormat.Section.checksums.name, fault)
        }
        let checksum = file.withBytes { XXHash64.checksum(of: $0.extracting(header[.checksums])) }
        guard checksum == header.fingerprint else {
            let fault = BankError.checksum(found: checksum, expected: header.fingerprint)
            throw DataError(path, section: BankFormat.Section.checksums.name, fault)
        }
        let checkedBlocks = BlockMarks(count: header.blockCount)
        let categories = try file.checkingBlocks(of: header[.categories], header, checkedBlocks) { bytes in
            Self.categories(in: bytes.extracting(header[.categories]), header)
        }
        guard let categories else {
            throw DataError(path, section: BankFormat.Section.categories.name, .nonsense)
        }
        self.path = path
        self.file = file
        self.header = header
        self.categories = categories
        self.checkedBlocks = checkedBlocks
    }

    /// The categories of the section; nil if it is not what the format wants.
    private static func categories(in section: RawSpan, _ header: BankHeader) -> [Category]? {
        var categories: [Category] = []
        var first = 0
        for index in 0..<header.categoryCount {
            let place = BankFormat.categoryLength * index
            let numbers = (0..<3).map { section.number(at: place + 8 * $0, as: UInt64.self) }
            let start = Int(section.number(at: place + 24, as: UInt32.self))
            let length = Int(section.number(at: place + 28, as: UInt32.self))
            guard let count = Int(exactly: numbers[0]), let strokeCount = Int(exactly: numbers[1]),
                let strokelessCount = Int(exactly: numbers[2]), count <= header.drawingCount - first,
                strokelessCount <= count, length > 0, start + length <= section.byteCount
            else { return nil }
            let bytes = (start..<start + length).map { section.byte(at: $0) }
            guard let word = String(validating: bytes, as: UTF8.self) else { return nil }
            if let last = categories.last, !CategorySplit.precedes(last.word, word) { return nil }
            categories.append(
                Category(
                    word: word, drawings: first..<first + count, strokeCount: strokeCount,
                    strokelessCount: strokelessCount))
            first += count
        }
        return first == header.drawingCount ? categories : nil
    }

    /// The version of the format, the only one that there is.
    public static let formatVersion = BankFormat.version

    /// The words of the categories, sorted by their UTF-8 bytes.
    public var words: [String] { categories.map(\.word) }
    /// How many drawings there are.
    public var drawingCount: Int { header.drawingCount }
    /// How many strokes all drawings have together.
    public var strokeCount: Int { header.strokeCount }
    /// How many points all strokes have together.
    public var pointCount: Int { header.pointCount }
    /// A hash of all that is in the bank: 16 hexadecimal digits.
    public var fingerprint: String { header.fingerprint.hexadecimal }

    /// How many drawings a category has, of `words`.
    public func drawingCount(inCategory category: Int) -> Int { categories[category].drawings.count }

    /// Reads a drawing into `drawing`, whose memory is used again.
    ///
    /// - Parameter index: which of all drawings, from 0; those of a category follow each other.
    /// - Throws: `DataError.bank` if the bank is damaged there.
    public func read(_ index: Int, inCategory category: Int, into drawing: inout Drawing) throws(DataError) {
        let index = categories[category].drawings.lowerBound + index
        let record = try record(index)
        let strokes = try strokes(of: record)
        if drawing.word != categories[category].word { drawing.word = categories[category].word }
        drawing.keyID = record.keyID
        drawing.timestamp = record.timestamp
        drawing.country = record.country
        drawing.isRecognized = record.isRecognized
        let width = strokes.width
        let numbers = strokes.start + width..<strokes.start + width * (strokes.count + 1)
        let ends = try file.checkingBlocks(of: numbers, header, checkedBlocks) { bytes in
            drawing.setStrokeEnds(in: bytes.extracting(numbers), width: width)
        }
        guard let ends, 2 * ends <= header[.points].upperBound - numbers.upperBound else { throw nonsense(.points) }
        let points = numbers.upperBound..<numbers.upperBound + 2 * ends
        try file.checkingBlocks(of: points, header, checkedBlocks) { drawing.setCoordinates($0.extracting(points)) }
    }

    /// Checks some blocks of the bank, whether or not they were checked before.
    ///
    /// - Throws: `DataError.bank`, with the first that is damaged.
    public func check(_ blocks: Range<Int>) throws(DataError) {
        for block in blocks {
            try file.checkBlock(block, header)
            checkedBlocks.insert(block)
        }
    }

    /// How many blocks `check` takes.
    public var blockCount: Int { header.blockCount }

    // MARK: What a pool takes

    /// What the bank says of a drawing, but for its strokes.
    struct Record {
        let keyID: UInt64
        let place: UInt64
        let timestamp: UInt32
        let country: CountryCode
        let isRecognized: Bool
        let isWide: Bool
        /// Whether some strokes were left out when the bank was made: they have no points.
        let isSifted: Bool
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
                isSifted: flags & BankFormat.Flag.sifted != 0)
        }
    }

    /// Where the strokes of a drawing are.
    struct Strokes {
        let count: Int
        /// Where the numbers of the drawing's strokes begin in the file.
        fileprivate let start: Int
        /// Bytes of a number.
        fileprivate let width: Int
    }

    /// Where the strokes are of a drawing with a record.
    func strokes(of record: Record) throws(DataError) -> Strokes {
        let section = header[.points]
        let width = record.isWide ? 4 : 2
        guard record.place <= section.count - width else { throw nonsense(.points) }
        let start = section.lowerBound + Int(record.place)
        let count = try number(at: start, width: width)
        guard width * (count + 1) <= section.upperBound - start else { throw nonsense(.points) }
        return Strokes(count: count, start: start, width: width)
    }

    /// The bytes of the file in which x and y of a stroke's points are, in turn; they are checked.
    func points(ofStroke stroke: Int, _ strokes: Strokes) throws(DataError) -> Range<Int> {
        let width = strokes.width
        let place = strokes.start + width * (stroke + 1)
        let first = stroke == 0 ? 0 : try number(at: place - width, width: width)
        let end = try number(at: place, width: width)
        let origin = strokes.start + width * (strokes.count + 1)
        guard first <= end, 2 * end <= header[.points].upperBound - origin else { throw nonsense(.points) }
        let points = origin + 2 * first..<origin + 2 * end
        try file.checkingBlocks(of: points, header, checkedBlocks) { _ in }
        return points
    }

    /// The measure of a stroke; nil if it has no points.
    func measure(ofStroke stroke: Int, _ strokes: Strokes) throws(DataError) -> StrokeMeasure? {
        let points = try points(ofStroke: stroke, strokes)
        return points.isEmpty ? nil : file.withBytes { StrokeMeasure($0.extracting(points)) }
    }

    /// The path of a stroke, in units of the drawing's box of 256 × 256.
    func appendPoints(
        ofStroke stroke: Int, _ strokes: Strokes, to path: inout [Point]
    ) throws(DataError) {
        let points = try points(ofStroke: stroke, strokes)
        file.withBytes { bytes in
            for place in stride(from: points.lowerBound, to: points.upperBound - 1, by: 2) {
                path.append(Point(x: Double(bytes.byte(at: place)), y: Double(bytes.byte(at: place + 1))))
            }
        }
    }

    /// How many strokes drawings have, as far as a byte can tell.
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
            width == 2
                ? Int(bytes.number(at: place, as: UInt16.self)) : Int(bytes.number(at: place, as: UInt32.self))
        }
    }

    /// The error for what checksums do not tell of.
    func nonsense(_ section: BankFormat.Section) -> DataError {
        DataError(path, section: section.name, .nonsense)
    }
}

extension MappedFile {
    fileprivate var beginsWithMagic: Bool {
        withBytes { bytes in
            bytes.byteCount >= BankFormat.magic.count
                && BankFormat.magic.indices.allSatisfy { bytes.byte(at: $0) == BankFormat.magic[$0] }
        }
    }

    /// Lends the file once the blocks of `range` were checked, now or before.
    @inline(__always)
    fileprivate func checkingBlocks<R>(
        of range: Range<Int>, _ header: BankHeader, _ checked: BlockMarks, _ body: (RawSpan) -> R
    ) throws(DataError) -> R {
        let origin = BankFormat.headerLength
        if !range.isEmpty {
            let last = (range.upperBound - 1 - origin) / BankFormat.blockLength
            for block in (range.lowerBound - origin) / BankFormat.blockLength...last where !checked.contains(block) {
                try checkBlock(block, header)
                checked.insert(block)
            }
        }
        return withBytes(body)
    }

    /// Checks the block of a number, from 0 behind the header.
    @inline(never)
    fileprivate func checkBlock(_ block: Int, _ header: BankHeader) throws(DataError) {
        let start = BankFormat.headerLength + BankFormat.blockLength * block
        let (found, expected) = withBytes { bytes in
            (
                XXHash64.checksum(of: bytes.extracting(start..<start + BankFormat.blockLength)),
                bytes.number(at: header[.checksums].lowerBound + 8 * block, as: UInt64.self)
            )
        }
        guard found == expected else {
            let section = header.section(at: start) ?? .categories
            let fault = BankError.checksum(offset: start - header[section].lowerBound, found: found, expected: expected)
            throw DataError(path, section: section.name, fault)
        }
    }
}
