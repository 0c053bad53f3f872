import QuickDraw
import Testing

struct StorageBucketTests {
    @Test(arguments: ["http://mirror:8080/drawings", "http://mirror:8080/drawings/", "http://mirror:8080/drawings//"])
    func `a mirror may lie below a path, and slashes at its end do not count`(text: String) {
        #expect(StorageBucket(base: text)?.base == "http://mirror:8080/drawings")
    }

    @Test(arguments: [
        "", "mirror", "ftp://mirror", "https://", "https:///a", "http://:80", "http://a b", "http://a?b", "http://ä",
    ])
    func `what is no address of a mirror is refused`(text: String) {
        #expect(StorageBucket(base: text) == nil)
    }
}
