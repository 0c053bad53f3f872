import MaskFormats
import MaskModel
import MaskSamples
import PlaneGeometry
import Testing

/// Documents as editors write them.
@Suite struct EditedDocumentTests {
    @Test func `a document from Inkscape is read`() throws {
        let text = ##"""
            <?xml version="1.0" encoding="UTF-8" standalone="no"?>
            <!-- Created with Inkscape (http://www.inkscape.org/) -->

            <svg
               width="512"
               height="512"
               viewBox="0 0 512 512"
               version="1.1"
               id="svg5"
               inkscape:version="1.2.2 (b0a8486541, 2022-12-01)"
               sodipodi:docname="mask.svg"
               xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
               xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
               xmlns="http://www.w3.org/2000/svg"
               xmlns:svg="http://www.w3.org/2000/svg"
               xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
              <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:zoom="1.53">
                <inkscape:grid type="xygrid" id="grid9" />
              </sodipodi:namedview>
              <title id="title3">A mask</title>
              <defs id="defs2">
                <inkscape:path-effect effect="simplify" id="path-effect11" />
                <linearGradient id="unused"><stop offset="0" /></linearGradient>
              </defs>
              <metadata id="metadata1"><rdf:RDF><text>not shown</text></rdf:RDF></metadata>
              <rect style="fill:#000000;stroke:none" id="rect1" width="512" height="512" x="0" y="0" />
              <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" style="display:inline"
                 transform="translate(-10,4)">
                <path
                   style="fill:none;stroke:#ffffff;stroke-width:12.5px;stroke-linecap:round;stroke-linejoin:round;stroke-opacity:1"
                   d="m 110,96 100,50 h -20 v 10 z"
                   id="path1"
                   sodipodi:nodetypes="cccc" />
                <svg:path
                   style="fill:none;stroke:white;stroke-width:8;stroke-linecap:round"
                   d="M 20.5,30.25 H 40.5"
                   id="path2"
                   inkscape:connector-curvature="0"><title>a line</title></svg:path>
              </g>
              <g inkscape:groupmode="layer" id="layer2" style="display:none">
                <image id="photo" width="512" height="512" />
              </g>
            </svg>
            """##
        let mask = try VectorMask(svg: Array(text.utf8))
        let read = mask.strokes.map(PlainStroke.init)
        #expect(mask.canvas == .px(512, 512))
        #expect(
            read == [
                PlainStroke(12.5, (100, 100), (200, 150), (180, 150), (180, 160), (100, 100)),
                PlainStroke(8, (10.5, 34.25), (30.5, 34.25)),
            ])
    }

    @Test func `a document from Illustrator is read`() throws {
        let text = """
            <?xml version="1.0" encoding="utf-8"?>
            <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
            <svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" \
            xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px" viewBox="0 0 256 128" \
            style="enable-background:new 0 0 256 128;" xml:space="preserve">
            <g fill="none" stroke="#000000" stroke-linecap="round" stroke-linejoin="round" stroke-miterlimit="10">
            \t<polyline stroke-width="9" points="10.5,20 30,40.5 50,20 \t"/>
            \t<line stroke-width="5" x1="1" y1="2" x2="3" y2="4"/>
            </g>
            </svg>
            """
        let mask = try VectorMask(svg: Array(text.utf8))
        let read = mask.strokes.map(PlainStroke.init)
        #expect(mask.canvas == .px(256, 128))
        #expect(read == [PlainStroke(9, (10.5, 20), (30, 40.5), (50, 20)), PlainStroke(5, (1, 2), (3, 4))])
    }

    @Test(arguments: 0..<20)
    func `a mask in a group that an editor moved, rotated, and scaled is moved, rotated, and scaled`(
        seed: Int
    ) throws {
        let record = try MaskRecord.random(seed: seed)
        let text = record.svg().replacing("<g fill", with: "<g transform='translate(7 -3) rotate(90) scale(2)' fill")
        let read = try VectorMask(svg: Array(text.utf8))
        for (stroke, original) in zip(read.strokes, record.mask.strokes) {
            #expect(stroke.width == (2 * original.width * 100).rounded() / 100)
            for (point, place) in zip(stroke.path.points, original.path.points) {
                #expect((point.x - (7 - 2 * place.y)).magnitude < 0.006)
                #expect((point.y - (2 * place.x - 3)).magnitude < 0.006)
            }
        }
        #expect(read.strokes.count == record.mask.strokes.count)
    }
}
