"""SVG as editors and drawing canvases write it, against Chromium and rsvg-convert; QDIMD_SVG_FILES sets how many files."""

import os

import numpy as np
import pytest
from conftest import run
from exact_rule import iou
from PIL import Image
from svg_editors import KINDS, documents
from svg_renderers import Chromium, rsvg

COUNT = int(os.environ.get("QDIMD_SVG_FILES", 16))
PAPERS = {"fabric": "black", "inkscape": "black", "excalidraw": "white", "react_sketch_canvas": "white", "figma": "white"}


def paper(name):
    return PAPERS.get(name.split("-")[1])


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editors")
    (folder / "svg").mkdir()
    for name, text in documents(COUNT).items():
        (folder / "svg" / f"{name}.svg").write_text(text)
    return folder


@pytest.fixture(scope="module")
def chromium():
    browser = Chromium()
    yield browser
    browser.close()


@pytest.mark.parametrize("size", [512, 2048])
def test_every_document_shows_what_browsers_and_librsvg_show(files, chromium, size, tmp_path):
    Image.MAX_IMAGE_PIXELS = None
    run("rasterize", files / "svg", "--output", tmp_path / "png", "--size", size, "--backend", "exact", "--quiet")
    texts = documents(COUNT)
    similarities, wrong = {}, {}
    for name, text in texts.items():
        ours = np.array(Image.open(tmp_path / "png" / f"{name}.png")) > 127
        assert ours.any() and not ours.all(), name
        (chromium_hole,) = chromium.holes([(text, paper(name), [size, size])])
        rsvg_hole = rsvg(text, paper(name), tmp_path, [size, size])
        # Where the hole is small, the renderers differ in more pixels along its boundary from each other.
        limit = min(0.995, iou(chromium_hole, rsvg_hole))
        for renderer, theirs in [("chromium", chromium_hole), ("rsvg", rsvg_hole)]:
            similarities[name, renderer] = iou(ours, theirs)
            if similarities[name, renderer] < limit:
                wrong[name, renderer] = (similarities[name, renderer], limit)
    below = {key: round(float(value), 5) for key, value in similarities.items() if value < 0.995}
    print(f"{size} px: mean {np.mean(list(similarities.values())):.5f}, below 0.995: {below}")
    assert not wrong
    assert len({name.split("-")[1] for name in texts}) == len(KINDS)


def test_rasterize_inspect_diff_and_report_read_the_same_mask(files, tmp_path):
    path = next((files / "svg").glob("*-excalidraw.svg"))
    run("rasterize", path, "--output", tmp_path / "x.png", "--scale", 3)
    run("diff", path, tmp_path / "x.png")
    assert "512" in run("inspect", path).stdout
    run("report", files / "svg", "--output", tmp_path / "page.html", "--quiet")
    assert "excalidraw" in (tmp_path / "page.html").read_text()
