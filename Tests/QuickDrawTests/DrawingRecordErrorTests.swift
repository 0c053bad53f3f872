import FileAccess
import StrokeBank
import QuickDraw
import SystemPackage
import TemporaryFiles
import Testing

/// Every error of a record, as reported by the reader.
struct DrawingRecordErrorTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The error of `record`, the second line of a file, without the location.
    private func fault(of record: String) throws -> String {
        let file = try folder.file("cat.ndjson", #"{"word":"cat","key_id":"1","drawing":[]}"# + "\n\(record)\n")
        var reader = try DrawingReader(file)
        var drawing = Drawing()
        _ = try reader.read(into: &drawing)
        let error = #expect(throws: DataError.self) { () throws in _ = try reader.read(into: &drawing) }
        let message = error.map { "\($0)" } ?? ""
        let place = "\(file):2: "
        #expect(message.hasPrefix(place))
        return String(message.dropFirst(place.count))
    }

    private func fault(ofDrawing drawing: String) throws -> String {
        try fault(of: #"{"word":"cat","key_id":"1","drawing":\#(drawing)}"#)
    }

    private func fault(ofKeyID keyID: String) throws -> String {
        try fault(of: #"{"word":"cat","key_id":\#(keyID),"drawing":[]}"#)
    }

    @Test(arguments: [#"{"word":"cat","key_id":"1","drawing":[[[1,2"#, "cat", "{}{}", "# a comment"])
    func `a line that is not JSON`(record: String) throws {
        let fault = try fault(of: record)
        #expect(fault.hasPrefix("not JSON: "))
    }

    @Test(arguments: ["[]", "5", "null", "\"cat\"", "[{\"word\":\"cat\"}]"])
    func `a line that is not an object`(record: String) throws {
        let fault = try fault(of: record)
        #expect(fault == "not a JSON object; expected a drawing in each line")
    }

    @Test(arguments: [
        ("word", #"{"key_id":"1","drawing":[]}"#), ("key_id", #"{"word":"cat","drawing":[]}"#),
        ("drawing", #"{"word":"cat","key_id":"1"}"#), ("word", "{}"),
    ])
    func `a record without a member that it needs`(member: String, record: String) throws {
        let fault = try fault(of: record)
        #expect(fault == "no \"\(member)\"; expected word, key_id, and drawing")
    }

    @Test func `a word that is not a string`() throws {
        let fault = try fault(of: #"{"word":5,"key_id":"1","drawing":[]}"#)
        #expect(fault == "\"word\" is not a string")
    }

    @Test func `a word without a letter`() throws {
        let fault = try fault(of: #"{"word":"","key_id":"1","drawing":[]}"#)
        #expect(fault == "\"word\" is not a nonempty string")
    }

    @Test(arguments: ["true", "null", "[\"1\"]", "-5", "1.5"])
    func `a key that is neither a string nor a whole number`(keyID: String) throws {
        let fault = try fault(ofKeyID: keyID)
        #expect(fault == "\"key_id\" is not a string of digits")
    }

    @Test(arguments: ["", "12a", " 1", "1.0", "-5", "+5", "-0", "1e5", "18446744073709551616", "0x10"])
    func `a key that is a string of something else than digits, or too large`(keyID: String) throws {
        let fault = try fault(ofKeyID: "\"\(keyID)\"")
        #expect(fault == "key_id is \"\(keyID)\"; expected a whole number below 2^64")
    }

    @Test(arguments: ["5", "\"[]\"", "null", "{}"])
    func `a drawing that is not an array`(drawing: String) throws {
        let fault = try fault(ofDrawing: drawing)
        #expect(fault == "\"drawing\" is not an array of strokes")
    }

    @Test(arguments: ["[5]", "[[[1],[2]],null]", "[{}]"])
    func `a stroke that is not an array`(drawing: String) throws {
        let fault = try fault(ofDrawing: drawing)
        #expect(fault == "\"drawing\" is not an array of arrays")
    }

    @Test(arguments: ["[[1,2]]", "[[[1],2]]", "[[null,[2]]]"])
    func `an axis that is not an array`(drawing: String) throws {
        let fault = try fault(ofDrawing: drawing)
        #expect(fault == "\"drawing\" is not an array of strokes of two arrays of numbers")
    }

    @Test(arguments: [("[[]]", 0, 0), ("[[[1]]]", 0, 1), ("[[[1],[2]],[[1],[2],[3],[4]]]", 1, 4)])
    func `a stroke of more or fewer than two axes`(drawing: String, stroke: Int, count: Int) throws {
        let fault = try fault(ofDrawing: drawing)
        #expect(fault == "stroke \(stroke) has \(count) axes; expected 2, x and y")
    }

    @Test func `a stroke of three axes, as raw files have them`() throws {
        let fault = try fault(ofDrawing: "[[[1],[2]],[[1,2],[3,4],[0,16]]]")
        #expect(
            fault
                == "stroke 1 has 3 axes; expected 2, x and y (a raw drawing in a file of simplified ones?)"
        )
    }

    @Test(arguments: [
        ("[[[1],[2]],[[1,2,3],[1,2]]]", 1, 3, 2), ("[[[1,2],[1,2,3,4]]]", 0, 2, 4), ("[[[],[1]]]", 0, 0, 1),
    ])
    func `axes of unequal length`(drawing: String, stroke: Int, xCount: Int, yCount: Int) throws {
        let fault = try fault(ofDrawing: drawing)
        #expect(fault == "stroke \(stroke) has \(xCount) x values but \(yCount) y values")
    }

    @Test func `a stroke without points`() throws {
        let fault = try fault(ofDrawing: "[[[1],[2]],[[],[]]]")
        #expect(fault == "stroke 1 has no points; expected at least 1")
    }

    @Test(arguments: [("256", "256"), ("-1", "-1"), ("0.5", "0.5"), ("1000000", "1000000"), ("12.25", "12.25")])
    func `a coordinate outside of 0 to 255, or not whole`(coordinate: String, text: String) throws {
        let inX = try fault(ofDrawing: "[[[1],[2]],[[1,\(coordinate)],[2,3]]]")
        let inY = try fault(ofDrawing: "[[[1,2],[3,\(coordinate)]]]")
        #expect(inX == "stroke 1 has x = \(text); expected a whole number from 0 to 255")
        #expect(inY == "stroke 0 has y = \(text); expected a whole number from 0 to 255")
    }

    @Test(arguments: ["null", "\"5\"", "[5]", "true"])
    func `a coordinate that is not a number`(coordinate: String) throws {
        let fault = try fault(ofDrawing: "[[[1,\(coordinate)],[2,3]]]")
        #expect(fault == "stroke 0 has x = something other than a number; expected a whole number from 0 to 255")
    }
}
