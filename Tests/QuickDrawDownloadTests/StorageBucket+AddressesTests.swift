import QuickDraw
import Testing

@testable import QuickDrawDownload

struct StorageBucketAddressesTests {
    @Test func `a file's address is Google's, spaces escaped`() {
        let address = StorageBucket.official.fileAddress(name: "full/simplified/The Eiffel Tower.ndjson")
        #expect(
            address
                == "https://storage.googleapis.com/quickdraw_dataset/full/simplified/The%20Eiffel%20Tower.ndjson")
    }

    @Test func `hyphens stay, everything else that is not a letter is escaped`() {
        #expect(StorageBucket.escaped("t-shirt 100%/é?a=b&c#+") == "t-shirt%20100%25/%C3%A9%3Fa%3Db%26c%23%2B")
    }

    @Test func `the listing is asked by prefix and page`() {
        let first = StorageBucket.official.listingAddress(prefix: "full/raw/")
        let second = StorageBucket.official.listingAddress(prefix: "full/raw/", pageToken: "Ci+w=")
        #expect(first == "https://storage.googleapis.com/storage/v1/b/quickdraw_dataset/o?prefix=full/raw/")
        #expect(second == first + "&pageToken=Ci%2Bw%3D")
    }

    @Test func `a mirror may lie below a path, with a slash at its end or not`() {
        let address = StorageBucket(base: "http://mirror:8080/drawings/")?.fileAddress(name: "full/binary/cat.bin")
        #expect(address == "http://mirror:8080/drawings/quickdraw_dataset/full/binary/cat.bin")
    }
}
