"""What the SVG reader sees, against Chromium and rsvg-convert: the same mask, or an error; never another mask."""

import random
import re

import pytest
from svg_renderers import Chromium, are_same, read
from svg_renderers import rsvg as rsvg_hole

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
BRUSH = 'fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"'
PATH = "M20 20L70 30L40 60"
GENERATED = 240
UNSIZED = re.compile(r'^<svg [^>]*svg" (width="100%" height="100%" )?viewBox="0 0 100 80">')

def document(body, root='width="100" height="80"'):
    return f"<svg {NAMESPACE} {root}>{body}</svg>"


def brushes(body, group=BRUSH):
    return document(f"<g {group}>{body}</g>")


def path(attributes, data=PATH):
    return f'<path d="{data}" {attributes}/>'


def styled(style):
    """A path with this style, in a group of brush strokes 4 px wide."""
    return brushes(path(f'style="{style}"'))


# Each with whether the reader has to read it: an error would be safe, too, but these are valid documents.
ROWS = {
    "a comment before a declaration": (styled("/*x*/stroke-width:20"), True),
    "comments everywhere": (styled("/**/ stroke-width /*;*/:/* 3 */20/*px;*/ ; /*stroke-width:2*/"), True),
    "an unfinished comment": (styled("stroke-width:20;/*stroke-width:2"), True),
    "a comment within a value": (styled("stroke-width:20;stroke-width:2/**/2"), True),
    "a comment in an attribute": (brushes(path('stroke-width="/*x*/20"')), True),
    "a property in upper case": (styled("STROKE-WIDTH:20"), True),
    "an attribute in upper case": (brushes(path('STROKE-WIDTH="20"')), True),
    "a unit in upper case": (styled("stroke-width:20PX"), True),
    "an important declaration before another": (styled("stroke-width:20 !important;stroke-width:2"), True),
    "an important declaration, spaced": (styled("stroke-width:20 ! IMPORTANT ;stroke-width:2"), True),
    "two important declarations": (styled("stroke-width:2!important;stroke-width:20!important"), True),
    "an important attribute": (brushes(path('stroke-width="20 !important"')), True),
    "another bang": (styled("stroke-width:20 !urgent"), True),
    "an unknown visibility": (brushes(path('visibility="foo" stroke-width="20"')), True),
    "an unknown visibility in a hidden group": (
        brushes(f'<g visibility="hidden">{path(chr(118) + "isibility=" + chr(34) + "foo" + chr(34))}</g>'), True),
    "no display in upper case": (brushes(path('display="NONE" stroke-width="20"') + path("")), True),
    "no display in upper case, in style": (styled("display:NONE"), True),
    "an unknown display": (brushes(path('display="nope" stroke-width="20"')), True),
    "an unknown display after none": (styled("display:none;display:nope"), True),
    "hidden in upper case": (styled("visibility:HIDDEN"), True),
    "collapsed": (styled("visibility:collapse"), True),
    "a style element of XHTML": (
        document('<style xmlns="http://www.w3.org/1999/xhtml">path{stroke-width:30}</style>' + f"<g {BRUSH}>{path('')}</g>"),
        False),
    "a style element of XHTML in metadata": (
        document('<metadata><h:style xmlns:h="http://www.w3.org/1999/xhtml">path{stroke-width:30}</h:style></metadata>'
                 + f"<g {BRUSH}>{path('')}</g>"), False),
    "a style element": (document(f"<style>path{{stroke-width:30}}</style><g {BRUSH}>{path('')}</g>"), True),
    "a conditional element": (brushes(path('systemLanguage="tlh" stroke-width="20"')), False),
    "an unknown extension": (brushes(path('requiredExtensions="http://x" stroke-width="20"')), False),
    "a negative width": (styled("stroke-width:20;stroke-width:-2"), True),
    "a width without a number": (styled("stroke-width:20;stroke-width:thick"), True),
    "an empty width": (styled("stroke-width:20;stroke-width:"), True),
    "a width with an unknown unit": (styled("stroke-width:20;stroke-width:2foo"), True),
    "a width with a space before its unit": (styled("stroke-width:20;stroke-width:2 px"), True),
    "a width of two numbers": (styled("stroke-width:20;stroke-width:2 2"), True),
    "a width with a point at the end": (styled("stroke-width:20;stroke-width:2."), True),
    "a width in scientific notation": (styled("stroke-width:.2E+2px"), True),
    "a width in mm": (styled("stroke-width:5mm"), True),
    "a width in cm": (styled("stroke-width:.5cm"), True),
    "a width in inches": (styled("stroke-width:.2in"), True),
    "a width in points": (styled("stroke-width:15pt"), True),
    "a width in picas": (styled("stroke-width:1pc"), True),
    "a width in quarter millimeters": (styled("stroke-width:20Q"), True),
    "a width in em": (styled("stroke-width:1em"), False),
    "a width in percent": (styled("stroke-width:20%"), True),
    "a computed width": (styled("stroke-width:calc(2 * 10px)"), False),
    "a width by a variable": (styled("--w:20;stroke-width:var(--w)"), False),
    "an inherited width": (brushes(f'<g stroke-width="20">{path(chr(115) + "tyle=" + chr(34) + "stroke-width:inherit" + chr(34))}</g>'), True),
    "an initial width": (styled("stroke-width:INITIAL"), True),
    "an unset width": (brushes(f'<g stroke-width="20"><path d="{PATH}" style="stroke-width:2;stroke-width:unset"/></g>'), True),
    "an initial stroke": (styled("stroke:initial"), True),
    "an unset stroke": (styled("stroke:red;stroke:unset"), True),
    "a reverted stroke": (styled("stroke:revert"), False),
    "all unset": (styled("stroke-width:20;all:unset"), False),
    "an escape in a property": (styled("stroke\\-width:20"), True),
    "a hexadecimal escape": (styled("\\73 troke-width:20"), True),
    "an escape in a keyword": (styled("display:n\\6f ne"), True),
    "a semicolon in a string": (styled("font-family:'a;stroke-width:20';stroke-width:12"), True),
    "a semicolon in parentheses": (styled("foo:(;stroke-width:20);stroke-width:12"), True),
    "a closing parenthesis": (styled("stroke-width:20);stroke-width:12"), True),
    "an unclosed parenthesis": (styled("stroke-width:12;foo:(;stroke-width:20"), True),
    "an address with a semicolon": (styled("foo:url(a;stroke-width:20);stroke-width:12"), True),
    "a declaration without a colon": (styled("stroke-width;stroke-width:20"), True),
    "a declaration without a name": (styled(":3;stroke-width:20"), True),
    "a number for a name": (styled("3:3;stroke-width:20"), True),
    "empty declarations": (styled(";;stroke-width:20;;"), True),
    "a block": (styled("a{stroke-width:2}stroke-width:20"), False),
    "an at-rule": (styled("@media print{};stroke-width:20"), False),
    "a stroke of an unknown color": (styled("stroke:nosuchcolor"), True),
    "a stroke with a color without its sign": (brushes(path('stroke="ff0000" stroke-width="20"')), True),
    "a stroke of five digits": (styled("stroke:#ff000"), True),
    "a transparent stroke": (styled("stroke:TRANSPARENT"), True),
    "a stroke without alpha": (styled("stroke:rgba(255,0,0,0)"), True),
    "a stroke without alpha, by digits": (styled("stroke:#f000"), True),
    "a stroke of the current color": (
        document(f'<g {BRUSH} color="red"><path d="{PATH}" style="stroke:currentColor;stroke-width:20"/></g>'), True),
    "a stroke of no color by the current one": (
        document(f'<g {BRUSH} color="transparent"><path d="{PATH}" style="stroke:currentColor"/></g>'), False),
    "a translucent stroke": (styled("stroke:rgba(255,0,0,.5)"), False),
    "an opacity in percent": (styled("opacity:100%;stroke-width:20"), True),
    "an opacity above 1": (styled("opacity:7;stroke-width:20"), True),
    "an opacity below 0": (styled("opacity:-7"), True),
    "an opacity of 0 %": (styled("stroke-opacity:0%"), True),
    "an unknown opacity": (styled("opacity:none;stroke-opacity:x;stroke-width:20"), True),
    "a fill in the stroke's color": (styled("fill:#fff"), True),
    "a fill of an unknown color": (styled("fill:nosuchcolor"), True),
    "a fill without opacity": (styled("fill:red;fill-opacity:0"), True),
    "a filled group": (document(f'<g {BRUSH.replace("none", "red")}>{path("")}</g>'), False),
    "unknown caps": (styled("stroke-width:20;stroke-linecap:flat"), True),
    "square caps": (styled("stroke-width:20;stroke-linecap:square"), True),
    "unknown joins": (styled("stroke-width:20;stroke-linejoin:sharp"), True),
    "joins of SVG 2": (styled("stroke-width:20;stroke-linejoin:arcs"), False),
    "caps in upper case": (styled("stroke-width:20;stroke-linecap:square;stroke-linecap:ROUND"), True),
    "dashes": (styled("stroke-dasharray:4"), False),
    "dashes, overridden": (styled("stroke-dasharray:4;stroke-dasharray:NONE"), True),
    "a filter": (styled("filter:blur(3px)"), False),
    "a prefixed filter": (styled("-webkit-filter:blur(3px)"), False),
    "a prefixed transform": (styled("-webkit-transform:scale(2)"), False),
    "a prefixed opacity": (styled("-webkit-opacity:0"), False),
    "a transform in style": (styled("transform:scale(2)"), False),
    "no transform in style": (brushes(path('transform="translate(20 5)" style="transform:none"')), True),
    "an invalid transform in style": (brushes(path('transform="translate(20 5)" style="transform:foo"')), False),
    "a rotation in style": (styled("rotate:20deg"), False),
    "a path in style": (styled("d:path('M5 5h50')"), False),
    "no path in style": (styled("d:none"), False),
    "a transform with a comma at the end": (brushes(path('transform="translate(20,5,)"')), False),
    "a transform after a comma": (brushes(path('transform=",translate(20,5)"')), False),
    "path data with a comma at the end": (brushes(path("", "M20 20L70 30,")), False),
    "path data with a comma before a command": (brushes(path("", "M20 20,L70 30")), False),
    "points with a comma at the end": (brushes('<polyline points="20,20,70,30,"/>'), False),
    "a script": (document(f"<g {BRUSH}>{path('')}</g><defs><script>1</script></defs>"), False),
    "an animation of another element": (
        document(f'<defs><set href="#p" attributeName="stroke-width" to="30"/></defs><g {BRUSH}>'
                 + path('id="p"') + "</g>"), False),
    "Inkscape, mm": (
        document(f'<g {BRUSH} style="stroke-width:3"><path d="M10 10L50 20L30 60"/></g>',
                 'width="256" height="256" viewBox="0 0 67.73 67.73"'), True),
    "Inkscape, A4": (
        document(f'<g {BRUSH} style="stroke-width:9"><path d="M30 30L180 120L60 250"/></g>',
                 'width="210mm" height="297mm" viewBox="0 0 210 297"'), True),
    "Inkscape, mm, with a background": (
        document(f'<rect style="fill:#000000" width="67.733" height="67.733"/><g {BRUSH} style="stroke-width:3">'
                 '<path d="M10 10L50 20L30 60"/></g>', 'width="256" height="256" viewBox="0 0 67.733332 67.733335"'), True),
    "inches": (document(f"<g {BRUSH}>{path('')}</g>", 'width="1.5in" height="1in"'), True),
    "a viewBox of another shape": (
        document(f"<g {BRUSH}>{path('')}</g>", 'width="100" height="200" viewBox="0 0 100 80"'), True),
    "a viewBox that is cut": (
        document(f"<g {BRUSH}>{path('')}</g>",
                 'width="100" height="200" viewBox="0 0 100 80" preserveAspectRatio="xMinYMax slice"'), True),
    "a viewBox at the right": (
        document(f"<g {BRUSH}>{path('')}</g>",
                 'width="300" height="80" viewBox="0 0 100 80" preserveAspectRatio="xMaxYMid"'), True),
    "a viewBox that is stretched": (
        document(f"<g {BRUSH}>{path('')}</g>",
                 'width="300" height="80" viewBox="0 0 100 80" preserveAspectRatio="none"'), False),
    "a viewBox away from the origin": (
        document(f"<g {BRUSH}>{path('')}</g>", 'width="200" height="160" viewBox="10 5 50 40"'), True),
    "a width alone": (document(f"<g {BRUSH}>{path('')}</g>", 'width="200" viewBox="0 0 100 80"'), True),
    "sides in percent": (
        document(f"<g {BRUSH}>{path('')}</g>", 'width="100%" height="100%" viewBox="0 0 100 80"'), True),
    "a transform of the document": (
        document(f"<g {BRUSH}>{path('')}</g>", 'width="100" height="80" transform="scale(.5)"'), False),
    "a size in style": (document(f"<g {BRUSH}>{path('')}</g>", 'width="100" height="80" style="width:50px"'), False),
    "padding": (document(f"<g {BRUSH}>{path('')}</g>", 'width="100" height="80" style="padding:9px"'), False),
    "a background in style": (
        document(f"<g {BRUSH}>{path('')}</g>", 'width="100" height="80" style="background:#fff"'), False),
    "a background of another color": (
        document(f'<rect width="100%" height="100%"/><g {BRUSH}>{path("")}</g>',
                 'width="100" height="80" style="background:black"'), True),
    "a document that is not displayed": (
        document(f"<g {BRUSH}>{path('')}</g>", 'width="100" height="80" style="display:none"'), False),
    "a document without opacity": (
        document(f"<g {BRUSH}>{path('')}</g>", 'width="100" height="80" style="opacity:0"'), True),
    "path data with points at the end of numbers": (brushes(path("", "M20. 20.L70. 30.")), False),
    "a path of curves": (brushes(path("", "M20 20C70 30 40 60 5 5")), True),
    "a closed point": (brushes(path('stroke-width="20"', "M30 30z")), True),
    "a point alone": (brushes(path('stroke-width="20"', "M30 30")), True),
    "a polyline of a point": (brushes('<polyline stroke-width="20" points="30 30"/>'), True),
    "relative commands": (brushes(path("", "m20 20 50 10-30 30zm5 5h9v-9z")), True),
}


