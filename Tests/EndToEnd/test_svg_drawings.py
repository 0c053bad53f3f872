"""SVG files of lines as a source of drawings: the same masks as the same strokes in JSON Lines."""

import json
from xml.sax.saxutils import quoteattr

import numpy
import pytest
from conftest import export, run
from drawing_forms import COUNTS, WORDS, archive, drawings, gzipped, ndjson, raw, strokes_jsonl, vectors, write

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="-20 -20 900 900">'


def svg(strokes):
    """The strokes as polylines, lines, and paths by turns, among what is no line."""
    body = '<rect x="-20" y="-20" width="900" height="900" fill="white"/><text x="9" y="9">1</text>'
    for index, (xs, ys, *_) in enumerate(strokes):
        points = list(zip(xs, ys))
        style = f'stroke="hsl({index}, 50%, 50%)"' if index % 2 else f'style="stroke:#{index % 10}00;stroke-width:{index + 1}"'
        if len(points) == 2:
            (x1, y1), (x2, y2) = points
            body += f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke-linecap="round" {style}/>\n'
        elif index % 2:
            body += f'<polyline points="{" ".join(f"{x},{y}" for x, y in points)}" {style}/>\n'
        else:
            body += f'<path d="M{"L".join(f"{x} {y}" for x, y in points)}" {style}/>\n'
    return f'<?xml version="1.0"?>\n{HEAD}<g fill="none" transform="translate(0)">{body}</g><circle r="4" cx="9"/></svg>'


@pytest.fixture(scope="module")
def found():
    return {word: [raw(one)["drawing"] for one in drawings(word, 40)] for word in WORDS}


@pytest.fixture(scope="module")
def expected(found, tmp_path_factory):
    folder = tmp_path_factory.mktemp("jsonl")
    write(folder / "drawings", {
        f"{word}.jsonl": strokes_jsonl([{"word": word, "drawing": one} for one in found[word]]) for word in WORDS})
    return vectors(folder / "drawings", folder / "masks")


def members(word, found, ending="svg", change=str.encode):
    return {f"{word}/{index:03}.{ending}": change(svg(strokes)) for index, strokes in enumerate(found[word])}


FORMS = {
    "folders": members,
    "svgz": lambda word, found: members(word, found, "svgz", lambda text: gzipped(text.encode())),
    "archives": lambda word, found: {f"{word}.zip": archive({
        f"{index:03}.svg": svg(strokes) for index, strokes in enumerate(found[word])})},
}


@pytest.mark.parametrize("form", FORMS)
def test_lines_of_svg_make_the_masks_of_the_same_strokes_in_json(form, found, expected, tmp_path):
    folder = tmp_path / "drawings"
    for word in WORDS:
        write(folder, FORMS[form](word, found))
    assert vectors(folder, tmp_path / "masks", "--jobs", 3) == expected


