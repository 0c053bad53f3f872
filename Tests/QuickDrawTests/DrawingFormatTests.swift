import Foundation
@testable import QuickDraw
import ReaderFuzzing
import Testing

struct DrawingFormatTests {
    private func find(_ bytes: [UInt8], isWhole: Bool = true) -> DrawingFormat.Detection {
        DrawingFormat.detect(in: bytes.span.bytes, isWhole: isWhole)
    }

    private func find(_ text: String, isWhole: Bool = true) -> DrawingFormat.Detection {
        find(Array(text.utf8), isWhole: isWhole)
    }

    private static let simplified = #"{"word":"cat","key_id":"1","drawing":[[[1,2],[3,4]],[[5],[6]]]}"# + "\n"
    private static let raw = #"{"word":"cat","key_id":"1","drawing":[[[1.5,2],[3,4],[0,16]]]}"# + "\n"
    private static let binary: [UInt8] = [
        1, 2, 3, 4, 5, 6, 7, 8, 0x44, 0x45, 1, 0xC1, 0x2F, 0xCC, 0x58, 2, 0, 3, 0, 1, 255, 5, 2, 0, 6, 1, 0, 7, 8,
    ]

    @Test func `two arrays a stroke are simplified, three are raw`() {
        let simplified = find(Self.simplified)
        let raw = find(Self.raw)
        #expect(simplified == .format(.simplified))
        #expect(raw == .format(.raw))
    }

    @Test(arguments: [
        #"{ "word" : "cat" , "drawing" : [ [ [ 1 ] , [ 2 ] , [ 3 ] ] ] }"#,
        #"{"drawing":[[[1],[2],[3]]],"word":"cat"}"#, #"{"x":[[[1],[2]]],"drawing":[[[1],[2],[3]]]}"#,
        #"{"x":{"drawing":[[[1],[2]]]},"drawing":[[[1],[2],[3]]]}"#,
        #"{"word":"drawing","drawings":[[[1],[2]]],"drawing":[[[1],[2],[3]]]}"#,
        #"{"word":"\"drawing\":[[[1],[2]]]","drawing":[[[1],[2],[3]]]}"#,
        #"{"word":"\\","drawing":[[[1],[2],[3]]]}"#, #"{"word":"]}","drawing":[[[1],[2],[3]]]}"#,
    ])
    func `members may stand in any order, with any others`(record: String) {
        let finding = find(record)
        #expect(finding == .format(.raw))
    }

    @Test(arguments: ["\u{FEFF}", "\n", "\r\n \t\n", "\u{FEFF}\r\n\r\n", "  "])
    func `a byte order mark and blank lines may stand in front`(beginning: String) {
        let raw = find(beginning + Self.raw)
        let simplified = find(beginning + Self.simplified)
        #expect(raw == .format(.raw))
        #expect(simplified == .format(.simplified))
    }

    @Test(arguments: [
        #"{"word":"cat","key_id":"1","drawing":[]}"# + "\n", #"{"word":"cat","drawing":[[[1,2],[3"# + "\n", "{}\n",
        #"{"word":"cat"# + "\n", "{\"word\":\"cat\"}\ndamaged\n",
    ])
    func `a record without a stroke, or cut off, leaves it to the next`(record: String) {
        let raw = find(record + Self.raw)
        let simplified = find(record + Self.simplified)
        #expect(raw == .format(.raw))
        #expect(simplified == .format(.simplified))
    }

