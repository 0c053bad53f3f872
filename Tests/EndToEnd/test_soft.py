"""Images with soft edges, and larger holes, against formulas in numpy and another renderer of the SVG."""

import json
import math
import subprocess

import numpy as np
import pytest
from conftest import run
from exact_rule import depth, holes, read_masks
from measured import measured
from PIL import Image

COUNT = 40


def rasterize(masks, output, *options):
    run("rasterize", masks, "--output", output, "--quiet", *options)
    return output


def write(path, strokes, canvas=(64, 64)):
    path.write_text(json.dumps({"format": "qd-imd-mask/1", "canvas": list(canvas), "strokes": strokes}))
    return path


def levels(path):
    image = Image.open(path)
    assert image.mode == "L"
    return np.array(image).astype(int)


def signed_distance(mask, size=None):
    """For every pixel how far its center is outside the hole, in px of the canvas; up to half a width negative inside."""
    width, height = mask["canvas"]
    columns, rows = size or (width, height)
    x = (np.arange(columns)[None, :] + 0.5) * width / columns
    y = (np.arange(rows)[:, None] + 0.5) * height / rows
    nearest = np.full((rows, columns), np.inf)
    for stroke in mask["strokes"]:
        points = np.array(stroke["points"], float)
        for start, end in zip(points, points[1:] if len(points) > 1 else points):
            step = end - start
            along = np.clip(((x - start[0]) * step[0] + (y - start[1]) * step[1]) / max(step @ step, 1e-300), 0, 1)
            distance = np.hypot(x - start[0] - along * step[0], y - start[1] - along * step[1])
            np.minimum(nearest, distance - stroke["width"] / 2, out=nearest)
    return nearest


@pytest.fixture(scope="module")
def some(dataset, tmp_path_factory):
    """The first masks of a dataset, as JSON Lines."""
    path = tmp_path_factory.mktemp("some") / "some.jsonl"
    lines = (dataset / "vectors" / "train.jsonl").read_text().splitlines(keepends=True)[:COUNT]
    path.write_text("".join(lines))
    return path


@pytest.fixture(scope="module")
def distances(some):
    """The first masks, and of each the distances, which take longer than all else in the tests that use them."""
    return [(mask, signed_distance(mask)) for mask in read_masks(some, 12)]


@pytest.mark.parametrize("feather", [0.5, 6, 40])
def test_a_feather_is_the_distance_to_the_hole(some, distances, tmp_path, feather):
    rasterize(some, tmp_path, "--feather", feather)
    for mask, outside in distances:
        expected = 255 * np.clip(1 - outside / feather, 0, 1)
        drawn = levels(tmp_path / f"{mask['id']}.png")
        assert np.abs(drawn - expected).max() <= 1 + 1e-6, mask["id"]
        sure = np.abs(outside) > 1e-9
        assert ((drawn == 255) == (outside <= 0))[sure].all()


def test_a_feather_is_255_where_the_exact_backend_has_its_hole(some, tmp_path):
    hard = rasterize(some, tmp_path / "hard", "--backend", "exact")
    soft = rasterize(some, tmp_path / "soft", "--feather", 9)
    for mask in read_masks(some):
        name = f"{mask['id']}.png"
        assert ((levels(soft / name) == 255) == holes(hard / name)).all(), name


def test_a_feather_is_as_wide_at_any_size(some, tmp_path):
    rasterize(some, tmp_path, "--feather", 10, "--size", 1024)
    for mask in read_masks(some, 5):
        expected = 255 * np.clip(1 - signed_distance(mask, (1024, 1024)) / 10, 0, 1)
        assert np.abs(levels(tmp_path / f"{mask['id']}.png") - expected).max() <= 1 + 1e-6


def test_antialiasing_is_the_mean_of_a_finer_image(some, tmp_path):
    """Of 64 × 64 points a pixel where the program has 256 × 16, and may be 8 levels off at an edge along its rows."""
    rasterize(some, tmp_path, "--antialias", "--size", 32)
    differences = []
    for mask in read_masks(some, 15):
        fine = depth(mask, (2048, 2048)) >= 0
        expected = 255 * fine.reshape(32, 64, 32, 64).mean(axis=(1, 3))
        difference = np.abs(levels(tmp_path / f"{mask['id']}.png") - expected)
        assert difference.max() <= 13, mask["id"]
        differences.extend(difference[(expected > 0) & (expected < 255)])
    assert np.mean(differences) <= 1