class Generator:
    """Documents of a few brush strokes, whose styles are valid, invalid, and spelled in any way."""

    VALUES = {
        "stroke-width": ["20", "12", "2", "20px", "5mm", ".6em", "1e1", "+14", "-3", "0", "thick", "", "10 px", "30%", "9.",
                         "1in", "12pt", "3pc", "inherit", "initial", "unset", "calc(9px)", "nan", "1e400", "#3"],
        "stroke": ["#fff", "white", "WHITE", "#FFFFFF", "rgb(255,255,255)", "rgb(100%, 100%, 100%)", "rgb(255 255 255)",
                   "none", "NONE", "transparent", "nope", "#ff", "fff", "inherit", "initial", "unset", "currentColor",
                   "rgba(255,255,255,1)", "rgba(255,255,255,0)", "#ffff", "#fff0", "url(#x)", "rgb(300,300,300)"],
        "color": ["#fff", "red", "nope", "inherit", "white"],
        "fill": ["none", "None", "red", "nope", "transparent", "inherit", "initial", "#fff", "#0000"],
        "fill-opacity": ["0", "1", "x"],
        "stroke-linecap": ["round", "ROUND", "butt", "flat", "square", "inherit", "initial", "unset"],
        "stroke-linejoin": ["round", "Round", "miter", "sharp", "bevel", "inherit", "unset"],
        "visibility": ["visible", "hidden", "HIDDEN", "collapse", "foo", "inherit", "initial", "unset", ""],
        "display": ["inline", "none", "NONE", "nope", "block", "inherit", "initial", ""],
        "opacity": ["1", "0", "100%", "0%", "2", "-1", "x", ".5", "inherit", "unset"],
        "stroke-opacity": ["1", "0", "100%", "3", "x", "inherit", "initial"],
        "stroke-dasharray": ["none", "NONE", "5", "inherit"],
        "filter": ["none", "url(#f)"],
        "transform": ["none"],
        "font-family": ["'a;stroke-width:30'", "x"],
        "nonsense": ["(;stroke-width:30)", "1", "url(;stroke-width:30)"],
    }
    # Those without which nothing is drawn occur less often.
    NAMES = ["stroke-width"] * 8 + ["stroke"] * 3 + ["visibility", "display"] * 2 + list(VALUES)

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, probability):
        return self.random.random() < probability

    def comment(self):
        return self.random.choice(["/**/", "/* ; */", "/*:*/", " ", "/*stroke-width:33*/"]) if self.chance(0.15) else ""

    def spelled(self, name):
        if self.chance(0.15):
            return name.upper()
        if self.chance(0.1):
            return "".join(letter.upper() if self.chance(0.5) else letter for letter in name)
        if self.chance(0.05):
            return f"\\{ord(name[0]):x} {name[1:]}"
        return name

    def declaration(self):
        name = self.random.choice(self.NAMES)
        value = self.random.choice(self.VALUES[name])
        important = self.random.choice(["!important", " ! important", "!IMPORTANT", "!x", "!"]) if self.chance(0.2) else ""
        colon = ":" if self.chance(0.97) else self.random.choice(["", "=", "::"])
        return (self.comment() + self.spelled(name) + self.comment() + colon + self.comment() + value + self.comment()
                + important + self.comment())

    def attributes(self):
        parts = {}
        for _ in range(self.random.choice([0, 1, 1, 2])):
            name = self.random.choice(self.NAMES)
            if name in ("transform", "nonsense", "font-family"):
                continue
            value = self.comment() + self.random.choice(self.VALUES[name]) + self.comment()
            parts[name.upper() if self.chance(0.05) else name] = value + (" !important" if self.chance(0.05) else "")
        if self.chance(0.7):
            parts["style"] = ";".join(self.declaration() for _ in range(self.random.choice([1, 1, 2, 3])))
        return " ".join(f'{name}="{value}"' for name, value in parts.items())

    def shape(self):
        x, y = self.random.randint(15, 60), self.random.randint(15, 50)
        dx, dy = self.random.randint(5, 25), self.random.randint(-10, 20)
        return self.random.choice([
            f'<path d="M{x} {y}l{dx} {dy} {-dx} 5" {self.attributes()}/>',
            f'<polyline points="{x},{y} {x + dx},{y + dy} {x},{y + dy + 5}" {self.attributes()}/>',
            f'<line x1="{x}" y1="{y}" x2="{x + dx}" y2="{y + dy}" {self.attributes()}/>',
        ])

    def document(self):
        shapes = "".join(self.shape() for _ in range(self.random.choice([1, 1, 2])))
        if self.chance(0.5):
            shapes = f"<g {self.attributes()}>{shapes}</g>"
        # Beyond the viewBox, too: a rectangle that does not cover the canvas is a shape.
        background = '<rect x="-100" y="-100" width="400" height="300"/>' if self.chance(0.3) else ""
        return document(f"{background}<g {BRUSH}>{shapes}</g>", self.random.choice([
            'width="100" height="80"', 'width="200" height="160" viewBox="0 0 100 80"', 'viewBox="0 0 100 80"',
            'width="40mm" height="32mm" viewBox="0 0 100 80"', 'width="150" height="80" viewBox="0 0 100 80"']))


