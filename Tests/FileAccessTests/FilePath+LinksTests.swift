import SystemPackage
import TemporaryFiles
import Testing

@testable import FileAccess

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Hard links, and copies where links are impossible.
struct FilePathLinksTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func nodes() throws -> [UInt64] {
        try ["a", "b"].map { name in
            var status = stat()
            guard stat(folder.path.appending(name).string, &status) == 0 else { throw Errno(rawValue: errno) }
            return UInt64(status.st_ino)
        }
    }

    @Test func `a file gets a second name, and outlives the first`() throws {
        let file = try folder.file("a", "text")
        try file.linkOrCopy(to: folder.path.appending("b"))
        let nodes = try nodes()
        #expect(nodes[0] == nodes[1])
        try file.removeTree()
        #expect(try folder.text(of: "b") == "text")
    }

    @Test(arguments: [EXDEV, EPERM, EMLINK, ENOSYS, EOPNOTSUPP, EACCES])
    func `where the file system has no links, it is copied`(failure: Int32) throws {
        let file = try folder.file("a", "text")
        try file.linkOrCopy(to: folder.path.appending("b")) { _, _ in
            errno = failure
            return -1
        }
        let nodes = try nodes()
        #expect(nodes[0] != nodes[1])
        #expect(try folder.text(of: "b") == "text")
    }

    @Test func `nothing is put in the place of another file`() throws {
        let file = try folder.file("a", "new")
        let target = try folder.file("b", "old")
        let message = message { try file.linkOrCopy(to: target) }
        #expect(message == "\(target): cannot be linked to \(file): File exists")
        #expect(try folder.text(of: "b") == "old")
    }
}
