import FileAccess

/// The header of a bank; see `BankFormat`.
struct BankHeader: Hashable, Sendable {
    var categoryCount = 0
    var drawingCount = 0
    var strokeCount = 0
    var pointCount = 0
    var fingerprint: UInt64 = 0
    var license = SourceLicense.unknown
    /// The bytes of each section in the file, in order, without padding.
    private(set) var sections: [Range<Int>] = []

    /// A header for sections of these lengths, which determine that of `checksums`.
    init(categories: Int, drawings: Int, counts: Int, points: Int) {
        var offset = BankFormat.headerLength
        for length in [categories, drawings, counts, points] {
            sections.append(offset..<offset + length)
            offset += BankFormat.padded(length)
        }
        let blockCount = (offset - BankFormat.headerLength) / BankFormat.blockLength
        sections.append(offset..<offset + 8 * blockCount)
    }

    subscript(section: BankFormat.Section) -> Range<Int> { sections[section.rawValue] }

    var fileLength: Int { self[.checksums].upperBound }
    var blockCount: Int { self[.checksums].count / 8 }

    /// The section that contains a byte of the file, or whose padding does; nil for the header.
    func section(at offset: Int) -> BankFormat.Section? {
        BankFormat.Section.allCases.last { self[$0].lowerBound <= offset }
    }

    /// The header as written to a file.
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
        let texts = [license.identifier, license.attribution].map { Array(($0 ?? "").utf8) }
        for text in texts { bytes.append(number: UInt16(text.count)) }
        for text in texts { bytes += text }
        bytes += [UInt8](repeating: 0, count: BankFormat.headerLength - 8 - bytes.count)
        bytes.append(number: unsafe XXHash64.checksum(of: bytes.span.bytes))
        return bytes
    }

    /// Reads the header of a file that begins with the signature of a bank.
    ///
    /// - Throws: `BankError` if the header is cut off, corrupt, or of another version.
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
        guard file.number(at: 12, as: UInt32.self) == UInt32(BankFormat.blockLength) else { throw .inconsistent }
        // Sums of numbers below this limit cannot overflow.
        func number(at offset: Int) throws(BankError) -> Int {
            let number = file.number(at: offset, as: UInt64.self)
            guard number < 1 << 48 else { throw .inconsistent }
            return Int(number)
        }
        let lengths = try (0..<4).map { (index) throws(BankError) in try number(at: 72 + 16 * index) }
        self.init(categories: lengths[0], drawings: lengths[1], counts: lengths[2], points: lengths[3])
        categoryCount = try number(at: 24)
        drawingCount = try number(at: 32)
        strokeCount = try number(at: 40)
        pointCount = try number(at: 48)
        fingerprint = file.number(at: 56)
        guard let license = Self.license(file) else { throw .inconsistent }
        self.license = license
        for (index, section) in sections.enumerated() {
            guard try number(at: 64 + 16 * index) == section.lowerBound,
                try number(at: 72 + 16 * index) == section.count
            else { throw .inconsistent }
        }
        guard try number(at: 16) == fileLength, self[.counts].count == drawingCount,
            self[.drawings].count == BankFormat.recordLength * drawingCount,
            self[.categories].count >= BankFormat.categoryLength * categoryCount
        else { throw .inconsistent }
    }

    /// The license in the header of a file; nil if it contradicts the format.
    private static func license(_ file: RawSpan) -> SourceLicense? {
        var texts: [String?] = []
        var start = BankFormat.licenseOffset + 4
        for index in 0..<2 {
            let length = Int(file.number(at: BankFormat.licenseOffset + 2 * index, as: UInt16.self))
            guard start + length <= BankFormat.headerLength - 8,
                let text = String(validating: (start..<start + length).map { file.byte(at: $0) }, as: UTF8.self)
            else { return nil }
            texts.append(text.isEmpty ? nil : text)
            start += length
        }
        return SourceLicense(identifier: texts[0], attribution: texts[1])
    }
}
