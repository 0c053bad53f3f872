import Testing

@testable import JSONText

struct JSONParserTests {
    /// The message of the error when `text` is parsed; nil if there is none.
    private func failure(parsing text: some Sequence<UInt8>, capacity: Int = 1 << 20) -> String? {
        var parser = JSONParser(capacity: capacity)
        do {
            _ = try parser.parse(Array(text))
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        "{\"a\":1", "{\"a\"}", "{\"a\":1,}", "[1,2", "[1 2]", "{'a':1}", "[1]]", "[01]", "[+1]", "[.5]", "[1.]",
        "[NaN]", "[tru]", "[\"a]", "[\"\\x\"]", "[\"\u{1}\"]", "nul", "{\"a\":1}{\"a\":2}", "", "  ",
        "{\"drawing\":[[[1,2",
    ])
    func `text that is not JSON is a one-line error`(text: String) throws {
        let message = try #require(failure(parsing: text.utf8))
        #expect(message.hasPrefix("not JSON: "))
        #expect(message.count > 15)
        #expect(!message.contains("\n"))
    }

    @Test func `different errors have different messages`() {
        let texts = ["", "[1,", "[\"a]", "[01]", "[\"\\x\"]"]
        let messages = Set(texts.map { failure(parsing: $0.utf8) })
        #expect(messages.count == 5)
    }

    @Test func `an error's description includes the message of simdjson`() {
        let error = JSONSyntaxError(message: "Empty: no JSON found")
        #expect("\(error)" == "not JSON: Empty: no JSON found")
    }

    @Test func `bytes that are not UTF-8 are an error`() throws {
        let message = try #require(failure(parsing: [0x22, 0xFF, 0xFE, 0x22]))
        #expect(message.contains("UTF-8"))
    }

    @Test func `a document longer than the capacity is an error`() throws {
        let text = "[" + String(repeating: "1,", count: 5000) + "1]"
        let short = failure(parsing: text.utf8, capacity: 20_000)
        let long = try #require(failure(parsing: text.utf8, capacity: 1000))
        #expect(short == nil)
        #expect(long.hasPrefix("not JSON: "))
    }

    @Test func `a document that is nested too deeply is an error`() throws {
        let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let message = try #require(failure(parsing: text.utf8))
        #expect(message.hasPrefix("not JSON: "))
    }

    @Test func `a parser can be reused for several documents`() throws {
        var parser = JSONParser()
        let first = try parser.parse(Array("[1,2,3]".utf8)).compactText
        let second = try parser.parse(Array("{\"a\":4}".utf8)).compactText
        #expect(first == "[1,2,3]")
        #expect(second == "{\"a\":4}")
    }

    @Test func `a parser can be reused after an error`() throws {
        var parser = JSONParser()
        let failed = try? parser.parse(Array("[1,".utf8)).compactText
        let text = try parser.parse(Array("[1]".utf8)).compactText
        #expect(failed == nil)
        #expect(text == "[1]")
    }

    @Test func `a document needs no bytes after it`() throws {
        // More lengths than the number of bytes that simdjson reads at once.
        for count in 1...200 {
            var parser = JSONParser()
            let bytes = Array(("\"" + String(repeating: "x", count: count) + "\"").utf8)
            let text = try parser.parse(bytes.span.bytes).string?.text
            #expect(text == String(repeating: "x", count: count))
        }
    }

    /// A value used to point into the buffers of the parser, which the next document replaced.
    @Test func `a value stays what it is after the next document is parsed`() throws {
        var parser = JSONParser()
        let first = try parser.parse(Array("{\"a\":[1,2,{\"b\":\"text\"}]}".utf8))
        let elements = try #require(first["a"]?.elements)
        let string = try #require(Array(elements).last?["b"]?.string)
        var later: [JSONValue] = []
        for count in [1, 10, 100_000] {
            let text = "[" + String(repeating: "\"xxxxxxxx\",", count: count) + "0]"
            later.append(try parser.parse(Array(text.utf8)))
        }
        #expect(throws: JSONSyntaxError.self) { try parser.parse(Array("[".utf8)) }
        #expect(first.compactText == "{\"a\":[1,2,{\"b\":\"text\"}]}")
        #expect(elements.map(\.compactText) == ["1", "2", "{\"b\":\"text\"}"])
        #expect(string == "text" as StaticString)
        #expect(later.map { $0.elements.map(Array.init)?.count } == [2, 11, 100_001])
    }

    @Test func `a value outlives its parser`() throws {
        func value() throws -> JSONValue {
            var parser = JSONParser()
            return try parser.parse(Array("[\"text\",7]".utf8))
        }
        let values = try (0..<100).map { _ in try value() }
        #expect(values.allSatisfy { $0.compactText == "[\"text\",7]" })
    }

    @Test(arguments: [-1, 0, 1, .min, .max])
    func `a parser of any capacity parses or reports an error`(capacity: Int) {
        _ = failure(parsing: "[1]".utf8, capacity: capacity)
    }

    /// Numbers at the limits of their types, beyond them, and broken.
    @Test func `every spelling of a number is its value or an error`() throws {
        let integers = [
            "0", "-0", "00", "1", "9007199254740993", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
            String(repeating: "9", count: 400), "-", "", "+1", "0x1", "NaN", "nan", "Infinity", "-Infinity", "inf", ".",
        ]
        let fractions = [
            "", ".0", ".5", ".", ".000000000000000000000000000000000001", "." + String(repeating: "3", count: 900),
        ]
        let exponents = ["", "e0", "E+2", "e-2", "e400", "e-400", "e99999999999999999999", "e", "e+"]
        var parser = JSONParser()
        var count = 0
        for integer in integers {
            for fraction in fractions {
                for exponent in exponents {
                    let text = integer + fraction + exponent
                    guard let value = try? parser.parse(Array("[\(text)]".utf8)).elements.map(Array.init)?.first else {
                        continue
                    }
                    count += 1
                    #expect(value.double == Double(text), "\(text)")
                    #expect(value.double?.isFinite == true, "\(text)")
                    #expect(value.integer == value.int || value.double.flatMap { Int(exactly: $0) } == value.integer)
                    #expect(Double(value.compactText) == value.double, "\(text)")
                    _ = (value.uint64, value.boolean, value.string, value.kind)
                }
            }
        }
        #expect(count > 150)
    }
}
