import DrawingSamples
import MaskGeneration
@testable import StrokeBank
import FileAccess
import Foundation
import MaskModel
import PlaneGeometry
import ReaderFuzzing
import SystemPackage
import TemporaryFiles
import Testing

import QuickDraw

/// Corrupt parts of a bank are reported, and never read as if they were valid.
struct MappedBankDamageTests {
    private let folder: TemporaryFolder
    private let drawings = Drawing.samples(400, words: ["cat", "dog"], seed: 1)
    private let bytes: [UInt8]
    private let header: BankHeader

    init() throws {
        folder = try TemporaryFolder()
        let path = try folder.bank(of: [drawings], partLength: 100)
        bytes = try path.readFile()
        let start = bytes
        header = try BankHeader(start.span.bytes)
    }

    /// The error of opening and reading a bank of these bytes, without the folder; nil if there is none.
    private func message(_ bytes: [UInt8]) throws -> String? {
        let path = try folder.file("strokes.bank", bytes: bytes)
        do {
            let bank = try MappedBank(path)
            _ = try bank.drawings()
            _ = try BankStrokePool(bank, drawingLimit: 1000, strokesPerDrawing: 2, seed: 0)
            return nil
        } catch {
            let text = "\(error)"
            #expect(text.hasPrefix("\(folder.path)/"))
            return String(text.dropFirst(folder.path.string.count + 1))
        }
    }

