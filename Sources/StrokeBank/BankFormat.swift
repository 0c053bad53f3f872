import FileAccess
import SystemPackage

/// The stroke bank: one file with all strokes of many drawings, to be mapped into memory, in which each is found at once.
///
/// All numbers are unsigned and little-endian; offsets count bytes, from the start of the file unless told otherwise.
///
/// The file is a header and five sections, in this order. Each section begins at a multiple of 4,096, right behind the
/// one before it but for zeros that fill it up; the last, `checksums`, is not filled up, and the file ends with it.
///
/// **header**, 4,096 bytes:
///
/// | offset | bytes | |
/// | ---: | ---: | --- |
/// | 0 | 8 | 89 51 44 42 0D 0A 1A 0A (`QDB`, as PNG has it) |
/// | 8 | 4 | version of the format: 1 |
/// | 12 | 4 | length of a block: 4,096 |
/// | 16 | 8 | length of the file |
/// | 24 | 8 | how many categories |
/// | 32 | 8 | how many drawings |
/// | 40 | 8 | how many strokes |
/// | 48 | 8 | how many points |
/// | 56 | 8 | fingerprint: XXH64 of the section `checksums` |
/// | 64 | 5 × 16 | of each section, in order: offset (8) and length (8), without what fills it up |
/// | 144 | 3,944 | zeros |
/// | 4,088 | 8 | XXH64 of the 4,088 bytes before |
///
/// **categories**: 32 bytes each, sorted by the UTF-8 bytes of their words, all different; then the words' bytes.
///
/// | offset | bytes | |
/// | ---: | ---: | --- |
/// | 0 | 8 | how many drawings; those of all categories follow each other in `drawings` |
/// | 8 | 8 | how many strokes they have together |
/// | 16 | 8 | how many of the drawings have no stroke |
/// | 24 | 4 | where the word begins, from the start of the section |
/// | 28 | 4 | how many bytes the word has, in UTF-8; 1 or more |
///
/// **drawings**: 24 bytes each, in the order of the source within a category, where each key stands once.
///
/// | offset | bytes | |
/// | ---: | ---: | --- |
/// | 0 | 8 | key |
/// | 8 | 8 | where its strokes begin, from the start of the section `points` |
/// | 16 | 4 | time, in whole seconds since 1970 in UTC; 0 if not known |
/// | 20 | 2 | country, two letters of ASCII; zeros if not known |
/// | 22 | 1 | 1 if the game recognized it, + 2 if the strokes are *wide*, + 4 if some were left out |
/// | 23 | 1 | 0 |
///
/// **counts**: a byte a drawing: how many strokes it has; 255 if there are 255 or more. Here and in `categories` and the
/// header, strokes that were left out do not count.
///
/// **points**: the strokes of one drawing after the other, in the order of `drawings`, nothing in between. Numbers take
/// 2 bytes, or 4 if the drawing is wide: it has 65,536 strokes or points or more.
///
/// | | |
/// | --- | --- |
/// | a number | how many strokes |
/// | a number for each stroke | how many points the drawing has up to the stroke's end |
/// | 2 bytes for each point | x and y, 0 to 255 |
///
/// A stroke that a filter left out when the bank was made stands there without points, so that the others keep the
/// numbers that they have in their drawing.
///
/// **checksums**: 8 bytes for each block of 4,096 bytes behind the header and before this section, what fills sections up
/// included: XXH64 of the block, with seed 0. So a reader need only check the blocks that it touches.
enum BankFormat {
    static let magic: [UInt8] = [0x89, 0x51, 0x44, 0x42, 0x0D, 0x0A, 0x1A, 0x0A]
    static let version: UInt32 = 1
    static let blockLength = 4096
    static let headerLength = 4096
    static let categoryLength = 32
    static let recordLength = 24
    /// How many strokes the byte of a drawing in `counts` can tell, and from how many on it means *or more*.
    static let countLimit = 255

    /// The parts of the file behind the header, in their order.
    enum Section: Int, CaseIterable, Sendable {
        case categories, drawings, counts, points, checksums

        var name: String { "\(self)" }
    }

    /// What the byte of a drawing's record says in bits.
    enum Flag {
        static let recognized: UInt8 = 1
        static let wide: UInt8 = 2
        /// Some strokes have no points.
        static let sifted: UInt8 = 4
    }

    /// `length` filled up to whole blocks.
    static func filledUp(_ length: Int) -> Int {
        (length + blockLength - 1) / blockLength * blockLength
    }
}

/// What the header of a bank says.
struct BankHeader: Hashable, Sendable {
    var categoryCount = 0
    var drawingCount = 0
    var strokeCount = 0
    var pointCount = 0
    var fingerprint: UInt64 = 0
    /// Of each section, in order, its bytes in the file, without what fills it up.
    private(set) var sections: [Range<Int>] = []

    /// A header for sections of these lengths, the last of which, `checksums`, comes of the others.
    init(categories: Int, drawings: Int, counts: Int, points: Int) {
        var offset = BankFormat.headerLength
        for length in [categories, drawings, counts, points] {
            sections.append(offset..<offset + length)
            offset += BankFormat.filledUp(length)
        }
        let blockCount = (offset - BankFormat.headerLength) / BankFormat.blockLength
        sections.append(offset..<offset + 8 * blockCount)
    }

