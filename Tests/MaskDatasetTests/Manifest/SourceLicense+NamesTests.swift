import StrokeBank
import Testing

@testable import MaskDataset

struct SourceLicenseNamesTests {
    private func license(_ identifier: String?, _ attribution: String? = nil) throws -> SourceLicense {
        try #require(SourceLicense(identifier: identifier, attribution: attribution))
    }

    @Test(
        arguments: [
            ("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
            ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
            ("cc-by-nc-sa-3.0", "CC BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
            ("CC-BY-3.0-AT", "CC-BY-3.0-AT", "https://spdx.org/licenses/CC-BY-3.0-AT.html"),
            ("CC-PDDC", "CC-PDDC", "https://spdx.org/licenses/CC-PDDC.html"),
            ("MIT", "MIT", "https://spdx.org/licenses/MIT.html"),
            ("GPL-2.0+", "GPL-2.0+", "https://spdx.org/licenses/GPL-2.0.html"),
            ("LicenseRef-mine", "LicenseRef-mine", nil),
        ] as [(String, String, String?)])
    func `a license has a name and a page`(identifier: String, name: String, url: String?) throws {
        let license = try license(identifier)
        #expect((license.name, license.url) == (name, url))
    }

    @Test(
        arguments: [
            ("CC-BY-4.0", "license: cc-by-4.0"), ("CC0-1.0", "license: cc0-1.0"), ("MIT", "license: mit"),
            (
                "GPL-2.0+",
                "license: other\nlicense_name: \"gpl-2.0+\"\nlicense_link: \"https://spdx.org/licenses/GPL-2.0.html\""
            ),
            ("LicenseRef-mine", "license: other\nlicense_name: \"licenseref-mine\""),
            ("null", "license: other\nlicense_name: \"null\"\nlicense_link: \"https://spdx.org/licenses/null.html\""),
        ])
    func `a dataset card names the licenses that the hub knows, and calls all others other`(
        identifier: String, lines: String
    ) throws {
        #expect(try license(identifier).cardLines == lines)
    }

    @Test func `what is unknown is not named`() {
        let unknown = SourceLicense.unknown
        #expect((unknown.name, unknown.url, unknown.cardLines, unknown.markdown) == (nil, nil, nil, nil))
        #expect(!unknown.isQuickDraw)
        #expect(SourceLicense.quickDraw.isQuickDraw)
    }

    @Test func `an attribution in Markdown is a quotation without markup and control characters`() throws {
        let license = try license("MIT", "A \"B\"\r\n# *C* <b>\n---\n\u{1B}[1m")
        #expect(
            license.markdown == """
                > A "B"
                > \\# \\*C\\* \\<b\\>
                > ---
                >  \\[1m

                License: [MIT](https://spdx.org/licenses/MIT.html)
                """)
    }
}
