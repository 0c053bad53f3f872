import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

struct FolderLockTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a lock leaves nothing behind`() throws {
        do {
            let lock = try FolderLock(of: folder.path, for: "testing")
            try lock.check()
            #expect(try folder.names() == [".qd-imd-lock"])
        }
        #expect(try folder.names() == [])
    }

    @Test func `a second lock is refused, and names the holder`() throws {
        let lock = try FolderLock(of: folder.path, for: "testing")
        var kind: DataError.Kind?
        let text = message {
            do throws(DataError) {
                _ = try FolderLock(of: folder.path, for: "another test")
            } catch {
                kind = error.kind
                throw error
            }
        }
        #expect(kind == .unavailable)
        #expect(text?.hasPrefix("\(folder.path): another process is using this folder: testing on ") == true)
        try lock.check()
    }

    @Test func `the file of a process that was killed does not hold the lock`() throws {
        try folder.file(".qd-imd-lock", "exporting on node7, process 4711\n")
        let lock = try FolderLock(of: folder.path, for: "testing")
        #expect(try folder.text(of: ".qd-imd-lock").hasPrefix("testing on "))
        try lock.check()
    }

    @Test func `a lock that another process took over is noticed, and stays that process's`() throws {
        do {
            let lost = try FolderLock(of: folder.path, for: "testing")
            try folder.path.appending(".qd-imd-lock").removeTree()
            let second = try FolderLock(of: folder.path, for: "taking over")
            #expect(message { try lost.check() }?.contains("has taken over this folder") == true)
            try second.check()
            #expect(try folder.names() == [".qd-imd-lock"])
        }
        #expect(try folder.names() == [])
    }

    @Test func `a link is not followed`() throws {
        try folder.file("elsewhere/file", "mine")
        try folder.link(".qd-imd-lock", to: "elsewhere/file")
        #expect(message { _ = try FolderLock(of: folder.path, for: "testing") } != nil)
        #expect(try folder.text(of: "elsewhere/file") == "mine")
    }
}
