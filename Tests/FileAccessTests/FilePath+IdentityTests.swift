import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

struct FilePathIdentityTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `names of the same file have the same identity`() throws {
        let path = try folder.file("a/b.txt", "text")
        let link = try folder.link("link.txt", to: "a/b.txt")
        let hard = folder.path.appending("hard.txt")
        try path.linkOrCopy(to: hard)
        let other = try folder.file("a/c.txt", "text")
        let identity = try path.identity()
        #expect(identity != nil)
        #expect(try link.identity() == identity)
        #expect(try hard.identity() == identity)
        #expect(try folder.path.appending("a").appending("..").pushing("a/b.txt").identity() == identity)
        #expect(try other.identity() != identity)
        #expect(try folder.path.appending("missing").identity() == nil)
    }

    @Test func `a path is inside of the folders above it, through links, and if it does not exist yet`() throws {
        try folder.file("a/b/c.txt", "text")
        try folder.link("shortcut", to: "a/b")
        let (a, b) = (folder.path.appending("a"), folder.path.pushing("a/b"))
        #expect(try folder.path.pushing("a/b/c.txt").isInside(a))
        #expect(try folder.path.pushing("a/b/c.txt").isInside(b))
        #expect(try a.isInside(a))
        #expect(try folder.path.pushing("shortcut/c.txt").isInside(a))
        #expect(try folder.path.pushing("shortcut/new/deep.txt").isInside(a))
        #expect(try a.isInside(folder.path.appending("shortcut")) == false)
        #expect(try folder.path.appending("ab").isInside(a) == false)
        #expect(try folder.path.pushing("a/../x.txt").isInside(a) == false)
        #expect(try folder.path.appending("x").isInside(folder.path.appending("missing")) == false)
    }

    @Test func `an output that is an input is rejected under any name`() throws {
        let path = try folder.file("a.txt", "text")
        let link = try folder.link("link.txt", to: "a.txt")
        let inputs = try ProtectedInputs([path, folder.path.appending("missing")])
        let same = message { try inputs.reject(output: path) }
        let linked = message { try inputs.reject(output: link) }
        let new = message { try inputs.reject(output: folder.path.appending("new.txt")) }
        #expect(same == "\(path): is an input; expected another file")
        #expect(linked == "\(link): is the input \(path); expected another file")
        #expect(new == nil)
    }
}
