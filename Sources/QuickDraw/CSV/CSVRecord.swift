import FileAccess

/// Divides CSV into records and fields, as RFC 4180 and Python's `csv` write it: fields with commas, quotes, or line
/// ends are quoted, and a quote in them is doubled.
enum CSVRecord {
    /// The length of the first record of `bytes` with its line end; nil if it does not end there.
    ///
    /// - Parameters:
    ///   - bytes: Text.
    ///   - state: Where a previous search in the same bytes stopped; updated.
    static func length(in bytes: RawSpan, from state: inout SearchState) -> Int? {
        while state.place < bytes.byteCount {
            let byte = bytes.byte(at: state.place)
            state.place += 1
            if byte == UInt8(ascii: "\"") {
                state.isQuoted.toggle()
            } else if byte == 0x0A {
                state.lineCount += 1
                if !state.isQuoted { return state.place }
            }
        }
        return nil
    }

    /// The progress of a search for the end of a record.
    struct SearchState {
        /// The number of bytes that were searched.
        fileprivate(set) var place = 0
        /// Whether these bytes end within a quoted field.
        fileprivate(set) var isQuoted = false
        /// The number of lines in these bytes.
        fileprivate(set) var lineCount = 0
    }

    /// A field of a record: the range of its text without the quotes around it.
    struct Field {
        /// The bytes in the record.
        let range: Range<Int>
        /// Whether a doubled quote stands for a quote in them.
        let hasQuotes: Bool
    }

    /// The fields of a record without its line end.
    ///
    /// - Throws: `DrawingRecordError.csv` if a quote is not closed, or is within or after a field.
    static func fields(of record: RawSpan, into fields: inout [Field]) throws(DrawingRecordError) {
        fields.removeAll(keepingCapacity: true)
        let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
        var place = 0
        while true {
            var hasQuotes = false
            let start: Int
            let end: Int
            if place < record.byteCount, record.byte(at: place) == quote {
                start = place + 1
                place = start
                while true {
                    guard place < record.byteCount else { throw .csv("a quote is not closed; expected a second one") }
                    if record.byte(at: place) == quote {
                        guard place + 1 < record.byteCount, record.byte(at: place + 1) == quote else { break }
                        hasQuotes = true
                        place += 1
                    }
                    place += 1
                }
                end = place
                place += 1
                guard place == record.byteCount || record.byte(at: place) == comma else {
                    throw .csv("text after a closing quote; expected a comma")
                }
            } else {
                start = place
                while place < record.byteCount, record.byte(at: place) != comma {
                    guard record.byte(at: place) != quote else {
                        throw .csv("a quote within a field; expected quotes around the whole field")
                    }
                    place += 1
                }
                end = place
            }
            fields.append(Field(range: start..<end, hasQuotes: hasQuotes))
            guard place < record.byteCount else { return }
            place += 1
        }
    }

    /// The text of a field.
    static func text(of field: Field, in record: RawSpan) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(field.range.count)
        var place = field.range.lowerBound
        while place < field.range.upperBound {
            text.append(record.byte(at: place))
            place += field.hasQuotes && record.byte(at: place) == UInt8(ascii: "\"") ? 2 : 1
        }
        return text
    }

    /// Whether a file begins with names of columns, one of which is `drawing`.
    static func isHeader(_ beginning: RawSpan) -> Bool {
        var state = SearchState()
        let mark = beginning.startsWithByteOrderMark ? 3 : 0
        let text = beginning.extracting(droppingFirst: mark)
        let length = length(in: text, from: &state) ?? text.byteCount
        do throws(DrawingRecordError) {
            return try columns(of: text.extracting(first: text.lengthWithoutLineEnd(length))).contains("drawing")
        } catch {
            return false
        }
    }

    /// The names of the columns in the first record.
    static func columns(of record: RawSpan) throws(DrawingRecordError) -> [String] {
        var found: [Field] = []
        try fields(of: record, into: &found)
        return found.map { String(decoding: text(of: $0, in: record), as: UTF8.self) }
    }
}

extension RawSpan {
    /// Whether the text begins with the byte order mark that some programs write.
    var startsWithByteOrderMark: Bool {
        byteCount >= 3 && byte(at: 0) == 0xEF && byte(at: 1) == 0xBB && byte(at: 2) == 0xBF
    }

    /// The length of the first `count` bytes without a line end (LF or CRLF).
    func lengthWithoutLineEnd(_ count: Int) -> Int {
        var count = count
        if count > 0, byte(at: count - 1) == 0x0A { count -= 1 }
        if count > 0, byte(at: count - 1) == 0x0D { count -= 1 }
        return count
    }
}
