import FileAccess

/// A form in which Quick, Draw! was published, told by what a file begins with, never by its name.
public enum SourceFormat: String, Hashable, Sendable, CaseIterable {
    /// ndjson, two arrays a stroke: x and y.
    case simplified
    /// ndjson, three arrays a stroke: x, y and times.
    case raw
    /// Packed records.
    case binary

    /// What the beginning of a file tells.
    public enum Finding: Hashable, Sendable {
        /// Its form.
        case form(SourceFormat)
        /// It is in none of the forms.
        case none
        /// It takes more bytes to tell.
        case undecided
    }

    /// Tells the form from the first bytes of a file, uncompressed.
    ///
    /// Binary is what has the marks of a record where they have to be, among them a byte that no text has. Text counts
    /// as ndjson if it begins with `{`, byte order mark and blank lines passed over; its first stroke tells raw from
    /// simplified, on whatever line that is. Text without any stroke counts as simplified, and so does an empty file.
    /// - Parameters:
    ///   - beginning: the first bytes: 17 and more for binary, for ndjson up to where the first stroke has its third
    ///     array or ends, some 20 kB in raw files.
    ///   - isWhole: whether that is all of the file; then it is never `undecided`.
    /// - Complexity: O(bytes up to the end of the first stroke)
    public static func find(in beginning: RawSpan, isWhole: Bool) -> Finding {
        guard beginning.byteCount >= BinaryRecord.headerLength || isWhole else { return .undecided }
        if beginning.byteCount > BinaryRecord.recognitionOffset,
            beginning.byte(at: BinaryRecord.recognitionOffset) <= 1
        {
            return isBinary(beginning) ? .form(.binary) : .none
        }
        var scanner = StrokeScanner()
        for offset in beginning.byteOffsets {
            if let finding = scanner.scan(beginning.byte(at: offset)) { return finding }
        }
        return isWhole ? .form(.simplified) : .undecided
    }

    /// Whether a first record begins so, of which the byte of recognition is right. It may be cut off.
    private static func isBinary(_ beginning: RawSpan) -> Bool {
        let country = SIMD2(
            beginning.byte(at: BinaryRecord.countryOffset), beginning.byte(at: BinaryRecord.countryOffset + 1))
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard country == SIMD2(0, 0) || letters.contains(country.x) && letters.contains(country.y) else { return false }
        do {
            _ = try BinaryRecord.measure(beginning)
            return true
        } catch {
            return false
        }
    }
}

/// Looks for the first stroke in ndjson, byte by byte: lines may be damaged, or cut off.
private struct StrokeScanner {
    private var position = Position.byteOrderMark(passed: 0)
    /// Whether a record has begun on any line.
    private var hasRecords = false
    /// How many braces and brackets of the record are open.
    private var depth = 0
    /// How many bytes of `"drawing"` the string of the record's own that was last met begins with; nil if it is another.
    private var matched: Int?
    /// Whether the brackets that are open belong to the member `drawing`.
    private var isInDrawing = false
    private var axisCount = 0

    private enum Position {
        case byteOrderMark(passed: Int), betweenRecords, damagedLine, record, string, escape
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let name = Array("drawing".utf8)
    // The depths at which these are open.
    private static let record = 1
    private static let stroke = 3
    private static let axis = 4

    /// Takes one more byte; gives what it decides.
    mutating func scan(_ byte: UInt8) -> SourceFormat.Finding? {
        if byte == 0x0A {
            // Whatever was open is damaged.
            position = .betweenRecords
            return nil
        }
        switch position {
        case .byteOrderMark(let passed):
            if passed < 3, byte == Self.byteOrderMark[passed] {
                position = .byteOrderMark(passed: passed + 1)
                return nil
            }
            position = .betweenRecords
            return passed == 1 || passed == 2 ? SourceFormat.Finding.none : scan(byte)
        case .betweenRecords: return begin(byte)
        case .damagedLine: return nil
        case .record: return scanRecord(byte)
        case .string: scanString(byte)
        case .escape: position = .string
        }
        return nil
    }

    private mutating func begin(_ byte: UInt8) -> SourceFormat.Finding? {
        if byte == UInt8(ascii: "{") {
            position = .record
            hasRecords = true
            depth = Self.record
            matched = nil
            isInDrawing = false
        } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t"), byte != 0x0D {
            guard hasRecords else { return SourceFormat.Finding.none }
            position = .damagedLine
        }
        return nil
    }

    private mutating func scanRecord(_ byte: UInt8) -> SourceFormat.Finding? {
        switch byte {
        case UInt8(ascii: "\""):
            position = .string
            if depth == Self.record { matched = 0 }
        case UInt8(ascii: ","):
            if depth == Self.record { matched = nil }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if depth == Self.record {
                isInDrawing = matched == Self.name.count && byte == UInt8(ascii: "[")
                axisCount = 0
            }
            depth += 1
            if isInDrawing, depth == Self.axis {
                axisCount += 1
                if axisCount == 3 { return .form(.raw) }
            }
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if isInDrawing, depth == Self.stroke { return .form(.simplified) }
            depth -= 1
            if depth == 0 { position = .betweenRecords }
        default: break
        }
        return nil
    }

    private mutating func scanString(_ byte: UInt8) {
        if byte == UInt8(ascii: "\"") {
            position = .record
        } else {
            if byte == UInt8(ascii: "\\") { position = .escape }
            guard depth == Self.record, let count = matched else { return }
            matched = count < Self.name.count && byte == Self.name[count] ? count + 1 : nil
        }
    }
}
