import MaskFormats
import MaskModel
import MaskSamples
import PlaneGeometry
import Testing

/// The canvas of a document whose `svg` element has these attributes.
private func canvas(_ attributes: String) throws -> PixelSize {
    try VectorMask(svg: Array("<svg xmlns='http://www.w3.org/2000/svg' \(attributes)/>".utf8)).canvas
}

@Suite struct VectorMaskSVGTests {
    @Test(arguments: [
        #"width="100" height="80""#, #"width="100px" height="80PX""#, #"viewBox="0 0 100 80""#,
        #"viewBox="0,0,100,80""#, #"viewBox=" -5.5 7  100 80 ""#, #"width="100" height="80" viewBox="0 0 50 40""#,
        #"width="100%" height="100%" viewBox="0 0 100 80""#, #"width="1e2" height="+80.0""#,
        #"width="26.5mm" height="21mm" viewBox="0 0 100 80""#, #"width="75pt" height="60pt""#,
        #"width="100" viewBox="0 0 10 8""#, #"height="80" viewBox="0 0 10 8""#,
        #"width="auto" height="80" viewBox="0 0 5 4""#,
        #"viewBox="0 0 99.5 80.4""#, #"width="100.4" height="79.5""#,
    ])
    func `the canvas is width and height in whole px, or else the viewBox`(attributes: String) throws {
        let expected = attributes.contains("21mm") ? PixelSize.px(100, 79) : .px(100, 80)
        #expect(try canvas(attributes) == expected)
    }

    @Test(arguments: [
        ("1in", 96), ("2.54cm", 96), ("25.4mm", 96), ("101.6Q", 96), ("72pt", 96), ("6pc", 96), ("210mm", 794),
        ("297mm", 1123), ("67.73mm", 256), ("1000000px", 1_000_000),
    ])
    func `an inch has 96 px`(side: String, expected: Int) throws {
        #expect(try canvas("width='\(side)' height='\(side)'") == .px(expected, expected))
    }

