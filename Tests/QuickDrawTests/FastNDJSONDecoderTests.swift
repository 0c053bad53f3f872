import DrawingSamples
import FileAccess
import StrokeBank
import MaskModel
import QuickDraw
import SystemPackage
import TemporaryFiles
import Testing

/// The result of reading a line.
private enum Answer: Hashable {
    case drawing(Drawing)
    case problem(String)
}

/// The results of reading lines, none of which is blank.
private func answers(_ lines: [[UInt8]], in folder: TemporaryFolder) throws -> [Answer] {
    var reader = try DrawingReader(
        folder.file("lines.ndjson", bytes: Array(lines.joined(separator: [0x0A])) + [0x0A]))
    var answers: [Answer] = []
    var isAtEnd = false
    while !isAtEnd {
        var drawing = Drawing()
        do throws(DataError) {
            isAtEnd = try !reader.read(into: &drawing)
            if !isAtEnd { answers.append(.drawing(drawing)) }
        } catch {
            guard error.kind == .invalidRecord else { throw error }
            answers.append(.problem(error.problem))
        }
    }
    return answers
}

/// Lines in Google's form are decoded without a JSON parser. A leading space makes simdjson decode a line, whose result
/// must be the same.
struct FastNDJSONDecoderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static func line(_ drawing: String, word: String = "cat", key: String = "\"17\"") -> [UInt8] {
        Array(
            #"{"word":"\#(word)","countrycode":"DE","recognized":true,"key_id":\#(key),"drawing":\#(drawing)}"#.utf8)
    }

    private func expectSame(_ lines: [[UInt8]]) throws {
        let plain = try answers(lines, in: folder)
        let bySimdjson = try answers(lines.map { Array(" ".utf8) + $0 }, in: folder)
        #expect(plain.count == lines.count)
        for ((plain, bySimdjson), line) in zip(zip(plain, bySimdjson), lines) where plain != bySimdjson {
            Issue.record("\(String(decoding: line, as: UTF8.self)): \(plain), by simdjson \(bySimdjson)")
        }
    }

    @Test func `numbers and arrays of all kinds are as simdjson reads them`() throws {
        let axes = [
            "[0]", "[255]", "[256]", "[999]", "[1000]", "[00]", "[01]", "[-1]", "[1.0]", "[1e2]", "[]", "[1,2]",
            "[1,2,3]",
            "[10,200,3,44]", "[1,]", "[,1]", "[1 ,2]", "[1, 2]", "[ 1]", "[1", "1]", "[null]", "[\"1\"]", "[[1]]",
            "[1,256]",
            "[1,02]", "[1;2]", "[1:2]", "[1/2]", "[12,é]", "[9,/]", "[9,:]",
        ]
        let drawings = axes.flatMap { x in
            ["[1]", "[1,2]", "[1,2,3]", "[1,2,3,4]", x].map { "[[\(x),\($0)]]" }
        }
        let others = [
            "[]", "[[]]", "[[[1]]]", "[[[1],[2],[3]]]", "[[[1],[2]],[]]", "[[[1],[2]],[[3],[4]]]", "[[[1],[2]],]",
            "null",
            "[[[1],[2]]", "[[[1],[2]]]]", "[[[1],[2]]}", "[[[1] ,[2]]]", "[[[1],[2]] ]",
        ]
        try expectSame((drawings + others).map { Self.line($0) })
    }

    @Test func `words and keys of all kinds are as simdjson reads them`() throws {
        let words = [
            "", "a", "The Eiffel Tower", "t-shirt", "übung", "a\\\"b", "a\\u0062", "a\\", "a\tb", "1234567", "12345678",
        ]
        let keys = [
            "\"0\"", "\"18446744073709551615\"", "\"18446744073709551616\"", "\"\"", "\"+5\"", "\"-5\"", "\"007\"",
            "\"00000000000000000000000007\"", "17", "-17", "1.5", "null", "\"12a\"",
        ]
        try expectSame(
            words.map { Self.line("[[[1],[2]]]", word: $0) } + keys.map { Self.line("[[[1],[2]]]", key: $0) })
    }

