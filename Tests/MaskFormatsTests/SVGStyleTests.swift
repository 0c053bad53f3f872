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

    @Test(arguments: ["0.5", "0.999", "2", "50%", "half", "", "nan"])
    func `translucency is refused`(opacity: String) {
        for name in ["opacity", "stroke-opacity"] {
            #expect(
                message("\(name)='\(opacity)'")
                    == "line 3: <path>: \(name) is \"\(opacity)\"; expected 0 or 1, as masks are not translucent")
        }
    }

    @Test(arguments: [
        ("stroke-dasharray", "4 2"), ("clip-path", "url(#c)"), ("mask", "url(#m)"), ("filter", "blur(2px)"),
        ("marker-start", "url(#a)"), ("marker-mid", "url(#a)"), ("marker-end", "url(#a)"), ("marker", "url(#a)"),
        ("vector-effect", "non-scaling-stroke"),
    ])
    func `properties that would change the shape are refused`(name: String, value: String) {
        #expect(message("\(name)='\(value)'") == "line 3: <path>: \(name) is \"\(value)\"; expected none")
        #expect(message("style='\(name): \(value)'") == "line 3: <path>: \(name) is \"\(value)\"; expected none")
        #expect(message("\(name)='none'") == nil)
    }

    @Test func `a blend is refused`() {
        #expect(
            message("style='mix-blend-mode:difference'")
                == "line 3: <path>: mix-blend-mode is \"difference\"; expected normal")
    }

    @Test(arguments: ["2em", "5%", "-1", "NaN", "inf", "thick", "1e999", ""])
    func `a width is a number of px`(width: String) {
        #expect(
            message("stroke-width='\(width)'")
                == "line 3: <path>: stroke-width is \"\(width)\"; expected a number of px")
    }

    @Test func `a style that is not a list of declarations is refused`() {
        #expect(message("style='stroke-width'") == "line 3: <path>: style has \"stroke-width\"; expected name: value")
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
        "hsl(0,0%,100%)", "currentcolor", "context-stroke",
    ])
    func `a stroke that is not a plain color is refused`(color: String) {
        #expect(message("stroke='\(color)'") == "line 3: <path>: the stroke is \"\(color)\"; expected a plain color")
    }

    /// A closed line has joins at both ends, and no caps.
    @Test func `a closed line has joins`() {
        #expect(message("style='stroke-linejoin:miter'") == nil)
        #expect(
            complaint(brushDocument("<path d='M1 2h3z' stroke-linejoin='miter'/>"))
                == "line 3: <path>: the line joins are not round; expected stroke-linejoin=\"round\"")
    }

    @Test(arguments: ["transform:scale(2)", "rotate: 30deg", "scale:2", "translate: 5px", "d:path('M0 0h9')"])
    func `a property that moves a stroke is refused unless it is an attribute`(style: String) {
        let name = style.prefix { $0 != ":" }
        #expect(
            message("style=\"\(style)\"") == "line 3: <path>: style has \"\(name)\"; expected it as an attribute")
        #expect(message("style='\(name):none'") == nil)
    }
}
