import MaskSamples
import MaskFormats
import Testing

private func message(_ attributes: String) -> String? {
    complaint(brushDocument("<path d='M1 2h3' \(attributes)/>"))
}

/// The widths of the strokes that show among brush strokes.
private func widths(_ elements: String) throws -> [Double] {
    try strokes(brushDocument(elements)).map(\.width)
}

@Suite struct SVGStyleTests {
    @Test func `declarations in style take precedence over attributes`() throws {
        let read = try widths("<path d='M1 2h3' stroke-width='2' style='stroke-width:3'/>")
        #expect(read == [3])
    }

    @Test func `style is read as editors write it`() throws {
        let read = try widths(
            """
            <path d='M1 2h3v4' style='fill:none;stroke:#ffffff;stroke-width:2.5;stroke-linecap:round;\
            stroke-linejoin:round;stroke-miterlimit:4;stroke-dasharray:none;stroke-opacity:1;opacity:1;\
            -inkscape-stroke:none;paint-order:normal;mix-blend-mode:normal'/>
            <path d='M1 2h3' style='  stroke-width : 4px !important ; ;'/>
            """)
        #expect(read == [2.5, 4])
    }

    // MARK: The rules of CSS

    @Test(arguments: [
        "/*x*/stroke-width:20", "stroke-width/**/: /*;*/ 20 /*px*/", "STROKE-WIDTH:20", "stroke-width:20PX",
        "stroke-width:20 !important;stroke-width:2", "stroke-width:20! IMPORTANT;stroke-width:2",
        "stroke-width:2!important;stroke-width:20!important", "stroke-width:2;stroke-width:20",
        "stroke-width:20;stroke-width:2 !urgent", "stroke\\-width:20", "\\73 troke-width:20", "stroke-width:.2E2",
        "foo:(;stroke-width:3);stroke-width:20", "foo:[;(;];stroke-width:3)];stroke-width:20",
        "font-family:';stroke-width:3';stroke-width:20", "foo:url(;stroke-width:3);stroke-width:20",
        "stroke-width;stroke-width:20", ":3;stroke-width:20", "stroke-width:3);stroke-width:20",
        "stroke-width:20;/*stroke-width:3", "stroke-width:20;foo:(;stroke-width:3", "stroke-width:15pt",
        "stroke-width:20;stroke-width:2/**/2", "stroke-width:20;stroke-width:2/**/px",
        "--stroke-width:3;stroke-width:20",
    ])
    func `a style is read by the rules of CSS`(style: String) throws {
        let read = try widths("<path d='M1 2h3' stroke-width='5' style=\"\(style)\"/>")
        #expect(read == [20])
    }

    @Test(arguments: [
        "-1", "NaN", "inf", "thick", "", "2 px", "2 2", "2foo", "2.", "#3", "'2'", "2 !important", "-5%", "2,",
    ])
    func `an invalid width is ignored`(width: String) throws {
        let read = try widths(
            """
            <g stroke-width='7'><path d='M1 2h3' stroke-width="\(width)"/></g>
            <path d='M1 2h3' stroke-width='7' style="stroke-width:\(width.replacing(" !important", with: ""))"/>
            """)
        #expect(read == [7, width == "2 !important" ? 2 : 7])
    }

