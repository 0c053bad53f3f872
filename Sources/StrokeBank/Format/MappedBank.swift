public import FileAccess
import MaskModel
import PlaneGeometry
public import SystemPackage

/// An opened stroke bank: any stroke of any drawing is found in O(1), in memory that the system maps and reclaims.
///
/// Opening checks header, checksums, and categories. Every other block of 4 KiB is checked when it is read for the
/// first time, so that a bank never returns anything but what was written. See `BankFormat` for the format.
public final class MappedBank: Sendable {
    /// A category: its word, and its drawings among those of the bank.
    struct Category: Hashable, Sendable {
        let word: String
        let drawings: Range<Int>
        let strokeCount: Int
        /// The number of drawings without strokes.
        let strokelessCount: Int
    }

    /// The file.
    public let path: FilePath
    /// The categories, sorted by the UTF-8 bytes of their words.
    let categories: [Category]
    let header: BankHeader
    let file: MappedFile
    let checkedBlocks: AtomicBitSet

    /// Opens the bank at `path`.
    ///
    /// - Throws: `DataError` if it cannot be read, is not a bank, or is corrupt where it was examined.
    /// - Complexity: O(blocks) to verify the section of checksums, a 500th of the file
    public init(_ path: FilePath) throws(DataError) {
        let file = try MappedFile(path)
        guard try file.beginsWithMagic() else {
            throw DataError(path, "not a stroke bank; expected a file written by qd-imd index")
        }
        let headerResult = try file.withBytes { bytes in
            Result { () throws(BankError) in try BankHeader(bytes) }
        }
        let header: BankHeader
        do throws(BankError) {
            header = try headerResult.get()
        } catch {
            throw DataError(path, section: "header", error)
        }
        if file.count < header.fileLength {
            let section = header.section(at: file.count)?.name ?? "header"
            throw DataError(path, section: section, .cutOff(count: file.count, expected: header.fileLength))
        }
        if file.count > header.fileLength {
            let error = BankError.tooLong(count: file.count, expected: header.fileLength)
            throw DataError(path, section: BankFormat.Section.checksums.name, error)
        }
        let checksum = try file.withBytes { XXHash64.checksum(of: $0.extracting(header[.checksums])) }
        guard checksum == header.fingerprint else {
            let error = BankError.checksum(found: checksum, expected: header.fingerprint)
            throw DataError(path, section: BankFormat.Section.checksums.name, error)
        }
        let checkedBlocks = AtomicBitSet(count: header.blockCount)
        let categories = try file.checkingBlocks(of: header[.categories], header, checkedBlocks) { bytes in
            Self.categories(in: bytes.extracting(header[.categories]), header)
        }
        guard let categories else {
            throw DataError(path, section: BankFormat.Section.categories.name, .inconsistent)
        }
        self.path = path
        self.file = file
        self.header = header
        self.categories = categories
        self.checkedBlocks = checkedBlocks
    }

    /// The categories of the section; nil if it contradicts the format.
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

    /// The version of the format; there is only one.
    public static let formatVersion = BankFormat.version

    /// The words of the categories, sorted by their UTF-8 bytes.
    public var words: [String] { categories.map(\.word) }
    /// The number of drawings.
    public var drawingCount: Int { header.drawingCount }
    /// The number of strokes of all drawings.
    public var strokeCount: Int { header.strokeCount }
    /// The number of points of all strokes.
    public var pointCount: Int { header.pointCount }
    /// XXH64 of the section `checksums`, and thus of everything in the bank: 16 hexadecimal digits.
    public var fingerprint: String { header.fingerprint.hexadecimal }

    /// The license that was specified when the bank was made.
    public var license: SourceLicense { header.license }

    /// The number of drawings of a category.
    public func drawingCount(inCategory category: Int) -> Int { categories[category].drawings.count }

    /// Reads a drawing into `drawing`, reusing its memory.
    ///
    /// - Parameters:
    ///   - index: The number of the drawing in its category, from 0; with another one, the program stops.
    ///   - category: The number of the category in `words`, from 0.
    ///   - drawing: Becomes the drawing.
    /// - Throws: `DataError` if the bank is corrupt there.
    public func read(_ index: Int, inCategory category: Int, into drawing: inout Drawing) throws(DataError) {
        let drawings = categories[category].drawings
        precondition((0..<drawings.count).contains(index))
        let index = drawings.lowerBound + index
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
            drawing.setStrokeEnds(from: bytes.extracting(numbers), width: width)
        }
        guard let ends, 2 * ends <= header[.points].upperBound - numbers.upperBound else {
            throw inconsistency(in: .points)
        }
        let points = numbers.upperBound..<numbers.upperBound + 2 * ends
        try file.checkingBlocks(of: points, header, checkedBlocks) { drawing.setCoordinates($0.extracting(points)) }
    }

    /// Checks some blocks of the bank, even if they were checked before.
    ///
    /// - Throws: `DataError` for the first corrupt block.
    public func check(_ blocks: Range<Int>) throws(DataError) {
        for block in blocks {
            try file.checkBlock(block, header)
            checkedBlocks.insert(block)
        }
    }

    /// Checks that nobody has written to the file since it was opened: blocks are checked only once, so that a result
    /// could be of bytes that were overwritten later. Call it before results are published.
    ///
    /// - Throws: `DataError` if somebody has.
    public func checkUnchanged() throws(DataError) { try file.checkUnchanged() }

    /// The number of blocks, for `check`.
    public var blockCount: Int { header.blockCount }
}
