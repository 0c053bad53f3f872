import JSONText
import Testing

struct JSONValueTests {
    /// The result of `body` for the root value of `text`.
    private func parsed<Found>(_ text: String, _ body: (JSONValue) throws -> Found) throws -> Found {
        var parser = JSONParser()
        return try body(parser.parse(Array(text.utf8)))
    }

    @Test(
        arguments: [
            ("{}", .object), ("[]", .array), ("\"\"", .string), ("0", .number), ("-1.5", .number),
            ("18446744073709551615", .number),
            ("true", .boolean), ("false", .boolean), ("null", .null),
        ] as [(String, JSONValue.Kind)])
    func `every value has its kind`(text: String, expected: JSONValue.Kind) throws {
        let kind = try parsed(text, \.kind)
        #expect(kind == expected)
    }

    // MARK: Numbers

    @Test(
        arguments: [
            ("0", 0), ("-1", -1), ("9223372036854775807", 0x1p63), ("18446744073709551615", 0x1p64), ("1e308", 1e308),
            ("0.1", 0.1), ("-2.5e-3", -0.0025), ("5e-324", .leastNonzeroMagnitude),
            ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("9007199254740993", 9_007_199_254_740_992),
        ] as [(String, Double)])
    func `a number is the nearest double`(text: String, expected: Double) throws {
        let number = try parsed(text, \.double)
        #expect(number == expected)
    }

    @Test(
        arguments: [
            ("0", 0), ("9007199254740993", 9_007_199_254_740_993), ("9223372036854775807", 9_223_372_036_854_775_807),
            ("9223372036854775808", 9_223_372_036_854_775_808), ("18446744073709551615", .max),
        ] as [(String, UInt64)])
    func `an integer of 0 or more is exact`(text: String, expected: UInt64) throws {
        let number = try parsed(text, \.uint64)
        #expect(number == expected)
    }

