"""SVG as editors and drawing canvases write it, against Chromium and rsvg-convert.

QDIMD_SVG_FILES sets how many files, and QDIMD_SVG_SEED the first of their seeds.
"""

import os

import numpy as np
import pytest
from conftest import run
from exact_rule import iou
from PIL import Image
from svg_editors import KINDS, documents
from svg_renderers import Chromium, rsvg

FIRST = int(os.environ.get("QDIMD_SVG_SEED", 0))
COUNT = int(os.environ.get("QDIMD_SVG_FILES", 16))
#: Small dots and short strokes, in which Chromium's chords make the largest differences among the first 600 seeds.
SMALL_AND_ROUND = [219, 247]
SEEDS = [*range(FIRST, FIRST + COUNT), *SMALL_AND_ROUND]
PAPERS = {"fabric": "black", "inkscape": "black", "excalidraw": "white", "react_sketch_canvas": "white", "figma": "white"}


def paper(name):
    return PAPERS.get(name.split("-")[1])


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editors")
    (folder / "svg").mkdir()
    for name, text in documents(SEEDS).items():
        (folder / "svg" / f"{name}.svg").write_text(text)
    return folder


@pytest.fixture(scope="module")
def chromium():
    browser = Chromium()
    yield browser
    browser.close()


def covered_by_half(chromium, text, name, size):
    """The hole in Chromium at four times the size: pixels half of whose 16 parts are hole."""
    (fine,) = chromium.holes([(text, paper(name), [4 * size, 4 * size])])
    return fine.reshape(size, 4, size, 4).mean(axis=(1, 3)) >= 0.5


@pytest.mark.parametrize("size", [512, pytest.param(2048, marks=pytest.mark.thorough)])
def test_every_document_shows_what_browsers_and_librsvg_show(files, chromium, size, tmp_path):
    Image.MAX_IMAGE_PIXELS = None
    run("rasterize", files / "svg", "--output", tmp_path / "png", "--size", size, "--backend", "exact", "--quiet")
    texts = documents(SEEDS)
    similarities, refined = {}, {}
    for name, text in texts.items():
        ours = np.array(Image.open(tmp_path / "png" / f"{name}.png")) > 127
        assert ours.any() and not ours.all(), name
        (chromium_hole,) = chromium.holes([(text, paper(name), [size, size])])
        similarities[name, "chromium"] = iou(ours, chromium_hole)
        similarities[name, "rsvg"] = iou(ours, rsvg(text, paper(name), tmp_path, [size, size]))
        # Chromium replaces a curve by chords that are up to 0.35 px of the image inside it: a dot of 20 px in radius is
        # 0.05 px too small on average, one of 10 px 0.13 px, so that pixels of which 78 % are covered are missing. Where the
        # hole is small and round, this is more than 0.5 % of it. With the same error at four times the size, Chromium itself
        # agrees with the exact coverage of the vectors, of which 16 × 16 samples per pixel agree with ours by 0.9995.
        if similarities[name, "chromium"] < 0.995:
            refined[name] = similarities[name, "chromium"]
            similarities[name, "chromium"] = iou(ours, covered_by_half(chromium, text, name, size))
    worst = {renderer: min((float(found), name) for (name, by), found in similarities.items() if by == renderer)
             for renderer in ["chromium", "rsvg"]}
    print(f"{size} px: mean {np.mean(list(similarities.values())):.5f}, worst {worst}, at four times the size: {refined}")
    assert {key: found for key, found in similarities.items() if found < 0.995} == {}
    # Chromium's own error, whatever it draws.
    assert all(found > 0.99 for found in refined.values()), refined
    assert len({name.split("-")[1] for name in texts}) == len(KINDS)


def test_rasterize_inspect_diff_and_report_read_the_same_mask(files, tmp_path):
    path = next((files / "svg").glob("*-excalidraw.svg"))
    run("rasterize", path, "--output", tmp_path / "x.png", "--scale", 3)
    run("diff", path, tmp_path / "x.png")
    assert "512" in run("inspect", path).stdout
    run("report", files / "svg", "--output", tmp_path / "page.html", "--quiet")
    assert "excalidraw" in (tmp_path / "page.html").read_text()
