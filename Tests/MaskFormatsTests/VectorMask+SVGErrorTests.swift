import MaskSamples
import MaskFormats
import MaskModel
import Testing

/// The reader's error for an element on line 3 of a document of brush strokes.
private func message(_ element: String) -> String? {
    complaint(brushDocument(element))
}

/// The reader's error for the attributes of the `svg` element.
private func message(frame attributes: String) -> String? {
    complaint("<svg xmlns='http://www.w3.org/2000/svg' \(attributes)/>")
}

private let expectedSize = "no size in px; expected a viewBox, or width and height, from 1 to 1000000 px"

private let selectors = "expected elements, classes, and ids, or the properties as attributes"

@Suite struct VectorMaskSVGErrorTests {
    @Test(arguments: ["html", "Svg", "x"])
    func `another document is not SVG`(name: String) {
        let complaint = complaint("<\(name)/>")
        #expect(complaint == "line 1: <\(name)>: not in the SVG namespace; expected http://www.w3.org/2000/svg")
    }

    @Test func `an svg element without the SVG namespace is not SVG`() {
        let complaint = complaint("\n<svg width='9' height='9'/>")
        #expect(complaint == "line 2: <svg>: not in the SVG namespace; expected http://www.w3.org/2000/svg")
    }

    @Test(arguments: ["g", "metadata", "path", "defs"])
    func `a document without an svg element is not SVG`(name: String) {
        let complaint = complaint("<\(name) xmlns='http://www.w3.org/2000/svg'/>")
        #expect(complaint == "no <svg> element; expected an SVG document")
    }

    @Test(arguments: [
        "", #"width="9""#, #"height="9""#, #"width="100%" height="100%""#, #"width="1000001" height="1""#,
        #"viewBox="0 0 0.4 9""#, #"viewBox="0 0 2000000 9""#, #"width="1" viewBox="0 0 1 9000000""#,
        #"width="9" height="9" viewBox="0 0 1e-320 1e-320""#, #"width="99cm" viewBox="0 0 1e-300 1e300""#,
    ])
    func `a canvas has a size`(attributes: String) {
        #expect(message(frame: attributes) == "line 1: <svg>: \(expectedSize)")
    }

