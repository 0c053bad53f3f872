public import JSONText

/// What is wrong with one record of a Quick, Draw! file.
public enum DrawingRecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line is not JSON.
    case notJSON(JSONSyntaxError)
    /// The line is JSON, but no object.
    case notAnObject
    /// A member that every record has is not there.
    case missing(member: String)
    /// A member is something else than what was wanted.
    case wrongType(member: String, expected: String)
    /// The key, as it is written, is no whole number below 2⁶⁴.
    case keyID(String)
    /// A stroke, from 0, has not two arrays, x and y; raw files have three, with times.
    case axisCount(stroke: Int, count: Int)
    /// A stroke, from 0, has not as many x as y.
    case unequalAxes(stroke: Int, xCount: Int, yCount: Int)
    /// A stroke, from 0, has no points.
    case emptyStroke(stroke: Int)
    /// The first coordinate of a stroke, from 0, that is no whole number of 0 to 255.
    case coordinate(stroke: Int, axis: String, value: String)
    /// A stroke of a raw drawing, from 0, has not three arrays: x, y and times.
    case rawAxisCount(stroke: Int, count: Int)
    /// A stroke of a raw drawing, from 0, has not as many times as points.
    case unequalTimes(stroke: Int, xCount: Int, timeCount: Int)
    /// The first coordinate of a raw drawing's stroke, from 0, that is no number or far beyond any screen.
    case rawCoordinate(stroke: Int, axis: String, value: String)
    /// A stroke of a raw drawing, from 0, that goes to and fro too much to be simplified.
    case endlessStroke(stroke: Int)
    /// The last line is not JSON, and has no line end; it begins at a byte of the (uncompressed) file.
    case cutOffLine(offset: Int, JSONSyntaxError)
    /// A binary record ends with the file, before it is whole.
    case cutOff(count: Int, atLeast: Int)
    /// A binary record says that it is longer than what is accepted, in bytes.
    case recordLength(atLeast: Int, limit: Int)
    /// A binary record's byte of recognition is neither 0 nor 1.
    case recognition(UInt8)

    /// One line, without the place: `stroke 3 has 41 x values but 40 y values`.
    public var description: String {
        switch self {
        case .notJSON(let error): "\(error)"
        case .notAnObject: "not a JSON object; expected a drawing"
        case .missing(let member): "no \"\(member)\"; expected word, key_id and drawing"
        case .wrongType(let member, let expected): "\"\(member)\" is not \(expected)"
        case .keyID(let text): "key_id is \"\(text)\"; expected a whole number below 2^64"
        case .axisCount(let stroke, let count):
            "stroke \(stroke) has \(count) axes; expected 2, x and y"
                + (count == 3 ? " (3 axes: a raw drawing? the file began with simplified ones)" : "")
        case .unequalAxes(let stroke, let xCount, let yCount):
            "stroke \(stroke) has \(xCount) x values but \(yCount) y values"
        case .emptyStroke(let stroke): "stroke \(stroke) has no points; expected at least 1"
        case .coordinate(let stroke, let axis, let value):
            "stroke \(stroke) has \(axis) = \(value); expected a whole number from 0 to 255"
        case .rawAxisCount(let stroke, let count):
            "stroke \(stroke) has \(count) axes; expected 3, x, y and times"
                + (count == 2 ? " (2 axes: a simplified drawing? the file began with raw ones)" : "")
        case .unequalTimes(let stroke, let xCount, let timeCount):
            "stroke \(stroke) has \(xCount) x values but \(timeCount) times"
        case .rawCoordinate(let stroke, let axis, let value):
            "stroke \(stroke) has \(axis) = \(value); expected a number from -1000000000 to 1000000000"
        case .cutOffLine(let offset, let error):
            "\(error) (the file ends in this line, which begins at byte \(offset))"
        case .cutOff(let count, let atLeast): "cut off after \(count) bytes; expected \(atLeast) or more"
        case .recordLength(let atLeast, let limit): "takes \(atLeast) bytes or more; expected at most \(limit)"
        case .recognition(let byte): "recognized is \(byte); expected 0 or 1"
        case .endlessStroke(let stroke):
            "stroke \(stroke) goes to and fro too much to be simplified; expected one drawn by hand"
        }
    }
}
