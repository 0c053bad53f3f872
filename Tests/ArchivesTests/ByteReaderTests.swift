@testable import Archives
import FileAccess
import Foundation
import SystemPackage
import TemporaryFiles
import Testing

struct ByteReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// All bytes of a file, consumed in steps of `step`.
    private func bytes(of path: FilePath, step: Int) throws -> [UInt8] {
        var reader = try ByteReader(path)
        var bytes: [UInt8] = []
        while true {
            let isFull = try reader.fill(to: step)
            let count = min(step, reader.count)
            reader.withBytes { $0.withUnsafeBytes { bytes += $0.prefix(count) } }
            reader.consume(count)
            if isFull { continue }
            #expect(reader.offset == bytes.count)
            return bytes
        }
    }

    /// A text with a long period.
    private let text = (0..<120_000).map { "\($0) " }.joined()

    @Test(arguments: [3, 1000, 99_999, 262_144, 300_000, 5_000_000])
    func `a file comes in steps of any size, gzipped or not`(step: Int) throws {
        let plain = try folder.file("plain", text)
        let gzipped = try folder.gzipped("a.gz", text)
        for path in [plain, gzipped] {
            let bytes = try bytes(of: path, step: step)
            #expect(bytes == Array(text.utf8))
        }
    }

    @Test func `what the content is counts, not the name`() throws {
        let gzipped = try folder.gzipped("a.gz", "cat")
        let other = try folder.file("a.txt", bytes: folder.bytes(of: "a.gz"))
        let plain = try folder.file("b.gz", "dog")
        for (path, text, isCompressed) in [(gzipped, "cat", true), (other, "cat", true), (plain, "dog", false)] {
            let bytes = try bytes(of: path, step: 2)
            let reader = try ByteReader(path)
            #expect(String(decoding: bytes, as: UTF8.self) == text)
            #expect(reader.isCompressed == isCompressed)
        }
    }

    @Test func `gzip files one after another are one`() throws {
        _ = try folder.gzipped("a.gz", "cat")
        _ = try folder.gzipped("b.gz", "dog")
        let both = try folder.file("c.gz", bytes: folder.bytes(of: "a.gz") + folder.bytes(of: "b.gz"))
        let bytes = try bytes(of: both, step: 2)
        #expect(String(decoding: bytes, as: UTF8.self) == "catdog")
    }

    @Test(arguments: [[], [0x1F], [0x1F, 0x8B], [0x1F, 0x8B, 8], [0x1F, 0x8B, 9, 0, 0], [0x1F, 0x8B, 8, 0xE0, 0]])
    func `what only begins as gzip does is plain`(contents: [UInt8]) throws {
        let bytes = try bytes(of: folder.file("a", bytes: contents), step: 2)
        #expect(bytes == contents)
    }

    @Test func `fewer bytes than expected are still there`() throws {
        var reader = try ByteReader(folder.file("a", "cat"))
        let isFull = try reader.fill(to: 4)
        let text = reader.withBytes { $0.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
        #expect(!isFull)
        #expect(text == "cat")
    }

    @Test func `a pipe is read as a file is`() throws {
        let path = folder.path.appending("pipe")
        #expect(mkfifo(path.string, 0o600) == 0)
        let text = text
        let writer = Thread { try? Data(text.utf8).write(to: URL(filePath: path.string)) }
        writer.start()
        let bytes = try bytes(of: path, step: 1000)
        #expect(bytes == Array(text.utf8))
    }

    // MARK: Faults

    @Test func `a missing file, or a folder, is an error`() throws {
        let missing = folder.path.appending("missing")
        let ofMissing = message { _ = try ByteReader(missing) }
        let ofFolder = message { [folder] in _ = try ByteReader(folder.path) }
        #expect(ofMissing == "\(missing): cannot be opened: No such file or directory")
        #expect(ofFolder == "\(folder.path): is a folder; expected a file")
    }

    @Test func `gzip data that ends too soon, or is wrong, is an error`() throws {
        _ = try folder.gzipped("a.gz", text)
        let whole = try folder.bytes(of: "a.gz")
        let short = try folder.file("short", bytes: whole.dropLast(100))
        var changed = whole
        changed[whole.count / 2] ^= 0xFF
        let damaged = try folder.file("damaged", bytes: changed)
        for path in [short, damaged] {
            let message = message { _ = try bytes(of: path, step: 1000) } ?? ""
            #expect(message.hasPrefix("\(path): cannot be read after byte "))
            #expect(message.contains(": corrupt gzip data ("))
        }
    }
}
