import JSONText
import StrokeBank

/// Decodes records of strokes of any origin: `{"word": "…", "strokes": [[[x…], [y…]], …]}`, y pointing down.
///
/// A stroke may have a third array, of times, which is ignored. The members of Quick, Draw!'s records may be added;
/// without a word, the file's name has to contain it, and without a key, a hash of the strokes is the key. A word under
/// another name, such as `label`, is an error.
enum GenericStrokesRecord {
    /// Decodes the parsed `record` into `drawing`, reusing its memory; `hasKey` becomes whether it has a key.
    ///
    /// After an error, `drawing` may contain a part of the record.
    /// - Parameter fallbackWord: The category of a record without one.
    /// - Throws: `DrawingRecordError` if the record is invalid.
    /// - Complexity: O(numbers in the record)
    static func decode(
        _ record: JSONValue, fallbackWord: String?, into drawing: inout RawDrawing, hasKey: inout Bool
    ) throws(DrawingRecordError) {
        guard record.kind == .object else { throw .notAnObject }
        guard let strokes = record["strokes"] else { throw .noStrokes }
        guard let strokes = strokes.elements else {
            throw .wrongType(member: "strokes", expected: "an array of strokes")
        }
        if let word = record["word"] {
            guard let text = word.string?.text, !text.isEmpty else {
                throw .wrongType(member: "word", expected: "a nonempty string")
            }
            drawing.word = text
        } else {
            let labels = record.members.lazy.filter { $0.value.kind == .string || $0.value.kind == .number }
            if let name = CategorySynonyms.first(of: labels.map(\.name.text)) { throw .misnamedWord(name) }
            guard let fallbackWord else { throw .noWord }
            drawing.word = fallbackWord
        }
        hasKey = false
        drawing.keyID = 0
        if let key = record["key_id"] {
            hasKey = true
            drawing.keyID = try RecordMetadata.decodeKeyID(key)
        }
        drawing.country = record["countrycode"]?.string.flatMap { CountryCode($0.text) } ?? .unknown
        drawing.timestamp = record["timestamp"]?.string.flatMap { $0.withBytes(Timestamp.seconds) } ?? 0
        drawing.isRecognized = record["recognized"]?.boolean ?? false
        let scale = try scale(of: strokes)
        drawing.removeStrokes()
        for (index, stroke) in strokes.enumerated() {
            var axes = stroke.elements
            guard var xs = axes?.next()?.elements, var ys = axes?.next()?.elements else { continue }
            while let x = xs.next()?.double, let y = ys.next()?.double { drawing.append(x: x * scale, y: y * scale) }
            guard drawing.xs.count > drawing.strokeEnds.last ?? 0 else { throw .emptyStroke(stroke: index) }
            drawing.endStroke()
        }
    }

    /// Checks all strokes, and returns the power of two by which their numbers are multiplied to be within the limit of
    /// raw drawings: a drawing is scaled to its box in any case.
    private static func scale(of strokes: JSONValue.Elements) throws(DrawingRecordError) -> Double {
        var largest = 0.0
        for (index, stroke) in strokes.enumerated() {
            guard let axes = stroke.elements.map({ Array($0) }) else {
                throw .wrongType(member: "strokes", expected: "an array of strokes of two arrays of numbers")
            }
            guard (2...3).contains(axes.count) else { throw .strokeAxes(stroke: index, count: axes.count) }
            var counts: [Int] = []
            for (axis, numbers) in zip(["x", "y", "time"], axes) {
                guard let numbers = numbers.elements else { throw .strokeAxes(stroke: index, count: axes.count) }
                var count = 0
                for number in numbers {
                    guard let number = number.double, number.isFinite else {
                        throw .notANumber(stroke: index, axis: axis, value: number.compactText)
                    }
                    if axis != "time" { largest = max(largest, number.magnitude) }
                    count += 1
                }
                counts.append(count)
            }
            guard counts[0] == counts[1] else {
                throw .unequalAxes(stroke: index, xCount: counts[0], yCount: counts[1])
            }
            guard counts.count == 2 || counts[2] == counts[0] else {
                throw .unequalTimes(stroke: index, xCount: counts[0], timeCount: counts[2])
            }
        }
        guard largest > RawDrawing.coordinateLimit else { return 1 }
        return Double(sign: .plus, exponent: RawDrawing.coordinateLimit.exponent - largest.exponent - 1, significand: 1)
    }
}
