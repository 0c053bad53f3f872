import DrawingSamples
import FileAccess
import StrokeBank
import SystemPackage
import TemporaryFiles
import Testing

@testable import QuickDraw

/// Every category of a file is found, wherever its drawings are: as text, gzipped, and in a bank alike.
struct CategoryCompletenessTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func line(_ word: String, _ key: Int, drawing: String = "[[[1,2],[3,4]]]") -> String {
        #"{"word":"\#(word)","countrycode":"US","timestamp":"2017-03-05 02:52:36.19922 UTC","recognized":true,"#
            + #""key_id":"\#(key)","drawing":\#(drawing)}"# + "\n"
    }

    private func cats(_ keys: ClosedRange<Int>) -> String { keys.map { line("cat", $0) }.joined() }

    private func compressed(_ text: String) throws -> FilePath {
        // gzip does not replace a file.
        try folder.path.appending("cat.ndjson.gz").removeTree()
        return try folder.gzipped("cat.ndjson.gz", text)
    }

    /// The words and the number of drawings of a pool of one file.
    private func pool(
        _ text: String, limit: Int, isCompressed: Bool = false, filter: DrawingFilter = DrawingFilter(),
        skipsDamaged: Bool = false
    ) throws -> (words: [String], drawingCount: Int, skippedContents: SkippedContents) {
        let path = try isCompressed ? compressed(text) : folder.file("cat.ndjson", text)
        let file = try SampledFileStrokes(
            path, drawingLimit: limit, strokesPerDrawing: 1, seed: 0, filter: filter, skipsDamaged: skipsDamaged)
        let pool = StrokePool([file], drawingLimit: limit)
        return (pool.words, pool.drawingCount, pool.skippedContents)
    }

    @Test(arguments: [false, true])
    func `categories after many drawings of one, and before its last one, are found`(isCompressed: Bool) throws {
        let others = (1001...1300).map { line("dog", $0) } + (1301...1600).map { line("bus", $0) }
        for end in ["", line("cat", 2000)] {
            let found = try pool(cats(1...1000) + others.joined() + end, limit: 1000, isCompressed: isCompressed)
            #expect(found.words == ["bus", "cat", "dog"])
            #expect(found.drawingCount == 1600)
        }
    }

    @Test(arguments: 0...40) func `a single drawing of another category is found at any place`(place: Int) throws {
        let text = (place > 0 ? cats(1...place) : "") + line("dog", 100) + (place < 40 ? cats((place + 1)...40) : "")
        let found = try pool(text, limit: 5)
        #expect(found.words == ["cat", "dog"])
        #expect(found.drawingCount == 6)
    }

    /// Lines whose word only a parser finds.
    private static let hidden = [
        #"{"word":"\u0064og","key_id":"99","drawing":[[[1],[2]]]}"#,
        #"{"word":"cat","key_id":"99","w\u006frd":"dog","drawing":[[[1],[2]]]}"#,
        #"{"word":"cat","word":"dog","key_id":"99","drawing":[[[1],[2]]]}"#,
        #"{"word":"cat","key_id":"99","drawing":[[[1],[2]]],"word":"dog"}"#,
        #"{"drawing":[[[1],[2]]],"key_id":"99","word":"dog"}"#,
        #"{"x":{"word":"cat"},"key_id":"99","word":"dog","drawing":[[[1],[2]]]}"#,
        #"{"x":["word","cat"],"key_id":"99","word":"dog","drawing":[[[1],[2]]]}"#,
        #"  { "word" : "dog" , "key_id" : "99" , "drawing" : [ [ [1] , [2] ] ] }"#,
        #"{"key_id":"99","x":"\"word\":\"cat\",","word":"dog","drawing":[[[1],[2]]]}"#,
        #"{"key_id":"99","word":"cat\u0073","drawing":[[[1],[2]]]}"#,
    ]

    @Test(arguments: hidden) func `a category is found however its line is written`(hidden: String) throws {
        for isCompressed in [false, true] {
            let found = try pool(cats(1...9) + hidden + "\n" + cats(10...19), limit: 3, isCompressed: isCompressed)
            #expect(found.words.count == 2)
            #expect(found.words.first == "cat")
            #expect(found.drawingCount == 4)
        }
    }

    @Test func `raw drawings of a complete category are skipped as well`() throws {
        func raw(_ word: String, _ key: Int) -> String {
            #"{"key_id":"\#(key)","word":"\#(word)","countrycode":"US","drawing":[[[1,90],[3,4],[0,9]]]}"# + "\n"
        }
        let text = (1...50).map { raw("cat", $0) }.joined() + raw("dog", 51) + raw("cat", 52)
        let found = try pool(text, limit: 10)
        #expect(found.words == ["cat", "dog"])
        #expect(found.drawingCount == 11)
    }

    @Test func `what is no drawing counts only if another category follows`() throws {
        let ending = try pool(cats(1...9) + "no\n{\n", limit: 3)
        #expect(ending.drawingCount == 3)
        let message = TemporaryFiles.message { _ = try pool(cats(1...9) + "no\n{\n" + line("dog", 10), limit: 3) }
        #expect(message?.hasPrefix("\(folder.path)/cat.ndjson:10: not JSON: ") == true)
        let skipped = try pool(cats(1...9) + "no\n{\n" + line("dog", 10), limit: 3, skipsDamaged: true)
        #expect(skipped.words == ["cat", "dog"])
        #expect(skipped.skippedContents.corruptCount == 2)
    }

    @Test func `a damaged end of a gzipped file is an error, as it could be another category`() throws {
        let bytes = try folder.gzipped("cat.ndjson.gz", cats(1...5000)).readFile()
        let path = try folder.file("cut.ndjson.gz", bytes: bytes.dropLast(100))
        let message = TemporaryFiles.message {
            _ = try SampledFileStrokes(path, drawingLimit: 3, strokesPerDrawing: 1, seed: 0)
        }
        #expect(message?.contains("cut.ndjson.gz: cannot be read after byte ") == true)
        let file = try SampledFileStrokes(path, drawingLimit: 3, strokesPerDrawing: 1, seed: 0, skipsDamaged: true)
        #expect(file.skippedContents.corruptCount == 1)
    }

    @Test func `drawings of a rejected word are not examined, but those of others are found`() throws {
        var filter = DrawingFilter()
        filter.excludedWords = ["cat"]
        let rejected = try pool("no\n" + cats(1...9) + "no\n", limit: 3, filter: filter)
        #expect(rejected.words.isEmpty)
        #expect(rejected.skippedContents.filterCounts.excludedWords == ["cat"])
        let found = try pool(cats(1...9) + line("dog", 10) + cats(11...19), limit: 3, filter: filter)
        #expect(found.words == ["dog"])
        let message = TemporaryFiles.message {
            _ = try pool("no\n" + cats(1...9) + line("dog", 10), limit: 3, filter: filter)
        }
        #expect(message?.hasPrefix("\(folder.path)/cat.ndjson:1: not JSON: ") == true)
        let empty = TemporaryFiles.message { _ = try pool("no\n", limit: 3, filter: filter) }
        #expect(empty == message)
    }

    @Test(arguments: [10, 100, 1000]) func `chunks of a file reject and find the same`(length: Int) throws {
        var filter = DrawingFilter()
        filter.excludedWords = ["cat"]
        for text in [cats(1...9) + line("dog", 10) + "no\n" + cats(11...19), "no\n" + cats(1...9), "no\n"] {
            let path = try folder.file("cat.ndjson", text)
            var all = FileChunk.Findings()
            var keys: [UInt64] = []
            for chunk in try FileChunk.chunks(of: DrawingFile(path), length: length) {
                do throws(DataError) {
                    all.add(try chunk.forEachDrawing(filter: filter) { keys.append($0.keyID) })
                } catch {
                    #expect("\(error)".hasPrefix("\(path):11: not JSON: "))
                    #expect(text.contains("dog"))
                }
            }
            #expect(keys == (text.contains("dog") ? [10] : []))
            #expect(all.rejectedWords == (text == "no\n" ? [] : ["cat"]))
            #expect(all.passedOver.count == (text.contains("dog") ? all.passedOver.count : 1))
        }
    }
}

