import StrokeBank
import QuickDraw

// Random drawings in the published formats, to be mutated.

extension ByteMutator {
    private static let words = ["cat", "The Eiffel Tower", "t-shirt"]

    /// A drawing of up to five strokes of up to twelve points.
    mutating func drawing(word: String? = nil) -> Drawing {
        var drawing = Drawing()
        drawing.word = word ?? Self.words[below(Self.words.count)]
        drawing.keyID = next()
        drawing.country = CountryCode(bytes: SIMD2(UInt8(65 + below(26)), UInt8(65 + below(26))))
        drawing.timestamp = UInt32(1_489_000_000 + below(9_000_000))
        drawing.isRecognized = below(8) > 0
        for _ in 0...below(5) {
            for _ in 0...below(12) { drawing.append(x: byte(), y: byte()) }
            drawing.endStroke()
        }
        return drawing
    }

    /// The record of a drawing in Google's form, with a line end.
    mutating func line(_ drawing: Drawing, isRaw: Bool) -> [UInt8] {
        let strokes = (0..<drawing.strokeCount).map { stroke in
            let points = Array(drawing.strokeCoordinates(stroke))
            var axes = [0, 1].map { axis in
                stride(from: axis, to: points.count, by: 2).map { place in
                    isRaw ? rawNumber(Int(points[place])) : "\(points[place])"
                }
            }
            if isRaw { axes.append((0..<points.count / 2).map { "\(17 * $0)" }) }
            return "[\(axes.map { "[\($0.joined(separator: ","))]" }.joined(separator: ","))]"
        }
        let (hour, minute) = (10 + below(14), 10 + below(50))
        return Array(
            """
            {"word":"\(drawing.word)","countrycode":"\(drawing.country)","timestamp":"2017-03-\(10 + below(20)) \
            \(hour):\(minute):43.19661 UTC","recognized":\(drawing.isRecognized),"key_id":"\(drawing.keyID)",\
            "drawing":[\(strokes.joined(separator: ","))]}

            """.utf8)
    }

    private mutating func rawNumber(_ number: Int) -> String {
        switch below(4) {
        case 0: "\(number - 40)"
        case 1: "\(number).\(below(1000))"
        default: "\(2 * number)"
        }
    }
}
