import Testing

@testable import QuickDrawDownload

struct HTTPResponseTests {
    private func response(_ fields: [String: String], status: Int = 206) -> HTTPResponse {
        HTTPResponse(status: status) { fields[$0] }
    }

    @Test func `a piece tells its place and the size of the whole`() {
        let response = response(["Content-Range": "bytes 100-199/1000", "Content-Length": "100", "ETag": "\"abc\""])
        #expect(response.contentRange?.start == 100)
        #expect(response.contentRange?.size == 1000)
        #expect(response.contentLength == 100)
        #expect(response.entityTag == "\"abc\"")
    }

    @Test func `the size of the whole may be unknown`() {
        let range = ContentRange("bytes 0-9/*")
        #expect(range?.start == 0)
        #expect(range?.size == nil)
    }

    @Test(arguments: ["", "bytes */1000", "bytes 5", "lines 1-2/3", "bytes x-9/10"])
    func `what does not tell the place is no range`(text: String) {
        #expect(ContentRange(text) == nil)
    }

    @Test func `by a weak tag parts cannot be held together`() {
        #expect(response(["ETag": "W/\"abc\""]).entityTag == nil)
    }

    @Test func `Google tells the MD5 among its hashes`() {
        let response = response(["x-goog-hash": "crc32c=AAAAAA==, md5=1B2M2Y8AsgTpgAmY7PhCfg=="])
        #expect(response.md5?.description == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(self.response(["x-goog-hash": "crc32c=AAAAAA=="]).md5 == nil)
    }

    @Test func `a status has its name`() {
        #expect(response([:], status: 503).statusText == "503 Service Unavailable")
        #expect(response([:], status: 299).statusText == "status 299")
    }
}