def test_one_zip_of_all_categories_is_a_source_for_every_command(found, expected, tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(archive({name: data for word in sorted(WORDS) for name, data in members(word, found).items()}))
    assert vectors(path, tmp_path / "masks") == expected
    run("index", path, "--output", tmp_path / "all.bank", "--quiet")
    assert vectors(tmp_path / "all.bank", tmp_path / "from-bank") == expected
    run("plan", path, "--output", tmp_path / "planned", *COUNTS[:-1], "--quiet")
    summary = json.loads(run("inspect", path, "--json", "--by-category").stdout)
    assert summary["drawings"] == 160 and {one["word"] for one in summary["by_category"]} == set(WORDS)


KANJI = """<?xml version="1.0" encoding="UTF-8"?>
<!--
Copyright: somebody's <svg>
-->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.0//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd" [
<!ATTLIST g
xmlns:kvg CDATA #FIXED "http://kanjivg.tagaini.net"
kvg:element CDATA #IMPLIED >
<!ATTLIST path
xmlns:kvg CDATA #FIXED "http://kanjivg.tagaini.net"
kvg:type CDATA #IMPLIED >
]>
<svg xmlns="http://www.w3.org/2000/svg" width="109" height="109" viewBox="0 0 109 109">
<g id="kvg:StrokePaths_%(name)s" style="fill:none;stroke:#000000;stroke-width:3;stroke-linecap:round;stroke-linejoin:round;">
<g id="kvg:%(name)s" kvg:element=%(element)s>
\t<path id="kvg:%(name)s-s1" kvg:type="a" d="M11,54.25c3.19,0.62,6.25,0.75,9.73,0.5c20.64-1.5,50.39-5.12,68.58-5.24"/>
\t<path id="kvg:%(name)s-s2" kvg:type="b" d="M%(x)d,10.5c0.5,2,0.5,60,0,88"/>
</g>
</g>
<g id="kvg:StrokeNumbers_%(name)s" style="font-size:8;fill:#808080">
\t<text transform="matrix(1 0 0 1 4.25 54.13)">1</text>
</g>
</svg>
"""


def test_kanji_in_one_folder_are_categories_by_their_files(tmp_path):
    for number in range(20):
        name = f"{0x4e00 + number:05x}"
        write(tmp_path / "kanjivg" / "kanji", {
            f"{name}.svg": KANJI % {"name": name, "element": quoteattr(chr(0x4e00 + number)), "x": 40 + number}})
    for source in [tmp_path / "kanjivg", tmp_path / "kanjivg" / "kanji"]:
        summary = json.loads(run("inspect", source, "--json", "--by-category").stdout)
        assert [one["word"] for one in summary["by_category"]] == [f"{0x4e00 + number:05x}" for number in range(20)]
        assert summary["drawings"] == 20 and summary["strokes"] == 40
    export(tmp_path / "kanjivg", tmp_path / "masks", *COUNTS)
    lines = [json.loads(line) for line in (tmp_path / "masks" / "vectors" / "train.jsonl").open()]
    assert {stroke["source"]["stroke"] for line in lines for stroke in line["strokes"]} == {0, 1}


def test_curves_and_closed_shapes_are_within_a_hundredth_of_the_same_lines_in_json(tmp_path):
    """The strokes of both, after they were simplified in the same way."""
    angles = numpy.linspace(0, 2 * numpy.pi, 4001)
    t = numpy.linspace(0, 1, 4001)[:, None]
    bezier = (1 - t)**3 * [10, 300] + 3 * (1 - t)**2 * t * [60, -200] + 3 * (1 - t) * t**2 * [300, 700] + t**3 * [400, 9]
    lines = [
        [300 + 90 * numpy.cos(angles), 200 + 90 * numpy.sin(angles)],
        [200 + 40 * numpy.cos(angles), 100 + 80 * numpy.sin(angles)], bezier.T,
        [numpy.array([20, 320, 320, 20, 20]), numpy.array([30, 30, 380, 380, 30])]]
    write(tmp_path, {
        "a/cat.jsonl": json.dumps({"strokes": [[axis.tolist() for axis in line] for line in lines]}) + "\n",
        "b/cat.svg": f'{HEAD}<g stroke="red" stroke-width="30"><circle cx="300" cy="200" r="90"/><ellipse cx="200" cy="100" '
                     'rx="40" ry="80"/><path d="M10 300C60-200 300 700 400 9"/><rect x="20" y="30" width="300" height="350"/>'
                     "</g></svg>"})
    found = {}
    for name in "ab":
        export(tmp_path / name, tmp_path / f"{name}-masks", "--train", 40, "--test", 0, "--formats", "json", "--strokes-per-drawing", 4)
        found[name] = [json.loads(line) for line in (tmp_path / f"{name}-masks" / "vectors" / "train.jsonl").open()]
    counts = [sum(len(stroke["points"]) for mask in found[name] for stroke in mask["strokes"]) for name in "ab"]
    assert abs(counts[0] - counts[1]) <= 0.1 * counts[0], counts


def test_figures_among_drawings_are_no_drawings(tmp_path):
    for word in WORDS:
        write(tmp_path / "a", {f"{word}.ndjson": ndjson(drawings(word, 40))})
        write(tmp_path / "b", {f"{word}.ndjson": ndjson(drawings(word, 40)), "figure.svg": "<svg", "a/b.svg": "<p/>"})
    assert vectors(tmp_path / "a", tmp_path / "1") == vectors(tmp_path / "b", tmp_path / "2")


def test_svg_is_masks_for_commands_that_read_masks(tmp_path):
    write(tmp_path / "svg", {"a/1.svg": svg([[[1, 200, 300], [2, 9, 7]]]).replace("hsl", "rgb").replace(
        '<text x="9" y="9">1</text>', ""), "b/2.svg": svg([[[1, 200, 300], [2, 9, 7]]]).replace(
        '<text x="9" y="9">1</text>', "")})
    summary = run("inspect", tmp_path / "svg").stdout
    assert "masks" in summary and "drawings" not in summary
    summary = run("inspect", tmp_path / "svg", "--by-category").stdout
    assert "drawings      2" in summary


def refused(body, message, line=2):
    return f"{HEAD}\n{body}</svg>", f"cat.svg:{line}: {message}"


#: The document, and the message after the folder.
REFUSED = {
    "fills": refused('<path d="M0 0h9v9z"/>', "<path>: a fill without a stroke, like all shapes; expected lines with a stroke"),
    "nothing": refused("", "nothing is drawn; expected lines with a stroke", 1),
    "an eraser": refused('<rect x="-20" y="-20" width="900" height="900" fill="#fff"/><path d="M0 0h9" stroke="#FFFFFF"/>',
                         '<path>: the stroke is "#ffffff" like the background; expected lines that are seen'),
    "a mask": refused('<path mask="url(#m)" stroke="red" d="M0 0h9"/>', '<path>: mask is "url(#m)"; expected none'),
    "a script": refused("<script/>", "<script>: unsupported element; expected a document without scripts"),
    "a path that ends": refused('<path stroke="red" d="M0 0L9"/>', "<path>: path data ends; expected"),
    "no XML": (f"{HEAD}\n<g></svg>", "cat.svg:2: not XML: mismatched tag"),
    "half a document": (f"{HEAD}\n<g>", "cat.svg:2: not XML: no element found"),
    "InkML": ('<ink xmlns="http://www.w3.org/2003/InkML"/>', "cat.svg: XML is not a form of Quick, Draw! drawings"),
    "an entity": ('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "cat.svg:1: an entity is declared; expected"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_drawing_is_named_with_its_line(name, tmp_path):
    text, message = REFUSED[name]
    write(tmp_path / "drawings", {"cat.svg": text, "dog.svg": svg([[[1, 200, 300], [2, 9, 7]]])})
    done = export(tmp_path / "drawings", tmp_path / "masks", *COUNTS, exit_code=1)
    assert done.stderr.startswith(f"{tmp_path}/drawings/{message}") and len(done.stderr.splitlines()) == 1, done.stderr
    if name != "InkML":
        done = run("index", tmp_path / "drawings", "--output", tmp_path / "a.bank", "--skip-damaged", "--quiet")
        assert f"drawings/{message}" in done.stderr


def test_a_dataset_is_no_source(tmp_path, bundled):
    export(bundled, tmp_path / "masks", "--train", 2, "--test", 0, "--formats", "svg")
    done = export(tmp_path / "masks", tmp_path / "again", *COUNTS, exit_code=1)
    assert done.stderr == f"{tmp_path}/masks/svg/train/00000_train.svg: is a mask of this program; expected drawings\n"
