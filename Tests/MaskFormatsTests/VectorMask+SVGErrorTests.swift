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
private let expectedBackground = "expected a rect in one color that covers the canvas, before all strokes"

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

    @Test func `a nested svg is refused`() {
        #expect(
            message("<svg width='9' height='9'/>") == "line 3: <svg>: nested in another <svg>; expected a single <svg>")
    }

    @Test(arguments: [
        "text", "image", "use", "style", "circle", "ellipse", "polygon", "a", "switch", "symbol", "foreignObject",
        "script", "animate", "marker", "clipPath", "linearGradient", "video",
    ])
    func `an element that is not a brush stroke is named`(name: String) {
        #expect(
            message("<\(name)/>")
                == "line 3: <\(name)>: unsupported element; expected g, path, polyline, line, or a background rect")
    }

    @Test func `a style sheet is refused wherever it is`() {
        let expected = "unsupported element; expected g, path, polyline, line, or a background rect"
        #expect(message("<defs><g><style>path{}</style></g></defs>") == "line 3: <style>: \(expected)")
        #expect(message("<g display='none'><style/></g>") == "line 3: <style>: \(expected)")
        let html = "xmlns:h='http://www.w3.org/1999/xhtml'"
        #expect(message("<h:style \(html)>path{}</h:style>") == "line 3: <style>: \(expected)")
        #expect(message("<metadata><h:style \(html)/></metadata>") == "line 3: <style>: \(expected)")
        #expect(message("<defs><h:link \(html) rel='stylesheet'/></defs>") == "line 3: <link>: \(expected)")
        #expect(message("<x:style xmlns:x='editor'>path{}</x:style>") == nil)
    }

    @Test func `an animation of a stroke is refused`() {
        let complaint = message("<path d='M1 2h3'>\n<animate/></path>")
        #expect(
            complaint
                == "line 4: <animate>: unsupported element; expected g, path, polyline, line, or a background rect")
    }

    @Test(arguments: ["animate", "set", "animateTransform", "animateMotion", "script"])
    func `what could change another element is refused wherever it is`(name: String) {
        #expect(
            message("<defs><\(name) href='#p'/></defs>")
                == "line 3: <\(name)>: unsupported element; expected g, path, polyline, line, or a background rect")
    }

    @Test func `a curve is refused`() {
        #expect(
            message("\n\n<path d='M0 0C1 1 2 2 3 3'/>")
                == "line 5: <path>: path data has \"C\" at character 5; expected M, L, H, V, or Z (straight segments only)"
        )
    }

    @Test(arguments: ["<path d='M1 1h5v5' fill='red'/>", "<polyline points='1,1 2,2 3,1' fill='red'/>"])
    func `a fill is refused`(element: String) {
        let name = element.dropFirst().prefix { $0 != " " }
        #expect(
            message(element)
                == "line 3: <\(name)>: the fill is \"red\"; expected fill=\"none\", or fill-rule=\"evenodd\"")
    }

    @Test func `a path is filled by default`() {
        let complaint = complaint(document("<path stroke='red' stroke-linecap='round' d='M1 1h5v5'/>"))
        #expect(complaint == "line 2: <path>: the fill is \"black\"; expected fill=\"none\", or fill-rule=\"evenodd\"")
    }

    @Test func `square caps are refused`() {
        #expect(
            message("<path d='M1 2h3' stroke-linecap='square'/>")
                == "line 3: <path>: the line caps are square; expected stroke-linecap=\"round\" or \"butt\"")
    }

    @Test func `caps are flat by default`() throws {
        let text = document("<line x2='3' stroke='red' stroke-linejoin='round'/>")
        let stroke = try VectorMask(svg: Array(text.utf8)).strokes[0]
        #expect(stroke.startCap == .butt && stroke.endCap == .butt)
    }

    @Test(arguments: ["miter", "bevel", "arcs"])
    func `joins that are not round are refused`(join: String) {
        #expect(
            message("<path d='M1 2h3v4' stroke-linejoin='\(join)'/>")
                == "line 3: <path>: the line joins are not round; expected stroke-linejoin=\"round\"")
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
        "<rect width='100' height='80' transform='translate(0 1)'/>",
    ])
    func `a rectangle that does not cover the canvas is refused`(rectangle: String) {
        #expect(
            complaint(document(rectangle))
                == "line 2: <rect>: does not cover the canvas; \(expectedBackground)")
    }

    @Test(arguments: [
        "<path \(brush) d='M1 2h3'/><rect width='100' height='80'/>",
        "<rect width='100' height='80'/><rect width='100' height='80' fill='red'/>",
        "<rect width='100' height='80' stroke='red'/>", "<rect width='100' height='80' rx='5'/>",
        "<rect width='100' height='80' ry='5'/>",
        "<rect width='100' height='80' fill='url(#g)'/>", "<rect width='100' height='80' transform='rotate(45)'/>",
        "<rect width='100' height='80' transform='scale(3 4)'/>",
    ])
    func `a rectangle that is not a background is refused`(elements: String) {
        #expect(
            complaint(document(elements))
                == "line 2: <rect>: not a background; \(expectedBackground)")
    }

    @Test(arguments: [
        "<rect/>", "<rect width='100'/>", "<rect width='10em' height='80'/>", "<rect width='NaN' height='80'/>",
    ])
    func `a rectangle without a size is refused`(rectangle: String) {
        #expect(
            complaint(document(rectangle)) == "line 2: <rect>: no size in px; \(expectedBackground)")
    }

    @Test(arguments: ["1em", "50%", "NaN", "inf", "1e999", "", "2.", "1 px"])
    func `a line's ends are numbers of px`(value: String) {
        #expect(message("<line y2='\(value)'/>") == "line 3: <line>: y2 is \"\(value)\"; expected a number of px")
    }

    @Test(arguments: [
        ("M1e8 0h1", "100000000.0"), ("M0 0h-10000001", "-10000001.0"), ("M0 10000001v-10000000", "10000001.0"),
    ])
    func `a coordinate out of range is refused`(data: String, shown: String) {
        #expect(
            message("<path d='\(data)'/>")
                == "line 3: <path>: a coordinate of \(shown) px; expected -10000000 to 10000000")
    }

    @Test(arguments: ["M0 1e999h1", "M0 0V-1e999", "m1e308 0h1e308"])
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
