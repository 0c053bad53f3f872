public import JSONText

/// A record of Quick, Draw!'s raw ndjson: as a simplified one, but each stroke has x, y and times, and any numbers.
public enum RawRecord {
    /// Makes `drawing` what the parsed `record` says; its memory is used again.
    ///
    /// Members may stand in any order, and unknown ones are passed over. Word, key and drawing must be there; country,
    /// time and recognition are unknown where they are missing or none. After an error, `drawing` may hold half of it.
    /// - Throws: `DrawingFault`, what is wrong with the record.
    /// - Complexity: O(numbers in the record)
    public static func decode(_ record: JSONValue, into drawing: inout RawDrawing) throws(DrawingFault) {
        guard record.kind == .object else { throw .notAnObject }
        var word: JSONValue?
        var keyID: JSONValue?
        var strokes: JSONValue?
        drawing.country = .unknown
        drawing.timestamp = 0
        drawing.isRecognized = false
        for member in record.members {
            if member.name == "drawing" {
                strokes = member.value
            } else if member.name == "key_id" {
                keyID = member.value
            } else if member.name == "word" {
                word = member.value
            } else if member.name == "countrycode" {
                drawing.country = member.value.string.flatMap { CountryCode($0.text) } ?? .unknown
            } else if member.name == "timestamp" {
                drawing.timestamp = member.value.string.flatMap { $0.withBytes(Timestamp.seconds) } ?? 0
            } else if member.name == "recognized" {
                drawing.isRecognized = member.value.boolean ?? false
            }
        }
        guard let word else { throw .missing(member: "word") }
        guard let keyID else { throw .missing(member: "key_id") }
        guard let strokes else { throw .missing(member: "drawing") }
        guard let wordText = word.string else { throw .wrongType(member: "word", wanted: "a string") }
        // Most lines of a file have the word of the line before.
        if !(wordText == drawing.word) { drawing.word = wordText.text }
        if drawing.word.isEmpty { throw .wrongType(member: "word", wanted: "a text") }
        drawing.keyID = try decodeKeyID(keyID)
        guard let strokes = strokes.elements else { throw .wrongType(member: "drawing", wanted: "an array of strokes") }
        drawing.removeStrokes()
        for (index, stroke) in strokes.enumerated() {
            try decodeStroke(stroke, index: index, into: &drawing)
        }
    }

    private static func decodeKeyID(_ value: JSONValue) throws(DrawingFault) -> UInt64 {
        guard let text = value.string?.text else {
            guard let keyID = value.uint64 else { throw .wrongType(member: "key_id", wanted: "a string of digits") }
            return keyID
        }
        // UInt64 takes signs too: "+5" and "-0".
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = text.utf8.first, digits.contains(first), let keyID = UInt64(text) else { throw .keyID(text) }
        return keyID
    }

    private static func decodeStroke(
        _ stroke: JSONValue, index: Int, into drawing: inout RawDrawing
    ) throws(DrawingFault) {
        guard var axes = stroke.elements else { throw .wrongType(member: "drawing", wanted: "an array of arrays") }
        guard let x = axes.next(), let y = axes.next(), let t = axes.next(), axes.next() == nil else {
            throw .rawAxisCount(stroke: index, count: stroke.elements.map { Array($0).count } ?? 0)
        }
        guard var xs = x.elements, var ys = y.elements, let times = t.elements else {
            throw .wrongType(member: "drawing", wanted: "an array of strokes of three arrays of numbers")
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

    private static func coordinate(_ value: JSONValue, axis: String, stroke: Int) throws(DrawingFault) -> Double {
        guard let number = value.double, number.magnitude <= RawDrawing.coordinateLimit else {
            let text = value.double.map { "\($0)" } ?? "something else than a number"
            throw .rawCoordinate(stroke: stroke, axis: axis, value: text)
        }
        return number
    }
}