    @Test(arguments: ["-1", "1.0", "1e2", "0.1", "1e308", "true", "\"1\""])
    func `a number that is not written as an integer of 0 or more has no unsigned value`(text: String) throws {
        let number = try parsed(text, \.uint64)
        #expect(number == nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("-1", -1), ("9223372036854775807", .max), ("-9223372036854775808", .min),
        ] as [(String, Int)])
    func `an integer that fits is an Int`(text: String, expected: Int) throws {
        let number = try parsed(text, \.int)
        #expect(number == expected)
    }

    @Test(arguments: ["9223372036854775808", "18446744073709551615", "1.0", "1e2", "null", "\"1\"", "[1]"])
    func `a number that is not an integer or does not fit is not an Int`(text: String) throws {
        let number = try parsed(text, \.int)
        #expect(number == nil)
    }

    @Test(
        arguments: [
            ("3", 3), ("3.0", 3), ("30e-1", 3), ("-0.0", 0), ("5.12e2", 512), ("-9223372036854775808", .min),
            ("9223372036854775807", .max),
        ] as [(String, Int)])
    func `a number with the value of an integer is one, however it is written`(text: String, expected: Int) throws {
        let number = try parsed(text, \.integer)
        #expect(number == expected)
    }

    @Test(arguments: [
        "3.5", "9223372036854775808", "1e19", "-1e300", "1e308", "5e-324", "true", "\"3\"", "[3]", "null",
    ])
    func `a number that is not an integer, or does not fit, has no integer value`(text: String) throws {
        let number = try parsed(text, \.integer)
        #expect(number == nil)
    }

    @Test(arguments: ["1e309", "18446744073709551616", "-9223372036854775809"])
    func `a number beyond the range of all types is a syntax error`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try parsed(text) { _ in } }
    }

    @Test(arguments: ["true", "null", "\"1\"", "[]", "{}"])
    func `a value that is not a number has no double`(text: String) throws {
        let number = try parsed(text, \.double)
        #expect(number == nil)
    }

    // MARK: Strings and booleans

    @Test(arguments: [
        (#""""#, ""), (#""cat""#, "cat"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9""#, "é"),
        (#""\ud83d\ude00""#, "😀"), (#""é😀""#, "é😀"), (#""a\u0000b""#, "a\0b"),
    ])
    func `escapes in a string are decoded`(text: String, expected: String) throws {
        let string = try parsed(text) { $0.string?.text }
        #expect(string == expected)
    }

    @Test func `a string of a thousand letters is complete`() throws {
        let long = String(repeating: "abcdefghij", count: 100)
        let string = try parsed("[\"\(long)\",1]") { $0.elements?.map { $0 }.first?.string?.text }
        #expect(string == long)
    }

    @Test func `a string equals its own text only`() throws {
        try parsed("\"cat\"") { value in
            let string = try #require(value.string)
            let equal = [string == "cat" as StaticString, string == "cat" as String]
            let unequal = [
                string == "ca" as StaticString, string == "cats" as StaticString, string == "cut" as StaticString,
                string == "ca" as String, string == "cats" as String, string == "cut" as String,
            ]
            #expect(equal == [true, true])
            #expect(!unequal.contains(true))
        }
    }

    @Test(arguments: ["1", "true", "null", "[\"a\"]", "{\"a\":\"b\"}"])
    func `a value that is not a string has no text`(text: String) throws {
        let string = try parsed(text) { $0.string?.text }
        #expect(string == nil)
    }

    @Test(arguments: ["true": true, "false": false, "null": nil, "1": nil, "\"true\"": nil])
    func `only true and false are Booleans`(text: String, expected: Bool?) throws {
        let boolean = try parsed(text, \.boolean)
        #expect(boolean == expected)
    }

    // MARK: Arrays and objects

    @Test func `elements of all kinds are in order`() throws {
        let kinds = try parsed("[1,-1,18446744073709551615,0.5,\"a\",[2,[3]],{\"b\":{}},true,null]") {
            try #require($0.elements).map(\.kind)
        }
        #expect(
            kinds == [.number, .number, .number, .number, .string, .array, .object, .boolean, .null])
    }

    @Test func `an element after nested ones is found`() throws {
        let numbers = try parsed("[[[1,2],[3]],{\"a\":[4]},5]") { value in
            try #require(value.elements).compactMap(\.int)
        }
        #expect(numbers == [5])
    }

    @Test func `an empty array has no elements`() throws {
        let count = try parsed("[]") { try #require($0.elements).map(\.kind).count }
        #expect(count == 0)
    }

    @Test(arguments: ["{}", "\"ab\"", "1", "null"])
    func `a value that is not an array has no elements`(text: String) throws {
        let hasElements = try parsed(text) { $0.elements != nil }
        #expect(!hasElements)
    }

    @Test func `members are in document order, including duplicate names`() throws {
        let names = try parsed("{\"b\":1,\"a\":{\"c\":2},\"b\":[3]}") { $0.members.map(\.name.text) }
        #expect(names == ["b", "a", "b"])
    }

    @Test(arguments: ["[1]", "\"ab\"", "1", "null", "{}"])
    func `a value that is not an object, or is empty, has no members`(text: String) throws {
        let count = try parsed(text) { $0.members.map(\.name.text).count }
        #expect(count == 0)
    }

    @Test func `a member is found by its name`() throws {
        let number = try parsed("{\"a\":1,\"key_id\":{\"a\":5},\"c\":2}") { $0["c"]?.int }
        #expect(number == 2)
    }

    @Test func `of members of one name the last counts`() throws {
        let number = try parsed("{\"a\":1,\"b\":2,\"a\":3}") { $0["a"]?.int }
        #expect(number == 3)
    }

    @Test(arguments: ["{\"b\":1}", "{\"ab\":1}", "{\"b\":{\"a\":1}}", "[\"a\",1]", "\"a\"", "null"])
    func `a missing member is nil`(text: String) throws {
        let isThere = try parsed(text) { $0["a"] != nil }
        #expect(!isThere)
    }

    @Test func `a name is compared after its escapes are decoded`() throws {
        let number = try parsed("{\"\\u0061\":1}") { $0["a"]?.int }
        #expect(number == 1)
    }

    // MARK: Text

    @Test(arguments: [
        ("{ \"b\" : [ 1 , 2.50 , \"x\" ] , \"a\" : { } }", "{\"b\":[1,2.5,\"x\"],\"a\":{}}"), ("[ ]", "[]"),
        ("-1", "-1"), ("18446744073709551615", "18446744073709551615"), ("0.12345678949", "0.12345678949"),
        ("-9223372036854775807", "-9223372036854775807"), ("1e300", "1e+300"), ("1e-12", "1e-12"), ("-0.0", "0"),
        ("[true, false, null]", "[true,false,null]"),
    ])
    func `the compact text has no white space, and exact numbers`(text: String, expected: String)
        throws
    {
        let compact = try parsed(text, \.compactText)
        #expect(compact == expected)
    }
}
