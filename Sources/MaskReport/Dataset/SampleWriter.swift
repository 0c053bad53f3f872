import JSONText
import MaskModel

/// Writes the masks of a sample, and the list of the words to which their strokes refer.
struct SampleWriter {
    private let sample: [SampleMask]
    private let words: [String]
    private let indexOfWord: [String: Int]

    init(_ sample: [SampleMask]) {
        self.sample = sample
        words = Set(sample.flatMap(\.strokes).compactMap { $0.origin?.word }).sorted(by: CategorySplit.precedes)
        indexOfWord = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, $0) })
    }

    func write(to json: inout JSONWriter) {
        json.name("sampleWords")
        json.array { json in for word in words { json.value(word) } }
        json.name("sample")
        json.array { json in for mask in sample { write(mask, to: &json) } }
    }

    private func write(_ mask: SampleMask, to json: inout JSONWriter) {
        json.object { json in
            json.member("name", mask.name)
            json.member("width", mask.size.width)
            json.member("height", mask.size.height)
            json.member("ratio", mask.figures.holeRatio, decimals: 6)
            if let split = mask.figures.split { json.member("split", split.rawValue) }
            switch mask.content {
            case .image(let png): json.member("image", base64: png)
            case .vector(let vector):
                json.name("strokes")
                json.array { json in for stroke in vector.strokes { write(stroke, to: &json) } }
            }
        }
    }

    private func write(_ stroke: BrushStroke, to json: inout JSONWriter) {
        json.object { json in
            json.member("width", stroke.width, decimals: 2)
            json.member("path", PageDataEncoding(stroke.path).base64)
            if stroke.isFilled {
                json.name("fill")
                json.value(true)
            }
            if !stroke.isFilled, !stroke.isPlain {
                json.name("caps")
                json.array { json in for cap in [stroke.startCap, stroke.endCap] { json.value(cap.rawValue) } }
            }
            guard let origin = stroke.origin, let word = indexOfWord[origin.word] else { return }
            json.member("word", word)
            // As text, because numbers in JavaScript have 53 bits.
            json.member("key", String(origin.keyID))
            json.member("stroke", origin.stroke)
        }
    }
}

extension SampleMask {
    fileprivate var strokes: [BrushStroke] {
        if case .vector(let mask) = content { mask.strokes } else { [] }
    }
}