    /// As Inkscape writes documents by default: sides in px or mm, and a viewBox in mm.
    @Test func `the viewBox is scaled to width and height`() throws {
        let read = try strokes(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="200" height="160" viewBox="10 5 50 40" \(brush)>
            <path stroke-width="2" d="M10 5h10"/></svg>
            """)
        #expect(read == [PlainStroke(8, (0, 0), (40, 0))])
        let millimeters = try VectorMask(
            svg: Array(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 67.73 67.73" \(brush)>
                <path stroke-width="3" d="M10 10L50 20"/></svg>
                """.utf8))
        #expect(millimeters.canvas == .px(256, 256))
        #expect(millimeters.strokes.map(PlainStroke.init) == [PlainStroke(11.34, (37.8, 37.8), (188.99, 75.59))])
    }

    @Test(arguments: [
        ("", 1.0, 0.0, 60.0), ("xMidYMid", 1, 0, 60), ("xMinYMin meet", 1, 0, 0), ("xMidYMax", 1, 0, 120),
        ("xMinYMin slice", 2.5, 0, 0), ("xMaxYMin slice", 2.5, -150, 0), ("xMidYMid slice", 2.5, -75, 0),
    ])
    func `a viewBox of another shape is placed by preserveAspectRatio`(
        value: String, scale: Double, x: Double, y: Double
    ) throws {
        let attribute = value.isEmpty ? "" : "preserveAspectRatio='\(value)'"
        let read = try strokes(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="100" height="200" viewBox="0 0 100 80" \(attribute) \(brush)>
            <path stroke-width="2" d="M0 0h4"/></svg>
            """)
        #expect(read == [PlainStroke(2 * scale, (x, y), (x + 4 * scale, y))])
    }

    @Test func `a document without strokes is an empty mask`() throws {
        let mask = try VectorMask(svg: Array(document("").utf8))
        #expect(mask == VectorMask(canvas: .px(100, 80), strokes: []))
    }

    @Test func `each subpath of a path is a stroke`() throws {
        let read = try strokes(brushDocument(#"<path stroke-width="3" d="M1 2L3 4M5 6h7"/>"#))
        #expect(read == [PlainStroke(3, (1, 2), (3, 4)), PlainStroke(3, (5, 6), (12, 6))])
    }

    @Test func `a polyline is a stroke`() throws {
        let read = try strokes(brushDocument(#"<polyline stroke-width="3" points="1,2 3,4 5,6"/>"#))
        #expect(read == [PlainStroke(3, (1, 2), (3, 4), (5, 6))])
    }

    @Test func `a line is a stroke, whose coordinates default to 0`() throws {
        let read = try strokes(
            brushDocument(#"<line stroke-width="3" x1="1" y1="2px" x2="3" y2="4"/><line y2="5" stroke-width="1"/>"#))
        #expect(read == [PlainStroke(3, (1, 2), (3, 4)), PlainStroke(1, (0, 0), (0, 5))])
    }

    @Test func `attributes in an editor's namespace are ignored`() throws {
        let read = try strokes(
            brushDocument(
                #"<path stroke-width="3" d="M1 2h3" xmlns:e="editor" e:stroke-width="9" e:d="M8 8h8"/>"#))
        #expect(read == [PlainStroke(3, (1, 2), (4, 2))])
    }

    @Test func `a closed path returns to its start`() throws {
        let read = try strokes(brushDocument(#"<path stroke-width="2" d="M1 1h5v5z"/>"#))
        #expect(read == [PlainStroke(2, (1, 1), (6, 1), (6, 6), (1, 1))])
    }

    @Test(arguments: ["M5 6h0", "M5 6L5 6", "M5 6z", "M5 6v0z"])
    func `a path of no length is a dot`(data: String) throws {
        #expect(try strokes(brushDocument("<path d=\"\(data)\"/>")) == [PlainStroke(1, (5, 6))])
    }

    @Test(arguments: [
        #"<path d="M5 6"/>"#, #"<path d=""/>"#, "<path/>", #"<polyline points="5,6"/>"#, #"<polyline points=""/>"#,
        #"<path d="M1 2h3" stroke="none"/>"#, #"<path d="M1 2h3" stroke-width="0"/>"#,
        #"<path d="M1 2h3" display="none"/>"#, #"<path d="M1 2h3" visibility="hidden"/>"#,
        #"<path d="M1 2h3" visibility="collapse"/>"#, #"<path d="M1 2h3" opacity="0"/>"#,
        #"<circle r="0"/>"#, #"<rect width="9"/>"#, #"<polygon points=""/>"#, #"<use/>"#,
        #"<path d="M1 2h3" stroke-opacity="0"/>"#, #"<path d="M1 2h3" stroke="transparent"/>"#,
        #"<g display="none"><path d="M1 2h3" display="inline"/></g>"#,
    ])
    func `an invisible element is not a stroke`(element: String) throws {
        #expect(try strokes(brushDocument(element)) == [])
    }

    @Test func `a hidden element may be anything`() throws {
        let read = try strokes(
            document(
                """
                <g display="none"><text>Hi</text><circle r="5"/><path d="M0 0C1 1 2 2 3 3"/></g>
                <path visibility="hidden" d="M0 0h1v1" stroke="red"/>
                """))
        #expect(read == [])
    }

    @Test func `a visible child of a hidden group is a stroke, unlike a child of an element that is not displayed`()
        throws
    {
        let read = try strokes(
            brushDocument(#"<g visibility="hidden"><path visibility="visible" d="M1 2h3"/><path d="M9 9h3"/></g>"#))
        #expect(read == [PlainStroke(1, (1, 2), (4, 2))])
    }

    @Test func `a stroke is 1 px wide by default`() throws {
        #expect(try strokes(brushDocument(#"<path d="M1 2h3"/>"#)) == [PlainStroke(1, (1, 2), (4, 2))])
    }

    @Test func `children inherit the style of their groups and can override it`() throws {
        let read = try strokes(
            brushDocument(
                """
                <g stroke-width="3"><path d="M1 2h3"/><g stroke-width="4"><path d="M1 2h3"/>
                <path d="M1 2h3" stroke-width="5"/></g><path d="M1 2h3" stroke-width="inherit"/></g>
                """))
        #expect(read.map(\.width) == [3, 4, 5, 3])
    }

    @Test func `transforms of groups and elements are combined and scale the widths`() throws {
        let read = try strokes(
            brushDocument(
                """
                <g transform="translate(10,20)"><g transform="scale(2)">
                <path stroke-width="1.5" d="M1 1h3" transform="rotate(90)"/></g></g>
                """))
        #expect(read == [PlainStroke(3, (8, 22), (8, 28))])
    }

    @Test(
        arguments: [
            ("translate(5 6)", 2.0, (6.0, 8.0)), ("scale(3)", 6, (3, 6)), ("scale(-1 1)", 2, (-1, 2)),
            ("rotate(90)", 2, (-2, 1)), ("matrix(0 2 -2 0 7 8)", 4, (3, 10)), ("rotate(180, 5, 5)", 2, (9, 8)),
        ] as [(String, Double, (Double, Double))])
    func `a transform that keeps shapes is applied`(transform: String, width: Double, place: (Double, Double)) throws {
        let read = try strokes(brushDocument(#"<path stroke-width="2" d="M1 2h0" transform="\#(transform)"/>"#))
        #expect(read == [PlainStroke(width, place)])
    }

    @Test func `the viewBox's offset is the canvas's origin`() throws {
        let read = try strokes(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 10 100 80" \(brush)>
            <g transform="scale(2)"><path stroke-width="2" d="M-25 5h10"/></g></svg>
            """)
        #expect(read == [PlainStroke(4, (0, 0), (20, 0))])
    }

    @Test func `coordinates and widths are rounded to hundredths`() throws {
        let read = try strokes(brushDocument(#"<path stroke-width="1.2345" d="M1.005 2.004L3.33333 -0.001"/>"#))
        #expect(read == [PlainStroke(1.23, (1.0, 2), (3.33, 0))])
    }

    @Test(arguments: [
        ##"<rect width="100" height="80" fill="#000"/>"##, #"<rect width="100%" height="100%"/>"#,
        #"<rect width="99.7" height="80.2"/>"#, #"<rect x="-1%" width="102%" height="100%"/>"#,
        #"<rect width="2in" height="5cm"/>"#, #"<rect width="10" height="10" fill-opacity="0"/>"#,
        #"<rect x="-5" y="-5" width="200px" height="100" fill="black"/>"#,
        #"<rect width="50" height="40" transform="scale(2)" fill="red"/>"#,
        #"<rect width="10" height="10" fill="none"/>"#, #"<rect width="10" height="10" visibility="hidden"/>"#,
        #"<rect x="100" y="80" width="100" height="80" transform="translate(200 160) scale(-1)"/>"#,
    ])
    func `a rectangle behind all strokes that covers the canvas is a background`(rectangle: String) throws {
        let read = try strokes(document(rectangle + "<path \(brush) d='M1 2h3'/>"))
        #expect(read == [PlainStroke(1, (1, 2), (4, 2))])
    }

    @Test(arguments: ["white", "#fff", "#FFFFFF", "rgb(255, 255, 255)", "rgb(100%,100%,100%)", " White "])
    func `white is white, however it is spelled`(color: String) throws {
        let text = brushDocument(#"<path d="M1 2h3"/><path d="M1 2h3" stroke="\#(color)"/>"#)
        #expect(try strokes(text).count == 2)
    }

    @Test func `strokes can have any single color`() throws {
        let text = brushDocument(##"<g stroke="#aabbcc"><path d="M1 2h3"/><path d="M1 2h3" stroke="#ABC"/></g>"##)
        #expect(try strokes(text).count == 2)
    }

    @Test func `a straight line needs no fill and no joins`() throws {
        let text = document(
            #"<g stroke="red" stroke-linecap="round"><path d="M1 2h3"/><line x2="5" y2="5"/><path d="M9 9h0"/></g>"#)
        #expect(try strokes(text).count == 3)
    }

    @Test func `200 levels are not too deep`() throws {
        let text = document(String(repeating: "<g>", count: 199) + String(repeating: "</g>", count: 199))
        #expect(try strokes(text) == [])
    }

    @Test func `ignored elements can have any depth`() throws {
        let groups = String(repeating: "<g>", count: 5000) + String(repeating: "</g>", count: 5000)
        #expect(try strokes(document("<defs>\(groups)</defs>")) == [])
    }
}
