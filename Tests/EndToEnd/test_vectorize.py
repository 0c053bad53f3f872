"""Tracing PNG masks as vectors: the files, how closely they match, and that nothing but the masks decides their bytes."""

import fcntl
import json
import os
import re
import shutil

import numpy as np
import pytest
from conftest import export, run, tree
from PIL import Image

def save(path, pixels):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((np.asarray(pixels) > 0).astype(np.uint8) * 255).save(path)


@pytest.fixture(scope="module")
def masks(source, tmp_path_factory):
    """A small dataset of this program, and images in folders: a box, a ring, nothing, everything."""
    folder = tmp_path_factory.mktemp("vectorize")
    export(source, folder / "own", "--train", 6, "--test", 2, "--canvas", 256, "--seed", 5)
    box = np.zeros((60, 80), bool)
    box[10:40, 20:70] = True
    ring = box.copy()
    ring[20:30, 30:50] = False
    for name, pixels in {"box": box, "sub/ring": ring, "sub/empty": ~box & box, "sub/full": box | ~box}.items():
        save(folder / "others" / f"{name}.png", pixels)
    return folder


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_own_masks_match_their_images(masks, tmp_path):
    done = run("vectorize", masks / "own", "--output", tmp_path / "out", "--fidelity", "pixels", "--quiet")
    assert done.stdout == "" and done.stderr == ""
    assert [mask["id"] for mask in lines(tmp_path / "out" / "vectors" / "test.jsonl")] == ["00000_test", "00001_test"]
    assert len(lines(tmp_path / "out" / "vectors" / "train.jsonl")) == 6
    report = json.loads(run(
        "diff", tmp_path / "out" / "vectors", masks / "own", "--backend", "exact", "--json", "-", exit_code=1).stdout)
    assert len(report["pairs"]) == 8 and not report["missing"] and not report["extra"]
    assert np.mean([pair["iou"] for pair in report["pairs"]]) > 0.997
    for split in ["train", "test"]:
        for path in (masks / "own" / split).glob("*.png"):
            svg = tmp_path / "out" / "svg" / split / f"{path.stem}.svg"
            run("diff", svg, path, "--max-ratio", 0.002, "--backend", "exact")


def test_the_bytes_are_the_same_for_any_number_of_jobs(masks, tmp_path):
    run("vectorize", masks / "own", "--output", tmp_path / "one", "--jobs", 1)
    run("vectorize", masks / "own", "--output", tmp_path / "three", "--jobs", 3)
    assert tree(tmp_path / "one") == tree(tmp_path / "three")


def test_no_slit_shows_at_four_times_the_size(tmp_path):
    y, x = np.mgrid[:96, :96] + 0.5
    for seed in range(40):
        random = np.random.default_rng(seed)
        mask = np.zeros((96, 96), bool)
        # A second hole, of which the outline is kept, and not the strokes.
        mask[86:94, 86:94] = True
        for _ in range(3):
            points, radius = random.uniform(5, 80, (3, 2)), random.uniform(3, 8)
            for start, step in zip(points, np.diff(points, axis=0)):
                place = (((x - start[0]) * step[0] + (y - start[1]) * step[1]) / (step @ step)).clip(0, 1)
                mask |= np.hypot(x - start[0] - place * step[0], y - start[1] - place * step[1]) <= radius
        save(tmp_path / "in" / f"{seed:02}.png", mask)
    run("vectorize", tmp_path / "in", "--output", tmp_path / "out", "--fidelity", "pixels", "--quiet")
    run("rasterize", tmp_path / "out" / "vectors", "--output", tmp_path / "large", "--scale", 4, "--backend", "exact")
    for path in sorted((tmp_path / "in").glob("*.png")):
        large = np.asarray(Image.open(next((tmp_path / "large").rglob(path.name)))) > 0
        padded = np.pad(np.asarray(Image.open(path)) > 0, 1, mode="edge")
        inside = np.logical_and.reduce(
            [padded[row:row + 96, column:column + 96] for row in range(3) for column in range(3)])
        assert large[inside.repeat(4, 0).repeat(4, 1)].all(), path


def test_boxes_are_exact_outlines(masks, tmp_path):
    done = run("vectorize", masks / "others", "--output", tmp_path / "out")
    assert re.search(r"4 masks, IoU mean 1, worst 1 ", done.stderr)
    (box,) = lines(tmp_path / "out" / "vectors" / "masks.jsonl")
    (stroke,) = box["strokes"]
    assert box["format"] == "qd-imd-mask/2" and stroke["fill"] is True and stroke["width"] == 0
    assert {tuple(point) for point in stroke["points"]} == {(20, 10), (70, 10), (70, 40), (20, 40)}
    assert len(stroke["points"]) == 4
    empty, full, ring = lines(tmp_path / "out" / "vectors" / "sub.jsonl")
    assert empty["format"] == "qd-imd-mask/1" and empty["strokes"] == [] and full["hole_ratio"] == 1
    assert ring["hole_ratio"] == round((30 * 50 - 10 * 20) / 4800, 4)
    # Every backend, and every size, has the same hole.
    for backend in ["exact", "cairo"]:
        run("rasterize", tmp_path / "out" / "svg" / "sub" / "ring.svg", "--output", tmp_path / f"{backend}.png",
            "--scale", 3, "--backend", backend)
        image = np.array(Image.open(tmp_path / f"{backend}.png")) > 0
        expected = np.array(Image.open(masks / "others" / "sub" / "ring.png")) > 0
        assert (image == np.kron(expected, np.ones((3, 3), bool))).all()


