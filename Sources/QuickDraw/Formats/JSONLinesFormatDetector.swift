/// Searches JSON Lines for the first stroke, byte by byte; lines may be corrupt or cut off.
struct JSONLinesFormatDetector {
    private var position = Position.byteOrderMark(matched: 0)
    /// Whether any line contained the start of a record.
    private var hasRecords = false
    /// The number of open braces and brackets of the record.
    private var depth = 0
    /// The number of bytes of a name that the last string at the top level of the record matches; nil if it differs.
    private var matchedNameLength: Int?
    /// The name that the string matches: `drawing`, or `strokes`.
    private var name = Self.drawing
    /// Whether the open brackets belong to the member `drawing` or `strokes`.
    private var isInDrawing = false
    private var axisCount = 0

    private enum Position {
        case byteOrderMark(matched: Int), betweenRecords, corruptLine, record, string, escape
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let drawing = Array("drawing".utf8)
    private static let strokes = Array("strokes".utf8)
    // The depths of these elements.
    private static let record = 1
    private static let stroke = 3
    private static let axis = 4

    /// Scans the next byte; returns the format if this byte decides it.
    mutating func scan(_ byte: UInt8) -> DrawingFormat.Detection? {
        if byte == 0x0A {
            // An open record is corrupt.
            position = .betweenRecords
            return nil
        }
        switch position {
        case .byteOrderMark(let matched):
            if matched < 3, byte == Self.byteOrderMark[matched] {
                position = .byteOrderMark(matched: matched + 1)
                return nil
            }
            position = .betweenRecords
            return matched == 1 || matched == 2 ? DrawingFormat.Detection.none : scan(byte)
        case .betweenRecords: return begin(byte)
        case .corruptLine: return nil
        case .record: return scanRecord(byte)
        case .string: scanString(byte)
        case .escape: position = .string
        }
        return nil
    }

    private mutating func begin(_ byte: UInt8) -> DrawingFormat.Detection? {
        if byte == UInt8(ascii: "{") {
            position = .record
            hasRecords = true
            depth = Self.record
            matchedNameLength = nil
            isInDrawing = false
        } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t"), byte != 0x0D {
            guard hasRecords else { return DrawingFormat.Detection.none }
            position = .corruptLine
        }
        return nil
    }

    private mutating func scanRecord(_ byte: UInt8) -> DrawingFormat.Detection? {
        switch byte {
        case UInt8(ascii: "\""):
            position = .string
            if depth == Self.record { matchedNameLength = 0 }
        case UInt8(ascii: ","):
            if depth == Self.record { matchedNameLength = nil }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if depth == Self.record {
                isInDrawing = matchedNameLength == name.count && byte == UInt8(ascii: "[")
                axisCount = 0
            }
            depth += 1
            // The strokes of a mask are objects.
            if name == Self.strokes, byte == UInt8(ascii: "{") { isInDrawing = false }
            if isInDrawing, depth == Self.axis {
                if name == Self.strokes { return .format(.strokes) }
                axisCount += 1
                if axisCount == 3 { return .format(.raw) }
            }
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if isInDrawing, depth == Self.stroke { return .format(name == Self.strokes ? .strokes : .simplified) }
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
            guard depth == Self.record, let count = matchedNameLength else { return }
            if count == 0 { name = byte == Self.strokes[0] ? Self.strokes : Self.drawing }
            matchedNameLength = count < name.count && byte == name[count] ? count + 1 : nil
        }
    }
}
