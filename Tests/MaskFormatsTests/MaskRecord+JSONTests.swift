import MaskFormats
import MaskModel
import MaskSamples
import PlaneGeometry
import Testing

@Suite struct MaskRecordJSONTests {
    @Test func `a mask is one object, with the strokes last`() throws {
        let origin = StrokeOrigin(word: "cat", keyID: 5_201_136_883_597_312, stroke: 3)
        let path = Polyline([Point(x: 12.5, y: 40.25), Point(x: 13, y: -0.5)])
        let stroke = try BrushStroke(path: path, width: 11.37, origin: origin)
        let record = MaskRecord(
            mask: VectorMask(canvas: .px(512, 384), strokes: [stroke]), id: "00000_train", split: .train, index: 0,
            upscale: 1.2345, holeRatio: 0.125)
        #expect(
            record.json == """
                {"format":"qd-imd-mask/1","id":"00000_train","split":"train","index":0,"canvas":[512,384],\
                "upscale":1.2345,"hole_ratio":0.125,"strokes":[{"width":11.37,"points":[[12.5,40.25],[13,-0.5]],\
                "source":{"word":"cat","key_id":"5201136883597312","stroke":3}}]}
                """)
    }

    @Test func `transforms and width factors are written and read back`() throws {
        let transform = AffineTransform(a: 0.5, b: -0.25, c: 0.25, d: 0.5, tx: 12.5, ty: -3)
        let origin = StrokeOrigin(word: "cat", keyID: 7, stroke: 0, transform: transform)
        let stroke = try BrushStroke(path: Polyline([Point(x: 1, y: 2)]), width: 3, origin: origin)
        let record = MaskRecord(
            mask: VectorMask(canvas: .px(9, 5), strokes: [stroke]), widthFactor: 1.25, holeRatio: 0.25)
        #expect(
            record.json == """
                {"format":"qd-imd-mask/1","canvas":[9,5],"width_factor":1.25,"hole_ratio":0.25,"strokes":[{"width":3,\
                "points":[[1,2]],"source":{"word":"cat","key_id":"7","stroke":0,\
                "transform":[0.5,-0.25,0.25,0.5,12.5,-3]}}]}
                """)
        #expect(try MaskRecord(json: record.json) == record)
    }

    @Test(arguments: ["[1,2,3]", "7", #"[1,2,3,4,5,"6"]"#, #"[1,2,3,4,5,"x",6]"#, "[1,2,3,4,5,6,7]"])
    func `a transform that is not six numbers is refused`(transform: String) {
        let message = complaint {
            _ = try MaskRecord(
                json: """
                    {"format":"qd-imd-mask/1","canvas":[9,5],"strokes":[{"width":4,"points":[[2,2]],\
                    "source":{"word":"cat","key_id":"7","stroke":0,"transform":\(transform)}}]}
                    """)
        }
        #expect(message == "stroke 0: \"transform\" is \(transform); expected [a, b, c, d, e, f]")
    }

    @Test func `unknown metadata is omitted`() throws {
        let record = MaskRecord(mask: try VectorMask(.px(9, 5), through: (2.5, 2.5), width: 4))
        #expect(
            record.json == """
                {"format":"qd-imd-mask/1","canvas":[9,5],"strokes":[{"width":4,"points":[[2.5,2.5]]}]}
                """)
    }

    @Test func `a mask without strokes has an empty list of them`() {
        let record = MaskRecord(mask: VectorMask(canvas: .px(9, 5), strokes: []))
        #expect(record.json == #"{"format":"qd-imd-mask/1","canvas":[9,5],"strokes":[]}"#)
    }

    @Test func `upscale has at most seven decimals, and the hole ratio four`() {
        let record = MaskRecord(
            mask: VectorMask(canvas: .px(1, 1), strokes: []), upscale: 4.0 / 3, holeRatio: 2.0 / 3)
        #expect(
            record.json == """
                {"format":"qd-imd-mask/1","canvas":[1,1],"upscale":1.3333333,"hole_ratio":0.6667,"strokes":[]}
                """)
    }

    @Test(arguments: 0..<60)
    func `a record that is written is read back as an equal record`(seed: Int) throws {
        let record = try MaskRecord.random(seed: seed)
        let read = try MaskRecord(json: record.json)
        #expect(read == record)
    }

    @Test func `the largest numbers are read back`() throws {
        let limit = BrushStroke.limit
        let record = MaskRecord(
            mask: try VectorMask(.px(1_000_000, 1_000_000), through: (-limit, limit), (limit, 0.01), width: limit))
        #expect(record.json.contains("[[-10000000,10000000],[10000000,0.01]]"))
        #expect(try MaskRecord(json: record.json) == record)
    }

    @Test func `integers may have a fraction of 0 or an exponent`() throws {
        let record = try MaskRecord(
            json: """
                {"format":"qd-imd-mask/1","canvas":[5.12e2,512.0],"index":3.0,"strokes":[{"width":1,"points":[[1,1]],\
                "source":{"word":"cat","key_id":"007","stroke":-0.0}}]}
                """)
        #expect(record.mask.canvas == .px(512, 512))
        #expect(record.index == 3)
        #expect(record.mask.strokes[0].origin == StrokeOrigin(word: "cat", keyID: 7, stroke: 0))
    }

    /// A point of the drawing's 256×256 box is at `center + upscale · (point − center)` of the scaled box.
    @Test func `upscale locates a stroke to within 0.01 px on a canvas of 32,767 px`() throws {
        for upscale in [1.234_567_891_23, 1.499_999_95, 1.000_000_049_9, 99.999_999_949] {
            let record = MaskRecord(mask: VectorMask(canvas: .px(1, 1), strokes: []), upscale: upscale)
            let read = try #require(try MaskRecord(json: record.json).upscale)
            let center = 32_767.0 / 2
            #expect((center * read - center * upscale).magnitude < 0.01, "\(upscale)")
        }
    }

    @Test func `format, canvas, and strokes are enough`() throws {
        let record = try MaskRecord(json: #"{"strokes":[],"canvas":[3,2],"format":"qd-imd-mask/1"}"#)
        #expect(record == MaskRecord(mask: VectorMask(canvas: .px(3, 2), strokes: [])))
    }

    @Test func `unknown members are ignored`() throws {
        let record = try MaskRecord(
            json: """
                {"format":"qd-imd-mask/1","canvas":[3,2],"note":{"by":["me"]},"strokes":[
                    {"width":2,"points":[[1,1]],"color":"red","source":{"word":"cat","key_id":"7","stroke":0,"x":null}}
                ]}
                """)
        let origin = StrokeOrigin(word: "cat", keyID: 7, stroke: 0)
        #expect(record.mask.strokes.map(\.origin) == [origin])
        #expect(record.mask.strokes.map(\.width) == [2])
    }

    @Test func `numbers with more decimals are rounded to hundredths`() throws {
        let record = try MaskRecord(
            json:
                #"{"format":"qd-imd-mask/1","canvas":[3,2],"strokes":[{"width":1.2e0,"points":[[1.004999,-0.0049]]}]}"#)
        let expected = try VectorMask(.px(3, 2), through: (1, 0), width: 1.2)
        #expect(record.mask == expected)
    }
}
