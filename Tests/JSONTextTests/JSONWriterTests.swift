import Foundation
import JSONText
import Testing

struct JSONWriterTests {
    private func text(isPretty: Bool = false, _ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(isPretty: isPretty)
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// An object with every kind of value.
    private func writeAll(_ json: inout JSONWriter) {
        json.object { json in
            json.name("id")
            json.value("00000_train")
            json.name("canvas")
            json.array { json in
                json.value(512)
                json.value(-512)
            }
            json.name("key \"1\"" as String)
            json.value(UInt64.max)
            json.name("upscale")
            json.value(1.25, decimals: 4)
            json.name("nested")
            json.object { json in
                json.name("yes")
                json.value(true)
                json.name("no")
                json.value(false)
                json.name("nothing")
                json.null()
            }
            json.name("empty")
            json.array { _ in }
            json.name("bare")
            json.object { _ in }
        }
    }

    @Test func `compact output has no white space`() {
        let text = text(writeAll)
        #expect(
            text == #"{"id":"00000_train","canvas":[512,-512],"key \"1\"":18446744073709551615,"upscale":1.25,"#
                + #""nested":{"yes":true,"no":false,"nothing":null},"empty":[],"bare":{}}"#)
    }

    @Test func `pretty output has one value per line, indented by two spaces`() {
        let text = text(isPretty: true, writeAll)
        #expect(
            text == """
                {
                  "id": "00000_train",
                  "canvas": [
                    512,
                    -512
                  ],
                  "key \\"1\\"": 18446744073709551615,
                  "upscale": 1.25,
                  "nested": {
                    "yes": true,
                    "no": false,
                    "nothing": null
                  },
                  "empty": [],
                  "bare": {}
                }
                """)
    }

    @Test func `an array of arrays has its commas`() {
        let text = text { json in
            json.array { json in
                for x in 1...2 {
                    json.array { json in
                        json.value(x)
                        json.value(0.5, decimals: 2)
                    }
                }
                json.object { _ in }
                json.value("end")
            }
        }
        #expect(text == #"[[1,0.5],[2,0.5],{},"end"]"#)
    }

    @Test func `a single value is a document`() {
        let texts = [text { $0.value("a") }, text { $0.value(1) }, text { $0.null() }, text { $0.value(false) }]
        #expect(texts == ["\"a\"", "1", "null", "false"])
    }

    @Test func `every line is a separate document`() {
        let text = text { json in
            for index in 0..<2 {
                json.object { json in
                    json.name("index")
                    json.value(index)
                }
                json.endLine()
            }
        }
        #expect(text == "{\"index\":0}\n{\"index\":1}\n")
    }

    @Test func `a real number always has a decimal point`() {
        let text = text { json in
            json.array { json in
                for number in [1, 0, -2.5, 0.123456, .nan, 1e300] { json.real(number, decimals: 4) }
            }
        }
        #expect(text == "[1.0,0.0,-2.5,0.1235,null,null]")
    }

    @Test func `pairs are the arrays that they would be if written one by one`() {
        let pairs = [(12.5, 40.25), (-0.01, 1e300), (0, -3)]
        for isPretty in [false, true] {
            for count in 0...3 {
                let fast = text(isPretty: isPretty) { json in
                    json.array { json in
                        json.value(1)
                        json.pairs(count: count, decimals: 2) { pairs[$0] }
                        json.value(2)
                    }
                }
                let slow = text(isPretty: isPretty) { json in
                    json.array { json in
                        json.value(1)
                        json.array { json in
                            for pair in pairs.prefix(count) {
                                json.array { json in
                                    json.value(pair.0, decimals: 2)
                                    json.value(pair.1, decimals: 2)
                                }
                            }
                        }
                        json.value(2)
                    }
                }
                #expect(fast == slow)
            }
        }
    }

    @Test func `pairs have no space in compact text`() {
        let text = text { $0.pairs(count: 2, decimals: 2) { [(12.5, 40.25), (13, -0.5)][$0] } }
        #expect(text == "[[12.5,40.25],[13,-0.5]]")
    }

    @Test func `an integer can be quoted`() {
        let text = text { json in
            json.object { json in
                json.name("key_id")
                json.value(quoted: .max)
            }
        }
        #expect(text == #"{"key_id":"18446744073709551615"}"#)
    }

    @Test(arguments: 0..<40)
    func `base64 is Foundation's`(count: Int) {
        let data = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 151 + count) }
        let text = text { $0.value(base64: data) }
        #expect(text == "\"\(Data(data).base64EncodedString())\"")
    }

    @Test(arguments: 0...3)
    func `an escape is found at every place of a string`(escapeCount: Int) {
        for place in 0..<40 {
            let start = String(repeating: "a", count: place)
            let text = text { $0.value(start + String(repeating: "\n", count: escapeCount) + "b") }
            #expect(text == "\"" + start + String(repeating: "\\u000a", count: escapeCount) + "b\"")
        }
    }

    @Test func `a number that is not finite is null`() {
        let texts = [Double.nan, .infinity, -.infinity].map { number in text { $0.value(number, decimals: 2) } }
        #expect(texts == ["null", "null", "null"])
    }

    @Test func `quotes, backslashes and control characters are escaped`() {
        let text = text { $0.value("\"\\/\u{0}\u{1}\u{8}\t\n\r\u{1F} \u{7F}é😀") }
        #expect(text == #""\"\\/\u0000\u0001\u0008\u0009\u000a\u000d\u001f "# + "\u{7F}é😀\"")
    }

    @Test func `a writer starts over after its text is removed`() {
        var writer = JSONWriter(isPretty: true)
        writer.object { json in
            json.name("a")
            json.value(1)
        }
        writer.removeAll()
        writer.array { $0.value(2) }
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text == "[\n  2\n]")
    }

    @Test(arguments: [false, true])
    func `Foundation reads what was written`(isPretty: Bool) throws {
        let strings = (0..<0x250).map { String(Character(Unicode.Scalar($0) ?? "?")) } + ["😀", "a\"b", "\\", ""]
        let numbers = (1...200).map { (sin(Double($0)) * pow(10, Double($0 % 7)) * 1000).rounded() / 1000 }
        var writer = JSONWriter(isPretty: isPretty)
        writer.object { json in
            json.name("strings")
            json.array { json in for string in strings { json.value(string) } }
            json.name("numbers")
            json.array { json in for number in numbers { json.value(number, decimals: 3) } }
            for string in strings {
                json.name("name " + string)
                json.value(true)
            }
        }
        let read = try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: Any]
        let object = try #require(read)
        #expect(object["strings"] as? [String] == strings)
        #expect(object["numbers"] as? [Double] == numbers)
        #expect(Set(object.keys) == Set(["strings", "numbers"] + strings.map { "name " + $0 }))
    }

    @Test func `the parser reads what was written`() throws {
        var writer = JSONWriter(isPretty: true)
        writeAll(&writer)
        var parser = JSONParser()
        let compact = try parser.parse(writer.bytes)["nested"]?.compactText
        #expect(compact == #"{"yes":true,"no":false,"nothing":null}"#)
    }
}
