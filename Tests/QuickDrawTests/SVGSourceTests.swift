import StrokeBank
import FileAccess
@testable import QuickDraw
import SystemPackage
import TemporaryFiles
import Testing

/// SVG files among the files of a source.
struct SVGSourceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let document = """
        <svg xmlns="http://www.w3.org/2000/svg"><polyline points="0,0 10,0 10,20" stroke="red" fill="none"/></svg>
        """

    private func files(_ names: [String], text: String = document) throws {
        for name in names { try folder.file(name, text) }
    }

    private func words(_ source: FilePath) throws -> [String?] { try DrawingFileList(source).files.map(\.word) }

    @Test func `in one folder, the name of a file is the word`() throws {
        try files(["kanji/04e00.svg", "kanji/04e01.SVG", "kanji/05410.svgz", "kanji/a b_c.svg"])
        let expected = ["04e00", "04e01", "05410", "a b c"]
        #expect(try words(folder.path) == expected)
        #expect(try words(folder.path.appending("kanji")) == expected)
        #expect(try words(folder.path.appending("kanji").appending("04e00.svg")) == ["04e00"])
    }

    @Test func `in several folders, the name of the folder is the word`() throws {
        try files(["airplane/1.svg", "airplane/2.svg", "alarm_clock/x/1.svg", "cat.svg", "alarm_clock/81.svg"])
        #expect(try words(folder.path) == ["airplane", "airplane", "alarm clock", "x", "cat"])
    }

    @Test func `they count only where there are no other drawings`() throws {
        try files(["figure.svg", "a/figure.svg"])
        #expect(try DrawingFileList(folder.path).files.count == 2)
        #expect(throws: DataError.self) { try DrawingFileList(folder.path, includesSVG: false) }
        try folder.file("a/cat.ndjson", "")
        #expect(try DrawingFileList(folder.path).paths == [folder.path.appending("a").appending("cat.ndjson")])
    }

    @Test func `a file is one drawing, scaled to its box, with a hash as its key`() throws {
        let path = try folder.file("cat.svg", Self.document)
        var reader = try DrawingReader(path)
        #expect(reader.format == .svg)
        var drawing = Drawing()
        let isFound = try reader.read(into: &drawing)
        let isMore = try reader.read(into: &drawing)
        #expect(isFound && !isMore)
        #expect(drawing.word == "cat")
        #expect(drawing.coordinates == [0, 0, 128, 0, 128, 255])
        #expect(drawing.keyID != 0)
    }

    @Test(arguments: [
        ("<svg/>", "svg"),
        ("<?xml version='1.0'?>\n<!-- <html> --><!DOCTYPE svg [<!ATTLIST g a CDATA \"]>\">]><svg>", "svg"),
        ("\u{FEFF} <svg:svg xmlns:svg='x'>", "svg:svg"), ("<ink xmlns='x'>", "ink"), ("<!DOCTYPE svg", nil),
        ("<!-- <svg> ", nil), ("<?xml", nil), ("<sv", nil), ("<!DOCTYPE svg [<!-- isn't ]> -->]> <svg a", "svg"),
    ])
    func `the first element of XML is found`(text: String, name: String?) {
        let bytes = Array(text.utf8)
        var prolog = XMLProlog(bytes.span.bytes)
        #expect(prolog.isXML)
        #expect(prolog.firstElement() == name)
        let detection = DrawingFormat.detect(in: bytes.span.bytes, isWhole: true)
        #expect(detection == (name?.hasSuffix("svg") == true ? .format(.svg) : .foreign("XML")))
    }
}