    subscript(section: BankFormat.Section) -> Range<Int> { sections[section.rawValue] }

    var fileLength: Int { self[.checksums].upperBound }
    var blockCount: Int { self[.checksums].count / 8 }

    /// The section that a byte of the file belongs to, what fills it up included; nil for the header.
    func section(at offset: Int) -> BankFormat.Section? {
        BankFormat.Section.allCases.last { self[$0].lowerBound <= offset }
    }

    /// The header as it stands in the file.
    var bytes: [UInt8] {
        var bytes = BankFormat.magic
        bytes.append(number: BankFormat.version)
        bytes.append(number: UInt32(BankFormat.blockLength))
        for number in [fileLength, categoryCount, drawingCount, strokeCount, pointCount] {
            bytes.append(number: UInt64(number))
        }
        bytes.append(number: fingerprint)
        for section in sections {
            bytes.append(number: UInt64(section.lowerBound))
            bytes.append(number: UInt64(section.count))
        }
        bytes += [UInt8](repeating: 0, count: BankFormat.headerLength - 8 - bytes.count)
        bytes.append(number: unsafe XXHash64.checksum(of: bytes.span.bytes))
        return bytes
    }

    /// Reads the first bytes of a file, which have the mark of a bank.
    ///
    /// - Throws: `BankError` if they are not all of a header, damaged, or of another version.
    init(_ file: RawSpan) throws(BankError) {
        guard file.byteCount >= BankFormat.headerLength else {
            throw .cutOff(count: file.byteCount, expected: BankFormat.headerLength)
        }
        let version = file.number(at: 8, as: UInt32.self)
        guard version == BankFormat.version else { throw .version(version) }
        let checked = BankFormat.headerLength - 8
        let found = XXHash64.checksum(of: file.extracting(0..<checked))
        let expected = file.number(at: checked, as: UInt64.self)
        guard found == expected else { throw .checksum(found: found, expected: expected) }
        guard file.number(at: 12, as: UInt32.self) == UInt32(BankFormat.blockLength) else { throw .nonsense }
        // Beyond this nothing is added up that could overflow.
        func number(at offset: Int) throws(BankError) -> Int {
            let number = file.number(at: offset, as: UInt64.self)
            guard number < 1 << 48 else { throw .nonsense }
            return Int(number)
        }
        let lengths = try (0..<4).map { (index) throws(BankError) in try number(at: 72 + 16 * index) }
        self.init(categories: lengths[0], drawings: lengths[1], counts: lengths[2], points: lengths[3])
        categoryCount = try number(at: 24)
        drawingCount = try number(at: 32)
        strokeCount = try number(at: 40)
        pointCount = try number(at: 48)
        fingerprint = file.number(at: 56)
        for (index, section) in sections.enumerated() {
            guard try number(at: 64 + 16 * index) == section.lowerBound,
                try number(at: 72 + 16 * index) == section.count
            else { throw .nonsense }
        }
        guard try number(at: 16) == fileLength, self[.counts].count == drawingCount,
            self[.drawings].count == BankFormat.recordLength * drawingCount,
            self[.categories].count >= BankFormat.categoryLength * categoryCount
        else { throw .nonsense }
    }
}

/// What is wrong with a section of a bank, or with its header.
public enum BankError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file ends before the section does: how many bytes it has, and should have.
    case cutOff(count: Int, expected: Int)
    /// The file does not end with its last section.
    case tooLong(count: Int, expected: Int)
    /// The format has another version.
    case version(UInt32)
    /// A part of the section has not the checksum that it should have; `offset` is where it begins in the section.
    case checksum(offset: Int = 0, found: UInt64, expected: UInt64)
    /// The checksums are right, but not what is in the section.
    case nonsense

    /// Without the place: `is damaged at byte 4096: checksum 01f2…; expected 97ab…`.
    public var description: String {
        switch self {
        case .cutOff(let count, let expected): "is cut off: the file has \(count) bytes; expected \(expected)"
        case .tooLong(let count, let expected): "should end the file, which has \(count) bytes; expected \(expected)"
        case .version(let version): "has version \(version) of the format; expected \(BankFormat.version)"
        case .checksum(let offset, let found, let expected):
            "is damaged at byte \(offset): checksum \(found.hexadecimal); expected \(expected.hexadecimal)"
        case .nonsense: "has right checksums, but is not what the format wants"
        }
    }
}

extension DataError {
    /// A stroke bank with a corrupt section: `header`, `categories`, `drawings`, `counts`, `points`, or `checksums`.
    init(_ path: FilePath, section: String, _ error: BankError) {
        self.init(path, "section \"\(section)\" \(error)")
    }
}

extension UInt64 {
    /// 16 hexadecimal digits.
    package var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension [UInt8] {
    /// Adds the bytes of `number`, lowest first.
    package mutating func append(number: some FixedWidthInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
