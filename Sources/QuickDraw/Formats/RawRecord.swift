package import JSONText

/// Decodes records of raw ndjson, in which a stroke consists of x, y, and times, all of them any numbers.
package enum RawRecord {
    /// Decodes the parsed `record` into `drawing`, reusing its memory; see `RecordMetadata` for the members.
    ///
    /// After an error, `drawing` may contain a part of the record.
    /// - Throws: `DrawingRecordError` if the record is invalid.
    /// - Complexity: O(numbers in the record)
    package static func decode(_ record: JSONValue, into drawing: inout RawDrawing) throws(DrawingRecordError) {
        let metadata = try RecordMetadata(record)
        drawing.reset(to: metadata)
        try decode(metadata.strokes, into: &drawing)
    }

    /// Appends parsed strokes to `drawing`.
    static func decode(_ strokes: JSONValue.Elements, into drawing: inout RawDrawing) throws(DrawingRecordError) {
        for (index, stroke) in strokes.enumerated() { try decodeStroke(stroke, index: index, into: &drawing) }
    }

    private static func decodeStroke(
        _ stroke: JSONValue, index: Int, into drawing: inout RawDrawing
    ) throws(DrawingRecordError) {
        guard var axes = stroke.elements else { throw .wrongType(member: "drawing", expected: "an array of arrays") }
        guard let x = axes.next(), let y = axes.next(), let t = axes.next(), axes.next() == nil else {
            throw .rawAxisCount(stroke: index, count: stroke.elements.map { Array($0).count } ?? 0)
        }
        guard var xs = x.elements, var ys = y.elements, let times = t.elements else {
            throw .wrongType(member: "drawing", expected: "an array of strokes of three arrays of numbers")
        }
        var count = 0
        while let x = xs.next() {
            guard let y = ys.next() else {
                throw .unequalAxes(stroke: index, xCount: count + 1 + Array(xs).count, yCount: count)
            }
            drawing.append(
                x: try coordinate(x, axis: "x", stroke: index), y: try coordinate(y, axis: "y", stroke: index))
            count += 1
        }
        if ys.next() != nil {
            throw .unequalAxes(stroke: index, xCount: count, yCount: count + 1 + Array(ys).count)
        }
        let timeCount = times.reduce(0) { count, _ in count + 1 }
        guard timeCount == count else { throw .unequalTimes(stroke: index, xCount: count, timeCount: timeCount) }
        guard count > 0 else { throw .emptyStroke(stroke: index) }
        drawing.endStroke()
    }

    private static func coordinate(_ value: JSONValue, axis: String, stroke: Int) throws(DrawingRecordError) -> Double {
        guard let number = value.double, number.magnitude <= RawDrawing.coordinateLimit else {
            let text = value.double.map { "\($0)" } ?? "something other than a number"
            throw .rawCoordinate(stroke: stroke, axis: axis, value: text)
        }
        return number
    }
}
