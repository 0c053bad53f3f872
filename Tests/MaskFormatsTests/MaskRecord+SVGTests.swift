import MaskFormats
import MaskModel
import MaskSamples
import PlaneGeometry
import Testing

@Suite struct MaskRecordSVGTests {
    @Test func `a white hole is white strokes on black`() throws {
        let line = try BrushStroke(through: (2.5, 2.25), (6.5, 2.5), (-1, 0.01), width: 4)
        let dot = try BrushStroke(through: (3, 4), width: 1.5)
        let record = MaskRecord(mask: VectorMask(canvas: .px(9, 5), strokes: [line, dot]))
        #expect(
            record.svg() == """
                <svg xmlns="http://www.w3.org/2000/svg" width="9" height="5" viewBox="0 0 9 5" \
                shape-rendering="crispEdges">
                <metadata>{"format":"qd-imd-mask/1","canvas":[9,5],"sources":[null,null]}</metadata>
                <rect width="9" height="5" fill="#000"/>
                <g fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round">
                <path stroke-width="4" d="M2.5 2.25L6.5 2.5 -1 0.01"/>
                <path stroke-width="1.5" d="M3 4h0"/>
                </g>
                </svg>

                """)
    }

    @Test func `a black hole is black strokes on white`() throws {
        let record = MaskRecord(mask: try VectorMask(.px(9, 5), through: (1, 2), (3, 4), width: 0.5))
        #expect(
            record.svg(holeColor: .black) == """
                <svg xmlns="http://www.w3.org/2000/svg" width="9" height="5" viewBox="0 0 9 5" \
                shape-rendering="crispEdges">
                <metadata>{"format":"qd-imd-mask/1","canvas":[9,5],"sources":[null]}</metadata>
                <rect width="9" height="5" fill="#fff"/>
                <g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">
                <path stroke-width="0.5" d="M1 2L3 4"/>
                </g>
                </svg>

                """)
    }

    @Test func `the origins of the strokes are in the metadata, as XML text`() throws {
        let origin = StrokeOrigin(word: "<a> & \"b\"", keyID: 7, stroke: 2)
        let stroke = try BrushStroke(path: Polyline([Point(x: 0, y: 0)]), width: 1, origin: origin)
        let record = MaskRecord(
            mask: VectorMask(canvas: .px(9, 5), strokes: [stroke]), id: "00001_test", split: .test, index: 1,
            upscale: 1.5, holeRatio: 0.25)
        let metadata = record.svg().split(separator: "\n")[1]
        #expect(
            metadata == #"""
                <metadata>{"format":"qd-imd-mask/1","id":"00001_test","split":"test","index":1,"canvas":[9,5],\#
                "upscale":1.5,"hole_ratio":0.25,"sources":[\#
                {"word":"&lt;a&gt; &amp; \"b\"","key_id":"7","stroke":2}]}</metadata>
                """#)
    }

    @Test(arguments: 0..<60, HoleColor.allCases)
    func `a mask that is written is read back as an equal mask`(seed: Int, holeColor: HoleColor) throws {
        let record = try MaskRecord.random(seed: seed)
        var mask = record.mask
        // Origins are in the metadata, which is not read.
        mask.strokes = try mask.strokes.map { try BrushStroke(path: $0.path, width: $0.width) }
        let read = try VectorMask(svg: Array(record.svg(holeColor: holeColor).utf8))
        #expect(read == mask)
    }

    @Test func `the largest numbers are read back`() throws {
        let limit = BrushStroke.limit
        let mask = try VectorMask(
            .px(1_000_000, 1_000_000), through: (-limit, limit), (limit - 0.01, 0.01), width: limit)
        let read = try VectorMask(svg: Array(MaskRecord(mask: mask).svg().utf8))
        #expect(read == mask)
    }

    @Test func `text is appended to existing text`() {
        var text = Array("before\n".utf8)
        MaskRecord(mask: VectorMask(canvas: .px(1, 1), strokes: [])).appendSVG(holeColor: .white, to: &text)
        #expect(text.starts(with: "before\n<svg ".utf8))
    }
}
