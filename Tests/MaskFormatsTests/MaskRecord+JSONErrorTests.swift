import MaskSamples
import MaskFormats
import Testing

/// The reader's error for a mask with this canvas, these strokes, and other members after them.
private func message(canvas: String = "[9,5]", strokes: String = "[]", _ others: String = "") -> String? {
    complaint {
        _ = try MaskRecord(
            json: #"{"format":"qd-imd-mask/1","canvas":\#(canvas),"strokes":\#(strokes)\#(others)}"#)
    }
}

private func message(stroke: String) -> String? {
    message(strokes: #"[{"width":1,"points":[[0,0]]},\#(stroke)]"#)
}

private func message(text: String) -> String? {
    complaint { _ = try MaskRecord(json: text) }
}

@Suite struct MaskRecordJSONErrorTests {
    @Test func `a valid mask has no error`() {
        #expect(message() == nil)
        #expect(message(stroke: #"{"width":1,"points":[[0,0]]}"#) == nil)
    }

    @Test(arguments: ["[]", "7", "\"mask\"", "null", "true"])
    func `a value that is not an object is not a mask`(text: String) {
        #expect(message(text: text) == "not a JSON object; expected a mask")
    }

    @Test(arguments: ["{}", #"{"format":1}"#, #"{"Format":"qd-imd-mask/1"}"#])
    func `a mask names its format`(text: String) {
        #expect(message(text: text) == #""format" is missing; expected "qd-imd-mask/1""#)
    }

    @Test func `another format is refused`() {
        let text = #"{"format":"qd-imd-mask/3","canvas":[1,1],"strokes":[]}"#
        let expected = #""format" is "qd-imd-mask/3"; expected "qd-imd-mask/1" or "qd-imd-mask/2""#
        #expect(message(text: text) == expected)
    }

    @Test func `a mask has a canvas`() {
        let text = #"{"format":"qd-imd-mask/1","strokes":[]}"#
        #expect(message(text: text) == #""canvas" is missing; expected [width, height]"#)
    }

    @Test(arguments: [
        "[]", "[9]", "[9,5,1]", "[0,5]", "[9,0]", "[9,-5]", "[9.5,5]", "[1000001,5]", "[9,\"5\"]", "9",
        "null",
        "{}", "[1e7,5]", "[9999999999999999999,5]", "[-0.0,5]", "[1e300,5]",
    ])
    func `a canvas is two integers in px`(canvas: String) {
        let message = message(canvas: canvas)
        #expect(message?.hasPrefix("\"canvas\" is ") == true)
        #expect(
            message?.hasSuffix(
                "; expected [width, height], integers from 1 to 1000000") == true)
    }

    @Test func `an error shows the value that was found`() {
        #expect(
            message(canvas: "[9,-5]")
                == #""canvas" is [9,-5]; expected [width, height], integers from 1 to 1000000"#
        )
    }

    @Test func `an error shows only the start of a long value`() {
        let text = String(repeating: "x", count: 1000)
        let message = message(#","index":"\#(text)""#)
        #expect(message?.hasPrefix("\"index\" is \"\(text.prefix(59))…; expected ") == true)
    }

    @Test(arguments: ["{}", "null", "7"])
    func `strokes are an array`(strokes: String) {
        #expect(message(strokes: strokes) == #""strokes" is not an array; expected an array of brush strokes"#)
    }

    @Test func `a mask has strokes, if none then an empty array`() {
        let text = #"{"format":"qd-imd-mask/1","canvas":[9,5]}"#
        #expect(message(text: text) == #""strokes" is not an array; expected an array of brush strokes"#)
    }

    @Test(arguments: [#"{"points":[[0,0]]}"#, #"{"width":"1","points":[[0,0]]}"#, "[]", "null", "5"])
    func `a stroke has a width`(stroke: String) {
        #expect(message(stroke: stroke) == #"stroke 1: "width" is not a number; expected a width in px"#)
    }

    @Test(arguments: [#"{"width":1}"#, #"{"width":1,"points":{}}"#, #"{"width":1,"points":"0,0"}"#])
    func `a stroke has points`(stroke: String) {
        #expect(message(stroke: stroke) == #"stroke 1: "points" is not an array; expected an array of [x, y]"#)
    }

    @Test(arguments: ["[]", "[1]", "[1,2,3]", "[1,null]", "[\"1\",2]", "1", "{}", "[[1,2],3]"])
    func `a point is two numbers`(point: String) {
        let stroke = #"{"width":1,"points":[[0,0],[1,1],\#(point)]}"#
        #expect(message(stroke: stroke) == "stroke 1: point 2 is \(point); expected [x, y]")
    }

    @Test func `a stroke has at least one point`() {
        #expect(message(stroke: #"{"width":1,"points":[]}"#) == "stroke 1: no points; expected at least 1")
    }

    @Test(arguments: [
        ("0", "0.0"), ("-3", "-3.0"), ("0.004", "0.004"), ("0.006", "0.006"), ("10000000.004", "10000000.004"),
        ("10000000.01", "10000000.01"), ("1e300", "1e+300"),
    ])
    func `a width is within its range`(width: String, shown: String) {
        let stroke = #"{"width":\#(width),"points":[[0,0]]}"#
        #expect(message(stroke: stroke) == "stroke 1: a width of \(shown) px; expected 0.01 to 10000000")
    }

    @Test(arguments: [("[10000001,0]", "10000001.0"), ("[0,-10000000.5]", "-10000000.5"), ("[5,1e9]", "1000000000.0")])
    func `a coordinate is within its range`(point: String, shown: String) {
        let stroke = #"{"width":1,"points":[[0,0],\#(point)]}"#
        #expect(
            message(stroke: stroke) == "stroke 1: a coordinate of \(shown) px; expected -10000000 to 10000000")
    }

    @Test(arguments: [
        "{}", "null", #""cat""#, #"{"word":"cat","key_id":"7"}"#, #"{"word":"cat","stroke":1}"#,
        #"{"key_id":"7","stroke":1}"#, #"{"word":"cat","key_id":7,"stroke":1}"#,
        #"{"word":"cat","key_id":"-7","stroke":1}"#, #"{"word":"cat","key_id":"x","stroke":1}"#,
        #"{"word":"cat","key_id":"+7","stroke":1}"#, #"{"word":"cat","key_id":"-0","stroke":1}"#,
        #"{"word":"cat","key_id":"","stroke":1}"#, #"{"word":"cat","key_id":"7 ","stroke":1}"#,
        #"{"word":"cat","key_id":"000000000000000000007","stroke":1}"#, #"{"word":"cat","key_id":"٧","stroke":1}"#,
        #"{"word":"cat","key_id":"18446744073709551616","stroke":1}"#, #"{"word":5,"key_id":"7","stroke":1}"#,
        #"{"word":"cat","key_id":"7","stroke":-1}"#, #"{"word":"cat","key_id":"7","stroke":1.5}"#,
    ])
    func `a source is a word, a key and a number`(source: String) {
        let stroke = #"{"width":1,"points":[[0,0]],"source":\#(source)}"#
        #expect(
            message(stroke: stroke)
                == #"stroke 1: "source" is \#(source); expected {"word": …, "key_id": "…", "stroke": …}"#)
    }

    @Test(arguments: ["7", "null", "[]"])
    func `an id is a string`(value: String) {
        #expect(message(#","id":\#(value)"#) == #""id" is \#(value); expected a string"#)
    }

    @Test(arguments: ["\"validation\"", "\"Train\"", "null", "0"])
    func `a split is train or test`(value: String) {
        #expect(message(#","split":\#(value)"#) == #""split" is \#(value); expected "train" or "test""#)
    }

    @Test(arguments: ["-1", "1.5", "\"1\"", "null", "9007199254740992", "1e300", "-1e-9"])
    func `an index is an integer`(value: String) {
        let message = message(#","index":\#(value)"#)
        #expect(message?.hasSuffix("; expected an integer from 0 to 9007199254740991") == true)
    }

    @Test(arguments: ["-0.5", "0", "\"1\"", "null", "1e-8", "1e-400", "1000001", "1e+300"])
    func `an upscale rate is above 0`(value: String) {
        let message = message(#","upscale":\#(value)"#)
        #expect(message?.hasPrefix("\"upscale\" is ") == true)
        #expect(message?.hasSuffix("; expected a number from 0.0000001 to 1000000") == true)
    }

    @Test(arguments: ["-0.01", "1.01", "\"0.5\"", "null", "[]"])
    func `a hole ratio is 0 to 1`(value: String) {
        #expect(message(#","hole_ratio":\#(value)"#) == #""hole_ratio" is \#(value); expected a number from 0 to 1"#)
    }

    @Test func `text that is not JSON is reported as such`() {
        #expect(message(text: "{\"format\":}")?.hasPrefix("not JSON: ") == true)
    }
}
