import JSONText
import Testing

@testable import MaskReport

struct ReportPageTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `data cannot end their element`() {
        let json = Array(#"{"word":"</script><!-- \"&'"}"#.utf8)
        #expect(text(ReportPage.escaped(json)) == #"{"word":"\u003c/script>\u003c!-- \"&'"}"#)
    }

    @Test func `marks are replaced, except those in the replacements`() {
        let replacements = [(mark: "{{a}}", bytes: Array("{{b}}".utf8)), (mark: "{{b}}", bytes: Array("b".utf8))]
        let page = ReportPage.assemble(Array("<{{a}}|{{b}}>".utf8), replacements)
        #expect(text(page) == "<{{b}}|b>")
    }

    @Test func `the page is complete and requests nothing`() {
        let page = text(ReportPage.bytes { $0.object { _ in } })
        #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
        for mark in ["{{style}}", "{{data}}", "{{script}}"] { #expect(!page.contains(mark), "\(mark)") }
        #expect(page.contains("default-src 'none'"))
        #expect(page.contains(#"<script type="application/json" id="data">{}</script>"#))
        #expect(!page.contains("import {") && !page.contains("export "))
        for request in ["src=\"http", "href=\"http", "url(", "fetch(", "@import"] {
            #expect(!page.contains(request), "\(request)")
        }
    }
}
