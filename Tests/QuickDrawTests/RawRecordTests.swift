import DrawingSamples
import StrokeBank
import Foundation
import JSONText
import QuickDraw
import ReaderFuzzing
import SystemPackage
import Testing

extension RawDrawing {
    /// The drawing of a line of ndjson.
    init(line: [UInt8]) throws {
        self.init()
        var parser = JSONParser()
        try RawRecord.decode(parser.parse(line), into: &self)
    }
}

struct RawRecordTests {
    private func decoded(_ text: String) throws -> RawDrawing {
        try RawDrawing(line: Array(text.utf8))
    }

    private func decode(_ text: [UInt8], into drawing: inout RawDrawing) throws {
        var parser = JSONParser()
        try RawRecord.decode(parser.parse(text), into: &drawing)
    }

    private func fault(_ text: String) -> String? {
        #expect(throws: DrawingRecordError.self) { try decoded(text) }.map { "\($0)" }
    }

    private func fault(ofDrawing drawing: String) -> String? {
        fault(#"{"word":"cat","key_id":"1","drawing":\#(drawing)}"#)
    }

    private let cat = #"""
        {"word":"cat","countrycode":"DE","timestamp":"2017-03-17 18:48:33.14285 UTC","recognized":true,
        "key_id":"5152802093400064","drawing":[[[167,109.5,-80],[140,194.25,227],[0,16,15]],[[5],[-6],[40]]]}
        """#

    @Test func `whole, real and negative numbers make points`() throws {
        let drawing = try decoded(cat)
        #expect(drawing.xs == [167, 109.5, -80, 5])
        #expect(drawing.ys == [140, 194.25, 227, -6])
        #expect((0..<drawing.strokeCount).map(drawing.points(ofStroke:)) == [0..<3, 3..<4])
    }

    @Test func `word, key, country, time and recognition are read`() throws {
        let drawing = try decoded(cat)
        #expect(drawing.word == "cat")
        #expect(drawing.keyID == 5_152_802_093_400_064)
        #expect(drawing.country == CountryCode("DE"))
        #expect(drawing.timestamp == 1_489_776_513)
        #expect(drawing.isRecognized)
    }

    @Test(arguments: [
        #"{"word":"cat","key_id":"1","drawing":[]}"#,
        #"{"word":"cat","key_id":1,"drawing":[],"countrycode":"","timestamp":"soon","recognized":null}"#,
        #"{"drawing":[],"x":{"word":"dog"},"countrycode":5,"timestamp":5,"recognized":1,"key_id":"1","word":"cat"}"#,
    ])
    func `what is not known of a drawing may be missing or anything`(text: String) throws {
        var drawing = try decoded(cat)
        try decode(Array(text.utf8), into: &drawing)
        var expected = RawDrawing("cat", strokes: [])
        expected.keyID = 1
        #expect(drawing == expected)
    }

    @Test func `times may go backwards, or be no numbers: only their count matters`() throws {
        let drawing = try decoded(#"{"word":"cat","key_id":"1","drawing":[[[1,2,3],[4,5,6],[900,0,null]]]}"#)
        #expect(drawing.xs == [1, 2, 3])
    }

    // MARK: Faults

    @Test(arguments: ["[]", "5", "\"cat\""])
    func `a record that is not an object`(text: String) {
        let fault = fault(text)
        #expect(fault == "not a JSON object; expected a drawing in each line")
    }

    @Test(arguments: [
        (#"{"key_id":"1","drawing":[]}"#, #"no "word"; expected word, key_id, and drawing"#),
        (#"{"word":"cat","drawing":[]}"#, #"no "key_id"; expected word, key_id, and drawing"#),
        (#"{"word":"cat","key_id":"1"}"#, #"no "drawing"; expected word, key_id, and drawing"#),
        (#"{"word":5,"key_id":"1","drawing":[]}"#, #""word" is not a string"#),
        (#"{"word":"","key_id":"1","drawing":[]}"#, #""word" is not a nonempty string"#),
        (#"{"word":"cat","key_id":null,"drawing":[]}"#, #""key_id" is not a string of digits"#),
        (#"{"word":"cat","key_id":"+1","drawing":[]}"#, #"key_id is "+1"; expected a whole number below 2^64"#),
    ])
    func `a member that is missing or wrong`(text: String, expected: String) {
        let fault = fault(text)
        #expect(fault == expected)
    }

    @Test(arguments: [
        ("5", #""drawing" is not an array of strokes"#), ("[5]", #""drawing" is not an array of arrays"#),
        ("[[1,2,3]]", #""drawing" is not an array of strokes of three arrays of numbers"#),
        ("[[[1],[2],3]]", #""drawing" is not an array of strokes of three arrays of numbers"#),
        ("[[]]", "stroke 0 has 0 axes; expected 3, x, y, and times"),
        ("[[[1],[2],[3],[4]]]", "stroke 0 has 4 axes; expected 3, x, y, and times"),
        (
            "[[[1],[2],[3]],[[1],[2]]]",
            "stroke 1 has 2 axes; expected 3, x, y, and times (a simplified drawing in a file of raw ones?)"
        ),
        ("[[[1,2,3,4],[1,2],[1,2,3,4]]]", "stroke 0 has 4 x values but 2 y values"),
        ("[[[1],[1],[1]],[[1,2],[1,2,3,4,5],[1,2]]]", "stroke 1 has 2 x values but 5 y values"),
        ("[[[],[1],[]]]", "stroke 0 has 0 x values but 1 y values"),
        ("[[[1,2],[1,2],[1]]]", "stroke 0 has 2 x values but 1 times"),
        ("[[[1,2],[1,2],[1,2,3]]]", "stroke 0 has 2 x values but 3 times"),
        ("[[[1],[2],[3]],[[],[],[]]]", "stroke 1 has no points; expected at least 1"),
        ("[[[1,true],[1,2],[1,2]]]", "stroke 0 has x = something other than a number; expected \(range)"),
        ("[[[1,2],[1,\"2\"],[1,2]]]", "stroke 0 has y = something other than a number; expected \(range)"),
        ("[[[1e300],[2],[3]]]", "stroke 0 has x = 1e+300; expected \(range)"),
        ("[[[1],[-1000000000.5],[3]]]", "stroke 0 has y = -1000000000.5; expected \(range)"),
        ("[[[1],[18446744073709551615],[3]]]", "stroke 0 has y = 1.8446744073709552e+19; expected \(range)"),
    ])
    func `a drawing that is wrong`(drawing: String, expected: String) {
        let fault = fault(ofDrawing: drawing)
        #expect(fault == expected)
    }

    private static let range = "a number from -1000000000 to 1000000000"

    @Test(arguments: UInt64(0)..<50)
    func `a damaged record is a drawing or an error`(seed: UInt64) {
        var mutator = ByteMutator(seed: seed)
        for _ in 0..<100 {
            let text = mutator.mutated(Array(cat.utf8))
            var raw = RawDrawing()
            do {
                try decode(text, into: &raw)
                let drawing = try raw.simplified()
                #expect(!drawing.word.isEmpty)
                #expect(drawing.strokeCount == raw.strokeCount)
            } catch {
                #expect(error is DrawingRecordError || error is JSONSyntaxError)
            }
        }
    }

    // MARK: Real drawings

    @Test(.enabled(if: RealDrawings.areProvided, "QUICKDRAW_DIR names no real drawings"))
    func `all real raw drawings come out as published`() throws {
        var raws: [UInt64: RawDrawing] = [:]
        for file in RealDrawings.files("raw") {
            for line in try Data(contentsOf: file).split(separator: 0x0A) {
                let raw = try RawDrawing(line: Array(line))
                raws[raw.keyID] = raw
            }
        }
        var compared: Set<UInt64> = []
        var different: Set<UInt64> = []
        for file in RealDrawings.files("simplified") {
            var reader = try DrawingReader(FilePath(file.path))
            var published = Drawing()
            while try reader.read(into: &published) {
                guard let drawing = try raws[published.keyID]?.simplified() else { continue }
                compared.insert(published.keyID)
                if drawing.coordinates != published.coordinates || drawing.strokeEnds != published.strokeEnds
                    || drawing.word != published.word
                {
                    different.insert(published.keyID)
                }
            }
        }
        #expect(compared.count >= 1588)
        #expect(different == [])
    }
}
