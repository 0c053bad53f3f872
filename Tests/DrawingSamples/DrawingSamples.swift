import MaskGeneration
import MaskModel
import PlaneGeometry
public import StrokeBank

// Drawings and pools as tests spell them: short, with every number in sight.

extension Drawing {
    /// A drawing of strokes given as points.
    public init(_ word: String = "cat", key: UInt64 = 1, strokes: [[(UInt8, UInt8)]]) {
        self.init()
        self.word = word
        keyID = key
        for stroke in strokes {
            for (x, y) in stroke { append(x: x, y: y) }
            endStroke()
        }
    }

    /// A drawing of `strokeCount` strokes of two points; stroke *s* begins at (*s*, `mark`).
    public init(_ word: String = "cat", key: UInt64 = 1, strokeCount: UInt8, mark: UInt8 = 0) {
        self.init(word, key: key, strokes: (0..<strokeCount).map { [($0, mark), (255, 255)] })
    }

    /// The drawing as a line of simplified ndjson, without the time.
    public var line: String {
        let strokes = (0..<strokeCount).map { stroke in
            let points = path(ofStroke: stroke).points
            return "[\(points.map { Int($0.x) }),\(points.map { Int($0.y) })]"
        }
        return """
            {"word":"\(word)","countrycode":"\(country)","recognized":\(isRecognized),"key_id":"\(keyID)",\
            "drawing":[\(strokes.joined(separator: ","))]}
            """
    }
}

extension SampledFileStrokes {
    /// The strokes that a pool receives from the drawings of one file.
    public init(_ drawings: [Drawing], strokesPerDrawing: Int = 1, seed: UInt64 = 0) {
        self.init(strokesPerDrawing: strokesPerDrawing, seed: seed)
        for drawing in drawings { add(drawing) }
    }
}

extension StrokePool {
    /// The origins of all strokes, as `word key stroke`.
    public var origins: [String] {
        (0..<categoryCount).flatMap { category in
            (0..<strokeCount(inCategory: category)).map { stroke in
                let origin = self.stroke(stroke, inCategory: category).origin
                return "\(origin.word) \(origin.keyID) \(origin.stroke)"
            }
        }
    }
}
