import MaskGeneration
import StrokeBank
import FileAccess
import MaskModel
import PlaneGeometry
import QuickDraw
import SystemPackage

/// A bank to be mutated, and its contents.
struct SmallBank {
    let bytes: [UInt8]
    let contents: Contents

    /// The contents of a bank.
    struct Contents: Equatable {
        var drawings: [Drawing] = []
        /// The strokes of a pool with one stroke per drawing, and of one with three.
        var strokes: [[String]] = []
    }

    init(_ mutator: inout ByteMutator, folder: FilePath) throws {
        let path = folder.appending("strokes.bank")
        let draft = try BankSpool(for: path)
        var chunks = BankBuffer()
        for index in 0..<60 {
            var drawing = mutator.drawing()
            // Some without strokes, some with empty ones.
            if index % 7 == 0 { drawing.removeStrokes() }
            if index % 11 == 0 { drawing.endStroke() }
            chunks.add(drawing)
        }
        try draft.add(&chunks, file: 0, part: 0)
        let merge = BankWriter(draft, keyLimit: 1000)
        for category in 0..<merge.categoryCount { try merge.findDuplicates(inCategory: category) }
        try merge.begin()
        let file = try OutputFile(path)
        let output = ChecksummedBankFile(file, for: merge)
        for unit in 0..<merge.runCount { try merge.copy(unit, to: output) }
        _ = try merge.finish(output)
        try file.commit()
        bytes = try path.readFile()
        contents = try Self.contents(of: MappedBank(path))
    }

    /// Reads all of a bank.
    static func contents(of bank: MappedBank) throws(DataError) -> Contents {
        var contents = Contents()
        for category in bank.words.indices {
            for index in 0..<bank.drawingCount(inCategory: category) {
                var drawing = Drawing()
                try bank.read(index, inCategory: category, into: &drawing)
                contents.drawings.append(drawing)
            }
        }
        for count in [1, 3] {
            let pool = try BankStrokePool(bank, drawingLimit: 1000, strokesPerDrawing: count, seed: 7)
            var strokes: [String] = []
            for category in 0..<pool.categoryCount {
                for stroke in 0..<pool.strokeCount(inCategory: category) {
                    let (path, origin) = try pool.stroke(stroke, inCategory: category)
                    strokes.append("\(origin.keyID) \(origin.stroke) \(path.points.count)")
                }
            }
            contents.strokes.append(strokes)
        }
        return contents
    }
}

extension ReaderFuzzer {
    /// Checking the bank finds every changed byte, and reading it returns only what was written.
    mutating func fuzz(_ bank: SmallBank) throws {
        var bytes = bank.bytes
        let places = mutator.change(&bytes, atMost: 8)
        guard bytes != bank.bytes else { return }
        let path = try write("strokes.bank", bytes)
        if let contents = try? SmallBank.contents(of: MappedBank(path)) {
            // The changes are outside all drawings.
            guard contents == bank.contents else {
                throw FuzzFinding(problem: "other drawings, with changes at \(places)", file: bytes)
            }
            report.readCount += 1
        }
        do throws(DataError) {
            let damaged = try MappedBank(path)
            try damaged.check(0..<damaged.blockCount)
        } catch {
            guard "\(error)".hasPrefix("\(path)") else { throw FuzzFinding(problem: "no place: \(error)", file: bytes) }
            report.refusedCount += 1
            return
        }
        throw FuzzFinding(problem: "changes at \(places) were not found", file: bytes)
    }

    /// With valid checksums, anything may be read, but nothing may crash or hang.
    mutating func fuzzSealed(_ bank: SmallBank) throws {
        var bytes = bank.bytes
        _ = mutator.change(&bytes, atMost: 8)
        seal(&bytes)
        let path = try write("strokes.bank", bytes)
        do throws(DataError) {
            _ = try SmallBank.contents(of: MappedBank(path))
            report.readCount += 1
        } catch {
            report.refusedCount += 1
        }
    }

    /// Recomputes all checksums, unless the header no longer locates the sections.
    private func seal(_ bytes: inout [UInt8]) {
        func number(_ place: Int) -> Int { Int(truncatingIfNeeded: bytes.number(at: place)) }
        let start = number(64 + 16 * 4)
        let (headerLength, blockLength) = (4096, 4096)
        if start > headerLength, start < bytes.count, (start - headerLength) % blockLength == 0 {
            for (index, block) in stride(from: headerLength, to: start, by: blockLength).enumerated()
            where start + 8 * index + 8 <= bytes.count {
                bytes.set(ReferenceHash.xxh64(bytes[block..<block + blockLength]), at: start + 8 * index)
            }
            bytes.set(ReferenceHash.xxh64(bytes[start...]), at: 56)
        }
        bytes.set(ReferenceHash.xxh64(bytes[..<4088]), at: 4088)
    }
}

extension [UInt8] {
    fileprivate func number(at place: Int) -> UInt64 {
        self[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    fileprivate mutating func set(_ number: UInt64, at place: Int) {
        for index in 0..<8 { self[place + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index))) }
    }
}
