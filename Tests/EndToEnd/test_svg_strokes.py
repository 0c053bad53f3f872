"""Strokes, fills, style sheets, and viewports as SVG defines them, against Chromium and rsvg-convert.

The cases are those of public test suites of renderers, written anew. Each is read like both renderers show it; where these
differ, or a mask cannot have the shape, it is an error.
"""

import pytest
from svg_renderers import Chromium, are_same, read, rsvg

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
PEN = 'fill="none" stroke="#000" stroke-width="20"'
CORNERS = "M30 30L100 40L40 90L120 130"


def document(body, root='width="200" height="160"'):
    return f"<svg {NAMESPACE} {root}>{body}</svg>"


def pen(attributes, data=CORNERS):
    return document(f'<path {PEN} {attributes} d="{data}"/>')


def filled(data, rule="nonzero"):
    return document(f'<path fill-rule="{rule}" d="{data}"/>')


def sheet(rules, body):
    return document(f"<style>{rules}</style>{body}")


def viewbox(value, size='width="200" height="160"', box="0 0 100 100"):
    shapes = '<circle cx="50" cy="50" r="45"/><path d="M2 2h30v20z"/>'
    return document(shapes, f'{size} viewBox="{box}" preserveAspectRatio="{value}"')


STAR = "M100 10L150 150L20 60L180 60L50 150Z"
PLACES = [f"x{x}Y{y}" for x in ["Min", "Mid", "Max"] for y in ["Min", "Mid", "Max"]]

