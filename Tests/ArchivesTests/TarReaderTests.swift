@testable import Archives
import SystemPackage
import TemporaryFiles
import Testing

@testable import FileAccess

struct TarReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The names of the members, and their bytes as text.
    private func contents(_ path: FilePath) throws -> [String] {
        var reader = try TarReader(path)
        var contents: [String] = []
        while let member = try reader.next() {
            let bytes = try path.readBytes(at: member.offset, count: member.length)
            contents.append("\(member.name)=\(String(decoding: bytes, as: UTF8.self))")
        }
        // The end is final.
        #expect(try reader.next() == nil)
        return contents
    }

    /// A tar of `a` and `bc`, with some bytes changed.
    private func tar(_ change: (inout [UInt8]) -> Void = { _ in }, fixingSums: Bool = false) throws -> FilePath {
        var archive: [UInt8] = []
        for (name, text) in [("a", "first"), ("bc", "second")] {
            let start = TarFormat.beginMember(in: &archive)
            archive += text.utf8
            TarFormat.endMember(named: name, begunAt: start, in: &archive)
        }
        TarFormat.appendEnd(to: &archive)
        change(&archive)
        if fixingSums {
            for start in [0, 1024] {
                let digits = String(TarHeader.checksum(of: archive[start..<start + 512]), radix: 8)
                let text = String(repeating: "0", count: 6 - digits.count) + digits + "\0 "
                archive.replaceSubrange(start + 148..<start + 156, with: text.utf8)
            }
        }
        return try folder.file("x.tar", bytes: archive)
    }

    private func complaint(
        fixingSums: Bool = true, _ change: (inout [UInt8]) -> Void
    ) throws -> String? {
        let path = try tar(change, fixingSums: fixingSums)
        return message { _ = try contents(path) }
    }

    // MARK: What the system's tar writes

    @Test(arguments: ["--format=ustar", "--format=pax", "--format=gnu", "--format=v7"])
    func `files are found in every format, folders and links passed over`(format: String) throws {
        try folder.file("d/a.txt", "first")
        try folder.file("d/empty", "")
        try folder.link("d/link", to: "a.txt")
        let path = try folder.tar("x.tar", of: ["d/a.txt", "d/link", "d", "d/empty"], options: [format, "-h"])
        let found = try contents(path)
        #expect(found.filter { $0 == "d/a.txt=first" }.count >= 1)
        #expect(found.contains("d/empty="))
        #expect(!found.contains { $0.hasPrefix("d=") || $0.hasPrefix("d/=") })
    }

    @Test(arguments: ["--format=pax", "--format=gnu"], [101, 200, 255])
    func `long names are whole`(format: String, length: Int) throws {
        let name = String(repeating: "n", count: length)
        try folder.file(name, "text")
        let path = try folder.tar("x.tar", of: [name], options: [format])
        #expect(try contents(path) == ["\(name)=text"])
    }

    @Test func `the folders that POSIX keeps apart come before the name`() throws {
        let name = String(repeating: "f", count: 90) + "/" + String(repeating: "n", count: 90)
        try folder.file(name, "text")
        let path = try folder.tar("x.tar", of: [name], options: ["--format=ustar"])
        #expect(try contents(path) == ["\(name)=text"])
    }

    /// The name of a link's target in a `ustar` header has at most 100 bytes.
    @Test(arguments: [
        ("--format=ustar", 5), ("--format=pax", 5), ("--format=gnu", 5), ("--format=pax", 150), ("--format=gnu", 150),
    ])
    func `a hard link is a file with the bytes of its target`(format: String, length: Int) throws {
        let first = String(repeating: "n", count: length)
        let file = try folder.file("\(first)/a", "text")
        for name in ["b", "c"] { try file.linkOrCopy(to: folder.path.appending(name)) }
        try folder.file("other", "more")
        let path = try folder.tar("x.tar", of: ["other", "\(first)/a", "b", "c"], options: [format])
        #expect(try contents(path) == ["other=more", "\(first)/a=text", "b=text", "c=text"])
    }

    @Test func `a hard link to nothing before it is refused`() throws {
        let message = try complaint { archive in
            archive[1024 + 156] = UInt8(ascii: "1")
            archive.replaceSubrange(1024 + 157..<1024 + 158, with: "x".utf8)
        }
        let path = folder.path.appending("x.tar")
        #expect(
            message == "\(path): the member at byte 1024 is a hard link to \"x\"; expected the name of a file before it"
        )
    }

    @Test func `a tar in a tar is read at its place`() throws {
        let inner = try tar()
        try folder.file("first", "text")
        let outer = try folder.tar("outer.tar", of: ["first", "x.tar"])
        var reader = try TarReader(outer)
        _ = try reader.next()
        let member = try #require(try reader.next())
        var innerReader = try TarReader(outer, range: member.offset..<member.offset + member.length)
        var names: [String] = []
        while let member = try innerReader.next() {
            let bytes = try outer.readBytes(at: member.offset, count: member.length)
            names.append("\(member.name)=\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(names == ["a=first", "bc=second"])
        #expect(try contents(inner) == names)
    }

    @Test func `an archive of nothing has no members`() throws {
        let path = try folder.file("x.tar", bytes: [UInt8](repeating: 0, count: 1024))
        #expect(try contents(path) == [])
    }

    // MARK: Faults

    @Test func `a tar that is whole is read`() throws {
        #expect(try contents(tar()) == ["a=first", "bc=second"])
        #expect(try contents(tar(fixingSums: true)) == ["a=first", "bc=second"])
    }

    @Test func `a header with another checksum is refused, with its place`() throws {
        let message = try complaint(fixingSums: false) { $0[1024] = UInt8(ascii: "x") }
        let path = folder.path.appending("x.tar")
        #expect(
            message
                == "\(path): the block at byte 1024 does not have the checksum of a tar header; expected a complete tar file"
        )
    }

    @Test(arguments: ["0000000000x", "-0000000001"])
    func `a size that is no number is refused`(size: String) throws {
        let message = try complaint { $0.replaceSubrange(1024 + 124..<1024 + 124 + size.utf8.count, with: size.utf8) }
        let path = folder.path.appending("x.tar")
        #expect(message == "\(path): the member at byte 1024 has an invalid size; expected a number")
    }

    @Test func `a size beyond the file is refused`() throws {
        let octal = try complaint { $0.replaceSubrange(1024 + 124..<1024 + 135, with: "77777777777".utf8) }
        let path = folder.path.appending("x.tar")
        #expect(octal == "\(path): the member at byte 1024 has 8589934591 bytes, but only 1536 follow")
        let binary = try complaint {
            $0.replaceSubrange(1024 + 124..<1024 + 136, with: [0x80, 0, 0, 0, 0x7F] + Array(repeating: 0xFF, count: 7))
        }
        #expect(binary == "\(path): the member at byte 1024 has 9223372036854775807 bytes, but only 1536 follow")
        let huge = try complaint {
            $0.replaceSubrange(1024 + 124..<1024 + 136, with: [0x80] + Array(repeating: 0xFF, count: 11))
        }
        #expect(huge == "\(path): the member at byte 1024 has an invalid size; expected a number")
    }

    @Test func `a tar that was cut off is refused wherever it ends`() throws {
        let whole = try tar().readFile()
        let accepted = try (0..<whole.count).filter { count in
            let path = try folder.file("cut.tar", bytes: Array(whole.prefix(count)))
            do {
                _ = try contents(path)
                return true
            } catch {
                return false
            }
        }
        // One block of zeros suffices as the end.
        #expect(accepted == Array(2560..<whole.count))
    }

    @Test(arguments: ["5 path=x\n", "99 path=x\n", "path=x\n", "10 path=x", "x", "-1 path=x\n", "11 size=-1\n"])
    func `pax records that are none are refused`(records: String) throws {
        let message = try complaint {
            $0[156] = UInt8(ascii: "x")
            let size = String(records.utf8.count, radix: 8)
            $0.replaceSubrange(124..<136, with: (String(repeating: "0", count: 11 - size.count) + size + "\0").utf8)
            $0.replaceSubrange(512..<512 + records.utf8.count, with: records.utf8)
        }
        let path = folder.path.appending("x.tar")
        #expect(message == "\(path): the member at byte 0 has invalid pax records")
    }

    @Test func `a size from pax records is that of the file, not of a long name between them`() throws {
        var archive: [UInt8] = []
        for (type, text) in [("x", "10 size=5\n"), ("L", "a/long/name\0"), ("0", "first")] as [(Unicode.Scalar, String)]
        {
            let start = TarFormat.beginMember(in: &archive)
            archive[start + TarHeader.type] = UInt8(ascii: type)
            archive += text.utf8
            TarFormat.endMember(named: "short", begunAt: start, in: &archive)
        }
        TarFormat.appendEnd(to: &archive)
        #expect(try contents(folder.file("x.tar", bytes: archive)) == ["a/long/name=first"])
    }

    @Test func `a sparse file is refused, and devices are passed over`() throws {
        let sparse = try complaint { $0[156] = UInt8(ascii: "S") }
        let path = folder.path.appending("x.tar")
        #expect(sparse == "\(path): the member at byte 0 is a sparse file; expected regular files")
        for type in "2345" {
            let path = try tar({ $0[156] = type.asciiValue ?? 0 }, fixingSums: true)
            #expect(try contents(path) == ["bc=second"])
        }
    }

    @Test(arguments: 0..<200) func `bytes changed at random give members or an error`(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        let path = try tar(
            { archive in
                for _ in 0..<4 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    archive[Int(state >> 33) % archive.count] = UInt8(truncatingIfNeeded: state >> 25)
                }
            }, fixingSums: true)
        do throws(DataError) {
            var reader = try TarReader(path)
            while let member = try reader.next() { #expect(member.offset + member.length <= 3072) }
        } catch {
            #expect(!"\(error)".contains("\n"))
        }
    }

    @Test func `a folder is no tar`() {
        let message = message { _ = try TarReader(folder.path) }
        #expect(message == "\(folder.path): is not a regular file; expected a tar file")
    }
}
