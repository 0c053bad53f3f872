import FileAccess
import StrokeBank
import QuickDraw
import SystemPackage

extension ReaderFuzzer {
    /// Gzipped drawings, and their uncompressed form.
    struct Archive {
        let bytes: [UInt8]
        let drawings: [Drawing]
        /// The number of drawings up to the end of each member, by its offset: a file that is truncated there, or empty, is
        /// valid.
        let countsAtEnds: [Int: Int]
    }

    /// Drawings compressed in several ways: stored and deflated, in one member and in three.
    mutating func archives() throws -> [Archive] {
        (0..<6).map { number in
            let drawings = (0..<40).map { _ in mutator.drawing() }
            // The line determines the timestamp, not the drawing.
            let lines = drawings.map { mutator.line($0, isRaw: false) }
            let level = Int32([0, 1, 9][number % 3])
            let members = number < 3 ? [lines] : [Array(lines[..<10]), Array(lines[10..<25]), Array(lines[25...])]
            var bytes: [UInt8] = []
            var counts = [0: 0]
            var count = 0
            for lines in members {
                bytes += compressed(lines.flatMap(\.self), as: .gzip, level: level)
                count += lines.count
                counts[bytes.count] = count
            }
            return Archive(
                bytes: bytes,
                drawings: ReferenceRecords.lines(lines.flatMap(\.self), isRaw: false).compactMap(\.drawing),
                countsAtEnds: counts)
        }
    }

    /// All drawings of the archive are read, or an error is thrown.
    mutating func fuzzArchive(_ archive: Archive) throws {
        var bytes = archive.bytes
        mutator.mutate(&bytes)
        let path = try write("lines.ndjson.gz", bytes)
        var drawings: [Drawing] = []
        do throws(DataError) {
            var reader = try DrawingReader(path)
            var drawing = Drawing()
            while try reader.read(into: &drawing) { drawings.append(drawing) }
        } catch {
            guard "\(error)".hasPrefix("\(path)") else { throw FuzzFinding(problem: "no place: \(error)", file: bytes) }
            report.refusedCount += 1
            return
        }
        let expected = archive.drawings.prefix(archive.countsAtEnds[bytes.count] ?? archive.drawings.count)
        guard drawings[...] == expected else {
            throw FuzzFinding(problem: "\(drawings.count) drawings; expected \(expected.count)", file: bytes)
        }
        report.readCount += 1
    }
}
