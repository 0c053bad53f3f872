import FileAccess
public import StrokeBank

/// A record of Quick, Draw!'s binary form: a drawing but for its word, packed, little-endian.
///
/// 8 bytes of key, 2 of country, 1 of recognition (0 or 1), 4 of seconds since 1970, 2 of how many strokes; of each
/// stroke 2 bytes of how many points, all x, all y.
public enum BinaryRecord {
    /// What bytes are: a record, perhaps with more behind it, or the beginning of one.
    public enum Outcome: Hashable, Sendable {
        /// A record of so many bytes.
        case whole(length: Int)
        /// Not all of a record; it has `atLeast` bytes, as far as can be told.
        case cutOff(atLeast: Int)
    }

    /// How many bytes a record without strokes has.
    static let headerLength = 17
    static let countryOffset = 8
    static let recognitionOffset = 10
    static let timestampOffset = 11
    /// Where a record says how many strokes it has, which follow.
    public static let strokeCountOffset = 15

    /// Makes `drawing` what the record says that begins at `offset`; its word stays, and its memory is used again.
    ///
    /// If the bytes end before the record does, or after an error, `drawing` is as it was.
    /// - Throws: `DrawingRecordError` if a stroke has no points, or recognition is neither 0 nor 1.
    /// - Complexity: O(points)
    public static func decode(
        _ bytes: RawSpan, at offset: Int = 0, into drawing: inout Drawing
    ) throws(DrawingRecordError) -> Outcome {
        let record = bytes.extracting(droppingFirst: offset)
        let outcome = try measure(record)
        guard case .whole = outcome else { return outcome }
        drawing.removeStrokes()
        drawing.keyID = record.number(at: 0)
        drawing.country = CountryCode(bytes: SIMD2(record.byte(at: countryOffset), record.byte(at: countryOffset + 1)))
        drawing.isRecognized = record.byte(at: recognitionOffset) == 1
        drawing.timestamp = record.number(at: timestampOffset)
        var place = headerLength
        for _ in 0..<record.number(at: strokeCountOffset, as: UInt16.self) {
            let count = Int(record.number(at: place, as: UInt16.self))
            place += 2
            for point in place..<place + count {
                drawing.append(x: record.byte(at: point), y: record.byte(at: point + count))
            }
            drawing.endStroke()
            place += 2 * count
        }
        return outcome
    }

    /// What the bytes are, from what they say of counts.
    static func measure(_ record: RawSpan) throws(DrawingRecordError) -> Outcome {
        let available = record.byteCount
        if available > recognitionOffset, record.byte(at: recognitionOffset) > 1 {
            throw .recognition(record.byte(at: recognitionOffset))
        }
        guard available >= headerLength else { return .cutOff(atLeast: headerLength) }
        let strokeCount = Int(record.number(at: strokeCountOffset, as: UInt16.self))
        // Of strokes that are not there yet, each has at least one point.
        let least = 4
        var end = headerLength
        for stroke in 0..<strokeCount {
            guard available >= end + 2 else { return .cutOff(atLeast: end + least * (strokeCount - stroke)) }
            let count = Int(record.number(at: end, as: UInt16.self))
            guard count > 0 else { throw .emptyStroke(stroke: stroke) }
            end += 2 + 2 * count
            guard available >= end else { return .cutOff(atLeast: end + least * (strokeCount - stroke - 1)) }
        }
        return .whole(length: end)
    }
}

extension Drawing {
    /// Appends the drawing's record of the binary form to `bytes`; the word has no place in it.
    ///
    /// - Returns: false, and nothing appended, if the form cannot hold the drawing: it has 65,536 strokes or more, or a
    ///   stroke has that many points, or none.
    public func appendBinary(to bytes: inout [UInt8]) -> Bool {
        guard let strokes = UInt16(exactly: strokeCount) else { return false }
        let start = bytes.count
        bytes.append(number: keyID)
        bytes.append(country.bytes.x)
        bytes.append(country.bytes.y)
        bytes.append(isRecognized ? 1 : 0)
        bytes.append(number: timestamp)
        bytes.append(number: strokes)
        for stroke in 0..<strokeCount {
            let coordinates = strokeCoordinates(stroke)
            guard !coordinates.isEmpty, let count = UInt16(exactly: coordinates.count / 2) else {
                bytes.removeSubrange(start...)
                return false
            }
            bytes.append(number: count)
            for x in stride(from: coordinates.startIndex, to: coordinates.endIndex, by: 2) {
                bytes.append(coordinates[x])
            }
            for y in stride(from: coordinates.startIndex + 1, to: coordinates.endIndex, by: 2) {
                bytes.append(coordinates[y])
            }
        }
        return true
    }
}