    @Test(arguments: ["0", "-9", "NaN", "1e999", "9em", "", "9 9", "0.3", "-5%", "calc(9px)", "9foo", "2."])
    func `a side is a number of px, or has an absolute unit`(side: String) {
        #expect(
            message(frame: "width='\(side)' height='9' viewBox='0 0 9 9'")
                == "line 1: <svg>: width is \"\(side)\"; expected 1 to 1000000 px")
    }

    @Test(arguments: ["0 0 0 0", "0 0 -9 -9", "0 0 9 0"])
    func `a viewBox has an area`(box: String) {
        #expect(
            message(frame: "viewBox='\(box)'")
                == "line 1: <svg>: viewBox is \"\(box)\"; expected a width and a height above 0")
    }

    @Test(arguments: ["", "xmidymid", "xMidYMid fit", "defer xMidYMid", "meet", "xMidYMid meet slice", "xMiiYMid"])
    func `an unknown placement of the viewBox is refused`(value: String) {
        #expect(
            message(frame: "width='9' height='8' viewBox='0 0 9 9' preserveAspectRatio='\(value)'")
                == "line 1: <svg>: preserveAspectRatio is \"\(value)\"; expected none, or xMidYMid or the like with meet or"
                + " slice")
    }

    @Test func `a stretched viewBox distorts strokes`() {
        let text = """
            <svg xmlns='http://www.w3.org/2000/svg' width='100' height='100' viewBox='0 0 100 80' \
            preserveAspectRatio='none'><path \(brush) d='M1 2h3'/></svg>
            """
        #expect(
            complaint(text)
                == "line 1: <path>: the transform distorts the stroke; expected the same scale in all directions")
    }

    @Test(arguments: ["requiredExtensions", "requiredFeatures", "systemLanguage", "onload"])
    func `an element under a condition is refused`(name: String) {
        #expect(
            message("<path d='M1 2h3' \(name)='x'/>") == "line 3: <path>: \(name) is \"x\"; expected no such attribute")
    }

    @Test func `a transform of the outermost element is refused`() {
        #expect(
            message(frame: "width='9' height='9' transform='scale(2)'")
                == "line 1: <svg>: a transform of the whole document; expected it on a g")
        #expect(message(frame: "width='9' height='9' transform='scale(1)'") == nil)
    }

    @Test(arguments: [
        "", "0 0 9", "0 0 9 9 9", "0 0 9 x", "0 0 9 1e999", "none", "NaN 0 9 9", "0;0;9;9", "0 0 9 9,", "0,,0 9 9",
    ])
    func `a viewBox is four numbers`(box: String) {
        #expect(message(frame: "viewBox='\(box)'") == "line 1: <svg>: viewBox is \"\(box)\"; expected four numbers")
    }

    @Test(arguments: [
        ("text", "the text converted to paths"), ("image", "shapes only, or the image as a PNG mask"),
        ("foreignObject", "it removed, or drawn as shapes"), ("switch", "it removed, or drawn as shapes"),
        ("video", "it removed, or drawn as shapes"),
        ("hatch", "g, svg, use, a, path, rect, circle, ellipse, line, polyline, or polygon"),
    ])
    func `an element that is no shape is named, with what would help`(name: String, help: String) {
        #expect(message("<\(name)/>") == "line 3: <\(name)>: unsupported element; expected \(help)")
        #expect(message("<\(name) display='none'/>") == nil)
        #expect(message("<defs><\(name)/></defs>") == nil)
    }

    @Test(arguments: ["symbol", "marker", "clipPath", "linearGradient", "pattern", "filter", "mask", "view"])
    func `what is drawn only by reference may be anywhere`(name: String) {
        #expect(message("<\(name)><text/></\(name)>") == nil)
    }

    @Test func `scripts, links, animations, and styles of XHTML are refused wherever they are`() {
        let expected = "unsupported element; expected a document without scripts, links, and animations"
        let html = "xmlns:h='http://www.w3.org/1999/xhtml'"
        #expect(message("<h:style \(html)>path{}</h:style>") == "line 3: <style>: \(expected)")
        #expect(message("<metadata><h:style \(html)/></metadata>") == "line 3: <style>: \(expected)")
        #expect(message("<defs><h:link \(html) rel='stylesheet'/></defs>") == "line 3: <link>: \(expected)")
        #expect(message("<path d='M1 2h3'>\n<animate/></path>") == "line 4: <animate>: \(expected)")
        #expect(message("<g display='none'><script/></g>") == "line 3: <script>: \(expected)")
        #expect(message("<x:style xmlns:x='editor'>path{}</x:style>") == nil)
    }

    @Test(arguments: ["animate", "set", "animateTransform", "animateMotion", "script"])
    func `what could change another element is refused wherever it is`(name: String) {
        #expect(
            message("<defs><\(name) href='#p'/></defs>")
                == "line 3: <\(name)>: unsupported element; expected a document without scripts, links, and animations")
    }

    @Test func `caps are flat by default`() throws {
        let text = document("<line x2='3' stroke='red' stroke-linejoin='round'/>")
        let stroke = try VectorMask(svg: Array(text.utf8)).strokes[0]
        #expect(stroke.startCap == .butt && stroke.endCap == .butt)
    }

    @Test(arguments: ["arcs", "miter-clip"])
    func `joins that only some renderers know are refused`(join: String) {
        #expect(
            message("<path d='M1 2h3v4' stroke-linejoin='\(join)'/>")
                == "line 3: <path>: the line joins are \"\(join)\"; expected stroke-linejoin=\"round\", \"bevel\", or \"miter\""
        )
    }

    @Test func `strokes of two colors are refused`() {
        #expect(
            message("<path d='M1 2h3'/>\n<path d='M1 2h3' stroke='red'/>")
                == "line 4: <path>: the stroke is \"red\" but others are \"#fff\"; expected a single color")
    }

    @Test(arguments: ["white", "#FFF", "rgb(255,255,255)"])
    func `a stroke in the background's color is refused`(color: String) {
        let text = document("<rect width='100' height='80' fill='\(color)'/>\n<path \(brush) d='M1 2h3'/>")
        #expect(
            complaint(text) == "line 3: <path>: the stroke is \"#fff\" like the background; expected another color")
    }

    @Test(arguments: ["scale(2 1)", "skewX(10)", "skewY(10)", "matrix(1 0 0 2 0 0)", "scale(0)", "scale(1 0)"])
    func `a transform that distorts a stroke is refused`(transform: String) {
        #expect(
            message("<path d='M1 2h3' transform='\(transform)'/>")
                == "line 3: <path>: the transform distorts the stroke; expected the same scale in all directions")
    }

    @Test func `an unknown transform is refused`() {
        #expect(
            message("<g transform='spin(3)'/>")
                == "line 3: <g>: transform has spin(…) with 1 argument; expected a transform function of SVG")
    }

    @Test(arguments: [
        "<rect width='50' height='80'/>", "<rect x='1' width='100' height='80'/>",
        "<rect width='100' height='80' transform='translate(0 1)'/>", "<rect width='100' height='80' rx='5'/>",
        "<rect width='100' height='80' transform='rotate(45)'/>",
        "<rect width='100' height='80' stroke='black'/>",
    ])
    func `a rectangle that is no background is a shape, in the color of the others`(rectangle: String) {
        #expect(
            complaint(document("\(rectangle)\n<path \(brush) d='M1 2h3'/>"))
                == "line 3: <path>: the stroke is \"#fff\" but others are \"black\"; expected a single color")
        #expect(complaint(document("\(rectangle)\n<path d='M1 2h3v4'/>")) == nil)
    }

    @Test func `a second background is a shape`() {
        let text = document("<rect width='100' height='80'/>\n<rect width='100' height='80' fill='red'/>")
        #expect(complaint(text) == nil)
        #expect(
            complaint(text.replacing("red", with: "#000"))
                == "line 3: <rect>: the fill is \"#000\" like the background; expected another color")
    }

    @Test(arguments: ["10em", "NaN", "", "2 px"])
    func `the sides of a rectangle are lengths`(width: String) {
        #expect(
            complaint(document("<rect width='\(width)' height='80'/>"))
                == "line 2: <rect>: width is \"\(width)\"; expected a number of px, or percent")
    }

    @Test(arguments: [
        ("<rect width='-1' height='80'/>", "<rect>: width is \"-1\"; expected at least 0"),
        ("<circle r='-1'/>", "<circle>: r is \"-1\"; expected at least 0"),
        ("<ellipse rx='5'/>", "<ellipse>: rx or ry is missing; expected both"),
        ("<rect width='9' height='8' fill='url(#g)'/>", "<rect>: the fill is \"url(#g)\"; expected a plain color"),
        ("<use href='x.svg#a'/>", "<use>: href is \"x.svg#a\"; expected an element of this document, #…"),
        ("<use href='#a'/>", "<use>: href is \"#a\"; expected the id of an element"),
        ("<g id='a'><use href='#a'/></g>", "<use>: \"#a\" contains this element; expected no use of itself"),
        ("<svg id='a'/><use href='#a'/>", "<use>: \"#a\" is an svg element; expected a symbol, a g, or a shape"),
        ("<symbol id='a' x='1'/><use href='#a'/>", "<symbol>: x of a symbol; expected it on the use"),
        ("<g clip-path='url(#a)'/>", "<g>: clip-path is \"url(#a)\"; expected the id of a clipPath"),
        (
            "<g clip-path='inset(1px)'/>",
            "<g>: clip-path is \"inset(1px)\"; expected none, or url(#…) of a clipPath that covers the shape"
        ),
        (
            "<clipPath id='a'><rect width='9' height='9'/></clipPath><circle r='8' cx='9' cy='9' clip-path='url(#a)'/>",
            "<circle>: the clip path \"#a\" can cut the shape; expected one that covers the shape, or the canvas"
        ),
        (
            "<clipPath id='a' clipPathUnits='objectBoundingBox'/><circle clip-path='url(#a)'/>",
            "<clipPath>: clipPathUnits is \"objectBoundingBox\"; expected userSpaceOnUse"
        ),
        (
            "<svg width='9' height='9'><circle cx='5' r='9'/></svg>",
            "<circle>: the viewport of its svg can cut the shape; expected one that covers the shape, or the canvas"
        ),
        (
            "<path d='M-9e6 0A9e6 9e6 0 1 1 9e6 0'/>",
            "<path>: a fill reaches beyond 2500000 px; expected fill-rule=\"evenodd\", or a smaller one"
        ),
    ])
    func `what cannot be read names the element and what would help`(element: String, problem: String) {
        #expect(complaint(document(element)) == "line 2: \(problem)")
    }

    @Test(arguments: [
        ("g path{fill:none}", "the selector \"g path\"; \(selectors)"),
        ("a,\n[x]{fill:none}", "the selector \"[x]\"; \(selectors)"),
        (":root{fill:none}", "the selector \":root\"; \(selectors)"),
        ("@media print{a{b:c}}", "@media in a style sheet; expected rules that apply everywhere"),
        ("@import 'x';", "@import in a style sheet; expected rules that apply everywhere"),
        ("a{fill:none;b{c:d}}", "style has a block or an at-rule; expected declarations, name: value"),
    ])
    func `a rule that is not read is refused with its line`(rule: String, problem: String) {
        #expect(message("<style>\n.a{fill:red}\n\n  \(rule)</style>") == "line 6: <style>: \(problem)")
    }

    @Test(arguments: ["1em", "NaN", "inf", "1e999", "", "2.", "1 px"])
    func `a line's ends are lengths`(value: String) {
        #expect(
            message("<line y2='\(value)'/>")
                == "line 3: <line>: y2 is \"\(value)\"; expected a number of px, or percent")
    }

    @Test(arguments: [
        ("M1e8 0h1", "100000000.0"), ("M0 0h-10000001", "-10000001.0"), ("M0 10000001v-10000000", "10000001.0"),
    ])
    func `a coordinate out of range is refused`(data: String, shown: String) {
        #expect(
            message("<path d='\(data)'/>")
                == "line 3: <path>: a coordinate of \(shown) px; expected -10000000 to 10000000")
    }

    @Test(arguments: ["M0 1e999h1", "M0 0V-1e999", "M0 0h1e999"])
    func `an infinite coordinate is refused`(data: String) {
        #expect(
            message("<path d='\(data)'/>")
                == "line 3: <path>: a coordinate is infinite; expected -10000000 to 10000000")
    }

    @Test(arguments: [("0.001", "0.001"), ("1e8", "100000000.0")])
    func `a width out of range is refused`(width: String, shown: String) {
        #expect(
            message("<path stroke-width='\(width)' d='M0 0h1'/>")
                == "line 3: <path>: a width of \(shown) px; expected 0.01 to 10000000")
    }

    @Test func `more than 200 levels are too deep`() {
        let groups = String(repeating: "<g>", count: 200) + String(repeating: "</g>", count: 200)
        #expect(complaint(document(groups)) == "line 2: <g>: nested too deeply; expected at most 200 levels")
    }
}
