public import JSONText

/// A record of Quick, Draw!'s raw ndjson: as a simplified one, but each stroke has x, y and times, and any numbers.
public enum RawRecord {
    /// Makes `drawing` what the parsed `record` says; its memory is used again.
    ///
    /// Members may stand in any order, and unknown ones are passed over. Word, key and drawing must be there; country,
    /// time and recognition are unknown where they are missing or none. After an error, `drawing` may hold half of it.
    /// - Throws: `DrawingRecordError`, what is wrong with the record.
    /// - Complexity: O(numbers in the record)
    public static func decode(_ record: JSONValue, into drawing: inout RawDrawing) throws(DrawingRecordError) {
        let head = try RecordMetadata(record)
        drawing.begin(head)
        for (index, stroke) in head.strokes.enumerated() {
            try decodeStroke(stroke, index: index, into: &drawing)
        }
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
            let text = value.double.map { "\($0)" } ?? "something else than a number"
            throw .rawCoordinate(stroke: stroke, axis: axis, value: text)
        }
        return number
    }
}