@pytest.mark.parametrize(("points", "count"), [
    # An even width and whole pixels: the middle of the line is two pixels wide.
    ([[95, 20], [95, 180]], 1), ([[20, 95], [180, 95]], 1),
    # Where it is beyond the canvas, nothing shows that it is one stroke; masks of this program have two, too.
    ([[40, 150], [100, -60], [160, 150]], 2),
])
def test_a_stroke_is_as_many_strokes_as_its_parts_on_the_canvas(points, count, tmp_path):
    mask = {"format": "qd-imd-mask/1", "canvas": [200, 200], "strokes": [{"width": 10, "points": points}]}
    (tmp_path / "mask.json").write_text(json.dumps(mask))
    run("rasterize", tmp_path / "mask.json", "--output", tmp_path / "mask.png", "--backend", "exact")
    run("vectorize", tmp_path / "mask.png", "--output", tmp_path / "traced.json", "--shapes", "strokes")
    strokes = json.loads((tmp_path / "traced.json").read_text())["strokes"]
    assert len(strokes) == count
    assert all(stroke["width"] == pytest.approx(10, abs=0.3) for stroke in strokes)
    run("diff", tmp_path / "traced.json", tmp_path / "mask.png", "--tolerance", 1)


def test_a_mask_that_no_reader_would_accept_is_refused(tmp_path):
    specks = np.zeros((1200, 1200), bool)
    specks[::2, ::2] = True
    save(tmp_path / "in" / "specks.png", specks)
    for output in ["out", "out.json"]:
        done = run("vectorize", tmp_path / "in" / "specks.png", "--output", tmp_path / output, "--shapes", "polygons",
                   exit_code=1)
        assert re.search(r"specks.png: its outlines take \d+ bytes of JSON; expected at most 16777216\n", done.stderr)


def test_a_single_image_can_become_a_file(masks, tmp_path):
    for ending in ["svg", "json", "jsonl"]:
        run("vectorize", masks / "others" / "box.png", "--output", tmp_path / f"box.{ending}")
    for ending in ["svg", "json"]:
        run("diff", tmp_path / f"box.{ending}", masks / "others" / "box.png")
    run("vectorize", masks / "others" / "box.png", "--output", tmp_path / "box.svg", exit_code=1)


def test_polarity_and_threshold_are_those_of_the_reader(masks, tmp_path):
    gray = np.full((40, 40), 30, np.uint8)
    gray[10:20, 10:20] = 200
    Image.fromarray(gray).save(tmp_path / "gray.png")
    refused = run("vectorize", tmp_path / "gray.png", "--output", tmp_path / "a.json", exit_code=1)
    assert "expected 0 or 255" in refused.stderr and not (tmp_path / "a.json").exists()
    run("vectorize", tmp_path / "gray.png", "--output", tmp_path / "a.json", "--threshold", 128)
    assert json.loads((tmp_path / "a.json").read_text())["hole_ratio"] == round(100 / 1600, 4)
    run("vectorize", tmp_path / "gray.png", "--output", tmp_path / "b.json", "--threshold", 128, "--hole", "black")
    assert json.loads((tmp_path / "b.json").read_text())["hole_ratio"] == round(1500 / 1600, 4)


def test_existing_output_is_refused_replaced_or_kept(masks, tmp_path):
    out, others = tmp_path / "out", tmp_path / "others"
    shutil.copytree(masks / "others", others)
    run("vectorize", others, "--output", out)
    first = tree(out)
    refused = run("vectorize", others, "--output", out, exit_code=1)
    assert refused.stderr.splitlines()[-1] == f"{out}: contains vectors/; expected another folder, --resume, or --overwrite"
    run("vectorize", others, "--output", out, "--overwrite")
    again = run("vectorize", others, "--output", out, "--resume", "--report", tmp_path / "page.html")
    assert "4 masks, IoU mean 1, worst 1 " in again.stderr and (tmp_path / "page.html").exists()
    assert tree(out) == first
    result = json.loads((out / "vectorize.json").read_text())
    assert result["fidelity"] == "clean" and result["hole"] == "white" and result["masks"] == 4
    assert [mask["name"] for mask in result["results"]] == ["box", "sub/empty", "sub/full", "sub/ring"]
    assert result["results"][0]["outlines"] == 1 and result["results"][0]["vertices"] == 4


