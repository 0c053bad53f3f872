public import FileAccess
public import JSONText
public import SystemPackage

/// What is wrong with one record of a Quick, Draw! file.
public enum DrawingFault: Error, Hashable, Sendable, CustomStringConvertible {
    case notJSON(JSONSyntaxError)
    case notAnObject
    case missing(member: String)
    case wrongType(member: String, wanted: String)
    case keyID(String)
    case axisCount(stroke: Int, count: Int)
    case unequalAxes(stroke: Int, xCount: Int, yCount: Int)
    case emptyStroke(stroke: Int)
    case coordinate(stroke: Int, axis: String, value: String)

    public var description: String {
        switch self {
        case .notJSON(let error): "\(error)"
        case .notAnObject: "not a JSON object; wanted a drawing"
        case .missing(let member): "no \"\(member)\"; wanted word, key_id and drawing"
        case .wrongType(let member, let wanted): "\"\(member)\" is not \(wanted)"
        case .keyID(let text): "key_id is \"\(text)\"; wanted a whole number below 2^64"
        case .axisCount(let stroke, let count):
            "stroke \(stroke) has \(count) axes; wanted 2, x and y"
                + (count == 3 ? " (3 axes: a raw file? wanted a simplified one)" : "")
        case .unequalAxes(let stroke, let xCount, let yCount):
            "stroke \(stroke) has \(xCount) x values but \(yCount) y values"
        case .emptyStroke(let stroke): "stroke \(stroke) has no points; wanted at least 1"
        case .coordinate(let stroke, let axis, let value):
            "stroke \(stroke) has \(axis) = \(value); wanted a whole number from 0 to 255"
        }
    }
}

/// A fault of a Quick, Draw! source, and where it is.
public enum QuickDrawError: Error, Hashable, Sendable, CustomStringConvertible {
    case file(FileError)
    case record(path: FilePath, line: Int, fault: DrawingFault)
    case noDrawings(path: FilePath, wanted: String)

    /// One line: `cat.ndjson:812: stroke 3 has 41 x values but 40 y values`.
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .record(let path, let line, let fault): "\(path):\(line): \(fault)"
        case .noDrawings(let path, let wanted): "\(path): no drawings; wanted \(wanted)"
        }
    }
}