    @Test(arguments: ["", "\n", "\u{FEFF}", "{}", #"{"word":"cat","drawing":[]}"#, "{", #"{"drawing":[[[1,2"#])
    func `what shows no stroke counts as simplified if that is all, and is undecided otherwise`(text: String) {
        let whole = find(text)
        let beginning = find(text, isWhole: false)
        #expect(whole == .format(.simplified))
        #expect(beginning == .undecided)
    }

    @Test func `the first stroke's third array decides, long before the line's end`() throws {
        let xs = (0..<5000).map { "\($0)" }.joined(separator: ",")
        let beginning = #"{"word":"cat","key_id":"1","drawing":[[[\#(xs)],[\#(xs)]"#
        let undecided = find(beginning, isWhole: false)
        let raw = find(beginning + ",[", isWhole: false)
        let simplified = find(beginning + "]", isWhole: false)
        #expect(undecided == .undecided)
        #expect(raw == .format(.raw))
        #expect(simplified == .format(.simplified))
    }

    @Test func `a record's marks tell binary`() {
        let finding = find(Self.binary)
        let beginning = find(Array(Self.binary.prefix(17)), isWhole: false)
        #expect(finding == .format(.binary))
        #expect(beginning == .format(.binary))
    }

    @Test(arguments: [0x7B, 0x0A, 0xEF, 0x20] as [UInt8])
    func `a key may begin as text does`(byte: UInt8) {
        var bytes = Self.binary
        bytes[0] = byte
        let finding = find(bytes)
        #expect(finding == .format(.binary))
    }

    @Test(arguments: 0..<17)
    func `fewer bytes than a record's header do not tell`(count: Int) {
        let finding = find(Array(Self.binary.prefix(count)), isWhole: false)
        #expect(finding == .undecided)
    }

    @Test func `a record that the file ends in is binary; its reader tells the place`() {
        let finding = find(Array(Self.binary.prefix(20)))
        #expect(finding == .format(.binary))
    }

    @Test(arguments: [
        "cat", "[1,2,3]", "# drawings of many cats", "\u{FEFF}cat",
    ])
    func `other texts are none of the forms`(text: String) {
        let finding = find(text)
        #expect(finding == .none)
    }

    @Test func `a page of an error that was saved as drawings is named`() {
        #expect(find("<html><body>404 Not Found</body></html>") == .foreign("HTML, as of an error page,"))
    }

    @Test(arguments: [
        (8, UInt8(0x20)), (9, 0x61), (10, 2), (17, 0),
    ])
    func `bytes of which one is impossible in a record are none of the forms`(place: Int, byte: UInt8) {
        var bytes = Self.binary
        bytes[place] = byte
        let finding = find(bytes)
        #expect(finding == .none)
    }

    @Test func `an unknown country is two zeros`() {
        var bytes = Self.binary
        bytes[8] = 0
        bytes[9] = 0
        let finding = find(bytes)
        #expect(finding == .format(.binary))
    }

    @Test(arguments: UInt64(0)..<30)
    func `whatever a file is damaged to, there is a finding, and more bytes do not turn it`(seed: UInt64) {
        var mutator = ByteMutator(seed: seed)
        for start in [Array(Self.simplified.utf8), Array(Self.raw.utf8), Self.binary] {
            for _ in 0..<60 {
                let bytes = mutator.mutated(start)
                let whole = find(bytes)
                #expect(whole != .undecided)
                let beginning = find(Array(bytes.prefix(Int.random(in: 0...40, using: &mutator))), isWhole: false)
                // A stroke of a binary record may have no points.
                guard beginning != .undecided, beginning != .format(.binary) else { continue }
                #expect(beginning == whole)
            }
        }
    }

    @Test(.enabled(if: RealDrawings.areProvided, "QUICKDRAW_DIR names no real drawings"))
    func `real files are found to be what they are`() throws {
        for (folder, format) in [("raw", DrawingFormat.raw), ("simplified", .simplified)] {
            let files = RealDrawings.files(folder)
            #expect(!files.isEmpty)
            for file in files {
                let beginning = try Data(contentsOf: file).prefix(1 << 15)
                let finding = find(Array(beginning), isWhole: false)
                #expect(finding == .format(format), "\(file.lastPathComponent)")
            }
        }
        let binary = try Data(contentsOf: RealDrawings.file("binary/dog.first8192.bin"))
        let finding = find(Array(binary))
        #expect(finding == .format(.binary))
    }
}
