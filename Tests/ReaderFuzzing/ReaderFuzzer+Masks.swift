import JSONText
import MaskFormats
import MaskModel
import PlaneGeometry

extension ReaderFuzzer {
    /// What is read of a mutated mask has the numbers of the file, and is written and read again as itself.
    mutating func fuzzMaskJSON() throws {
        var bytes = Self.json(mutator.maskRecord())
        mutator.mutate(&bytes)
        report.byteCount += bytes.count
        let record: MaskRecord
        do throws(MaskFormatError) {
            record = try MaskRecord(json: bytes)
        } catch {
            report.refusedCount += 1
            return
        }
        guard let reference = ReferenceJSON(bytes) else {
            throw FuzzFinding(problem: "not JSON, but read", file: bytes)
        }
        if let difference = record.difference(from: reference) { throw FuzzFinding(problem: difference, file: bytes) }
        let written = Self.json(record)
        do throws(MaskFormatError) {
            let again = try Self.json(MaskRecord(json: written))
            guard again == written else { throw MaskFormatError("written again as other text") }
        } catch {
            throw FuzzFinding(problem: "as it was written: \(error)", file: bytes)
        }
        report.readCount += 1
    }

    private static func json(_ record: MaskRecord) -> [UInt8] {
        var json = JSONWriter()
        record.write(to: &json)
        return json.bytes
    }

    /// What is read of a mutated document is written and read again as itself.
    mutating func fuzzMaskSVG() throws {
        var bytes: [UInt8] = []
        if mutator.below(3) == 0 {
            mutator.maskRecord().appendSVG(holeColor: mutator.below(2) == 0 ? .white : .black, to: &bytes)
        } else {
            bytes = mutator.editedSVG()
        }
        mutator.mutate(&bytes)
        report.byteCount += bytes.count
        let mask: VectorMask
        do throws(MaskFormatError) {
            mask = try VectorMask(svg: bytes)
        } catch {
            report.refusedCount += 1
            return
        }
        var written: [UInt8] = []
        MaskRecord(mask: mask).appendSVG(holeColor: .white, to: &written)
        do throws(MaskFormatError) {
            var again: [UInt8] = []
            try MaskRecord(mask: VectorMask(svg: written)).appendSVG(holeColor: .white, to: &again)
            guard again == written else { throw MaskFormatError("written again as other text") }
        } catch {
            throw FuzzFinding(problem: "as it was written: \(error)", file: bytes)
        }
        report.readCount += 1
    }
}

extension ByteMutator {
    /// A mask of up to four strokes of up to eight points, with some of its metadata.
    mutating func maskRecord() -> MaskRecord {
        let canvas = PixelSize(width: 1 + below(600), height: 1 + below(600)) ?? .smallest
        var strokes: [BrushStroke] = []
        for _ in 0..<below(5) {
            let points = (0...below(8)).map { _ in Point(x: hundredths(70_000) - 50, y: hundredths(70_000) - 50) }
            let origin = StrokeOrigin(
                word: ["cat", "The \"Eiffel\" <Tower>", "größe"][below(3)], keyID: next(), stroke: below(9))
            do {
                strokes.append(
                    try BrushStroke(
                        path: Polyline(points), width: 0.01 + hundredths(3000), origin: below(3) > 0 ? origin : nil))
            } catch {
                // The width and the points are always valid.
                preconditionFailure("\(error)")
            }
        }
        return MaskRecord(
            mask: VectorMask(canvas: canvas, strokes: strokes), id: "0000\(below(10))_train", split: .train,
            index: below(10), upscale: 1 + hundredths(50), holeRatio: hundredths(100))
    }

    private mutating func hundredths(_ limit: Int) -> Double { Double(below(limit)) / 100 }
}

extension MaskRecord {
    /// What of the canvas and the strokes is not as an independent reader has it; nil if all is.
    fileprivate func difference(from json: ReferenceJSON) -> String? {
        guard let canvas = json["canvas"]?.numbers, canvas == [Double(mask.canvas.width), Double(mask.canvas.height)]
        else {
            return "another canvas"
        }
        guard case .array(let strokes)? = json["strokes"], strokes.count == mask.strokes.count else {
            return "another number of strokes"
        }
        for (index, (stroke, json)) in zip(mask.strokes, strokes).enumerated() {
            guard let width = json["width"]?.number, abs(width - stroke.width) < Self.rounding else {
                return "stroke \(index): another width"
            }
            guard case .array(let points)? = json["points"], Self.isSame(stroke.path.points, points) else {
                return "stroke \(index): other points"
            }
        }
        return nil
    }

    /// Widths and coordinates are rounded to 0.01 px.
    private static let rounding = 0.005_001

    /// Whether points are those of a file, each as often in a row as there.
    private static func isSame(_ points: [Point], _ json: [ReferenceJSON]) -> Bool {
        func isNear(_ index: Int, _ numbers: [Double]) -> Bool {
            points.indices.contains(index) && abs(points[index].x - numbers[0]) < rounding
                && abs(points[index].y - numbers[1]) < rounding
        }
        var index = -1
        for element in json {
            guard let numbers = element.numbers, numbers.count == 2 else { return false }
            // After rounding, a point that equals the one before it is left out.
            if isNear(index + 1, numbers) { index += 1 } else if !isNear(index, numbers) { return false }
        }
        return index == points.count - 1
    }
}

extension ReferenceJSON {
    /// The last member of a name.
    fileprivate subscript(name: String) -> ReferenceJSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == Array(name.utf8) }?.value
    }

    fileprivate var number: Double? {
        switch self {
        case .integer(let number, let isNegative): isNegative ? -Double(number) : Double(number)
        case .real(let number): number
        default: nil
        }
    }

    fileprivate var numbers: [Double]? {
        guard case .array(let elements) = self else { return nil }
        let numbers = elements.compactMap(\.number)
        return numbers.count == elements.count ? numbers : nil
    }
}
