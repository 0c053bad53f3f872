import MaskSamples
import MaskFormats
import Testing

/// What the reader says about an element on line 3 of a document, among brush strokes.
private func fault(_ element: String) -> String? {
    complaint(brushDocument(element))
}

/// What it says about the attributes of the `svg` element.
private func fault(frame attributes: String) -> String? {
    complaint("<svg xmlns='http://www.w3.org/2000/svg' \(attributes)/>")
}

private let sizeWanted = "no size in whole px; expected a viewBox, or width and height, of 1 to 1000000 px"
private let backgroundWanted = "expected a background of one color that covers the canvas, before all strokes"

@Suite struct SVGReaderFaultTests {
    @Test(arguments: ["html", "Svg", "x"])
    func `a document of something else is no SVG`(name: String) {
        let complaint = complaint("<\(name)/>")
        #expect(complaint == "line 1: <\(name)>: not in SVG's namespace; expected http://www.w3.org/2000/svg")
    }

    @Test func `svg without SVG's namespace is no SVG`() {
        let complaint = complaint("\n<svg width='9' height='9'/>")
        #expect(complaint == "line 2: <svg>: not in SVG's namespace; expected http://www.w3.org/2000/svg")
    }

    @Test(arguments: ["g", "metadata", "path", "defs"])
    func `a document without an svg element is no SVG`(name: String) {
        let complaint = complaint("<\(name) xmlns='http://www.w3.org/2000/svg'/>")
        #expect(complaint == "no <svg> element; expected an SVG document")
    }

    @Test(arguments: [
        "", #"width="9""#, #"height="9""#, #"width="0" height="9""#, #"width="9.5" height="9""#,
        #"width="-9" height="9""#, #"width="9mm" height="9mm""#, #"width="100%" height="100%""#,
        #"width="1000001" height="1""#, #"viewBox="0 0 9.5 9""#, #"viewBox="0 0 0 0""#, #"width="NaN" height="9""#,
        #"width="1e999" height="9""#, #"viewBox="0 0 -9 -9""#,
    ])
    func `a canvas has a size in whole px`(attributes: String) {
        #expect(fault(frame: attributes) == "line 1: <svg>: \(sizeWanted)")
    }

    @Test(arguments: ["", "0 0 9", "0 0 9 9 9", "0 0 9 x", "0 0 9 1e999", "none", "NaN 0 9 9", "0;0;9;9"])
    func `a viewBox is four numbers`(box: String) {
        #expect(fault(frame: "viewBox='\(box)'") == "line 1: <svg>: viewBox is \"\(box)\"; expected four numbers")
    }

