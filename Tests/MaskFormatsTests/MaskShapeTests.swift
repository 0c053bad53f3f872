import MaskFormats
import MaskModel
import MaskSamples
import PlaneGeometry
import Testing

/// Filled strokes and flat ends, which only version 2 of the format has.
struct MaskShapeTests {
    private func mask(_ strokes: [BrushStroke]) throws -> VectorMask {
        VectorMask(canvas: try #require(PixelSize(width: 30, height: 20)), strokes: strokes)
    }

    private let path = Polyline([Point(x: 2, y: 3), Point(x: 20, y: 3.5), Point(x: 11, y: 15)])

    private func shapes() throws -> [BrushStroke] {
        [
            try BrushStroke(path: path, width: 0, isFilled: true),
            try BrushStroke(path: path, width: 2.5, isFilled: true),
            try BrushStroke(path: path, width: 4, startCap: .butt, endCap: .butt),
            try BrushStroke(path: path, width: 4, startCap: .butt),
            try BrushStroke(path: path, width: 4, endCap: .butt),
        ]
    }

    @Test func `a mask with shapes is of version 2, others are of version 1`() throws {
        let plain = try BrushStroke(path: path, width: 4)
        #expect(try MaskRecord(mask: mask([plain])).json.contains("qd-imd-mask/1"))
        for shape in try shapes() {
            #expect(try MaskRecord(mask: mask([plain, shape])).json.contains("qd-imd-mask/2"))
        }
    }

    @Test func `shapes are read from JSON as they were written`() throws {
        let original = try mask(shapes())
        #expect(try MaskRecord(json: MaskRecord(mask: original).json).mask == original)
    }

    @Test func `the members of shapes are fill and cap`() throws {
        let json = try MaskRecord(mask: mask(shapes())).json
        #expect(json.contains(#""width":0,"points":[[2,3],[20,3.5],[11,15]],"fill":true}"#))
        #expect(json.contains(#""cap":"butt"}"#))
        #expect(json.contains(#""cap":["butt","round"]}"#))
        #expect(json.contains(#""cap":["round","butt"]}"#))
    }

    @Test func `filled strokes are read from SVG as they were written`() throws {
        let original = try mask(Array(shapes().prefix(3)))
        var text: [UInt8] = []
        MaskRecord(mask: original).appendSVG(holeColor: .white, to: &text)
        #expect(try VectorMask(svg: text) == original)
    }

    @Test func `a single round end is a dot in SVG`() throws {
        var text: [UInt8] = []
        MaskRecord(mask: try mask([try BrushStroke(path: path, width: 4, startCap: .butt)])).appendSVG(
            holeColor: .white, to: &text)
        let strokes = try VectorMask(svg: text).strokes
        #expect(strokes.count == 2)
        #expect(strokes[1].path == Polyline([Point(x: 11, y: 15)]))
    }

    @Test(arguments: [
        (#""fill":"yes""#, #""fill" is "yes"; expected true or false"#),
        (#""cap":"square""#, #""cap" is "square"; expected "round", "butt", or an array of two of them"#),
    ])
    func `what is no shape is refused`(member: String, problem: String) {
        let text = #"{"format":"qd-imd-mask/2","canvas":[9,9],"strokes":[{"width":1,"points":[[1,1]],\#(member)}]}"#
        #expect(complaint { _ = try MaskRecord(json: text) } == "stroke 0: \(problem)")
    }
}
