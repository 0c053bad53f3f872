import DrawingSamples
import FileAccess
import MaskSamples
import ReaderFuzzing
import TemporaryFiles
import Testing

@testable import StrokeBank

struct SourceLicenseTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(
        arguments: [
            "MIT", "CC-BY-4.0", "CC0-1.0", "GPL-2.0+", "LicenseRef-mine.2", "0BSD", "a",
            String(repeating: "x", count: 100),
        ])
    func `identifiers have the form of SPDX's`(identifier: String) {
        #expect(SourceLicense.isIdentifier(identifier))
    }

    @Test(
        arguments: [
            "", "CC BY 4.0", "MIT OR ISC", "-MIT", "+", "MIT++", "MIT\n", "cc_by", "\"", "é", ".5",
            String(repeating: "x", count: 101),
        ])
    func `other texts are no identifiers`(identifier: String) {
        #expect(!SourceLicense.isIdentifier(identifier))
        #expect(SourceLicense(identifier: identifier, attribution: nil) == nil)
    }

    @Test(arguments: ["", " \n\t", String(repeating: "x", count: 3001)])
    func `an attribution is neither blank nor longer than a bank can hold`(attribution: String) {
        #expect(SourceLicense(identifier: nil, attribution: attribution) == nil)
    }

    @Test func `what is unknown is completed, with the attribution of the same license only`() throws {
        func license(_ identifier: String?, _ attribution: String?) throws -> SourceLicense {
            try #require(SourceLicense(identifier: identifier, attribution: attribution))
        }
        let known = try license("MIT", "A")
        #expect(SourceLicense.unknown.completed(by: known) == known)
        #expect(known.completed(by: .quickDraw) == known)
        #expect(try license("MIT", nil).completed(by: known) == known)
        #expect(try license("ISC", nil).completed(by: known) == license("ISC", nil))
        #expect(try license(nil, "B").completed(by: known) == license("MIT", "B"))
    }

    // MARK: Recognition

    /// A record as in the dataset.
    private func drawing(_ word: String = "cat", key: UInt64 = 5_201_136_883_597_312) -> Drawing {
        var drawing = Drawing(word, key: key, strokes: [[(1, 2), (3, 4)]])
        drawing.timestamp = 1_490_000_000
        drawing.country = CountryCode(bytes: SIMD2(0x44, 0x45))
        return drawing
    }

    private func license(of drawings: [Drawing]) throws -> SourceLicense {
        let pool = StrokePool([SampledFileStrokes(drawings)], drawingLimit: 100)
        let bank = try MappedBank(folder.bank(of: [drawings]))
        let bankPool = try BankStrokePool(bank, drawingLimit: 100, strokesPerDrawing: 1, seed: 0)
        #expect(try bankPool.digest.license == pool.digest.license)
        return pool.digest.license
    }

    @Test func `drawings of Quick, Draw! are recognized`() throws {
        #expect(try license(of: [drawing()]) == .quickDraw)
        let others = [drawing("The Eiffel Tower", key: 1 << 52), drawing("zigzag", key: (3 << 51) - 1)]
        #expect(try license(of: others) == .quickDraw)
    }

    @Test func `one drawing that cannot be from there is enough to know nothing`() throws {
        var drawings = (0..<5).map { drawing(key: 5_000_000_000_000_000 + $0) }
        #expect(try license(of: drawings) == .quickDraw)
        var other = drawing()
        other.timestamp = 0
        drawings.append(other)
        #expect(try license(of: drawings) == .unknown)
    }

    @Test(arguments: [0, 1, (1 << 52) - 1, 3 << 51, 9_514_258_707_122_848, .max] as [UInt64])
    func `other keys are not from there`(key: UInt64) throws {
        #expect(try license(of: [drawing(key: key)]) == .unknown)
    }

    @Test func `other words, times, and countries are not from there`() throws {
        var (early, late, nowhere) = (drawing(), drawing(), drawing())
        early.timestamp = 1_477_958_399
        late.timestamp = 1_514_764_800
        nowhere.country = .unknown
        for other in [drawing("Cat"), drawing("cats"), early, late, nowhere] {
            #expect(try license(of: [other]) == .unknown)
        }
        #expect(try license(of: []) == .unknown)
    }

    // MARK: Banks

    @Test(
        arguments: [
            (nil, nil), ("MIT", nil), (nil, "A"), ("CC0-1.0", "\"É\"\n\u{1}"),
            (String(repeating: "x", count: 100), String(repeating: "y", count: 3000)),
        ] as [(String?, String?)])
    func `a bank records a license`(identifier: String?, attribution: String?) throws {
        let license = try #require(SourceLicense(identifier: identifier, attribution: attribution))
        let bank = try MappedBank(folder.bank(of: [[drawing()]], license: license))
        #expect(bank.license == license)
        // The fingerprint is of the drawings alone.
        let other = try MappedBank(folder.bank("other.bank", of: [[drawing()]]))
        #expect(other.license == .unknown)
        #expect(other.fingerprint == bank.fingerprint)
    }

    @Test(arguments: [(144, 0xFF), (145, 0xFF), (147, 0xFF), (148, 0x20), (151, 0xFF)])
    func `a bank whose license contradicts the format is corrupt`(offset: Int, byte: UInt8) throws {
        let license = try #require(SourceLicense(identifier: "MIT", attribution: "A"))
        let path = try folder.bank(of: [[drawing()]], license: license)
        var bytes = try path.readFile()
        bytes[offset] = byte
        let sum = ReferenceHash.xxh64(bytes[..<4088])
        for index in 0..<8 { bytes[4088 + index] = UInt8(truncatingIfNeeded: sum >> (8 * index)) }
        try path.writeFile(bytes)
        let message = complaint { _ = try MappedBank(path) }
        let expected = "is invalid although its checksums are right; expected a bank written by this program"
        #expect(message == "\(path): section \"header\" \(expected)")
    }

    @Test func `there are 345 words`() {
        #expect(QuickDrawOriginCheck.words.count == 345)
    }
}

extension BankStrokePool {
    /// The digest of all categories.
    var digest: DrawingsDigest {
        get throws {
            DrawingsDigest(try (0..<digestCount).map { try digest(ofCategory: $0) })
        }
    }
}