def test_antialiasing_is_what_rsvg_convert_shows_of_the_svg(dataset, tmp_path):
    """Without the attribute that turns its antialiasing off, and at twice the size, where strokes have more edge."""
    names = [f"{index:05}_train" for index in range(COUNT)]
    (tmp_path / "svg").mkdir()
    for name in names:
        text = (dataset / "svg" / "train" / f"{name}.svg").read_text()
        smooth = text.replace(' shape-rendering="crispEdges"', "")
        assert smooth != text
        (tmp_path / "svg" / f"{name}.svg").write_text(smooth)
    rasterize(tmp_path / "svg", tmp_path / "ours", "--antialias", "--size", 1024)
    # Of the edge's pixels, which are those that differ.
    means = []
    for name in names:
        command = ["rsvg-convert", "-w", "1024", tmp_path / "svg" / f"{name}.svg", "-o", tmp_path / "theirs.png"]
        subprocess.run(command, check=True)
        theirs = np.array(Image.open(tmp_path / "theirs.png").convert("L")).astype(int)
        difference = np.abs(levels(tmp_path / "ours" / f"{name}.png") - theirs)
        edge = ((theirs > 0) & (theirs < 255)).sum()
        means.append(difference.sum() / edge)
    assert np.mean(means) <= 4


@pytest.mark.parametrize("width, dx, dy", [(9, 40, 13), (1, 7, 39), (0.3, 30, 2), (12.5, 0, 0)])
def test_the_levels_of_a_stroke_sum_up_to_its_area(tmp_path, width, dx, dy):
    points = [[10.3, 11.7], [10.3 + dx, 11.7 + dy]] if dx or dy else [[30.3, 31.7]]
    path = write(tmp_path / "x.json", [{"width": width, "points": points}])
    rasterize(path, tmp_path / "x.png", "--antialias")
    area = width * math.hypot(dx, dy) + math.pi * width**2 / 4
    assert levels(tmp_path / "x.png").sum() / 255 == pytest.approx(area, rel=0.005)


@pytest.mark.parametrize("options", [[], ["--backend", "exact"], ["--bit-depth", 1], ["--antialias"], ["--feather", 5]])
def test_dilated_strokes_are_wider_strokes(some, tmp_path, options):
    wide = []
    for mask in read_masks(some):
        for stroke in mask["strokes"]:
            stroke["width"] = round(stroke["width"] + 2 * 3.25, 2)
        wide.append(json.dumps(mask))
    (tmp_path / "wide.jsonl").write_text("\n".join(wide))
    ours = rasterize(some, tmp_path / "ours", "--dilate", 3.25, *options)
    expected = rasterize(tmp_path / "wide.jsonl", tmp_path / "expected", *options)
    plain = rasterize(some, tmp_path / "plain", *options)
    for mask in read_masks(some):
        name = f"{mask['id']}.png"
        assert (ours / name).read_bytes() == (expected / name).read_bytes(), name
        small, large = (np.array(Image.open(folder / name)).astype(int) for folder in (plain, ours))
        assert (small <= large).all() and (small < large).any(), name


@pytest.mark.parametrize("option", [["--antialias"], ["--feather", 7]])
def test_black_holes_are_255_less_the_level(some, tmp_path, option):
    white = rasterize(some, tmp_path / "white", *option)
    black = rasterize(some, tmp_path / "black", *option, "--hole", "black")
    for path in sorted(white.iterdir()):
        assert (levels(black / path.name) == 255 - levels(path)).all()


@pytest.mark.parametrize("option", [["--antialias"], ["--feather", 7]])
def test_vectors_svgs_datasets_and_jobs_give_the_same_bytes(dataset, some, tmp_path, option):
    first = rasterize(some, tmp_path / "json", *option)
    (tmp_path / "svgs").mkdir()
    for mask in read_masks(some):
        name = f"{mask['id']}.svg"
        (tmp_path / "svgs" / name).write_bytes((dataset / "svg" / "train" / name).read_bytes())
    second = rasterize(tmp_path / "svgs", tmp_path / "svg", *option, "--jobs", 1)
    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes()


