"""Masks of 300,000 points: no option takes minutes for what a screen of pixels can show."""

import json
import random
import resource

import numpy as np
import pytest
from conftest import run
from PIL import Image

POINTS = 300_000
# Seconds of one core; some took more than 30.
LIMIT = 15
OPTIONS = {
    "cairo": ["--backend", "cairo"], "exact": ["--backend", "exact"], "antialias": ["--antialias"],
    "feather 5": ["--feather", 5], "feather 50": ["--feather", 50],
}


def walk(generator):
    x = y = 256
    for _ in range(POINTS):
        x = min(max(x + generator.uniform(-4, 4), 0), 512)
        y = min(max(y + generator.uniform(-4, 4), 0), 512)
        yield x, y


def anywhere(generator):
    return ((generator.uniform(0, 512), generator.uniform(0, 512)) for _ in range(POINTS))


def blob(generator):
    return ((generator.gauss(256, 30), generator.gauss(256, 30)) for _ in range(POINTS))


# One path of all points, or a dot for each.
MASKS = {
    "a walk": (walk, 1, False), "a blob": (blob, 10, False), "lines across": (anywhere, 1, False),
    "thin lines across": (anywhere, 0.01, False), "dots": (anywhere, 0.01, True),
}


@pytest.fixture(scope="module", params=MASKS)
def mask(request, tmp_path_factory):
    points, width, is_dots = MASKS[request.param]
    path = tmp_path_factory.mktemp("many") / "mask.svg"
    texts = [f"{x:.2f} {y:.2f}" for x, y in points(random.Random(1))]
    data = "".join(f"M{text}h0" for text in texts) if is_dots else "M" + "L".join(texts)
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><path fill="none" stroke="#fff"'
        f' stroke-linecap="round" stroke-linejoin="round" stroke-width="{width}" d="{data}"/></svg>')
    return path


@pytest.mark.thorough
@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_many_points_are_drawn_in_seconds(mask, tmp_path, options):
    start = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run("rasterize", mask, "--output", tmp_path / "x.png", *options)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - start < LIMIT
    # cairo's coordinates are multiples of 1/256 px, so a line of 0.01 px can miss all pixel centers.
    if "cairo" not in options:
        assert (np.array(Image.open(tmp_path / "x.png").convert("L")) > 0).any()


@pytest.mark.parametrize("option", [["--antialias"], ["--feather", 6]])
def test_many_short_strokes_are_drawn_as_few(tmp_path, option):
    """Masks of many segments are drawn in another way: the level of a part is never above that of the whole."""
    generator = random.Random(2)
    strokes = [
        {"width": 2, "points": [[generator.randint(0, 64), generator.randint(0, 64)] for _ in range(50)]}
        for _ in range(30)]
    parts = []
    for index, chosen in enumerate([strokes, *([stroke] for stroke in strokes)]):
        path = tmp_path / f"{index}.json"
        path.write_text(json.dumps({"format": "qd-imd-mask/1", "canvas": [64, 64], "strokes": chosen}))
        run("rasterize", path, "--output", tmp_path / f"{index}.png", *option)
        parts.append(np.array(Image.open(tmp_path / f"{index}.png")))
    together = np.max(parts[1:], axis=0)
    if option[0] == "--feather":
        assert (parts[0] == together).all()
    else:
        assert (parts[0] >= together).all()
        assert (parts[0] <= np.minimum(np.sum(parts[1:], axis=0, dtype=int) + 15, 255)).all()
