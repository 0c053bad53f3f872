import DrawingSamples
@testable import StrokeBank
import FileAccess
import JSONText
import ReaderFuzzing
import Testing

@testable import QuickDraw

struct DrawingFilterTests {
    /// The numbers of the strokes that a filter accepts; nil if it rejects the drawing.
    private func taken(_ drawing: Drawing, _ change: (inout DrawingFilter) throws -> Void) rethrows -> [Int]? {
        var filter = DrawingFilter()
        try change(&filter)
        var pass = DrawingFilterPass(filter)
        var drawing = drawing
        guard pass.accepts(drawing) else { return nil }
        pass.removeStrokes(from: &drawing)
        return drawing.nonemptyStrokes
    }

    private var drawing: Drawing {
        var drawing = Drawing("cat", strokes: [[(9, 9), (9, 9)], [(0, 0), (3, 4)], [(0, 0), (20, 0), (0, 0)]])
        drawing.country = CountryCode(bytes: SIMD2(0x44, 0x45))
        return drawing
    }

    @Test func `by default everything is taken`() {
        let strokes = taken(drawing) { _ in }
        #expect(strokes == [0, 1, 2])
        #expect(!DrawingFilter().hasWords)
    }

    @Test func `words are taken, or excluded`() {
        #expect(taken(drawing) { $0.words = ["cat", "dog"] } != nil)
        #expect(taken(drawing) { $0.words = ["Cat"] } == nil)
        #expect(taken(drawing) { $0.excludedWords = ["dog"] } != nil)
        #expect(taken(drawing) { $0.excludedWords = ["cat"] } == nil)
        #expect(taken(drawing) { ($0.words, $0.excludedWords) = (["cat"], ["cat"]) } == nil)
    }

    @Test func `countries are taken by their letters, and unknown ones never`() throws {
        #expect(try taken(drawing) { $0.countries = try CountryCode.set(["us", "de"]) } != nil)
        #expect(try taken(drawing) { $0.countries = try CountryCode.set(["US"]) } == nil)
        var nowhere = drawing
        nowhere.country = .unknown
        #expect(try taken(nowhere) { $0.countries = try CountryCode.set(["DE"]) } == nil)
    }

    @Test func `recognized drawings alone are taken`() {
        var known = drawing
        known.isRecognized = true
        #expect(taken(drawing) { $0.isRecognizedOnly = true } == nil)
        #expect(taken(known) { $0.isRecognizedOnly = true } != nil)
    }

    @Test(
        arguments: [
            (0, nil, [0, 1, 2]), (0.5, nil, [1, 2]), (5, nil, [1, 2]), (5.01, nil, [2]), (nil, 5, [0, 1]), (5, 5, [1]),
            (41, nil, []),
        ] as [(Double?, Double?, [Int])])
    func `strokes are taken by their length, both bounds included`(
        minimum: Double?, maximum: Double?, expected: [Int]
    ) throws {
        let strokes = try taken(drawing) {
            $0.strokeLength = try StrokeMeasureRange(minimum: minimum, maximum: maximum, of: "stroke length")
        }
        #expect(strokes == expected)
    }

    @Test(arguments: [(1, nil, [1, 2]), (4, 19, [1]), (nil, 4, [0, 1]), (5, 20, [2])] as [(Double?, Double?, [Int])])
    func `strokes are taken by their extent, both bounds included`(
        minimum: Double?, maximum: Double?, expected: [Int]
    ) throws {
        let strokes = try taken(drawing) {
            $0.strokeExtent = try StrokeMeasureRange(minimum: minimum, maximum: maximum, of: "stroke extent")
        }
        #expect(strokes == expected)
    }

    @Test func `what is left out counts for the first reason`() throws {
        var filter = DrawingFilter()
        filter.excludedWords = ["dog"]
        filter.countries = try CountryCode.set(["DE"])
        filter.isRecognizedOnly = true
        filter.strokeLength = try StrokeMeasureRange(minimum: 5, maximum: 100, of: "stroke length")
        filter.strokeExtent = try StrokeMeasureRange(minimum: 5, maximum: nil, of: "stroke extent")
        var pass = DrawingFilterPass(filter)
        var takenCount = 0
        for (word, country, isRecognized) in [
            ("dog", "FR", false), ("cat", "FR", false), ("cat", "DE", false), ("dog", "DE", true), ("cat", "DE", true),
        ] {
            var drawing = drawing
            drawing.word = word
            drawing.country = try #require(CountryCode(country))
            drawing.isRecognized = isRecognized
            guard pass.accepts(drawing) else { continue }
            pass.removeStrokes(from: &drawing)
            #expect(drawing.nonemptyStrokes == [2])
            takenCount += 1
        }
        var expected = FilterCounts()
        expected.words = ["cat", "dog"]
        expected.excludedWords = ["dog"]
        (expected.otherCountries, expected.unrecognized, expected.strokeLengths, expected.strokeExtents) = (1, 1, 1, 1)
        #expect(takenCount == 1)
        #expect(pass.counts == expected)
    }

