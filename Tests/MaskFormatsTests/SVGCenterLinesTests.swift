import MaskSamples
@testable import MaskFormats
import PlaneGeometry
import Testing

/// The center lines of what SVG draws as strokes.
struct SVGCenterLinesTests {
    /// The lines of a document as lists of numbers: x and y of each point.
    private func lines(_ text: String) throws -> [[Double]] {
        try SVGCenterLines(Array(text.utf8)).lines.map { $0.points.flatMap { [$0.x, $0.y] } }
    }

    private func complaint(_ text: String) -> String? {
        MaskSamples.complaint { _ = try SVGCenterLines(Array(text.utf8)) }
    }

    private func drawing(_ body: String) -> String {
        document("<g fill=\"none\" stroke=\"#000\">\n\(body)\n</g>")
    }

    @Test func `straight shapes are lines through their points, in document order`() throws {
        let found = try lines(
            drawing(
                """
                <polyline points="1,2 3,4 5,.1"/><line x1="7" x2="9" y2="-3"/><path d="M1 2h3v4M9 9l-1 -1"/>
                <polygon points="0 0 4 0 4 4"/><rect x="1" y="2" width="3" height="4"/>
                """))
        #expect(
            found == [
                [1, 2, 3, 4, 5, 0.1], [7, 0, 9, -3], [1, 2, 4, 2, 4, 6], [9, 9, 8, 8], [0, 0, 4, 0, 4, 4, 0, 0],
                [1, 2, 4, 2, 4, 6, 1, 6, 1, 2],
            ])
    }

    @Test func `coordinates are those of the document, whatever its size is`() throws {
        for size in ["", "width=\"7\" height=\"3\"", "viewBox=\"0 0 1e6 1e6\"", "viewBox=\"0 0 .1 .1\" width=\"100%\""]
        {
            let text =
                "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size)><path stroke=\"red\" d=\"M.1 .7L.3 1e5\"/></svg>"
            #expect(try lines(text) == [[0.1, 0.7, 0.3, 1e5]], "\(size)")
        }
    }

    @Test func `transforms count, also those that would distort a stroke`() throws {
        let found = try lines(
            drawing(
                """
                <g transform="translate(10 20) scale(2 -3)"><line x1="1" y1="1" x2="2" y2="2"/></g>
                <defs><path id="a" d="M0 0L1 0"/></defs><use href="#a" x="5" transform="rotate(90)"/>
                """))
        #expect(found.count == 2)
        #expect(found[0] == [12, 17, 14, 14])
        #expect(zip(found[1], [0, 5, 0, 6]).allSatisfy { ($0 - $1).magnitude < 1e-12 })
        let stretched = try lines(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 100 100" \
            preserveAspectRatio="none"><line x2="1" y2="1" stroke="red"/></svg>
            """)
        #expect(stretched == [[0, 0, 2, 1]])
    }

    @Test(arguments: [1e-4, 1, 3e5])
    func `a circle is a closed line that is as close at any scale`(radius: Double) throws {
        let found = try SVGCenterLines(
            Array(drawing("<circle cx=\"\(2 * radius)\" cy=\"\(-radius)\" r=\"\(radius)\"/>").utf8))
        let points = try #require(found.lines.first).points
        #expect(points.first == points.last)
        #expect((40...2000).contains(points.count))
        let center = Point(x: 2 * radius, y: -radius)
        for (first, second) in zip(points, points.dropFirst()) {
            let middle = Point(x: (first.x + second.x) / 2, y: (first.y + second.y) / 2)
            #expect((radius - (middle - center).length).magnitude <= 2 * radius / 32768)
            #expect((radius - (first - center).length).magnitude <= radius * 1e-9)
        }
    }

    @Test func `an arc of a huge ellipse is as close as its own size needs`() throws {
        let found = try lines(drawing("<path d=\"M0 0A100000 100000 0 0 1 10 0\"/>"))
        let curve = try lines(drawing("<path d=\"M0 0A5 5 0 0 1 10 0\"/>"))
        #expect(found[0].count <= 8)
        #expect(curve[0].count > 60)
    }

    @Test func `widths, colors, dashes, opacity, labels, images, and fills do not matter`() throws {
        let found = try lines(
            document(
                """
                <rect width="100%" height="100%" fill="#fff"/><text x="1" y="2" filter="url(#f)">1</text>
                <image href="a.png" width="100" height="80"/><path d="M0 0h9v9" fill="url(#g)"/>
                <g fill="none" stroke-width="3em"><line x2="1" stroke="url(#g)" opacity=".5"/><line x2="2" stroke="#f00"
                stroke-dasharray="2 3" stroke-opacity="50%" marker-end="url(#m)"/><path d="M3 3L4 4" stroke="rgba(0,0,0,.1)"
                style="mix-blend-mode:multiply"/></g><circle r="3" stroke="blue" visibility="hidden"/>
                <line x2="3" stroke="red" stroke-width="0"/><line x2="3" stroke="red" opacity="0"/>
                """))
        #expect(found == [[0, 0, 1, 0], [0, 0, 2, 0], [3, 3, 4, 4]])
    }

    @Test func `a dot is a point where its cap shows it`() throws {
        let dots = "<path d=\"M1 2h0\"/><path d=\"M3 4z\"/><polyline points=\"5 6 5 6\"/><path d=\"M7 8\"/>"
        #expect(
            try lines(drawing("<g stroke-linecap=\"round\">\(dots)</g>")) == [[1, 2, 1, 2], [3, 4], [5, 6, 5, 6]])
        #expect(complaint(drawing(dots))?.hasPrefix("line 1: nothing is drawn; expected lines with a stroke") == true)
    }

    @Test func `what is only filled is no drawing`() {
        let help = "expected lines with a stroke, whose center lines are the drawing"
        #expect(
            complaint(document("<g>\n<path d=\"M0 0h9v9z\"/>\n<circle r=\"4\"/></g>"))
                == "line 3: <path>: a fill without a stroke, like all shapes; \(help)")
        #expect(complaint(document("<g/>")) == "line 1: nothing is drawn; \(help)")
    }

    @Test(arguments: [
        (
            "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<line x2=\"9\" stroke=\"white\"/>",
            "line 3: <line>: the stroke is \"white\" like the background; expected lines that are seen, and no eraser"
        ),
        (
            "<line x2=\"9\" stroke=\"black\"/>\n<line x2=\"9\" stroke=\"#FFF\"/>",
            "line 3: <line>: the stroke is \"#fff\" but others are \"black\": white is not seen; expected lines that are "
                + "seen, and no eraser"
        ),
        (
            "<line x2=\"1e9\" stroke=\"black\"/>",
            "line 2: <line>: a coordinate is 1000000000.0; expected -100000000 to 100000000"
        ),
        (
            "<clipPath id=\"c\"><rect width=\"50\" height=\"80\"/></clipPath>\n<line clip-path=\"url(#c)\" x2=\"90\" "
                + "y1=\"9\" y2=\"9\" stroke=\"red\"/>",
            "line 3: <line>: the clip path \"#c\" can cut the shape; expected one that covers the shape, or the canvas"
        ),
        ("<line mask=\"url(#m)\" x2=\"90\" stroke=\"red\"/>", "line 2: <line>: mask is \"url(#m)\"; expected none"),
        ("<switch/>", "line 2: <switch>: unsupported element; expected it removed, or drawn as shapes"),
    ])
    func `what is not seen as it is written is an error`(body: String, message: String) {
        #expect(complaint(document(body)) == message)
    }

    @Test func `lines in white alone are drawn on a dark page`() throws {
        #expect(try lines(document("<line x2=\"9\" stroke=\"white\"/>")) == [[0, 0, 9, 0]])
    }
}
