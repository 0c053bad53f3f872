import DrawingSamples
@testable import StrokeBank
import MaskModel
import ReaderFuzzing
import Testing

/// The fingerprint identifies the drawings of a dataset in its manifest.
struct StrokePoolFingerprintTests {
    private func fingerprint(_ parts: SampledFileStrokes..., limit: Int = 100) -> String {
        StrokePool(parts, drawingLimit: limit).fingerprint
    }

    @Test(arguments: 0..<50)
    func `it has 16 hexadecimal digits`(key: Int) {
        let fingerprint = fingerprint(SampledFileStrokes([Drawing(key: UInt64(key), strokeCount: 1)]))
        #expect(fingerprint.count == 16)
        #expect(fingerprint.allSatisfy { "0123456789abcdef".contains($0) })
    }

    @Test func `it is XXH64 of words, counts, and the hashes of drawings`() {
        let first: [UInt8] = [7, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 0, 3, 0, 1, 2, 3, 4, 5, 6]
        let second: [UInt8] = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 8, 9]
        let hashes = bytes(of: ReferenceHash.xxh64(first[...])) + bytes(of: ReferenceHash.xxh64(second[...]))
        let pool: [UInt8] =
            [3, 0, 0, 0] + Array("cat".utf8) + [2, 0, 0, 0, 0, 0, 0, 0] + bytes(of: ReferenceHash.xxh64(hashes[...]))
        let fingerprint = fingerprint(
            SampledFileStrokes([
                Drawing("cat", key: 7, strokes: [[(1, 2), (3, 4)], [(5, 6)]]),
                Drawing("cat", key: 256, strokes: [[(8, 9)]]),
            ]))
        #expect(UInt64(fingerprint, radix: 16) == ReferenceHash.xxh64(pool[...]))
    }

    /// The bytes of a number, lowest first.
    private func bytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    @Test func `another point, break, key, word, order or number of drawings changes it`() {
        let other = Drawing("cat", key: 8, strokes: [[(1, 1)]])
        let different: Set<String> = [
            fingerprint(SampledFileStrokes([Drawing("cat", key: 7, strokes: [[(1, 2), (3, 4)]]), other])),
            fingerprint(SampledFileStrokes([Drawing("cat", key: 7, strokes: [[(1, 2), (3, 5)]]), other])),
            fingerprint(SampledFileStrokes([Drawing("cat", key: 7, strokes: [[(1, 2)], [(3, 4)]]), other])),
            fingerprint(SampledFileStrokes([Drawing("cat", key: 9, strokes: [[(1, 2), (3, 4)]]), other])),
            fingerprint(SampledFileStrokes([Drawing("dog", key: 7, strokes: [[(1, 2), (3, 4)]]), other])),
            fingerprint(SampledFileStrokes([other, Drawing("cat", key: 7, strokes: [[(1, 2), (3, 4)]])])),
            fingerprint(SampledFileStrokes([Drawing("cat", key: 7, strokes: [[(1, 2), (3, 4)]])])),
            fingerprint(SampledFileStrokes([])),
        ]
        #expect(different.count == 8)
    }

    @Test func `a point of a stroke that was not chosen changes it too`() {
        let fingerprints = Set(
            (0..<5).map { changed in
                fingerprint(SampledFileStrokes([Drawing(strokes: (0..<5).map { [($0 == changed ? 9 : 1, 2)] })]))
            })
        #expect(fingerprints.count == 5)
    }

    @Test func `neither the seed nor the number of strokes per drawing changes it`() {
        let drawings = (1...5).map { Drawing(key: $0, strokeCount: 9) }
        let fingerprints = Set([
            fingerprint(SampledFileStrokes(drawings)), fingerprint(SampledFileStrokes(drawings, seed: 1)),
            fingerprint(SampledFileStrokes(drawings, strokesPerDrawing: 4)),
        ])
        #expect(fingerprints.count == 1)
    }

    @Test func `how the drawings are spread over files does not change it`() {
        let drawings = (1...6).map { Drawing($0 < 4 ? "cat" : "dog", key: $0, strokeCount: 1) }
        let together = fingerprint(SampledFileStrokes(drawings))
        let apart = fingerprint(SampledFileStrokes(Array(drawings[..<2])), SampledFileStrokes(Array(drawings[2...])))
        #expect(apart == together)
    }

    @Test func `a drawing beyond the limit, or met twice, does not change it`() {
        let two = [Drawing(key: 1, strokeCount: 1), Drawing(key: 2, strokeCount: 1)]
        let expected = fingerprint(SampledFileStrokes(two))
        let limited = fingerprint(SampledFileStrokes(two + [Drawing(key: 3, strokeCount: 1)]), limit: 2)
        let repeated = fingerprint(SampledFileStrokes(two), SampledFileStrokes(two))
        #expect(limited == expected)
        #expect(repeated == expected)
    }

    @Test func `a restricted pool has the fingerprint of the whole`() {
        let pool = StrokePool(
            [SampledFileStrokes([Drawing("cat", strokeCount: 1), Drawing("dog", strokeCount: 1)])], drawingLimit: 10)
        let restricted = pool.restricted(to: ["dog"])
        #expect(restricted.fingerprint == pool.fingerprint)
    }
}