    @Test(arguments: ["2em", "1e999", "calc(2px)", "var(--w)", "1RLH", "1cqmax"])
    func `a width that depends on more than the document is refused`(width: String) {
        #expect(
            message("stroke-width='\(width)'")
                == "line 3: <path>: stroke-width is \"\(width)\"; expected a number of px, percent, or an absolute unit"
        )
        #expect(message("style='stroke-width:\(width);stroke-width:3'") == nil)
    }

    @Test(arguments: [
        ("1in", 96.0), ("2.54cm", 96), ("25.4mm", 96), ("101.6q", 96), ("72PT", 96), ("6pc", 96), ("/**/8", 8),
    ])
    func `a width can have an absolute unit`(width: String, expected: Double) throws {
        #expect(try widths("<path d='M1 2h3' stroke-width='\(width)'/>") == [expected])
    }

    @Test func `an attribute in upper case is not a property`() throws {
        #expect(try widths("<path d='M1 2h3' STROKE-WIDTH='20' DISPLAY='none'/>") == [1])
    }

    @Test(arguments: ["foo", "", "none", "visible !important", "'hidden'", "hidden visible"])
    func `an invalid visibility is ignored`(value: String) throws {
        let read = try widths(
            """
            <path stroke-width='2' d='M1 2h3' visibility="\(value)"/>
            <g visibility='hidden'><path stroke-width='3' d='M1 2h3' visibility="\(value)"/></g>
            """)
        #expect(read == [2])
    }

    @Test(arguments: ["display", "DISPLAY"])
    func `keywords and properties have any case`(name: String) throws {
        let read = try widths(
            """
            <path d='M1 2h3' display='NONE'/><path d='M1 2h3' visibility='Hidden'/>
            <path d='M1 2h3' style='\(name):n\\6f ne'/><path d='M1 2h3' style='stroke:None'/>
            """)
        #expect(read == [])
    }

    @Test(arguments: ["nope", "", "'none'", "12"])
    func `an invalid display is ignored`(value: String) throws {
        #expect(try widths("<path d=\"M1 2h3\" display=\"\(value)\"/>") == [1])
        #expect(try widths("<path d=\"M1 2h3\" style=\"display:none;display:\(value)\"/>") == [])
    }

    @Test(arguments: ["contents", "run-in", "inline flow", "var(--d)"])
    func `a display that browsers read differently is refused`(value: String) {
        #expect(
            message("display='\(value)'") == "line 3: <path>: display is \"\(value)\"; expected none or inline")
    }

    @Test func `inherit, initial, and unset are read`() throws {
        let read = try widths(
            """
            <g stroke-width='7'><path d='M1 2h3' stroke-width='2' style='stroke-width:INHERIT'/>
            <path d='M1 2h3' style='stroke-width:initial'/><path d='M1 2h3' style='stroke-width:3;stroke-width:unset'/>
            <path d='M1 2h3' style='stroke:initial'/><path d='M1 2h3' stroke='none' style='stroke:unset'/>
            <path d='M1 2h3' display='none' style='display:unset'/><path d='M1 2h3' opacity='0' style='opacity:inherit'/>
            </g><g visibility='hidden'><path d='M1 2h3' stroke-width='9' visibility='initial'/></g>
            """)
        #expect(read == [7, 1, 7, 7, 7, 7, 9])
    }

    @Test(arguments: ["revert", "revert-layer"])
    func `a value of another style sheet is refused`(value: String) {
        #expect(
            message("style='stroke:\(value)'")
                == "line 3: <path>: stroke is \"\(value)\"; expected a value of its own")
    }

    @Test func `all properties at once are refused`() {
        #expect(message("style='all:unset'") == "line 3: <path>: all is \"unset\"; expected single properties")
        #expect(message("style='all:3'") == nil)
    }

    @Test(arguments: ["a{x:y}", "@media print{}", "}"])
    func `a block is refused`(style: String) {
        #expect(
            message("style='\(style)'")
                == "line 3: <path>: style has a block or an at-rule; expected declarations, name: value")
    }

    // MARK: Opacity

    @Test(arguments: ["0.5", "0.999", "50%", "1e-9"])
    func `translucency is refused`(opacity: String) {
        for name in ["opacity", "stroke-opacity"] {
            #expect(
                message("\(name)='\(opacity)'")
                    == "line 3: <path>: \(name) is \"\(opacity)\"; expected 0 or 1, as masks are not translucent")
        }
    }

    @Test(arguments: [
        ("1", true), ("2", true), ("100%", true), ("1e999", true), ("half", true), ("", true), ("nan", true),
        ("0", false), ("-1", false), ("0%", false), ("-1e999", false), ("-0", false),
    ])
    func `an opacity is clamped, and an invalid one is ignored`(opacity: String, isVisible: Bool) throws {
        for name in ["opacity", "stroke-opacity"] {
            #expect(try widths("<path d='M1 2h3' \(name)='\(opacity)'/>") == (isVisible ? [1] : []))
        }
    }

    // MARK: Colors

    @Test(arguments: ["nosuchcolor", "ff0000", "#ff000", "#ggg", "", "red blue", "#fff !important", "fill"])
    func `an invalid color is ignored`(color: String) throws {
        let read = try widths(
            """
            <path stroke-width='2' d='M1 2h3' stroke='\(color)'/><g stroke='none'><path d='M1 2h3' stroke='\(color)'/></g>
            """)
        #expect(read == [2])
    }

    @Test(arguments: [
        "currentColor", "red", "RED", "#f00", "#FF0000", "#f00f", "rgb(255 0 0)", "rgb(100%,0%,0%)",
        "rgba(255,0,0,1)", "rgb(255 0 0/100%)", "rgb(300,-5,0.2)", "#ff0000ff",
    ])
    func `red is red, however it is spelled`(color: String) throws {
        let text = brushDocument(
            "<g stroke='red' color='red'><path d='M1 2h3'/><path d='M1 2h3' stroke='\(color)'/></g>")
        #expect(try strokes(text).count == 2)
    }

    @Test(arguments: ["#f000", "rgba(255,0,0,0)", "rgb(0 0 0 / 0%)", "TRANSPARENT"])
    func `a color without alpha is no stroke`(color: String) throws {
        #expect(try widths("<path d='M1 2h3' stroke='\(color)'/>") == [])
    }

    @Test func `the current color is that of the element`() throws {
        let text = document(
            """
            <g \(brush)><g color='red' stroke='currentColor'><path d='M1 2h3'/><path d='M1 2h3' color='#f00'/>
            <path d='M1 2h3' style='color:currentcolor'/></g></g>
            """)
        #expect(try strokes(text).count == 3)
        #expect(
            complaint(text.replacing("color='#f00'", with: "color='blue'"))
                == "line 2: <path>: the stroke is \"currentcolor\" but others are \"currentcolor\"; expected a single color"
        )
    }

    @Test func `a fill that is transparent is none`() throws {
        let text = document(
            """
            <g stroke='red' stroke-linecap='round' stroke-linejoin='round'><path d='M1 2h3v4' fill='transparent'/>
            <path d='M1 2h3v4' fill-opacity='0'/><g fill='none'><path d='M1 2h3v4' fill='nosuchcolor'/></g></g>
            """)
        #expect(try strokes(text).count == 3)
    }

    @Test func `a background in style is the background`() {
        let text = document("<path \(brush) d='M1 2h3'/>")
        let white = text.replacing("<svg", with: "<svg style='background:#fff'")
        #expect(
            complaint(white) == "line 2: <path>: the stroke is \"#fff\" like the background; expected another color")
        #expect(complaint(white.replacing("#fff'", with: "black'")) == nil)
        #expect(complaint(white.replacing("#fff'", with: "none'")) == nil)
        #expect(
            complaint(white.replacing("#fff'", with: "url(x.png)'"))
                == "line 1: <svg>: background is \"url(x.png)\"; expected a plain color")
    }

    @Test(arguments: [
        "width:50px", "padding:1px", "margin:3em", "max-width:100%", "border:1px solid", "position:absolute",
    ])
    func `layout of the document is refused`(style: String) {
        let name = style.prefix { $0 != ":" }
        let value = style.drop { $0 != ":" }.dropFirst()
        #expect(
            complaint(document("").replacing("<svg", with: "<svg style='\(style)'"))
                == "line 1: <svg>: \(name) is \"\(value)\"; expected the size as attributes and no other layout")
        #expect(message("style='\(style)'") == nil)
        #expect(
            complaint(document("").replacing("<svg", with: "<svg style='margin:0 auto;padding:0px;border:none'")) == nil
        )
    }

    // MARK: Shape

    @Test(arguments: [
        "-webkit-filter:blur(2px)", "-webkit-transform:scale(2)", "-webkit-opacity:0", "-webkit-mask:url(#m)",
    ])
    func `a property with the prefix of browsers is refused`(style: String) {
        let name = style.prefix { $0 != ":" }
        let value = style.drop { $0 != ":" }.dropFirst()
        #expect(message("style='\(style)'") == "line 3: <path>: \(name) is \"\(value)\"; expected none")
        #expect(message("style='\(name):none'") == nil)
    }

    @Test func `a declaration without a transform replaces the attribute`() throws {
        for value in ["none", "initial", "UNSET"] {
            let read = try strokes(
                brushDocument("<path d='M1 2h3' transform='translate(9 9)' style='transform:\(value)'/>"))
            #expect(read == [PlainStroke(1, (1, 2), (4, 2))])
        }
    }

    @Test(arguments: ["flat", "", "round round"])
    func `invalid caps and joins are ignored`(value: String) throws {
        #expect(try widths("<path d='M1 2h3v4' stroke-linecap='\(value)' stroke-linejoin='\(value)'/>") == [1])
    }

    @Test(arguments: [
        ("stroke-dasharray", "4 2"), ("mask", "url(#m)"), ("filter", "blur(2px)"),
        ("marker-start", "url(#a)"), ("marker-mid", "url(#a)"), ("marker-end", "url(#a)"), ("marker", "url(#a)"),
        ("vector-effect", "fixed-position"),
    ])
    func `properties that would change the shape are refused`(name: String, value: String) {
        #expect(message("\(name)='\(value)'") == "line 3: <path>: \(name) is \"\(value)\"; expected none")
        #expect(message("style='\(name): \(value)'") == "line 3: <path>: \(name) is \"\(value)\"; expected none")
        #expect(message("\(name)='none'") == nil)
    }

    @Test(arguments: ["0.5", "-1"])
    func `a miter limit below 1 is refused`(limit: String) {
        #expect(
            message("stroke-miterlimit='\(limit)'")
                == "line 3: <path>: stroke-miterlimit is \"\(limit)\"; expected at least 1")
    }

    @Test func `a width in percent is of the diagonal of the viewport`() throws {
        let diagonal = ((100.0 * 100 + 80 * 80) / 2).squareRoot()
        #expect(try widths("<path d='M1 2h3' stroke-width='5%'/>") == [(diagonal * 5).rounded() / 100])
    }

    @Test func `a blend is refused`() {
        #expect(
            message("style='mix-blend-mode:difference'")
                == "line 3: <path>: mix-blend-mode is \"difference\"; expected normal")
    }

    @Test func `an error of a group names the group`() {
        #expect(
            complaint(brushDocument("<g stroke-dasharray='1'><path d='M1 2h3'/></g>"))
                == "line 3: <g>: stroke-dasharray is \"1\"; expected none")
    }

    @Test func `a transparent stroke stays invisible, whatever follows its opacity`() throws {
        let read = try widths(
            """
            <path d='M1 2h3' style='stroke-opacity:0;stroke:#fff'/>
            <g stroke-opacity='0'><path d='M1 2h3' stroke='#fff'/></g>
            <g style='stroke-opacity:0'><path d='M1 2h3' style='stroke:#fff'/></g>
            """)
        #expect(read == [])
    }

    @Test func `a stroke is visible if its own opacity overrides that of its group`() throws {
        let read = try widths("<g stroke-opacity='0'><path d='M1 2h3' stroke-opacity='1' stroke-width='7'/></g>")
        #expect(read == [7])
    }

    @Test func `a stroke is visible if its style overrides its attribute`() throws {
        let read = try widths(
            """
            <path d='M1 2h3' stroke-width='2' display='none' style='display:inline'/>
            <path d='M1 2h3' stroke-width='3' opacity='0' style='opacity:1'/>
            <path d='M1 2h3' stroke-width='4' stroke-opacity='0' style='stroke-opacity:1'/>
            <path d='M1 2h3' stroke-width='5' visibility='hidden' style='visibility:visible'/>
            """)
        #expect(read == [2, 3, 4, 5])
    }

    @Test func `display and opacity hide independently`() throws {
        let read = try widths(
            """
            <path d='M1 2h3' display='none' style='opacity:1'/>
            <path d='M1 2h3' opacity='0' style='display:inline'/>
            <path d='M1 2h3' style='opacity:0;display:inline'/>
            """)
        #expect(read == [])
    }

    /// A gradient, a translucent color, or a color that depends on another property.
    @Test(arguments: [
        "url(#g)", "url(#g)red", "rgba(255,255,255,0.5)", "rgb(255,255,255,0.5)", "rgb(255/50%)", "#ffffff80", "#fff8",
        "hsl(0,0%,100%)", "context-stroke", "canvastext", "color-mix(inred,red)", "rgb(1,2)", "var(--x)",
    ])
    func `a stroke that is not a plain color is refused`(color: String) {
        #expect(message("stroke='\(color)'") == "line 3: <path>: the stroke is \"\(color)\"; expected a plain color")
    }

    @Test(arguments: ["transform:scale(2)", "rotate: 30deg", "scale:2", "translate: 5px", "d:path('M0 0h9')"])
    func `a property that moves a stroke is refused unless it is an attribute`(style: String) {
        let name = style.prefix { $0 != ":" }
        #expect(
            message("style=\"\(style)\"") == "line 3: <path>: style has \"\(name)\"; expected it as an attribute")
        #expect((message("style='\(name):none'") == nil) == (name != "d"))
    }

    @Test func `a size of all of the viewBox is the size of the attributes`() {
        let root = "<svg xmlns='http://www.w3.org/2000/svg' style='width: 100%; height: 100%' "
        #expect(complaint(root + "width='9' height='8' viewBox='0 0 9 8'/>") == nil)
        #expect(
            complaint(root + "width='9' height='8' viewBox='0 0 18 16'/>")
                == "line 1: <svg>: height is \"100%\"; expected the size as attributes and no other layout")
    }
}
