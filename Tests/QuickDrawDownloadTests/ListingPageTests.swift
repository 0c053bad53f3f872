import QuickDraw
import Testing

@testable import QuickDrawDownload

struct ListingPageTests {
    private static let md5 = "1B2M2Y8AsgTpgAmY7PhCfg=="

    private func page(_ text: String, _ format: PublishedFormat = .simplified) throws(TransferError) -> ListingPage {
        try ListingPage(Array(text.utf8), format: format)
    }

    private func page(ofNames names: [String], _ format: PublishedFormat) throws(TransferError) -> ListingPage {
        let items = names.map { #"{"name":"\#($0)","size":"7","md5Hash":"\#(Self.md5)"}"# }
        return try page(#"{"items":[\#(items.joined(separator: ","))]}"#, format)
    }

    private func problem(_ text: String) -> String? {
        do {
            _ = try page(text)
        } catch .permanent(let problem) {
            return problem
        } catch {}
        return nil
    }

    @Test func `a file has its word, its size and its MD5`() throws {
        let page = try page(
            """
            {"kind":"storage#objects","nextPageToken":"abc","items":[{"kind":"storage#object","bucket":"quickdraw_dataset",
            "name":"full/simplified/The Eiffel Tower.ndjson","size":"67231482","md5Hash":"\(Self.md5)","crc32c":"AAAAAA=="}]}
            """)
        let file = try #require(page.files.first)
        #expect(page.files.count == 1)
        #expect(file.name == "full/simplified/The Eiffel Tower.ndjson")
        #expect(file.word == "The Eiffel Tower")
        #expect(file.size == 67_231_482)
        #expect("\(file.md5)" == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(page.nextPageToken == "abc")
    }

    @Test func `the last page has no token, an empty one no items`() throws {
        let page = try page(#"{"kind":"storage#objects"}"#)
        #expect(page.files == [])
        #expect(page.nextPageToken == nil)
    }

    @Test func `binary files end otherwise`() throws {
        let page = try page(ofNames: ["full/binary/cat.bin", "full/binary/cat.ndjson"], .binary)
        #expect(page.files.map(\.word) == ["cat"])
    }

    @Test func `what is no file of drawings, or has no name for a file here, is left out`() throws {
        let names = [
            "full/simplified/", "full/simplified/.ndjson", "full/simplified/..ndjson", "full/simplified/a/b.ndjson",
            "full/simplified/../../x.ndjson", "full/raw/cat.ndjson", "full/simplified/cat.txt", "cat.ndjson",
            "full/simplified/cat\\u0000.ndjson", "full/simplified/cat\\n.ndjson", "full/simplified/t-shirt.ndjson",
        ]
        #expect(try page(ofNames: names, .simplified).files.map(\.word) == ["t-shirt"])
    }

    @Test(arguments: [
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1099511627777", "1e3", "7.5", "", "0x10",
        " 7", "NaN", "-1",
    ])
    func `a size beyond any file's is refused, so that no sum of sizes overflows`(size: String) throws {
        let file = #""name":"full/simplified/cat.ndjson","md5Hash":"\#(Self.md5)""#
        #expect(
            problem(#"{"items":[{\#(file),"size":"\#(size)"}]}"#)
                == "full/simplified/cat.ndjson: size is \"\(size)\"; expected a number of bytes, at most 1099511627776")
        let largest = try page(#"{"items":[{\#(file),"size":"1099511627776"},{\#(file),"size":0}]}"#)
        #expect(largest.files.map(\.size) == [1 << 40, 0])
    }

    @Test func `what is not a listing is refused, with what was found`() {
        let file = #""name":"full/simplified/cat.ndjson""#
        #expect(problem("[]") == "not a JSON object; expected a bucket's listing")
        #expect(problem(#"{"items":{}}"#) == "\"items\" is not a list; expected a list of files")
        #expect(problem(#"{"items":[{}]}"#) == "an item without a name; expected name, size, and md5Hash")
        #expect(problem(#"{"nextPageToken":1}"#) == "\"nextPageToken\" is 1; expected a string")
        #expect(
            problem(#"{"items":[{\#(file),"size":"-1"}]}"#)
                == "full/simplified/cat.ndjson: size is \"-1\"; expected a number of bytes, at most 1099511627776")
        #expect(
            problem(#"{"items":[{\#(file),"size":"7"}]}"#)
                == "full/simplified/cat.ndjson: md5Hash is missing; expected 16 bytes in base64")
        #expect(problem("<html>")?.hasPrefix("not JSON: ") == true)
    }
}
