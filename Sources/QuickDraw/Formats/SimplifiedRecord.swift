import StrokeBank
import JSONText

/// Decodes records of simplified ndjson that simdjson parsed.
enum SimplifiedRecord {
    /// Decodes the parsed `record` into `drawing`, reusing its memory.
    ///
    /// After an error, `drawing` may contain a part of the record.
    /// - Throws: `DrawingRecordError` if the record is invalid.
    /// - Complexity: O(numbers in the record)
    static func decode(_ record: JSONValue, into drawing: inout Drawing) throws(DrawingRecordError) {
        let metadata = try RecordMetadata(record)
        drawing.reset(to: metadata)
        try decode(metadata.strokes, into: &drawing)
    }

    /// Appends parsed strokes to `drawing`.
    static func decode(_ strokes: JSONValue.Elements, into drawing: inout Drawing) throws(DrawingRecordError) {
        for (index, stroke) in strokes.enumerated() { try decodeStroke(stroke, index: index, into: &drawing) }
    }

    private static func decodeStroke(
        _ stroke: JSONValue, index: Int, into drawing: inout Drawing
    ) throws(DrawingRecordError) {
        guard var axes = stroke.elements else { throw .wrongType(member: "drawing", expected: "an array of arrays") }
        guard let x = axes.next(), let y = axes.next(), axes.next() == nil else {
            throw .axisCount(stroke: index, count: stroke.elements.map { Array($0).count } ?? 0)
        }
        guard var xs = x.elements, var ys = y.elements else {
            throw .wrongType(member: "drawing", expected: "an array of strokes of two arrays of numbers")
        }
        var count = 0
        while let x = xs.next() {
            guard let y = ys.next() else { throw unequalAxes(stroke, index: index) }
            drawing.append(
                x: try coordinate(x, axis: "x", stroke: index), y: try coordinate(y, axis: "y", stroke: index))
            count += 1
        }
        guard ys.next() == nil else { throw unequalAxes(stroke, index: index) }
        guard count > 0 else { throw .emptyStroke(stroke: index) }
        drawing.endStroke()
    }

    private static func coordinate(_ value: JSONValue, axis: String, stroke: Int) throws(DrawingRecordError) -> UInt8 {
        guard let number = value.int, let coordinate = UInt8(exactly: number) else {
            let text = value.double.map { DecimalText.string($0, decimals: 9) } ?? "something other than a number"
            throw .coordinate(stroke: stroke, axis: axis, value: text)
        }
        return coordinate
    }

    private static func unequalAxes(_ stroke: JSONValue, index: Int) -> DrawingRecordError {
        let counts = stroke.elements.map { $0.map { $0.elements.map { Array($0).count } ?? 0 } } ?? []
        return .unequalAxes(stroke: index, xCount: counts.first ?? 0, yCount: counts.last ?? 0)
    }
}