    @Test func `members of all kinds and orders are as simdjson reads them`() throws {
        let (word, key, drawing) = (#""word":"cat""#, #""key_id":"5""#, #""drawing":[[[1],[2]]]"#)
        let members = [
            [drawing, key, word], [word, key], [word, drawing], [key, drawing], [word, word, key, drawing],
            [word, key, key, drawing], [word, key, drawing, drawing], [word, key, drawing, #""recognized":1"#],
            [word, key, drawing, #""recognized":false"#, #""recognized":true"#],
            [word, key, drawing, #""new":{"a":[1]}"#],
            [word, key, drawing, #""new":"text""#], [#""countrycode":"DEU""#, word, key, drawing],
            [#""countrycode":7"#, word, key, drawing], [#""word":7"#, key, drawing], [word, key, #""drawing":"no""#],
            [],
        ]
        let records = members.map { "{\($0.joined(separator: ","))}" }
        let broken = [
            "{}", "[]", "{\(word),\(key),\(drawing)", "{\(word),\(key),\(drawing)}}", "{\(word),\(key),\(drawing),}",
        ]
        try expectSame((records + broken).map { Array($0.utf8) })
    }

    @Test func `Python's spelling is read`() throws {
        let spaced =
            #"{"word": "cat", "key_id": "5", "drawing": [[[1, 20, 255], [3, 4, 5]], [[0], [7]]], "recognized": true}"#
        let half = spaced.replacing("\"word\": ", with: "\"word\":")
        let answers = try answers([spaced, half].map { Array($0.utf8) }, in: folder)
        var expected = Drawing("cat", key: 5, strokes: [[(1, 3), (20, 4), (255, 5)], [(0, 7)]])
        expected.isRecognized = true
        #expect(answers == [.drawing(expected), .drawing(expected)])
    }

    @Test func `superfluous commas in Python's spelling are no JSON`() throws {
        let lines = ["[[[1], [2]],]}", "[[[1], [2]]],}", "[[[1,], [2]]]}", "[[[1], [2],]]}"].map {
            #"{"word": "cat", "key_id": "5", "drawing": "# + $0
        }
        let answers = try answers(lines.map { Array($0.utf8) }, in: folder)
        #expect(answers.count == 4)
        for answer in answers {
            guard case .problem(let problem) = answer else {
                Issue.record("\(answer)")
                continue
            }
            #expect(problem.hasPrefix("not JSON: "))
        }
    }

    @Test func `country and recognition are read`() throws {
        let answers = try answers([Self.line("[[[1],[2]]]")], in: folder)
        guard case .drawing(let drawing) = answers.first else {
            Issue.record("\(answers)")
            return
        }
        #expect(drawing.country == CountryCode("DE"))
        #expect(drawing.isRecognized)
    }

    /// A line that ends with a comma must not continue in the next line.
    @Test func `a line without its end is not read on in the next`() throws {
        let numbers = (0..<20_000).map { _ in "1, 2, 3, 4, 5, 6, 7, 8,\n" }
        try expectSame(
            [Array(#"{"word": "cat", "key_id": "5", "drawing": [[[1, 2,"#.utf8)]
                + numbers.map { Array($0.utf8.dropLast()) })
    }

    @Test(arguments: 0..<8)
    func `changed bytes are read, or refused, as simdjson does`(seed: Int) throws {
        try expectSameOfChangedLines(seed: seed, separator: ",", longest: 6)
    }

    @Test(arguments: 8..<12)
    func `changed bytes of long strokes are read, or refused, as simdjson does`(seed: Int) throws {
        try expectSameOfChangedLines(seed: seed, separator: ",", longest: 60)
    }

    @Test(arguments: 12..<16)
    func `changed bytes of Python's spelling are read, or refused, as simdjson does`(seed: Int) throws {
        try expectSameOfChangedLines(seed: seed, separator: ", ", longest: 6)
    }

    @Test func `all texts of up to four characters are numbers only if simdjson says so`() throws {
        let texts = (0..<10_000).flatMap { number in
            (1...4).map { length in String(repeating: "0", count: max(0, length - "\(number)".count)) + "\(number)" }
        }
        try expectSame(Set(texts).sorted().map { Self.line("[[[\($0),1],[2,\($0)]]]") })
    }

    private func expectSameOfChangedLines(seed: Int, separator: String, longest: Int) throws {
        var random = RandomStream(seed: 17, use: .strokeChoice, index: UInt64(seed))
        let alphabet = Array(#"0123456789[]{},:" \etrufalsn.-/;~é"#.utf8)
        let lines = (0..<4000).map { _ in
            let strokes = (0..<1 + random.uniform(below: 3)).map { _ in
                let count = 1 + random.uniform(below: longest)
                let axes = (0..<2).map { _ in
                    (0..<count).map { _ in "\(random.uniform(below: 256))" }.joined(separator: separator)
                }
                return "[[\(axes[0])]\(separator)[\(axes[1])]]"
            }
            var line = Self.line("[\(strokes.joined(separator: separator))]")
            if separator == ", " {
                line = Array(
                    #"{"word": "cat", "key_id": "17", "drawing": [\#(strokes.joined(separator: separator))]}"#.utf8)
            }
            for _ in 0..<random.uniform(below: 4) {
                let place = random.uniform(below: line.count)
                switch random.uniform(below: 3) {
                case 0: line[place] = alphabet[random.uniform(below: alphabet.count)]
                case 1: line.insert(alphabet[random.uniform(below: alphabet.count)], at: place)
                default: line.removeSubrange(place..<min(line.count, place + 1 + random.uniform(below: 9)))
                }
            }
            return line
        }
        try expectSame(lines)
    }
}
