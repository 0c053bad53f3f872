import ReaderFuzzing
import TemporaryFiles
import Testing

/// A short run of `make fuzz`.
struct ReaderFuzzerTests {
    @Test(arguments: FuzzedReader.allCases, [1, 2] as [UInt64])
    func `damaged files are read right, or refused, and never otherwise`(
        reader: FuzzedReader, seed: UInt64
    ) async throws {
        let folder = try TemporaryFolder()
        var fuzzer = ReaderFuzzer(seed: seed, folder: folder.path)
        // Readers of whole folders take a hundred times as long.
        let isFolder = [.plan, .sealedPlan, .record, .sealedRecord, .dataset].contains(reader)
        let byteCount = isFolder ? 200 : 2000
        let report = try await fuzzer.run(reader, byteCount: byteCount)
        #expect(report.mutatedCount >= byteCount)
        // A run that reads or rejects nothing tests nothing. Checksums reject nearly everything.
        #expect(report.refusedCount > 0)
        if !isFolder, ![.gzip, .bank, .png, .zip].contains(reader) { #expect(report.readCount > 0) }
    }

    @Test func `the same seed damages the same way`() async throws {
        var reports: [FuzzReport] = []
        for _ in 0..<2 {
            let folder = try TemporaryFolder()
            var fuzzer = ReaderFuzzer(seed: 3, folder: folder.path)
            reports.append(try await fuzzer.run(.simplified, byteCount: 1000))
        }
        #expect(reports[0] == reports[1])
    }
}