    @Test func `a bank that ends too early is refused by the section that is cut off`() throws {
        for section in BankFormat.Section.allCases {
            let count = header[section].upperBound - 1
            let message = try message(Array(bytes[..<count]))
            #expect(
                message == """
                    strokes.bank: section "\(section.name)" is cut off: the file has \(count) bytes; expected \(bytes.count)
                    """)
        }
        let cut = try message(Array(bytes[..<100]))
        #expect(cut == "strokes.bank: section \"header\" is cut off: the file has 100 bytes; expected 4096")
    }

    @Test func `a bank that is cut off while it is used is an error, wherever it is read, and no crash`() throws {
        for count in [0, 4096, 5000, header[.drawings].lowerBound, header[.points].lowerBound] {
            let path = try folder.file("strokes.bank", bytes: bytes)
            let expected = "\(path): was changed while it was read; expected a file that stays the same"
            // Pages that were read before, and pages that were not.
            for isRead in [false, true] {
                try path.writeFileInPlace(bytes)
                let bank = try MappedBank(path)
                let pool = try BankStrokePool(bank, drawingLimit: 1000, strokesPerDrawing: 2, seed: 0)
                if isRead { _ = try bank.drawings() }
                #expect(truncate(path.string, off_t(count)) == 0)
                #expect(TemporaryFiles.message { _ = try bank.drawings() } == expected)
                #expect(TemporaryFiles.message { try bank.check(0..<bank.blockCount) } == expected)
                var points: [Point] = []
                let message = TemporaryFiles.message {
                    for category in 0..<pool.categoryCount {
                        for stroke in 0..<pool.strokeCount(inCategory: category) {
                            _ = try pool.appendStroke(stroke, inCategory: category, to: &points)
                        }
                    }
                }
                #expect(message == expected)
                #expect(TemporaryFiles.message { try pool.checkUnchanged() } == expected)
            }
        }
    }

    @Test func `a bank that is cut off and grows again does not read as zeros`() throws {
        let path = try folder.file("strokes.bank", bytes: bytes)
        let bank = try MappedBank(path)
        _ = try bank.drawings()
        #expect(truncate(path.string, 4096) == 0)
        #expect(truncate(path.string, off_t(bytes.count)) == 0)
        let message = TemporaryFiles.message { try bank.checkUnchanged() }
        #expect(message == "\(path): was changed while it was read; expected a file that stays the same")
    }

    @Test func `a bank that is replaced while it is used stays readable`() throws {
        let path = try folder.file("strokes.bank", bytes: bytes)
        let bank = try MappedBank(path)
        try folder.file("new.bank", bytes: []).rename(to: path)
        let count = try bank.drawings().count
        #expect(count == 400)
        try bank.checkUnchanged()
    }

    @Test func `bytes behind the end are refused`() throws {
        let message = try message(bytes + [0])
        #expect(
            message == """
                strokes.bank: section "checksums" does not end the file of \(bytes.count + 1) bytes; expected \
                \(bytes.count)
                """)
    }

    @Test(arguments: BankFormat.Section.allCases)
    func `a changed byte is told by its section`(section: BankFormat.Section) throws {
        for offset in [0, header[section].count / 2, header[section].count - 1] {
            var changed = bytes
            changed[header[section].lowerBound + offset] ^= 0x10
            let message = try #require(try message(changed))
            let block = section == .checksums ? 0 : offset / 4096 * 4096
            #expect(
                message.hasPrefix("strokes.bank: section \"\(section.name)\" is corrupt at byte \(block): checksum "))
            #expect(message.contains("; expected "))
        }
    }

    @Test func `another version of the format is refused as such`() throws {
        var changed = bytes
        changed[8] = 2
        let message = try message(changed)
        #expect(message == "strokes.bank: section \"header\" has version 2 of the format; expected 1")
    }

    @Test func `a changed header is refused`() throws {
        for offset in [12, 16, 40, 64, 143, 144, 4087, 4095] {
            var changed = bytes
            changed[offset] ^= 1
            let message = try #require(try message(changed))
            #expect(message.hasPrefix("strokes.bank: section \"header\" is corrupt at byte 0: checksum "))
        }
    }

    @Test func `what is no bank is refused`() throws {
        var changed = bytes
        changed[0] = 0
        let messages = try [changed, [], [0x89]].map { try message($0) }
        #expect(
            messages
                == Array(
                    repeating: "strokes.bank: not a stroke bank; expected a file written by qd-imd index", count: 3))
    }

    @Test func `a block that nobody touches is not looked at, and check finds it`() throws {
        var changed = bytes
        changed[header[.points].upperBound - 1] ^= 1
        let bank = try MappedBank(folder.file("strokes.bank", bytes: changed))
        var drawing = Drawing()
        try bank.read(0, inCategory: 0, into: &drawing)
        #expect(drawing == drawings[0])
        #expect(throws: DataError.self) { try bank.check(0..<bank.blockCount) }
        let whole = try MappedBank(folder.file("strokes.bank", bytes: bytes))
        try whole.check(0..<whole.blockCount)
    }

    @Test(arguments: 0..<8)
    func `no damage crashes, hangs, or changes a stroke in silence`(seed: UInt64) throws {
        var random = ByteMutator(seed: seed)
        for round in 0..<25 {
            let mutated = round % 5 == 0 ? swapped(using: &random) : random.mutated(bytes)
            let path = try folder.file("strokes.bank", bytes: mutated)
            do {
                let bank = try MappedBank(path)
                try check(bank, against: drawings)
            } catch is DataError {}
        }
    }

    @Test(arguments: 0..<8)
    func `damage with right checksums crashes nothing either`(seed: UInt64) throws {
        var random = ByteMutator(seed: seed)
        for _ in 0..<25 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                // A random section, as most of the bytes are points.
                let range =
                    [0..<200, header[.categories], header[.drawings], header[.counts], header[.points]]
                    .randomElement(using: &random) ?? 0..<1
                let place = Int.random(in: range, using: &random)
                mutated[place] =
                    [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
                    .randomElement(using: &random) ?? 0
            }
            let path = try folder.file("strokes.bank", bytes: resealed(mutated))
            do {
                let bank = try MappedBank(path)
                for count in [1, 3, 1000] { try touch(bank, strokesPerDrawing: count) }
            } catch is DataError {}
        }
    }

    /// The bank with two ranges of bytes swapped.
    private func swapped(using random: inout ByteMutator) -> [UInt8] {
        let length = [1, 8, 24, 4096].randomElement(using: &random) ?? 1
        let count = bytes.count / length
        let (first, second) = (Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random))
        var swapped = bytes
        for index in 0..<length { swapped.swapAt(first * length + index, second * length + index) }
        return swapped
    }

    /// The bytes with valid checksums.
    private func resealed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let sums = header[.checksums]
        func set(_ number: UInt64, at place: Int) {
            for index in 0..<8 { bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index)) }
        }
        for block in 0..<header.blockCount {
            let start = 4096 * (block + 1)
            set(
                XXHash64.checksum(of: bytes.span.bytes.extracting(start..<start + 4096)),
                at: sums.lowerBound + 8 * block)
        }
        set(XXHash64.checksum(of: bytes.span.bytes.extracting(sums)), at: 56)
        set(XXHash64.checksum(of: bytes.span.bytes.extracting(0..<4088)), at: 4088)
        return bytes
    }

    /// Reads every readable drawing, which must equal the written one.
    private func check(_ bank: MappedBank, against drawings: [Drawing]) throws {
        let expected = ["cat", "dog"].map { word in drawings.filter { $0.word == word } }
        var drawing = Drawing()
        for category in bank.words.indices {
            for index in 0..<bank.drawingCount(inCategory: category) {
                do {
                    try bank.read(index, inCategory: category, into: &drawing)
                    #expect(drawing == expected[category][index])
                } catch {}
            }
        }
        let memory = StrokePool([SampledFileStrokes(drawings, strokesPerDrawing: 3)], drawingLimit: 300)
        let pool = try BankStrokePool(bank, drawingLimit: 300, strokesPerDrawing: 3, seed: 0)
        #expect(pool.strokeCount == memory.strokeCount)
        for category in 0..<pool.categoryCount {
            for stroke in 0..<pool.strokeCount(inCategory: category) {
                do {
                    let path = try pool.path(ofStroke: stroke, inCategory: category)
                    #expect(path == memory.path(ofStroke: stroke, inCategory: category))
                    let origin = try pool.origin(ofStroke: stroke, inCategory: category)
                    #expect(origin == memory.origin(ofStroke: stroke, inCategory: category))
                } catch {}
            }
        }
    }

    /// Reads every readable stroke.
    private func touch(_ bank: MappedBank, strokesPerDrawing: Int) throws {
        let pool = try BankStrokePool(bank, drawingLimit: 1000, strokesPerDrawing: strokesPerDrawing, seed: 1)
        for category in 0..<pool.categoryCount {
            for stroke in 0..<pool.strokeCount(inCategory: category) {
                do {
                    _ = try pool.origin(ofStroke: stroke, inCategory: category)
                    _ = try pool.path(ofStroke: stroke, inCategory: category)
                } catch {}
            }
        }
        var drawing = Drawing()
        for category in bank.words.indices {
            for index in 0..<bank.drawingCount(inCategory: category) {
                do { try bank.read(index, inCategory: category, into: &drawing) } catch {}
            }
        }
    }
}
