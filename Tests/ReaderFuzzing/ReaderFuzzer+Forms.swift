import FileAccess
import MaskFormats
import PlaneGeometry
import QuickDraw
import StrokeBank
import SystemPackage

// Drawings in the forms of others: CSV, sketch-rnn's arrays, zip archives, and any strokes.

extension ReaderFuzzer {
    /// Each row of CSV is a drawing, or an error with a line.
    mutating func fuzzCSV() throws {
        var bytes = Array("countrycode,drawing,key_id,recognized,timestamp,word\r\n".utf8)
        for _ in 0..<40 {
            let drawing = mutator.drawing()
            let strokes = Self.json(drawing).replacing(",[", with: mutator.below(8) == 0 ? ",\n[" : ",[")
            let word = mutator.below(8) == 0 ? "\"a \"\"cat\"\"\"" : drawing.word
            let fields = "\(drawing.keyID),True,2017-03-08 21:12:07.26604,\(word)"
            var row = Array("\(drawing.country),\"\(strokes)\",\(fields)\r\n".utf8)
            mutator.mutate(&row)
            bytes += row
        }
        let path = try write("cat.csv", bytes)
        try readAll(path, bytes) {
            $0.location.hasPrefix("\(path):") && Int($0.location.dropFirst("\(path):".utf8.count)) != nil
        }
    }

    /// Each line of any strokes is a drawing, or an error with its number.
    mutating func fuzzStrokes() throws {
        var bytes = Array("{\"word\":\"cat\",\"strokes\":[[[1,2],[3,4]]]}\n".utf8)
        for _ in 0..<40 {
            let drawing = mutator.drawing()
            let scale = ["", ".5", "e3", "e-300", "e300"][mutator.below(5)]
            let strokes = Self.json(drawing).replacing(",", with: "\(scale),").replacing("]\(scale),", with: "],")
            var line = Array("{\"word\":\"\(drawing.word)\",\"strokes\":\(strokes)}\n".utf8)
            mutator.mutate(&line)
            bytes += line
            if line.last != 0x0A { bytes.append(0x0A) }
        }
        let path = try write("cat.jsonl", bytes)
        try readAll(path, bytes) { $0.location.hasPrefix("\(path):") }
    }

    /// An SVG file is the drawing of its lines, or an error with a place.
    mutating func fuzzDrawingSVG() throws {
        let bytes = mutator.mutated(mutator.editedSVG())
        let path = try write("cat.svg", bytes)
        let found: Drawing
        do throws(DataError) {
            found = try Self.drawing(path)
        } catch {
            guard error.location.hasPrefix("\(path)") else {
                throw FuzzFinding(problem: "no place: \(error)", file: bytes)
            }
            report.refusedCount += 1
            return
        }
        do {
            let strokes = try SVGCenterLines(bytes).lines.map { line in
                "[\(line.points.map(\.x)),\(line.points.map(\.y))]"
            }
            let same = try write("cat.jsonl", Array("{\"strokes\":[\(strokes.joined(separator: ","))]}\n".utf8))
            guard try Self.drawing(same) == found else { throw FuzzFinding(problem: "another drawing", file: bytes) }
        } catch let error as MaskFormatError {
            throw FuzzFinding(problem: "\(error)", file: bytes)
        }
        report.readCount += 1
    }

    /// The first drawing of a file.
    private static func drawing(_ path: FilePath) throws(DataError) -> Drawing {
        var reader = try DrawingReader(path)
        var drawing = Drawing()
        guard try reader.read(into: &drawing) else { throw DataError(path, "no drawing") }
        return drawing
    }

    /// sketch-rnn's arrays are drawings or errors with a place, and nothing else is in a pickle.
    mutating func fuzzNPZ() throws {
        let drawings = (0..<8).map { _ in
            (0...mutator.below(20)).flatMap { _ in
                [Int16(mutator.below(60) - 30), Int16(mutator.below(60) - 30), Int16(mutator.below(2))]
            }
        }
        var bytes = PickleBuilder.npy(drawings, isOld: mutator.below(2) == 0)
        mutator.mutate(&bytes)
        let path = try write("cat.npy", bytes)
        let count = try readAll(path, bytes) { $0.location.hasPrefix("\(path)") }
        guard count <= drawings.count + 255 else { throw FuzzFinding(problem: "\(count) drawings", file: bytes) }
    }

    /// A zip archive, and the drawings of its members.
    struct ZipArchive {
        let bytes: [UInt8]
        let members: [[Drawing]]
    }

    /// Archives of two members, stored and deflated.
    mutating func zips() -> [ZipArchive] {
        [false, true].map { isDeflated in
            var zip = ZipBuilder()
            var members: [[Drawing]] = []
            for name in ["cat.ndjson", "a/dog.ndjson"] {
                let lines = (0..<10).flatMap { _ in mutator.line(mutator.drawing(), isRaw: false) }
                zip.add(name, lines, isDeflated: isDeflated)
                members.append(ReferenceRecords.lines(lines, isRaw: false).compactMap(\.drawing))
            }
            return ZipArchive(bytes: zip.finished(), members: members)
        }
    }

    /// A member is read whole and as it was, or is an error; a changed name may hide it.
    mutating func fuzz(_ archive: ZipArchive) throws {
        let bytes = mutator.mutated(archive.bytes)
        let path = try write("drawings.zip", bytes)
        var found: [[Drawing]] = []
        do throws(DataError) {
            for file in try DrawingFileList(path).files {
                var reader = try DrawingReader(file)
                var drawing = Drawing()
                var drawings: [Drawing] = []
                while try reader.read(into: &drawing) { drawings.append(drawing) }
                found.append(drawings)
            }
        } catch {
            guard "\(error)".hasPrefix("\(path)") else { throw FuzzFinding(problem: "no place: \(error)", file: bytes) }
            report.refusedCount += 1
            return
        }
        guard found.allSatisfy(archive.members.contains), Set(found).count == found.count else {
            throw FuzzFinding(problem: "other drawings than those of the members", file: bytes)
        }
        report.readCount += 1
    }

    /// Reads all records of a file, and checks the places of errors.
    ///
    /// - Returns: The number of drawings.
    @discardableResult
    private mutating func readAll(
        _ path: FilePath, _ bytes: [UInt8], isPlace: (DataError) -> Bool
    ) throws -> Int {
        var count = 0
        var drawing = Drawing()
        var reader: DrawingReader
        do throws(DataError) {
            reader = try DrawingReader(path)
        } catch {
            report.refusedCount += 1
            return 0
        }
        while true {
            do throws(DataError) {
                guard try reader.read(into: &drawing) else { return count }
                guard !drawing.word.isEmpty, drawing.strokeEnds.last ?? 0 == drawing.coordinates.count else {
                    throw DataError(at: "", "an invalid drawing")
                }
                count += 1
                report.readCount += 1
            } catch {
                guard isPlace(error) else { throw FuzzFinding(problem: "no place: \(error)", file: bytes) }
                report.refusedCount += 1
                guard error.kind == .invalidRecord else { return count }
            }
        }
    }

    /// The strokes of a drawing as JSON.
    private static func json(_ drawing: Drawing) -> String {
        let strokes = (0..<drawing.strokeCount).map { stroke in
            let points = Array(drawing.strokeCoordinates(stroke))
            let axes = [0, 1].map { axis in
                "[\(stride(from: axis, to: points.count, by: 2).map { "\(points[$0])" }.joined(separator: ","))]"
            }
            return "[\(axes.joined(separator: ","))]"
        }
        return "[\(strokes.joined(separator: ","))]"
    }
}