@pytest.mark.parametrize("option", [["--antialias"], ["--feather", 0.01], ["--feather", 3], ["--feather", 10_000_000]])
def test_any_size_any_dot_and_strokes_outside_are_drawn_as_whole_pngs(tmp_path, option):
    strokes = [
        {"width": 0.01, "points": [[3.5, 2.5]]},
        {"width": 5, "points": [[-900, -900]]},
        {"width": 2, "points": [[-40, 3], [60, 4]]},
        {"width": 10_000_000, "points": [[-5_000_010, 3], [-5_000_003, 900]]},
        {"width": 3, "points": [[10_000_000, -10_000_000], [-10_000_000, 10_000_000], [5, 5], [5, 5]]},
    ]
    for width, height in [(1, 1), (2, 1), (1, 90), (8, 8), (63, 5), (64, 2), (129, 7), (3000, 2), (16_400, 1)]:
        path = write(tmp_path / f"{width}.json", strokes, (width, height))
        drawn = tmp_path / f"{width}x{height}.png"
        rasterize(path, drawn, *option)
        assert levels(drawn).shape == (height, width)
        done = subprocess.run(["pngcheck", "-q", drawn], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("option", [["--antialias"], ["--feather", 8]])
def test_a_large_image_takes_little_memory(some, tmp_path, option):
    (tmp_path / "one.json").write_text(some.read_text().split("\n", 1)[0])
    cost = measured(
        ["rasterize", tmp_path / "one.json", "--output", tmp_path / "large.png", "--size", "16384", "--quiet", *option], 60)
    assert cost.code == 0 and cost.memory < 100 << 20
    check = subprocess.run(["pngcheck", "-q", tmp_path / "large.png"], capture_output=True, text=True)
    assert (check.returncode, check.stdout) == (0, "")


@pytest.mark.parametrize("options, problem", [
    (["--antialias", "--feather", 3], "--antialias cannot be used with --feather"),
    (["--feather", 0], "--feather is 0.0; expected 0.01 to 10000000"),
    (["--feather", -3], "--feather is -3.0; expected 0.01 to 10000000"),
    (["--feather", "nan"], "--feather is nan; expected 0.01 to 10000000"),
    (["--dilate", -1], "--dilate is -1.0; expected at least 0 (holes cannot shrink)"),
    (["--antialias", "--bit-depth", 1], "--antialias cannot be used with --bit-depth 1; gray values need 8 bits"),
    (["--feather", 3, "--bit-depth", 1], "--feather cannot be used with --bit-depth 1; gray values need 8 bits"),
    (["--feather", 3, "--backend", "cairo"], "--feather cannot be used with --backend cairo; only exact rasterizes soft edges"),
])
def test_what_cannot_be_had_together_is_refused(some, tmp_path, options, problem):
    done = run("rasterize", some, "--output", tmp_path / "out", *options, exit_code=64)
    assert f"Error: {problem}\n" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_width_that_leaves_its_range_names_the_mask(tmp_path):
    path = write(tmp_path / "wide.json", [{"width": 9_999_999, "points": [[1, 1]]}])
    done = run("rasterize", path, "--output", tmp_path / "x.png", "--dilate", 1, exit_code=1)
    assert done.stderr == (
        f"{path}: dilated by 1.0 px, it has a width of 10000001.0 px; expected 0.01 to 10000000\n")


def test_a_dataset_of_one_bit_by_cairo_can_be_drawn_softly(bundled, tmp_path):
    run("export", bundled, "--output", tmp_path / "set", "--train", 3, "--test", 1, "--bit-depth", 1, "--hole", "black",
        "--quiet")
    rasterize(tmp_path / "set", tmp_path / "out", "--antialias")
    for path in (tmp_path / "out" / "train").iterdir():
        drawn = levels(path)
        assert len(np.unique(drawn)) > 50
        # Its holes stay black.
        assert (drawn > 127).mean() > 0.5
