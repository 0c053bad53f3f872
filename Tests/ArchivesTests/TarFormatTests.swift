@testable import Archives
import SystemPackage
import TemporaryFiles
import Testing

@testable import FileAccess

/// The end-to-end tests read tar files with Python's and GNU's readers.
struct TarFormatTests {
    /// A tar of one member.
    private func archive(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        var archive: [UInt8] = []
        let start = TarFormat.beginMember(in: &archive)
        archive += bytes
        TarFormat.endMember(named: name, begunAt: start, in: &archive)
        TarFormat.appendEnd(to: &archive)
        return archive
    }

    @Test func `a header is that of POSIX`() {
        let header = archive("a.txt", Array(repeating: 1, count: 10)).prefix(512)
        var expected = [UInt8](repeating: 0, count: 512)
        for (offset, text) in [
            (0, "a.txt"), (100, "0000644"), (108, "0000000"), (116, "0000000"), (124, "00000000012"),
            (136, "00000000000"), (148, "006717\0 "), (156, "0"), (257, "ustar\0" + "00"),
        ] {
            for (index, byte) in text.utf8.enumerated() { expected[offset + index] = byte }
        }
        #expect(Array(header) == expected)
    }

    @Test(arguments: [(0, 1536), (1, 2048), (511, 2048), (512, 2048), (513, 2560)])
    func `members are filled up to whole blocks, and two of zeros end it`(count: Int, size: Int) {
        let archive = archive("x", Array(repeating: 7, count: count))
        #expect(archive.count == size)
        #expect(archive.count { $0 == 7 } == count)
        #expect(archive.suffix(1024).allSatisfy { $0 == 0 })
    }

    @Test(arguments: [1, 2, 99, 100]) func `names have up to 100 bytes`(length: Int) throws {
        let folder = try TemporaryFolder()
        let name = String(repeating: "n", count: length)
        let path = try folder.file("x.tar", bytes: archive(name, [1, 2, 3]))
        var reader = try TarReader(path)
        let member = try reader.next()
        #expect(member == TarMember(name: name, offset: 512, length: 3))
    }

    @Test func `members follow one another in the same memory`() throws {
        let folder = try TemporaryFolder()
        var archive: [UInt8] = [9]
        archive.removeAll(keepingCapacity: true)
        for number in 0..<3 {
            let start = TarFormat.beginMember(in: &archive)
            archive += Array(repeating: 5, count: 512 * number)
            TarFormat.endMember(named: "\(number)", begunAt: start, in: &archive)
        }
        TarFormat.appendEnd(to: &archive)
        var reader = try TarReader(try folder.file("x.tar", bytes: archive))
        var found: [TarMember] = []
        while let member = try reader.next() { found.append(member) }
        #expect(
            found == [
                TarMember(name: "0", offset: 512, length: 0), TarMember(name: "1", offset: 1024, length: 512),
                TarMember(name: "2", offset: 2048, length: 1024),
            ])
    }
}
