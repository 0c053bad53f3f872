@testable import StrokeBank
import FileAccess
import ReaderFuzzing
import SystemPackage
import TemporaryFiles

import QuickDraw

extension TemporaryFolder {
    /// A bank of the drawings of some files, added in parts of `partLength` drawings.
    func bank(
        _ name: String = "strokes.bank", of files: [[Drawing]], partLength: Int = 3, keyLimit: Int = 1000,
        license: SourceLicense = .unknown
    ) throws -> FilePath {
        let path = path.appending(name)
        let draft = try BankSpool(for: path)
        var chunks = BankBuffer()
        // The last files first: the order of addition is irrelevant.
        for (number, drawings) in files.enumerated().reversed() {
            for part in stride(from: 0, to: drawings.count, by: partLength) {
                for drawing in drawings[part..<min(part + partLength, drawings.count)] { chunks.add(drawing) }
                try draft.add(&chunks, file: number, part: part)
            }
        }
        let merge = BankWriter(draft, keyLimit: keyLimit)
        for category in 0..<merge.categoryCount { try merge.findDuplicates(inCategory: category) }
        try merge.begin()
        let file = try OutputFile(path)
        let output = ChecksummedBankFile(file, for: merge)
        for unit in (0..<merge.runCount).reversed() { try merge.copy(unit, to: output) }
        _ = try merge.finish(output, license: license)
        try file.commit()
        return path
    }
}

extension MappedBank {
    /// All drawings, in order.
    func drawings() throws -> [Drawing] {
        var drawings: [Drawing] = []
        for category in words.indices {
            for index in 0..<drawingCount(inCategory: category) {
                var drawing = Drawing()
                try read(index, inCategory: category, into: &drawing)
                drawings.append(drawing)
            }
        }
        return drawings
    }
}

extension Drawing {
    /// Drawings of up to 7 strokes of up to 40 points, with all properties that a bank stores.
    static func samples(_ count: Int, words: [String], seed: UInt64) -> [Drawing] {
        var random = ByteMutator(seed: seed)
        return (0..<count).map { index in
            var drawing = Drawing()
            drawing.word = words[index % words.count]
            drawing.keyID = random.next()
            drawing.country = CountryCode(bytes: SIMD2(UInt8.random(in: 65...90, using: &random), 0x5A))
            drawing.timestamp = UInt32.random(in: 0...UInt32.max, using: &random)
            drawing.isRecognized = Bool.random(using: &random)
            for _ in 0..<Int.random(in: 0...7, using: &random) {
                for _ in 0..<Int.random(in: 1...40, using: &random) {
                    drawing.append(
                        x: UInt8.random(in: 0...255, using: &random), y: UInt8.random(in: 0...255, using: &random))
                }
                drawing.endStroke()
            }
            return drawing
        }
    }
}
