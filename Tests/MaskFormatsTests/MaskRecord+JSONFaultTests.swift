import MaskSamples
import MaskFormats
import Testing

/// What the reader says about a mask with this canvas, these strokes, and other members behind.
private func fault(canvas: String = "[9,5]", strokes: String = "[]", _ others: String = "") -> String? {
    complaint {
        _ = try MaskRecord(
            json: #"{"format":"qd-imd-mask/1","canvas":\#(canvas),"strokes":\#(strokes)\#(others)}"#)
    }
}

private func fault(stroke: String) -> String? {
    fault(strokes: #"[{"width":1,"points":[[0,0]]},\#(stroke)]"#)
}

private func fault(text: String) -> String? {
    complaint { _ = try MaskRecord(json: text) }
}

@Suite struct MaskRecordJSONFaultTests {
    @Test func `a right mask has no fault`() {
        #expect(fault() == nil)
        #expect(fault(stroke: #"{"width":1,"points":[[0,0]]}"#) == nil)
    }

    @Test(arguments: ["[]", "7", "\"mask\"", "null", "true"])
    func `a value that is no object is no mask`(text: String) {
        #expect(fault(text: text) == "not a JSON object; expected a mask")
    }

    @Test(arguments: ["{}", #"{"format":1}"#, #"{"Format":"qd-imd-mask/1"}"#])
    func `a mask names its format`(text: String) {
        #expect(fault(text: text) == #"no "format"; expected "qd-imd-mask/1""#)
    }

    @Test func `another format is not guessed at`() {
        let text = #"{"format":"qd-imd-mask/2","canvas":[1,1],"strokes":[]}"#
        #expect(fault(text: text) == #""format" is "qd-imd-mask/2"; expected "qd-imd-mask/1""#)
    }

    @Test func `a mask has a canvas`() {
        let text = #"{"format":"qd-imd-mask/1","strokes":[]}"#
        #expect(fault(text: text) == #"no "canvas"; expected [width, height]"#)
    }

    @Test(arguments: [
        "[]", "[9]", "[9,5,1]", "[0,5]", "[9,0]", "[9,-5]", "[9.5,5]", "[9.0,5]", "[1000001,5]", "[9,\"5\"]", "9",
        "null",
        "{}", "[1e3,5]", "[9999999999999999999,5]",
    ])
    func `a canvas is two whole numbers of px`(canvas: String) {
        #expect(fault(canvas: canvas) == #""canvas" is not [width, height] in whole px, each 1 to 1000000"#)
    }

    @Test(arguments: ["{}", "null", "7"])
    func `strokes are an array`(strokes: String) {
        #expect(fault(strokes: strokes) == #"no array "strokes"; expected one, of brush strokes"#)
    }

    @Test func `a mask has strokes, if none then an empty array`() {
        let text = #"{"format":"qd-imd-mask/1","canvas":[9,5]}"#
        #expect(fault(text: text) == #"no array "strokes"; expected one, of brush strokes"#)
    }

    @Test(arguments: [#"{"points":[[0,0]]}"#, #"{"width":"1","points":[[0,0]]}"#, "[]", "null", "5"])
    func `a stroke has a width`(stroke: String) {
        #expect(fault(stroke: stroke) == #"stroke 1: no number "width"; expected one, in px"#)
    }

    @Test(arguments: [#"{"width":1}"#, #"{"width":1,"points":{}}"#, #"{"width":1,"points":"0,0"}"#])
    func `a stroke has points`(stroke: String) {
        #expect(fault(stroke: stroke) == #"stroke 1: no array "points"; expected one"#)
    }

    @Test(arguments: ["[]", "[1]", "[1,2,3]", "[1,null]", "[\"1\",2]", "1", "{}", "[[1,2],3]"])
    func `a point is two numbers`(point: String) {
        let stroke = #"{"width":1,"points":[[0,0],[1,1],\#(point)]}"#
        #expect(fault(stroke: stroke) == "stroke 1: point 2 is not [x, y]")
    }

    @Test func `a stroke has one point at least`() {
        #expect(fault(stroke: #"{"width":1,"points":[]}"#) == "stroke 1: no points; expected at least 1")
    }

    @Test(arguments: [
        ("0", "0.0"), ("-3", "-3.0"), ("0.004", "0.004"), ("10000000.01", "10000000.01"), ("1e300", "1e+300"),
    ])
    func `a width is within its range`(width: String, shown: String) {
        let stroke = #"{"width":\#(width),"points":[[0,0]]}"#
        #expect(fault(stroke: stroke) == "stroke 1: a width of \(shown) px; expected 0.01 to 10000000")
    }

    @Test(arguments: [("[10000001,0]", "10000001.0"), ("[0,-10000000.5]", "-10000000.5"), ("[5,1e9]", "1000000000.0")])
    func `a coordinate is within its range`(point: String, shown: String) {
        let stroke = #"{"width":1,"points":[[0,0],\#(point)]}"#
        #expect(
            fault(stroke: stroke) == "stroke 1: a coordinate of \(shown) px; expected -10000000 to 10000000")
    }

    @Test(arguments: [
        "{}", "null", #""cat""#, #"{"word":"cat","key_id":"7"}"#, #"{"word":"cat","stroke":1}"#,
        #"{"key_id":"7","stroke":1}"#, #"{"word":"cat","key_id":7,"stroke":1}"#,
        #"{"word":"cat","key_id":"-7","stroke":1}"#, #"{"word":"cat","key_id":"x","stroke":1}"#,
        #"{"word":"cat","key_id":"+7","stroke":1}"#,
        #"{"word":"cat","key_id":"18446744073709551616","stroke":1}"#, #"{"word":5,"key_id":"7","stroke":1}"#,
        #"{"word":"cat","key_id":"7","stroke":-1}"#, #"{"word":"cat","key_id":"7","stroke":1.5}"#,
    ])
    func `a source is a word, a key and a number`(source: String) {
        let stroke = #"{"width":1,"points":[[0,0]],"source":\#(source)}"#
        #expect(
            fault(stroke: stroke) == #"stroke 1: "source" is not {"word": …, "key_id": "…", "stroke": …}"#)
    }

    @Test(arguments: ["7", "null", "[]"])
    func `an id is a string`(value: String) {
        #expect(fault(#","id":\#(value)"#) == #""id" is not a string"#)
    }

    @Test(arguments: ["\"validation\"", "\"Train\"", "null", "0"])
    func `a split is train or test`(value: String) {
        #expect(fault(#","split":\#(value)"#) == #""split" is neither "train" nor "test""#)
    }

    @Test(arguments: ["-1", "1.5", "\"1\"", "null", "1.0", "1e2"])
    func `an index is a whole number`(value: String) {
        #expect(fault(#","index":\#(value)"#) == #""index" is not a whole number of 0 or more"#)
    }

    @Test(arguments: ["-0.5", "0", "\"1\"", "null"])
    func `an upscale rate is above 0`(value: String) {
        #expect(fault(#","upscale":\#(value)"#) == #""upscale" is not a number in its range"#)
    }

    @Test(arguments: ["-0.01", "1.01", "\"0.5\"", "null", "[]"])
    func `a hole ratio is 0 to 1`(value: String) {
        #expect(fault(#","hole_ratio":\#(value)"#) == #""hole_ratio" is not a number in its range"#)
    }

    @Test func `a text that is not JSON is named so`() {
        #expect(fault(text: "{\"format\":}")?.hasPrefix("not JSON: ") == true)
    }
}
