import JSONText
import MaskFormats
import MaskModel
import MaskSamples
import PlaneGeometry

// Records to and from text, and random records.

extension MaskRecord {
    /// The record in a JSON text.
    init(json text: String) throws {
        var parser = JSONParser()
        self = try MaskRecord(try parser.parse(Array(text.utf8)))
    }

    var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    func svg(holeColor: HoleColor = .white) -> String {
        var text: [UInt8] = []
        appendSVG(holeColor: holeColor, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// A record like those of a dataset, determined by the seed alone.
    static func random(seed: Int) throws -> MaskRecord {
        var random = RandomStream(seed: 30, use: .strokeChoice, index: UInt64(seed))
        let spec = MaskSampleSpec(
            canvas: .px(1 + random.uniform(below: 900), 1 + random.uniform(below: 900)), widths: 0.01...300, margin: 150
        )
        var mask = try VectorMask.random(seed: seed, spec)
        let words = ["cat", "The Eiffel Tower", "\"quoted\" \\ & <b>", "Ω 猫 🐈", "\u{1}\n\t", ""]
        mask.strokes = try mask.strokes.map { stroke in
            let origin = StrokeOrigin(
                word: words[random.uniform(below: words.count)], keyID: random.next(),
                stroke: random.uniform(below: 60))
            return try BrushStroke(
                path: stroke.path, width: stroke.width, origin: random.uniform(below: 5) == 0 ? nil : origin)
        }
        return MaskRecord(
            mask: mask, id: "\(words[seed % 6])\(seed)", split: Split.allCases[seed % 2], index: seed,
            upscale: Double(10_000_000 + random.uniform(below: 5_000_000)) / 10_000_000,
            holeRatio: Double(random.uniform(below: 10_001)) / 10_000)
    }
}