    @Test func `words that a source has not are named, with near ones`() {
        var filter = DrawingFilter()
        filter.words = ["catt", "dog"]
        filter.excludedWords = ["zebra"]
        let error = #expect(throws: DataError.self) { try filter.check(words: ["cat", "dog"], of: "drawings") }
        #expect(
            error.map { "\($0)" }
                == "drawings: no drawings of \"catt\" or \"zebra\"; did you mean cat?")
    }

    @Test(
        arguments: [
            (-1, nil, "the smallest stroke length is -1; expected 0 to 1000000000"),
            (5, 3, "the largest stroke length is 3; expected 5 to 1000000000"),
            (nil, 2e9, "the largest stroke length is 2000000000; expected 0 to 1000000000"),
            (.nan, nil, "the smallest stroke length is nan; expected 0 to 1000000000"),
            (nil, .infinity, "the largest stroke length is inf; expected 0 to 1000000000"),
        ] as [(Double?, Double?, String)])
    func `bounds that are none are refused`(minimum: Double?, maximum: Double?, message: String) {
        let error = #expect(throws: DrawingFilterError.self) {
            try StrokeMeasureRange(minimum: minimum, maximum: maximum, of: "stroke length")
        }
        #expect(error.map { "\($0)" } == message)
    }

    // MARK: JSON

    private func json(_ filter: DrawingFilter) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("seed", 7)
            filter.write(to: &json)
        }
        return json.bytes
    }

    private func read(_ text: [UInt8]) throws -> DrawingFilter {
        var parser = JSONParser()
        return try DrawingFilter(parser.parse(text))
    }

    @Test func `a filter is flat members, and none where nothing is filtered`() throws {
        var filter = DrawingFilter()
        #expect(json(filter) == Array(#"{"seed":7}"#.utf8))
        filter.words = ["t-shirt", "The Eiffel Tower"]
        filter.excludedWords = ["cat"]
        filter.countries = try CountryCode.set(["us", "DE"])
        filter.isRecognizedOnly = true
        filter.strokeLength = try StrokeMeasureRange(minimum: 2.5, maximum: 1000, of: "")
        filter.strokeExtent = try StrokeMeasureRange(minimum: 3, maximum: 200, of: "")
        let expected = """
            {"seed":7,"words":["The Eiffel Tower","t-shirt"],"exclude_words":["cat"],"countries":["DE","US"],\
            "recognized":true,"min_stroke_length":2.5,"max_stroke_length":1000,"min_stroke_extent":3,\
            "max_stroke_extent":200}
            """
        #expect(String(decoding: json(filter), as: UTF8.self) == expected)
    }

    @Test(arguments: 0..<100) func `what was written is read back`(seed: UInt64) throws {
        var random = ByteMutator(seed: seed)
        func maybe<Value>(_ value: () throws -> Value) rethrows -> Value? {
            Bool.random(using: &random) ? try value() : nil
        }
        func bounds() throws -> StrokeMeasureRange {
            let minimum = maybe { Double.random(in: 0...1000, using: &random) }
            return try StrokeMeasureRange(
                minimum: minimum, maximum: maybe { Double.random(in: (minimum ?? 0) + 1...1e9, using: &random) }, of: ""
            )
        }
        var filter = DrawingFilter()
        filter.words = maybe { Set(["cat", "The Eiffel Tower", "\"ü\\"].shuffled(using: &random).prefix(2)) }
        filter.excludedWords = maybe { ["dog"] } ?? []
        filter.countries = try maybe { try CountryCode.set(["DE", "US", "AB"]) }
        filter.isRecognizedOnly = Bool.random(using: &random)
        filter.strokeLength = try bounds()
        filter.strokeExtent = try bounds()
        #expect(try read(json(filter)) == filter)
    }

    @Test(arguments: [
        (#"{"words":"cat"}"#, #""words" is not a list of strings"#),
        (#"{"exclude_words":[1]}"#, #""exclude_words" is not a list of strings"#),
        (#"{"countries":["D1"]}"#, #""D1" is not a country; expected two letters, as in DE"#),
        (#"{"recognized":1}"#, #""recognized" is not true or false"#),
        (#"{"min_stroke_length":"5"}"#, #""min_stroke_length" is not a number"#),
        (
            #"{"min_stroke_extent":5,"max_stroke_extent":4}"#,
            "the largest stroke extent is 4; expected 5 to 1000000000"
        ),
    ])
    func `members that are no filter are refused`(text: String, message: String) {
        let error = #expect(throws: DrawingFilterError.self) { try read(Array(text.utf8)) }
        #expect(error.map { "\($0)" } == message)
    }
}
