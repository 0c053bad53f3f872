import MaskSamples
import Foundation
import MaskModel
import Testing

@testable import MaskFormats

@Suite struct XMLParserTests {
    @Test(arguments: [
        ("", "line 1: not XML: no element found"), ("hello", "line 1: not XML: syntax error"),
        ("<svg>\n<g>\n</svg>", "line 3: not XML: mismatched tag"), ("<svg>\n", "line 2: not XML: no element found"),
        ("<a b=c/>", "line 1: not XML: not well-formed (invalid token)"),
        ("<a/>\n<b/>", "line 2: not XML: junk after document element"),
        ("<a>&nbsp;</a>", "line 1: not XML: undefined entity"), ("<x:a/>", "line 1: not XML: unbound prefix"),
        ("\u{0}\u{0}\u{0}\u{0}", "line 1: not XML: not well-formed (invalid token)"),
    ])
    func `text that is not XML is refused with its line`(text: String, message: String) {
        let complaint = complaint { try parseXML(Array(text.utf8)) { (_) throws(MaskFormatError) in } }
        #expect(complaint == message)
    }

    @Test func `a truncated document is refused`() {
        let text = brushDocument(#"<path stroke-width="2" d="M1 2L3 4"/>"#)
        for count in 0..<text.utf8.count {
            let complaint = complaint(String(decoding: text.utf8.prefix(count), as: UTF8.self))
            #expect(complaint?.contains("not XML: ") == true, "\(count) bytes")
        }
        #expect(complaint(text) == nil)
    }

    @Test func `nested entities are not expanded`() {
        let text = """
            <?xml version="1.0"?>
            <!DOCTYPE lolz [
              <!ENTITY lol "lol">
              <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
              <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
            ]>
            <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>&lol3;</title></svg>
            """
        #expect(complaint(text) == "line 3: an entity is declared; expected a document without entities")
    }

    @Test(arguments: [
        #"<!ENTITY e SYSTEM "file:///etc/hostname">"#, #"<!ENTITY % e "<!ENTITY f 'g'>">"#,
        #"<!ENTITY % e SYSTEM "http://127.0.0.1:9/e.dtd">"#, #"<!ENTITY e "5">"#,
    ])
    func `every declaration of an entity is refused`(declaration: String) {
        let text = "<!DOCTYPE svg [\n\n\(declaration)]>\n" + document("")
        #expect(complaint(text) == "line 3: an entity is declared; expected a document without entities")
    }

    @Test func `an external DTD is never opened`() throws {
        // If it were, its entity declaration would be an error.
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).dtd")
        try Data("<!ENTITY width \"7\">".utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let system = "<!DOCTYPE svg SYSTEM \"\(path.absoluteString)\">\n" + document("")
        let published = """
            <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">

            """
        #expect(complaint(system) == nil)
        #expect(complaint(published + document("")) == nil)
    }

    @Test func `an external style sheet is refused, and other processing instructions are ignored`() {
        let styled = "<?xml version='1.0'?>\n<?xml-stylesheet href='mask.css' type='text/css'?>\n" + document("")
        let other = "<?editor keep='this'?>\n" + document("")
        #expect(complaint(styled) == "line 2: a style sheet is referenced; expected a document without style sheets")
        #expect(complaint(other) == nil)
    }

    @Test func `character references are read`() throws {
        let text = brushDocument(#"<path stroke-width="&#50;" d="M1&#x20;2L3 &#52;"/>"#)
        #expect(try strokes(text) == [PlainStroke(2, (1, 2), (3, 4))])
    }

    @Test func `a document in UTF-16 is read`() throws {
        let text = #"<?xml version="1.0" encoding="UTF-16"?>"# + brushDocument(#"<path d="M1 2L3 4"/>"#)
        let bytes = try #require(text.data(using: .utf16))
        let mask = try VectorMask(svg: Array(bytes))
        #expect(mask.strokes.map(PlainStroke.init) == [PlainStroke(1, (1, 2), (3, 4))])
    }
}
