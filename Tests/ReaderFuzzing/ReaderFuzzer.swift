import FileAccess
import StrokeBank
import QuickDraw
public import SystemPackage

/// A reader, and what has to be true of it whatever its file holds.
public enum FuzzedReader: String, Hashable, Sendable, CaseIterable {
    /// Simplified and raw ndjson: each line is a drawing, the same that an independent reader finds, or an error with the
    /// line's number.
    case simplified, raw
    /// Binary: the records up to the first that is wrong, and an error with its place.
    case binary
    /// Gzipped: all of the bytes that were zipped, or an error.
    case gzip
    /// A bank: every changed byte is found, and nothing is read that was not put in.
    case bank
    /// A bank whose checksums were made right again: it is refused, or read without a crash.
    case sealedBank = "sealed-bank"
}

/// What a fuzzer found, and how to come to it again.
public struct FuzzFinding: Error, CustomStringConvertible {
    /// What is not as it has to be.
    public let problem: String
    /// The file with which it is so.
    public let file: [UInt8]

    /// One line.
    public var description: String { problem }
}

/// What a fuzzer did.
public struct FuzzReport: Hashable, Sendable {
    /// How many bytes were changed, put in or taken out.
    public var mutatedCount = 0
    /// How many files were read.
    public var fileCount = 0
    /// How many records were read as drawings, or files as they were.
    public var readCount = 0
    /// How many records, or files, were refused.
    public var refusedCount = 0
}

/// Damages files at random, the same way for the same seed, and looks at what a reader makes of them.
public struct ReaderFuzzer {
    let folder: FilePath
    var mutator: ByteMutator
    var report = FuzzReport()

    /// A fuzzer that writes its files into `folder`.
    public init(seed: UInt64, folder: FilePath) {
        self.folder = folder
        mutator = ByteMutator(seed: seed)
    }

    /// Damages `byteCount` bytes or some more.
    ///
    /// - Parameter beat: called before every file, for those who watch that it does not hang.
    /// - Throws: `FuzzFinding`, or what writing a file throws.
    public mutating func run(
        _ reader: FuzzedReader, byteCount: Int, beat: () -> Void = {}
    ) throws -> FuzzReport {
        let bank = [.bank, .sealedBank].contains(reader) ? try SmallBank(&mutator, folder: folder) : nil
        let archives = reader == .gzip ? try archives() : []
        while mutator.mutatedCount < byteCount {
            beat()
            switch reader {
            case .simplified: try fuzzLines(isRaw: false)
            case .raw: try fuzzLines(isRaw: true)
            case .binary: try fuzzBinary()
            case .gzip: try fuzzArchive(archives[mutator.below(archives.count)])
            case .bank: if let bank { try fuzz(bank) }
            case .sealedBank: if let bank { try fuzzSealed(bank) }
            }
            report.fileCount += 1
        }
        report.mutatedCount = mutator.mutatedCount
        return report
    }

    /// Writes a file over the one before.
    func write(_ name: String, _ bytes: [UInt8]) throws -> FilePath {
        let path = folder.appending(name)
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
        try file.closeAfter { _ = try file.writeAll(bytes) }
        return path
    }

    // MARK: ndjson

    private mutating func fuzzLines(isRaw: Bool) throws {
        // The first line tells the form.
        var bytes = mutator.line(mutator.drawing(), isRaw: isRaw)
        for _ in 0..<200 {
            var line = mutator.line(mutator.drawing(), isRaw: isRaw)
            mutator.mutate(&line)
            bytes += line
            // What was cut off, or lost its end, would make the next line one with it too often.
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
        // The first record tells the form.
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
    /// What `read` gives or throws.
    fileprivate mutating func answer(_ drawing: inout Drawing) -> Result<Bool, DataError> {
        do throws(DataError) {
            return .success(try read(into: &drawing))
        } catch {
            return .failure(error)
        }
    }
}
