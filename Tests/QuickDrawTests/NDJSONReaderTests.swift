import DrawingSamples
import FileAccess
import StrokeBank
import QuickDraw
import SystemPackage
import TemporaryFiles
import Testing

struct NDJSONReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private let cat = #"{"word":"cat","key_id":"1","drawing":[[[1,2],[3,4]],[[5],[6]]]}"#
    private let dog = #"{"word":"dog","key_id":"2","drawing":[[[7,8],[9,10]]]}"#

    /// All drawings of a file.
    private func drawings(of path: FilePath) throws -> [Drawing] {
        var reader = try DrawingReader(path)
        var drawing = Drawing()
        var drawings: [Drawing] = []
        while try reader.read(into: &drawing) { drawings.append(drawing) }
        return drawings
    }

    private func drawings(in contents: String) throws -> [Drawing] {
        try drawings(of: folder.file("a.ndjson", contents))
    }

    private let bothDrawings = [
        Drawing("cat", key: 1, strokes: [[(1, 3), (2, 4)], [(5, 6)]]),
        Drawing("dog", key: 2, strokes: [[(7, 9), (8, 10)]]),
    ]

    // MARK: Files

    @Test func `each line is a drawing`() throws {
        let drawings = try drawings(in: "\(cat)\n\(dog)\n")
        #expect(drawings == bothDrawings)
    }

    @Test func `the last line needs no line end`() throws {
        let drawings = try drawings(in: "\(cat)\n\(dog)")
        #expect(drawings == bothDrawings)
    }

    @Test func `lines may end with CRLF`() throws {
        let drawings = try drawings(in: "\(cat)\r\n\(dog)\r\n")
        #expect(drawings == bothDrawings)
    }

    @Test func `empty lines, and lines of spaces and tabs, are passed over`() throws {
        let drawings = try drawings(in: "\n\(cat)\n \t \n\r\n\n\(dog)\n\n")
        #expect(drawings == bothDrawings)
    }

    @Test func `a file may be gzipped`() throws {
        let drawings = try drawings(of: folder.gzipped("a.ndjson.gz", "\(cat)\n\(dog)\n"))
        #expect(drawings == bothDrawings)
    }

    @Test(arguments: ["", "\n\n", "  "])
    func `a file of nothing has no drawings`(contents: String) throws {
        let drawings = try drawings(in: contents)
        #expect(drawings == [])
    }

    @Test func `an error counts the empty lines before it`() throws {
        let file = try folder.file("a.ndjson", "\(cat)\n\n\n[]\n")
        let error = #expect(throws: DataError.self) { try drawings(of: file) }
        #expect(error.map { "\($0)" } == "\(file):4: not a JSON object; expected a drawing in each line")
    }

    @Test func `reading can go on behind a faulty line`() throws {
        var reader = try DrawingReader(folder.file("a.ndjson", "[]\n\(dog)\n"))
        var drawing = Drawing()
        #expect(throws: DataError.self) { () throws in _ = try reader.read(into: &drawing) }
        let isRead = try reader.read(into: &drawing)
        #expect(isRead)
        #expect(drawing == bothDrawings[1])
    }

    @Test func `a missing file is an error`() {
        let missing = folder.path.appending("missing.ndjson")
        let error = #expect(throws: DataError.self) { try drawings(of: missing) }
        #expect(error.map { "\($0)" } == "\(missing): cannot be opened: No such file or directory")
    }

    @Test func `a folder is an error`() {
        let error = #expect(throws: DataError.self) { try drawings(of: folder.path) }
        #expect(error.map { "\($0)" } == "\(folder.path): is a folder; expected a file")
    }

    @Test func `a gzipped file that is cut off is an error`() throws {
        _ = try folder.gzipped("a.ndjson.gz", "\(cat)\n")
        let file = try folder.file("cut.ndjson.gz", bytes: folder.bytes(of: "a.ndjson.gz").dropLast(8))
        let error = #expect(throws: DataError.self) { try drawings(of: file) }
        #expect(
            error.map { "\($0)" }
                == "\(file): cannot be read after byte \(cat.utf8.count + 1): corrupt gzip data (unexpected end of file)"
        )
    }

    // MARK: Records

    @Test(arguments: [
        #"{"word":"cat","key_id":"7","drawing":[[[1],[2]]]}"#, #"{"drawing":[[[1],[2]]],"key_id":"7","word":"cat"}"#,
        #"{"key_id":"7","drawing":[[[1],[2]]],"word":"cat"}"#, #"{"drawing":[[[1],[2]]],"word":"cat","key_id":"7"}"#,
        #"{"word":"cat","countrycode":"US","timestamp":"2017-01-28 00:34:51.80514 UTC","recognized":true,"#
            + #""key_id":"7","drawing":[[[1],[2]]]}"#,
        #" { "word" : "cat" , "key_id" : "7" , "drawing" : [ [ [ 1 ] , [ 2 ] ] ] } "#,
        #"{"x":{"word":"dog","drawing":5},"word":"cat","y":[["key_id"]],"key_id":"7","drawing":[[[1],[2]]],"z":null}"#,
    ])
    func `members stand in any order, among any others`(record: String) throws {
        var drawing = try #require(try drawings(in: record).first)
        // Not all records contain these members.
        (drawing.country, drawing.timestamp, drawing.isRecognized) = (.unknown, 0, false)
        #expect(drawing == Drawing("cat", key: 7, strokes: [[(1, 2)]]))
    }

    @Test func `of members of one name the last counts`() throws {
        let drawings = try drawings(in: #"{"word":"cat","key_id":"7","drawing":[],"word":"dog"}"#)
        #expect(drawings.map(\.word) == ["dog"])
    }

    @Test(
        arguments: [
            ("0", 0), ("5201136883597312", 5_201_136_883_597_312), ("9007199254740993", 9_007_199_254_740_993),
            ("18446744073709551615", .max),
        ] as [(String, UInt64)])
    func `a key is exact, as a string and as a number`(key: String, expected: UInt64) throws {
        let drawings = try drawings(
            in: #"{"word":"a","key_id":"\#(key)","drawing":[]}"# + "\n" + #"{"word":"a","key_id":\#(key),"drawing":[]}"#
        )
        #expect(drawings.map(\.keyID) == [expected, expected])
    }

    @Test(arguments: [("The Eiffel Tower", "The Eiffel Tower"), ("t-shirt", "t-shirt"), (#"\u00e9"#, "é"), ("猫", "猫")])
    func `the word is the record's, not the file's`(written: String, expected: String) throws {
        let drawings = try drawings(in: #"{"word":"\#(written)","key_id":"1","drawing":[]}"#)
        #expect(drawings.map(\.word) == [expected])
    }

    @Test func `the word may change from line to line and back`() throws {
        let drawings = try drawings(in: "\(cat)\n\(cat)\n\(dog)\n\(cat)\n")
        #expect(drawings.map(\.word) == ["cat", "cat", "dog", "cat"])
    }

    @Test func `a drawing may have no strokes`() throws {
        let drawings = try drawings(in: #"{"word":"cat","key_id":"1","drawing":[]}"#)
        #expect(drawings == [Drawing("cat", strokes: [])])
    }

    @Test func `the two equal points of a dot are kept`() throws {
        let drawings = try drawings(in: #"{"word":"cat","key_id":"1","drawing":[[[5,5],[6,6]]]}"#)
        #expect(drawings == [Drawing("cat", strokes: [[(5, 6), (5, 6)]])])
    }

    @Test func `coordinates reach from 0 to 255`() throws {
        let drawings = try drawings(in: #"{"word":"cat","key_id":"1","drawing":[[[0,255],[255,0]]]}"#)
        #expect(drawings == [Drawing("cat", strokes: [[(0, 255), (255, 0)]])])
    }

    @Test func `a long drawing is whole`() throws {
        let points = (0..<100_000).map { (UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 / 7)) }
        let xs = points.map { "\($0.0)" }.joined(separator: ",")
        let ys = points.map { "\($0.1)" }.joined(separator: ",")
        let drawings = try drawings(in: #"{"word":"cat","key_id":"1","drawing":[[[\#(xs)],[\#(ys)]]]}"#)
        #expect(drawings == [Drawing("cat", strokes: [points])])
    }
}