/// The word of a line is recognized without decoding it, and only if it is certain.
struct WordPrefilterTests {
    private func isCat(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        return WordPrefilter("cat").isWord(of: bytes.span.bytes, count: bytes.count)
    }

    @Test(arguments: [
        #"{"word":"cat","key_id":"1","drawing":[[[1],[2]]]}"#,
        #"{"word": "cat", "key_id": "1", "drawing": [[[1], [2]]]}"#,
        #"{"key_id":"1","word":"cat","recognized":true,"x":"","drawing":[[[1],[2]]]}"#,
        #"{"recognized":false,"word":"cat","drawing":"#,
    ])
    func `official lines are recognized`(line: String) {
        #expect(isCat(line))
    }

    @Test(arguments: [
        #"{"word":"dog","key_id":"1","drawing":[[[1],[2]]]}"#,
        #"{"word":"cats","key_id":"1","drawing":[]}"#,
        #"{"word":"ca","key_id":"1","drawing":[]}"#,
        #"{"key_id":"1","drawing":[]}"#,
        #"{"word":"cat","word":"cat","drawing":[]}"#,
        #"{"word":"cat","a\\b":"1","drawing":[]}"#,
        #"{"word":"cat","drawing":[],"x":""}"#,
        #"{"word":"cat","x":1,"drawing":[]}"#,
        #"{"word":"cat","x":null,"drawing":[]}"#,
        #"{"word":"cat"}"#, "{", "{}", "", "cat",
        #"{"word"#, #"{"word":"#, #"{"word":"cat"#, #"{"word":"cat""#, #"{"word":"cat","#,
    ])
    func `everything else is left to the parser`(line: String) {
        #expect(!isCat(line))
    }
}
