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
}
