package import JSONText

/// Why a record of a Quick, Draw! file is invalid.
package enum DrawingRecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line is not JSON.
    case notJSON(JSONSyntaxError)
    /// The line is JSON, but not an object.
    case notAnObject
    /// A required member is missing.
    case missing(member: String)
    /// A member has a wrong type.
    case wrongType(member: String, expected: String)
    /// The key, as written, is not a whole number below 2⁶⁴.
    case keyID(String)
    /// A stroke, from 0, does not consist of two arrays, x and y; raw files have three, with times.
    case axisCount(stroke: Int, count: Int)
    /// A stroke, from 0, has different numbers of x and y.
    case unequalAxes(stroke: Int, xCount: Int, yCount: Int)
    /// A stroke, from 0, has no points.
    case emptyStroke(stroke: Int)
    /// A coordinate of a stroke, from 0, is not a whole number from 0 to 255.
    case coordinate(stroke: Int, axis: String, value: String)
    /// A stroke of a raw drawing, from 0, does not consist of three arrays: x, y, and times.
    case rawAxisCount(stroke: Int, count: Int)
    /// A stroke of a raw drawing, from 0, has different numbers of points and times.
    case unequalTimes(stroke: Int, xCount: Int, timeCount: Int)
    /// A coordinate of a raw drawing's stroke, from 0, is not a number or far outside any screen.
    case rawCoordinate(stroke: Int, axis: String, value: String)
    /// A stroke of a raw drawing, from 0, is too long to be simplified.
    case overlongStroke(stroke: Int)
    /// The last line is not JSON and has no line end; it begins at `offset` in the (uncompressed) file.
    case cutOffLine(offset: Int, JSONSyntaxError)
    /// The file ends within a binary record.
    case cutOff(count: Int, atLeast: Int)
    /// A binary record is longer than the limit, in bytes.
    case recordLength(atLeast: Int, limit: Int)
    /// A binary record's byte of recognition is neither 0 nor 1.
    case recognition(UInt8)
    /// A drawing of sketch-rnn is not an array of Δx, Δy, and pen; `found` describes it.
    case array(_ found: String)
    /// The pen of a point, from 0, of sketch-rnn is neither 0 nor 1.
    case pen(point: Int, value: String)
    /// A row of CSV, as it is quoted, is not one.
    case csv(String)
    /// A stroke, from 0, of any numbers does not consist of two arrays, x and y, or three, with times.
    case strokeAxes(stroke: Int, count: Int)
    /// A record of any strokes has no word, and neither has the file's name.
    case noWord
    /// A record of any strokes has no word, but a member of this name, which means one.
    case misnamedWord(String)
    /// A record among such with strokes has none.
    case noStrokes
    /// The first stroke of a record among others with drawings is not two arrays of numbers.
    case noArrays
    /// A coordinate or a time of a stroke, from 0, is not a number.
    case notANumber(stroke: Int, axis: String, value: String)
    /// A binary record has no strokes, and all its bytes are zero.
    case zeros

    /// One line, without the location: `stroke 3 has 41 x values but 40 y values`.
    package var description: String {
        switch self {
        case .notJSON(let error):
            "\(Self.clause(error)); expected a drawing in each line"
        case .notAnObject: "not a JSON object; expected a drawing in each line"
        case .missing(let member): "no \"\(member)\"; expected word, key_id, and drawing"
        case .wrongType(let member, let expected): "\"\(member)\" is not \(expected)"
        case .keyID(let text): "key_id is \"\(text)\"; expected a whole number below 2^64"
        case .axisCount(let stroke, let count):
            "stroke \(stroke) has \(count) axes; expected 2, x and y"
                + (count == 3 ? " (a raw drawing in a file of simplified ones?)" : "")
        case .unequalAxes(let stroke, let xCount, let yCount):
            "stroke \(stroke) has \(xCount) x values but \(yCount) y values"
        case .emptyStroke(let stroke): "stroke \(stroke) has no points; expected at least 1"
        case .coordinate(let stroke, let axis, let value):
            "stroke \(stroke) has \(axis) = \(value); expected a whole number from 0 to 255"
        case .rawAxisCount(let stroke, let count):
            "stroke \(stroke) has \(count) axes; expected 3, x, y, and times"
                + (count == 2 ? " (a simplified drawing in a file of raw ones?)" : "")
        case .unequalTimes(let stroke, let xCount, let timeCount):
            "stroke \(stroke) has \(xCount) x values but \(timeCount) times"
        case .rawCoordinate(let stroke, let axis, let value):
            "stroke \(stroke) has \(axis) = \(value); expected a number from -1000000000 to 1000000000"
        case .cutOffLine(let offset, let error):
            "\(error) (the file ends within this line, which begins at byte \(offset))"
        case .cutOff(let count, let atLeast): "cut off after \(count) bytes; expected at least \(atLeast)"
        case .recordLength(let atLeast, let limit): "at least \(atLeast) bytes long; expected at most \(limit)"
        case .recognition(let byte): "recognized is \(byte); expected 0 or 1"
        case .array(let found): "\(found); expected numbers of shape (points, 3): Δx, Δy, and pen"
        case .pen(let point, let value): "point \(point) has a pen of \(value); expected 0 or 1"
        case .csv(let problem): problem
        case .strokeAxes(let stroke, let count):
            "stroke \(stroke) has \(count) arrays; expected 2, x and y, or 3, with times (not an array per point)"
        case .noWord: "no \"word\"; expected one, or a category in the file's name"
        case .misnamedWord(let name): "no \"word\" but \(name.debugDescription); expected the word as \"word\""
        case .noArrays: "\"strokes\" does not begin with two arrays of numbers; expected [[[x, …], [y, …]], …]"
        case .noStrokes: "no \"strokes\"; expected an array of them"
        case .notANumber(let stroke, let axis, let value):
            "stroke \(stroke) has \(axis) = \(value); expected a finite number"
        case .zeros: "nothing but zeros; expected a drawing"
        case .overlongStroke(let stroke):
            "stroke \(stroke) is too long to be simplified; expected one drawn by hand"
        }
    }

    /// simdjson's words without the period of a sentence.
    private static func clause(_ error: JSONSyntaxError) -> Substring {
        let text = error.description
        return text.hasSuffix(".") && !text.hasSuffix("etc.") ? text.dropLast() : text[...]
    }
}