    @Test func `width and height are in the viewBox's ratio`() {
        #expect(
            fault(frame: "width='100' height='100' viewBox='0 0 100 80'")
                == "line 1: <svg>: width and height are not in the ratio of viewBox \"0 0 100 80\"; expected that ratio")
    }

    @Test func `an svg within an svg is refused`() {
        #expect(fault("<svg width='9' height='9'/>") == "line 3: <svg>: an <svg> within an <svg>; expected one only")
    }

    @Test(arguments: [
        "text", "image", "use", "style", "circle", "ellipse", "polygon", "a", "switch", "symbol", "foreignObject",
        "script", "animate", "marker", "clipPath", "linearGradient", "video",
    ])
    func `an element that is no brush stroke is named`(name: String) {
        #expect(
            fault("<\(name)/>")
                == "line 3: <\(name)>: not a part of a mask; expected g, path, polyline, line or a background rect")
    }

    @Test func `a style sheet is refused wherever it stands`() {
        let expected = "not a part of a mask; expected g, path, polyline, line or a background rect"
        #expect(fault("<defs><g><style>path{}</style></g></defs>") == "line 3: <style>: \(expected)")
        #expect(fault("<g display='none'><style/></g>") == "line 3: <style>: \(expected)")
    }

    @Test func `an animation of a stroke is refused`() {
        let complaint = fault("<path d='M1 2h3'>\n<animate/></path>")
        #expect(
            complaint
                == "line 4: <animate>: not a part of a mask; expected g, path, polyline, line or a background rect")
    }

    @Test func `a curve is refused`() {
        #expect(
            fault("\n\n<path d='M0 0C1 1 2 2 3 3'/>")
                == "line 5: <path>: path data has \"C\" at character 5; expected M, L, H, V or Z, straight segments only")
    }

    @Test(arguments: ["<path d='M1 1h5v5' fill='red'/>", "<polyline points='1,1 2,2 3,1' fill='red'/>"])
    func `a fill is refused`(element: String) {
        let name = element.dropFirst().prefix { $0 != " " }
        #expect(fault(element) == "line 3: <\(name)>: the fill is \"red\"; expected fill=\"none\"")
    }

    @Test func `a path is filled unless it says otherwise`() {
        let complaint = complaint(document("<path stroke='red' stroke-linecap='round' d='M1 1h5v5'/>"))
        #expect(complaint == "line 2: <path>: the fill is \"black\"; expected fill=\"none\"")
    }

    @Test(arguments: ["butt", "square"])
    func `ends that are not round are refused`(cap: String) {
        #expect(
            fault("<path d='M1 2h3' stroke-linecap='\(cap)'/>")
                == "line 3: <path>: the ends are not round; expected stroke-linecap=\"round\"")
    }

    @Test func `ends are not round unless they are said to be`() {
        #expect(
            complaint(document("<line x2='3' stroke='red'/>"))
                == "line 2: <line>: the ends are not round; expected stroke-linecap=\"round\"")
    }

    @Test(arguments: ["miter", "bevel", "arcs"])
    func `joins that are not round are refused`(join: String) {
        #expect(
            fault("<path d='M1 2h3v4' stroke-linejoin='\(join)'/>")
                == "line 3: <path>: the joins are not round; expected stroke-linejoin=\"round\"")
    }

    @Test func `strokes of two colors are refused`() {
        #expect(
            fault("<path d='M1 2h3'/>\n<path d='M1 2h3' stroke='red'/>")
                == "line 4: <path>: the stroke is \"red\" and others are \"#fff\"; expected one color")
    }

    @Test(arguments: ["white", "#FFF", "rgb(255,255,255)"])
    func `a stroke in the background's color is refused`(color: String) {
        let text = document("<rect width='100' height='80' fill='\(color)'/>\n<path \(brush) d='M1 2h3'/>")
        #expect(
            complaint(text) == "line 3: <path>: the stroke is \"#fff\", as the background; expected another color")
    }

    @Test(arguments: ["scale(2 1)", "skewX(10)", "skewY(10)", "matrix(1 0 0 2 0 0)", "scale(0)", "scale(1 0)"])
    func `a transform that stretches a stroke is refused`(transform: String) {
        #expect(
            fault("<path d='M1 2h3' transform='\(transform)'/>")
                == "line 3: <path>: the transform stretches the stroke; expected one scale in all directions")
    }

    @Test func `a transform that is none is refused`() {
        #expect(
            fault("<g transform='spin(3)'/>")
                == "line 3: <g>: transform has spin(…) with 1 numbers; expected one of SVG's transforms")
    }

    @Test(arguments: [
        "<rect width='50' height='80'/>", "<rect x='1' width='100' height='80'/>",
        "<rect width='100' height='80' transform='translate(0 1)'/>",
    ])
    func `a rectangle that does not cover the canvas is refused`(rectangle: String) {
        #expect(
            complaint(document(rectangle))
                == "line 2: <rect>: a rectangle that does not cover the canvas; \(backgroundWanted)")
    }

    @Test(arguments: [
        "<path \(brush) d='M1 2h3'/><rect width='100' height='80'/>",
        "<rect width='100' height='80'/><rect width='100' height='80' fill='red'/>",
        "<rect width='100' height='80' stroke='red'/>", "<rect width='100' height='80' rx='5'/>",
        "<rect width='100' height='80' ry='5'/>",
        "<rect width='100' height='80' fill='url(#g)'/>", "<rect width='100' height='80' transform='rotate(45)'/>",
        "<rect width='100' height='80' transform='scale(3 4)'/>",
    ])
    func `a rectangle that is no background is refused`(elements: String) {
        #expect(
            complaint(document(elements))
                == "line 2: <rect>: a rectangle that is no background; \(backgroundWanted)")
    }

    @Test(arguments: [
        "<rect/>", "<rect width='100'/>", "<rect width='10cm' height='80'/>", "<rect width='NaN' height='80'/>",
    ])
    func `a rectangle without a size is refused`(rectangle: String) {
        #expect(
            complaint(document(rectangle)) == "line 2: <rect>: a rectangle without a size in px; \(backgroundWanted)")
    }

    @Test(arguments: ["1cm", "50%", "NaN", "inf", "1e999", ""])
    func `a line's ends are numbers of px`(value: String) {
        #expect(fault("<line y2='\(value)'/>") == "line 3: <line>: y2 is \"\(value)\"; expected a number of px")
    }

    @Test(arguments: [
        ("M1e8 0h1", "100000000.0"), ("M0 0h-10000001", "-10000001.0"), ("M0 10000001v-10000000", "10000001.0"),
    ])
    func `a coordinate out of range is refused`(data: String, shown: String) {
        #expect(
            fault("<path d='\(data)'/>")
                == "line 3: <path>: a coordinate of \(shown) px; expected -10000000 to 10000000")
    }

    @Test(arguments: ["M0 1e999h1", "M0 0V-1e999", "m1e308 0h1e308"])
    func `a coordinate beyond all numbers is refused`(data: String) {
        #expect(
            fault("<path d='\(data)'/>")
                == "line 3: <path>: a coordinate without end; expected -10000000 to 10000000")
    }

    @Test(arguments: [("0.001", "0.001"), ("1e8", "100000000.0")])
    func `a width out of range is refused`(width: String, shown: String) {
        #expect(
            fault("<path stroke-width='\(width)' d='M0 0h1'/>")
                == "line 3: <path>: a width of \(shown) px; expected 0.01 to 10000000")
    }

    @Test func `more than 200 elements deep is too deep`() {
        let groups = String(repeating: "<g>", count: 200) + String(repeating: "</g>", count: 200)
        #expect(complaint(document(groups)) == "line 2: <g>: more than 200 elements deep")
    }
}