def generated():
    return {f"seed {seed}": Generator(seed).document() for seed in range(GENERATED)}


def documents():
    return {name: text for name, (text, _) in ROWS.items()} | generated()


def paper(text):
    """The color of the background, where a rectangle draws one."""
    return "black" if "<rect" in text else None


@pytest.fixture(scope="module")
def chromium():
    """The hole of each document in Chromium; None for what it cannot open."""
    texts = documents()
    browser = Chromium()
    try:
        holes = browser.holes(
            [(text, paper(text), [100, 80] if UNSIZED.search(text) else None) for text in texts.values()], batch=400)
    finally:
        browser.close()
    return dict(zip(texts, holes))


def rsvg(text, folder):
    return rsvg_hole(text, paper(text), folder)


# What librsvg does not read as CSS: properties and keywords in upper case or with escapes, the keywords of CSS Cascade, the
# unit Q, negative widths, and a style without transform.
NOT_IN_RSVG = re.compile(r"[A-Z]{2}|[a-z][A-Z]|\\|initial|unset|[0-9]Q|:-|=.-3|transform:none", re.ASCII)


@pytest.mark.parametrize("name", documents())
def test_the_reader_sees_what_browsers_see_or_reports_an_error(name, chromium, tmp_path):
    text = documents()[name]
    ours = read(text, tmp_path)
    if isinstance(ours, str):
        assert not ROWS.get(name, (None, False))[1], ours
        return
    assert chromium[name] is not None and are_same(ours, chromium[name]), text
    if not NOT_IN_RSVG.search(text.replace(NAMESPACE, "").replace("viewBox", "").replace("M", "")):
        assert are_same(ours, rsvg(text, tmp_path)), text


def test_most_generated_documents_are_read(tmp_path):
    answers = [read(text, tmp_path) for text in generated().values()]
    holes = [answer for answer in answers if not isinstance(answer, str)]
    assert len(holes) >= 0.6 * GENERATED
    assert sum(hole.any() for hole in holes) >= 0.4 * GENERATED