READ = {
    # Caps
    **{f"{cap} caps": pen(f'stroke-linecap="{cap}" stroke-linejoin="round"') for cap in ["butt", "round", "square"]},
    **{f"{cap} caps of a line": document(f'<line {PEN} stroke-linecap="{cap}" x1="40" y1="30" x2="150" y2="120"/>')
       for cap in ["butt", "round", "square"]},
    **{f"{cap} caps of a curve": pen(f'stroke-linecap="{cap}" stroke-linejoin="round"', "M40 40C90 10 160 60 120 130")
       for cap in ["butt", "round", "square"]},
    **{f"{cap} caps of a tight curve": pen(f'stroke-linecap="{cap}"', "M80 80Q84 96 92 80")
       for cap in ["butt", "round", "square"]},
    **{f"{cap} caps of two subpaths": pen(f'stroke-linecap="{cap}"', "M30 40H90M60 90V130")
       for cap in ["butt", "round", "square"]},
    **{f"{cap} caps of a short corner": pen(f'stroke-linecap="{cap}" stroke-linejoin="round"', "M40 60h5v60h5")
       for cap in ["butt", "round", "square"]},
    "square caps, rotated": document(f'<g transform="rotate(30 100 80)"><path {PEN} stroke-linecap="square" d="M60 80h70"/></g>'),
    "a square point, rotated": document(f'<g transform="rotate(30 100 80)"><path {PEN} stroke-linecap="square" d="M90 40h0"/></g>'),
    "a butt line shorter than it is wide": document('<path stroke="#000" stroke-width="60" d="M80 80l10 5"/>'),
    # Joins
    **{f"{join} joins": pen(f'stroke-linejoin="{join}"') for join in ["miter", "round", "bevel"]},
    **{f"{join} joins, closed": pen(f'stroke-linejoin="{join}"', CORNERS + "Z") for join in ["miter", "round", "bevel"]},
    **{f"{join} joins and round caps": pen(f'stroke-linejoin="{join}" stroke-linecap="round"')
       for join in ["miter", "bevel"]},
    **{f"{join} joins of curves": pen(f'stroke-linejoin="{join}"', "M30 120Q60 20 90 100Q100 20 150 120")
       for join in ["miter", "round", "bevel"]},
    **{f"miter limit {limit}": pen(f'stroke-miterlimit="{limit}"', "M60 130L100 50L140 130") for limit in [1, 1.5, 2, 3, 4]},
    "a miter at the limit": pen('stroke-miterlimit="1.4143"', "M40 120V40H140"),
    "a bevel at the limit": pen('stroke-miterlimit="1.4142"', "M40 120V40H140"),
    "joins where a path turns back": pen('stroke-linejoin="round"', "M40 80H150H60"),
    "bevel joins where a path turns back": pen('stroke-linejoin="bevel"', "M40 80H150H60"),
    "joins of a rectangle": document(f'<rect {PEN} x="40" y="30" width="110" height="80"/>'),
    "joins of a polygon": document(f'<polygon {PEN} points="40,30 150,50 70,120"/>'),
    "joins of a polyline": document(f'<polyline {PEN} points="40,30 150,50 70,120 40,30"/>'),
    "smooth joins": pen("", "M30 80C30 40 70 40 70 80S110 120 110 80T160 60"),
    # Dots
    **{f"a point with {cap} caps by {data}": pen(f'stroke-linecap="{cap}"', data)
       for cap in ["round", "square"] for data in ["M90 80h0", "M90 80z", "M90 80L90 80", "M90 80L90 80Z"]},
    "a curve of no length": pen('stroke-linecap="round"', "M90 80C90 80 90 80 90 80"),
    "a line of no length": document(f'<line {PEN} stroke-linecap="round" x1="90" y1="80" x2="90" y2="80"/>'),
    # Closing
    "a line after closing": pen('stroke-linejoin="round" stroke-linecap="round"', "M40 40h60v50zl60 80"),
    "relative moves after closing": pen('stroke-linejoin="round"', "m40 40h60v50zm70 10h40v30z"),
    "closed at its start": pen("", "M40 40H140V110H40V40Z"),
    "not closed at its start": pen("", "M40 40H140V110H40V40"),
    # Curves
    "cubic": pen('stroke-linecap="round"', "M20 120C20 20 180 20 180 120"),
    "cubic, relative": pen('stroke-linecap="round"', "m20 120c0-100 160-100 160 0"),
    "smooth cubic": pen('stroke-linecap="round"', "M20 80S60 10 100 80s40 60 70 0"),
    "smooth cubic after a line": pen('stroke-linecap="round" stroke-linejoin="round"', "M20 80H60S90 10 150 110"),
    "quadratic": pen('stroke-linecap="round"', "M20 120Q100 0 180 120"),
    "smooth quadratic": pen('stroke-linecap="round"', "M20 80Q50 20 80 80T140 80t30-20"),
    "smooth quadratic after a line": pen('stroke-linecap="round" stroke-linejoin="round"', "M20 80H60T120 110T170 60"),
    "smooth quadratic after a cubic": pen('stroke-linecap="round" stroke-linejoin="round"', "M20 80C30 20 60 20 80 80T150 60"),
    "a loop": pen('stroke-linecap="round"', "M40 130C190 10 10 10 160 130"),
    "a cusp": pen('stroke-linecap="round" stroke-linejoin="round"', "M40 130C160 20 40 20 160 130"),
    "control points at the ends": pen('stroke-linecap="butt"', "M40 130C40 130 160 30 160 30"),
    "a straight cubic": pen('stroke-linecap="butt"', "M40 130C70 105 120 63.333 160 30"),
    # Arcs
    **{f"arc {large}{sweep}": pen('stroke-linecap="round"', f"M60 60A50 35 20 {large} {sweep} 120 100")
       for large in [0, 1] for sweep in [0, 1]},
    "flags without separators": pen('stroke-linecap="round"', "M60 60a50 35 20 01 60 40"),
    "flags without any separator": pen('stroke-linecap="round"', "M60 60a50 35 20 0160 40"),
    "an arc without a radius": pen('stroke-linecap="round"', "M60 60A0 35 0 0 1 120 100"),
    "an arc with negative radii": pen('stroke-linecap="round"', "M60 60A-50 -35 20 0 1 120 100"),
    "an arc too far": pen('stroke-linecap="round"', "M40 60A10 5 30 0 1 150 100"),
    "an arc to where it is": pen('stroke-linecap="round" stroke-linejoin="round"', "M60 60A50 35 0 0 1 60 60L120 90"),
    "half circles": pen("", "M50 80a40 40 0 1 0 80 0a40 40 0 1 0 -80 0z"),
    # Shapes
    "a circle": document('<circle cx="90" cy="80" r="50"/>'),
    "a circle with a stroke": document('<circle cx="90" cy="80" r="50" stroke="#000" stroke-width="20"/>'),
    "the stroke of a circle": document(f'<circle {PEN} cx="90" cy="80" r="50"/>'),
    "a filled circle narrower than its stroke": document('<circle stroke="#000" stroke-width="20" cx="90" cy="80" r="6"/>'),
    "an ellipse": document('<ellipse cx="90" cy="80" rx="70" ry="30" transform="rotate(20 90 80)"/>'),
    "the stroke of an ellipse": document(f'<ellipse {PEN} cx="90" cy="80" rx="70" ry="30"/>'),
    "a stretched circle": document('<circle cx="40" cy="80" r="30" transform="scale(2 1)"/>'),
    "a rectangle": document('<rect x="30" y="20" width="110" height="90" transform="skewX(20)"/>'),
    "a rectangle with round corners": document('<rect x="30" y="20" width="110" height="90" rx="25"/>'),
    "a rectangle with elliptic corners": document('<rect x="30" y="20" width="110" height="90" rx="45" ry="20"/>'),
    "a rectangle with corners too round": document('<rect x="30" y="20" width="110" height="60" rx="90" ry="50"/>'),
    "a rectangle with a stroke": document('<rect x="40" y="40" width="90" height="60" stroke="#000" stroke-width="20"/>'),
    "lengths in percent": document('<rect x="10%" y="20%" width="40%" height="50%"/><circle cx="75%" cy="50%" r="10%"/>'
                                   '<line x1="5%" y1="90%" x2="95%" y2="95%" stroke="#000" stroke-width="4%"/>'),
    # Fills
    **{f"a star, {rule}": filled(STAR, rule) for rule in ["nonzero", "evenodd"]},
    **{f"a ring, {rule}, {name}": filled("M20 20H150V140H20Z" + inner, rule)
       for rule in ["nonzero", "evenodd"]
       for name, inner in {"same": "M50 50H120V110H50Z", "reverse": "M50 50V110H120V50Z"}.items()},
    **{f"overlapping squares, {rule}": filled("M20 20H110V110H20ZM60 60H160V140H60Z", rule) for rule in ["nonzero", "evenodd"]},
    "overlapping squares, reverse": filled("M20 20H110V110H20ZM60 60V140H160V60Z"),
    "a figure of eight": filled("M20 20L160 140V20L20 140Z"),
    "touching squares": filled("M20 20H90V110H20ZM90 60H160V140H90Z"),
    "a spiral": filled("M30 80C30 20 150 20 150 80S60 140 60 80S130 50 130 80S90 110 100 80L100 150L180 150L180 20L20 10Z"),
    "a fill with a stroke across itself": document(f'<path d="{STAR}" stroke="#000" stroke-width="9"/>'),
    "an open fill with a stroke": document('<path d="M30 30L150 50L70 130" stroke="#000" stroke-width="16" stroke-linejoin="round"/>'),
    "a fill there and back": filled("M20 20H150V140H20ZL90 90"),
    # Style sheets
    "an element": sheet("path{stroke-width:20;stroke:#000;fill:none}", f'<path stroke-width="3" d="{CORNERS}"/>'),
    "a class over an element": sheet(".a{stroke-width:20}path{stroke-width:4}", f'<path class="b a" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "an id over a class": sheet("#i{stroke-width:20}.a{stroke-width:4}", f'<path id="i" class="a" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "a later rule": sheet(".a{stroke-width:4}.b{stroke-width:20}", f'<path class="b a" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "two classes over one": sheet(".a.b{stroke-width:20}.b{stroke-width:4}", f'<path class="b a" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "everything below a class": sheet(".a{stroke-width:20}*{stroke-width:4}", f'<path class="a" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "everything over an attribute": sheet("*{stroke-width:20}", f'<path stroke-width="4" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "importance": sheet("path{stroke-width:20!important}#i{stroke-width:4}", f'<path id="i" style="stroke-width:5" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "style over a sheet": sheet("#i{stroke-width:4}", f'<path id="i" style="stroke-width:20" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "a list of selectors": sheet("circle, path.a , #x{stroke-width:20}", f'<path class="a" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "case of classes": sheet(".A{stroke-width:20}.a{stroke-width:4}", f'<path class="A" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "a sheet after the shapes": document(f'<path class="a" d="{CORNERS}"/><style>.a{{fill:none;stroke:#000;stroke-width:20}}</style>'),
    "CDATA and comments": sheet("<![CDATA[/* .a{stroke-width:4} */ .a > b.c {font-size:3px} .a{stroke-width:20}]]>", f'<path class="a" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "a font": sheet("@font-face{font-family:x;src:url(x)}.a{stroke-width:20}", f'<path class="a" fill="none" stroke="#000" d="{CORNERS}"/>'),
    "a hidden class": sheet(".a{display:none}", f'<path class="a" d="{CORNERS}"/><circle r="30"/>'),
    # References and viewports
    "use": document('<defs><path id="p" d="M0 0h60v40z"/></defs><use href="#p" x="30" y="20"/><use xlink:href="#p" transform="translate(90 90) rotate(40)"/>'),
    "use of a group with its style": document(f'<defs><g id="g"><path d="{CORNERS}"/></g></defs><use href="#g" {PEN}/>'),
    "use of what is shown": document('<circle id="c" cx="50" cy="50" r="30"/><use href="#c" x="70" y="40"/>'),
    "a symbol": document('<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></symbol><use href="#s" x="20" y="10" width="100" height="140"/>'),
    "a nested viewport": document('<svg x="20" y="10" width="120" height="120" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>'),
    "a nested viewport, visible": document('<svg x="20" y="30" width="60" height="60" overflow="visible"><circle cx="60" cy="50" r="40"/></svg>'),
    "a clip path of the canvas": document('<clipPath id="c"><rect width="200" height="160"/></clipPath><g clip-path="url(#c)"><circle cx="190" cy="90" r="60"/></g>'),
    "a clip path around a shape": document('<clipPath id="c"><circle cx="80" cy="80" r="70"/></clipPath><g clip-path="url(#c)"><circle cx="70" cy="85" r="40"/></g>'),
    "a stroke that does not scale": document(f'<g transform="scale(3 1.5)"><path vector-effect="non-scaling-stroke" {PEN} stroke-linejoin="round" d="M10 20L50 30L20 80"/></g>'),
    "current color": document('<g color="#000" fill="currentColor"><circle cx="80" cy="70" r="40"/></g>'),
    **{f"{place} {fit}": viewbox(f"{place} {fit}".strip()) for place in PLACES for fit in ["", "slice"]},
    "none": viewbox("none"),
    "a tall viewBox": viewbox("xMinYMax meet", box="-20 10 60 300"),
    "inches": document('<circle cx=".5in" cy="1cm" r="9mm"/><path fill="none" stroke="#000" stroke-width="12pt" d="M20 120h150"/>', 'width="2in" height="40mm"'),
}

REFUSED = {
    "a circle narrower than its stroke": document(f'<circle {PEN} cx="90" cy="80" r="6"/>'),
    "a distorted stroke": document(f'<g transform="scale(2 1)"><path {PEN} d="{CORNERS}"/></g>'),
    "dashes": pen('stroke-dasharray="4"'),
    "a marker": pen('marker-end="url(#m)"'),
    "a gradient": document('<linearGradient id="g"/><path fill="url(#g)" d="M0 0h9v9z"/>'),
    "a pattern": document('<pattern id="g"/><path stroke="url(#g)" d="M0 0h9v9z"/>'),
    "half opacity": document('<path opacity=".5" d="M0 0h9v9z"/>'),
    "text": document("<text>a</text>"),
    "an image": document('<image href="x.png"/>'),
    "a filter": document('<g filter="url(#f)"><path d="M0 0h9v9z"/></g>'),
    "a mask": document('<g mask="url(#f)"><path d="M0 0h9v9z"/></g>'),
    "an eraser": document('<rect width="200" height="160" fill="#fff"/><path d="M0 0h99v99z"/><path fill="#fff" d="M0 0h9v9z"/>'),
    "a clip path that cuts": document('<clipPath id="c"><rect width="90" height="160"/></clipPath><circle clip-path="url(#c)" cx="90" cy="90" r="60"/>'),
    "a nested viewport that cuts": document('<svg width="60" height="60"><circle cx="60" cy="50" r="40"/></svg>'),
    "a selector of descendants": sheet("g path{fill:none}", f'<g><path d="{CORNERS}"/></g>'),
    "a media query": sheet("@media screen{path{fill:none}}", f'<path d="{CORNERS}"/>'),
    "a style of another type": document(f'<style type="text/x">path{{display:none}}</style><path d="{CORNERS}"/>'),
    "an import": sheet("@import url(x.css);", f'<path d="{CORNERS}"/>'),
    "use of itself": document('<g id="g"><use href="#g"/></g>'),
    "use of another document": document('<use href="other.svg#g"/>'),
    "too many points": document('<g fill-rule="evenodd">' + '<ellipse rx="5e6" ry="4e6"/>' * 90 + "</g>"),
    "too many uses": document(
        '<g id="a0"><path d="M1 2h3v4"/></g>'
        + "".join(f'<defs><g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 3 + "</g></defs>" for n in range(1, 31))
        + '<use href="#a30"/>'),
    "lengths in em": document('<circle r="2em"/>'),
}

# What librsvg draws otherwise than SVG says: no square points, and strokes that scale all the same.
NOT_IN_RSVG = ("a point with square caps", "a square point", "a stroke that does not scale")


def test_each_is_what_both_renderers_show(tmp_path):
    chromium = Chromium()
    try:
        shown = dict(zip(READ, chromium.holes([(text, None, None) for text in READ.values()])))
    finally:
        chromium.close()
    wrong = []
    for name, text in READ.items():
        ours = read(text, tmp_path)
        if isinstance(ours, str):
            wrong.append(f"{name}: {ours.strip()}")
            continue
        if shown[name] is None or not are_same(ours, shown[name]):
            wrong.append(f"{name}: not as in Chromium")
        if not name.startswith(NOT_IN_RSVG) and not are_same(ours, rsvg(text, None, tmp_path)):
            wrong.append(f"{name}: not as in librsvg")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_mask_cannot_have_is_an_error(name, tmp_path):
    answer = read(REFUSED[name], tmp_path)
    assert isinstance(answer, str) and "expected" in answer and ":1: <" in answer, answer
