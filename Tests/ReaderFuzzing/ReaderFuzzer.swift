import FileAccess
import StrokeBank
import QuickDraw
public import SystemPackage

/// A violated invariant, and the file that reproduces it.
public struct FuzzFinding: Error, CustomStringConvertible {
    /// The violated invariant.
    public let problem: String
    /// The contents of the file.
    public let file: [UInt8]

    /// One line.
    public var description: String { problem }
}

/// The work of a fuzzer.
public struct FuzzReport: Hashable, Sendable {
    /// The number of bytes changed, inserted, or removed.
    public var mutatedCount = 0
    /// The number of files read.
    public var fileCount = 0
    /// The number of bytes of these files.
    public var byteCount = 0
    /// The number of records read as drawings, or of files read without an error.
    public var readCount = 0
    /// The number of rejected records or files.
    public var refusedCount = 0
}

/// Mutates files at random, determined by a seed, and checks the results of reading them.
public struct ReaderFuzzer {
    let folder: FilePath
    var mutator: ByteMutator
    var report = FuzzReport()

    /// A fuzzer that writes its files into `folder`.
    public init(seed: UInt64, folder: FilePath) {
        self.folder = folder
        mutator = ByteMutator(seed: seed)
    }

    /// Mutates at least `byteCount` bytes.
    ///
    /// - Parameter beat: Called before every file, for a watchdog.
    /// - Throws: `FuzzFinding`, or an error of writing a file.
    public mutating func run(
        _ reader: FuzzedReader, byteCount: Int, beat: () -> Void = {}
    ) async throws -> FuzzReport {
        let bank = [.bank, .sealedBank].contains(reader) ? try SmallBank(&mutator, folder: folder) : nil
        let archives = reader == .gzip ? try archives() : []
        let images = [.png, .sealedPNG].contains(reader) ? try images() : []
        let zips = reader == .zip ? zips() : []
        let tars = reader == .tar ? tars() : []
        let planned = [.plan, .sealedPlan, .record, .sealedRecord].contains(reader) ? try await planned() : nil
        let dataset = reader == .dataset ? try await dataset() : nil
        while mutator.mutatedCount < byteCount {
            beat()
            switch reader {
            case .simplified: try fuzzLines(isRaw: false)
            case .raw: try fuzzLines(isRaw: true)
            case .binary: try fuzzBinary()
            case .gzip: try fuzzArchive(archives[mutator.below(archives.count)])
            case .csv: try fuzzCSV()
            case .npz: try fuzzNPZ()
            case .zip: try fuzz(zips[mutator.below(zips.count)])
            case .strokes: try fuzzStrokes()
            case .drawingSVG: try fuzzDrawingSVG()
            case .bank: if let bank { try fuzz(bank) }
            case .sealedBank: if let bank { try fuzzSealed(bank) }
            case .maskJSON: try fuzzMaskJSON()
            case .maskSVG: try fuzzMaskSVG()
            case .png: try fuzz(images[mutator.below(images.count)])
            case .sealedPNG: try fuzzSealed(images[mutator.below(images.count)])
            case .jpeg: try fuzzJPEG()
            case .coco: try fuzzCOCO()
            case .npy: try fuzzNPY()
            case .tar: try fuzz(tars[mutator.below(tars.count)])
            case .spec: try fuzzSpec()
            case .plan: if let planned { try await fuzzPlan(of: planned) }
            case .sealedPlan: if let planned { try await fuzzSealedPlan(of: planned) }
            case .record: if let planned { try await fuzzRecord(of: planned) }
            case .sealedRecord: if let planned { try await fuzzSealedRecord(of: planned) }
            case .dataset: if let dataset { try await fuzz(dataset) }
            case .imageList: try fuzzImageList()
            case .imageHeader: try fuzzImageHeader()
            case .otherJSON: try fuzzOtherJSON()
            }
            report.fileCount += 1
        }
        report.mutatedCount = mutator.mutatedCount
        return report
    }

    /// Writes a file, replacing the previous one.
    mutating func write(_ name: String, _ bytes: [UInt8]) throws -> FilePath {
        report.byteCount += bytes.count
        let path = folder.appending(name)
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
        try file.closeAfter { _ = try file.writeAll(bytes) }
        return path
    }

    // MARK: ndjson

    private mutating func fuzzLines(isRaw: Bool) throws {
        // The first line determines the format.
        var bytes = mutator.line(mutator.drawing(), isRaw: isRaw)
        for _ in 0..<200 {
            var line = mutator.line(mutator.drawing(), isRaw: isRaw)
            mutator.mutate(&line)
            bytes += line
            // Truncated lines would too often merge with the next one.
            if line.last != 0x0A, mutator.below(8) > 0 { bytes.append(0x0A) }
        }
        let path = try write("lines.ndjson", bytes)
        var reader = try DrawingReader(path)
        guard reader.format == (isRaw ? .raw : .simplified) else {
            throw FuzzFinding(problem: "the form is \(reader.format)", file: bytes)
        }
        var drawing = Drawing()
        for line in ReferenceRecords.lines(bytes, isRaw: isRaw) {
            switch reader.answer(&drawing) {
            case .success(true) where drawing == line.drawing: report.readCount += 1
            case .failure(let error) where line.drawing == nil && error.location == "\(path):\(line.number)":
                report.refusedCount += 1
            case .success(let isThere):
                let expected = line.drawing.map { "\($0)" } ?? "an error"
                throw FuzzFinding(
                    problem: "line \(line.number): \(isThere ? "\(drawing)" : "nothing"); expected \(expected)",
                    file: bytes
                )
            case .failure(let error): throw FuzzFinding(problem: "line \(line.number): \(error)", file: bytes)
            }
        }
        guard case .success(false) = reader.answer(&drawing) else {
            throw FuzzFinding(problem: "a drawing too many: \(drawing)", file: bytes)
        }
    }

    // MARK: Binary

    private mutating func fuzzBinary() throws {
        var bytes: [UInt8] = []
        // The first record determines the format.
        _ = mutator.drawing(word: "cat").appendBinary(to: &bytes)
        let first = bytes.count
        for _ in 0..<30 { _ = mutator.drawing(word: "cat").appendBinary(to: &bytes) }
        mutator.mutate(&bytes, from: first)
        let path = try write("cat.bin", bytes)
        let expected = ReferenceRecords.binary(bytes, word: "cat")
        var reader = try DrawingReader(path)
        var drawing = Drawing()
        for (index, expected) in expected.drawings.enumerated() {
            guard try reader.read(into: &drawing), drawing == expected else {
                throw FuzzFinding(problem: "record \(index + 1): \(drawing); expected \(expected)", file: bytes)
            }
            report.readCount += 1
        }
        let number = expected.drawings.count + 1
        switch reader.answer(&drawing) {
        case .success(false) where expected.faultOffset == nil: break
        case .failure(let error)
        where expected.faultOffset.map { error.location == "\(path): byte \($0): record \(number)" } ?? false:
            report.refusedCount += 1
        case .success: throw FuzzFinding(problem: "record \(number) is none, but was read", file: bytes)
        case .failure(let error): throw FuzzFinding(problem: "\(error)", file: bytes)
        }
    }
}

extension DrawingReader {
    /// The result of `read`.
    fileprivate mutating func answer(_ drawing: inout Drawing) -> Result<Bool, DataError> {
        do throws(DataError) {
            return .success(try read(into: &drawing))
        } catch {
            return .failure(error)
        }
    }
}
