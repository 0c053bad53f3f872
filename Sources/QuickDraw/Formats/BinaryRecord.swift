import FileAccess
package import StrokeBank

/// A record of Quick, Draw!'s binary format: a drawing without its word, packed, little-endian.
///
/// Key (8 bytes), country (2), recognition (1; 0 or 1), seconds since 1970 (4), number of strokes (2); for each stroke
/// the number of points (2), all x, all y.
package enum BinaryRecord {
    /// The result of decoding bytes.
    package enum Outcome: Hashable, Sendable {
        /// The bytes begin with a record of this length.
        case whole(length: Int)
        /// The bytes are the beginning of a record of at least this length.
        case cutOff(atLeast: Int)
    }

    /// The length of a record without strokes.
    static let headerLength = 17
    static let countryOffset = 8
    static let recognitionOffset = 10
    static let timestampOffset = 11
    /// The offset of the number of strokes, which the strokes follow.
    package static let strokeCountOffset = 15

    /// Decodes the record at `offset` into `drawing`, keeping its word and reusing its memory.
    ///
    /// If the record is cut off, and after an error, `drawing` is unchanged.
    /// - Throws: `DrawingRecordError` if a stroke has no points, recognition is neither 0 nor 1, or all bytes are zero.
    /// - Complexity: O(points)
    package static func decode(
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

    /// Determines the length of a record from its counts.
    static func measure(_ record: RawSpan) throws(DrawingRecordError) -> Outcome {
        let available = record.byteCount
        if available > recognitionOffset, record.byte(at: recognitionOffset) > 1 {
            throw .recognition(record.byte(at: recognitionOffset))
        }
        guard available >= headerLength else { return .cutOff(atLeast: headerLength) }
        let strokeCount = Int(record.number(at: strokeCountOffset, as: UInt16.self))
        // A hole in a file, where a download was interrupted or a disk was full, is no drawing.
        if strokeCount == 0, hasOnlyZeros(record) { throw .zeros }
        // A stroke has at least one point.
        let leastStrokeLength = 4
        var end = headerLength
        for stroke in 0..<strokeCount {
            guard available >= end + 2 else {
                return .cutOff(atLeast: end + leastStrokeLength * (strokeCount - stroke))
            }
            let count = Int(record.number(at: end, as: UInt16.self))
            guard count > 0 else { throw .emptyStroke(stroke: stroke) }
            end += 2 + 2 * count
            guard available >= end else {
                return .cutOff(atLeast: end + leastStrokeLength * (strokeCount - stroke - 1))
            }
        }
        return .whole(length: end)
    }

    /// Whether all bytes of a header are zero.
    static func hasOnlyZeros(_ record: RawSpan) -> Bool {
        guard record.byteCount >= headerLength, record.number(at: 0, as: UInt64.self) == 0 else { return false }
        return (8..<headerLength).allSatisfy { record.byte(at: $0) == 0 }
    }
}

extension Drawing {
    /// Appends the drawing's binary record, which does not contain the word, to `bytes`.
    ///
    /// - Returns: False, with nothing appended, if the format cannot represent the drawing: it has 65,536 or more strokes,
    ///   or a stroke has no points or as many.
    package func appendBinary(to bytes: inout [UInt8]) -> Bool {
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