def test_a_finished_vectorization_is_resumed_with_the_same_settings_and_masks_only(masks, tmp_path):
    out, others = tmp_path / "out", tmp_path / "others"
    shutil.copytree(masks / "others", others)
    run("vectorize", others, "--output", out, "--threshold", 100)
    first = tree(out)

    def refused(*arguments):
        done = run("vectorize", others, "--output", out, "--resume", *arguments, exit_code=1)
        assert tree(out) == first
        return done.stderr.splitlines()[-1].removeprefix(f"{out}: ")

    same = "expected the same settings, or --overwrite"
    for option, value, stored in [("fidelity", "pixels", "clean"), ("shapes", "strokes", "mixed"),
                                  ("caps", "round", "auto"), ("hole", "black", "white")]:
        assert refused("--threshold", 100, f"--{option}", value) == (
            f'this vectorization uses {option} "{stored}", this command uses "{value}"; {same}')
    assert refused("--threshold", 99) == f"this vectorization uses threshold 100, this command uses 99; {same}"
    assert refused() == f"this vectorization uses threshold 100, this command uses none; {same}"
    save(others / "box.png", np.eye(60, 80))
    assert refused("--threshold", 100) == "was made of other pixels of box; expected the same masks, or --overwrite"
    (others / "box.png").rename(others / "square.png")
    assert refused("--threshold", 100) == "was made of masks with other names; expected the same masks, or --overwrite"
    shutil.copy(others / "square.png", others / "more.png")
    assert refused("--threshold", 100) == f"this vectorization uses masks 4, this command uses 5; {same}"


def test_an_interrupted_run_is_resumed_with_the_same_bytes(masks, tmp_path):
    (tmp_path / "in").mkdir()
    for index in range(40):
        shutil.copy(masks / "others" / "box.png", tmp_path / "in" / f"{index:02}.png")
    (tmp_path / "in" / "39.png").write_bytes(b"damaged")
    run("vectorize", tmp_path / "in", "--output", tmp_path / "out", "--jobs", 1, exit_code=1)
    assert (tmp_path / "out" / ".vectorize" / "0.lines").exists()
    other = run("vectorize", tmp_path / "in", "--output", tmp_path / "out", "--resume", "--caps", "round", exit_code=1)
    assert 'this vectorization uses caps "auto", this command uses "round"' in other.stderr
    shutil.copy(masks / "others" / "box.png", tmp_path / "in" / "39.png")
    run("vectorize", tmp_path / "in", "--output", tmp_path / "out", "--resume")
    run("vectorize", tmp_path / "in", "--output", tmp_path / "whole")
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_a_folder_that_another_process_uses_is_left_alone(masks, tmp_path):
    (tmp_path / "out").mkdir()
    with open(tmp_path / "out" / ".qd-imd-lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("vectorizing on a, process 1\n")
        lock.flush()
        done = run("vectorize", masks / "others", "--output", tmp_path / "out", exit_code=75)
        assert "another process is using this folder: vectorizing on a, process 1; try again" in done.stderr
        assert os.listdir(tmp_path / "out") == [".qd-imd-lock"]
    run("vectorize", masks / "others", "--output", tmp_path / "out")
    assert sorted(os.listdir(tmp_path / "out")) == ["svg", "vectorize.json", "vectors"]


def test_a_report_shows_every_mask(masks, tmp_path):
    page = tmp_path / "page.html"
    run("vectorize", masks / "others", "--output", tmp_path / "out", "--report", page)
    text = page.read_text()
    for name in ["box", "sub/ring", "sub/empty", "sub/full"]:
        assert f"<h2>{name}</h2>" in text
    assert text.count("<img ") == 8 and text.count("<svg ") == 4 and "<script" not in text


def test_vectors_can_be_traced_again(masks, tmp_path):
    run("vectorize", masks / "own", "--output", tmp_path / "once", "--fidelity", "pixels")
    run("vectorize", tmp_path / "once" / "vectors", "--output", tmp_path / "twice", "--fidelity", "pixels")
    report = json.loads(run(
        "diff", tmp_path / "twice" / "vectors", tmp_path / "once" / "vectors", "--json", "-", "--backend", "exact",
        exit_code=1).stdout)
    assert min(pair["iou"] for pair in report["pairs"]) > 0.995


def test_every_written_mask_conforms_to_the_schema(masks, tmp_path):
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(run("schema").stdout))
    for shapes in ["strokes", "mixed", "polygons"]:
        run("vectorize", masks / "own", "--output", tmp_path / shapes, "--shapes", shapes)
        for mask in lines(tmp_path / shapes / "vectors" / "train.jsonl"):
            validator.validate(mask)
