"""Invalid input: the exact error message, and that no incomplete file is left behind."""

import json
import os
import re
import resource
import subprocess
import tempfile
from pathlib import Path

import pytest
from conftest import FIXTURES, PROGRAM, run

BROKEN = FIXTURES / "broken"
GOOD = '{"word":"%s","key_id":"%d","drawing":[[[0,255],[0,255]]]}\n'

DRAWINGS = {
    "coordinate.ndjson": ":1: stroke 0 has x = 256; expected a whole number from 0 to 255",
    "cut.ndjson": ":2: not JSON: A string is opened, but never closed. (the file ends within this line, "
    "which begins at byte 153)",
    "damaged.ndjson.gz": ": cannot be read after byte 8152: corrupt gzip data (unexpected end of file)",
    "empty-stroke.ndjson": ":1: stroke 0 has no points; expected at least 1",
    "fraction.ndjson": ":1: stroke 0 has x = 1.5; expected a whole number from 0 to 255",
    "key.ndjson": ':1: key_id is "12x"; expected a whole number below 2^64',
    "list.ndjson": ":1: not a JSON object; expected a drawing in each line",
    "no-word.ndjson": ':1: no "word"; expected word, key_id, and drawing',
    "three-axes.ndjson": ":1: stroke 1 has 3 axes; expected 2, x and y "
    "(a raw drawing in a file of simplified ones?)",
    "unequal-axes.ndjson": ":2: stroke 1 has 3 x values but 2 y values",
}
STRUCTURE = "The JSON document has an improper structure: missing or superfluous commas, braces, missing keys, etc."
MASKS = {
    "huge-coordinate.json": ": stroke 0: a coordinate of 1e+300 px; expected -10000000 to 10000000",
    "nan.json": f": not JSON: {STRUCTURE}",
    "negative-width.json": ": stroke 1: a width of -3.0 px; expected 0.01 to 10000000",
    "not-json.json": f": not JSON: {STRUCTURE}",
    "other-format.json": ': "format" is "coco"; expected "qd-imd-mask/1" or "qd-imd-mask/2"',
    "unsafe-id.jsonl": ':1: "id" is "../../etc/passwd"; expected a file name',
    "entity.svg": ":3: an entity is declared; expected a document without entities",
    "external-entity.svg": ":3: an entity is declared; expected a document without entities",
    "filled.svg": ':2: <path>: the stroke is "#fff" but others are "black"; expected a single color',
    "image.svg": ":2: <image>: unsupported element; expected shapes only, or the image as a PNG mask",
    "not-xml.svg": ":3: not XML: mismatched tag",
    "spline.svg": ':4: <path>: path data has "R" at character 5; expected M, L, H, V, C, S, Q, T, A, or Z',
    "style-sheet.svg": ":2: a style sheet is referenced; expected a document without style sheets",
    "text.svg": ":2: <text>: unsupported element; expected the text converted to paths",
}
PICTURES = {
    "gray.png": ": pixel (7, 0) has brightness 90; expected 0 or 255 only, or a threshold",
    "huge.png": ": an image of 100000×100000 px; expected at most 32767 px a side",
    "not-a-png.png": ": GIF is not read as a mask; expected PNG or JPEG",
    "truncated.png": ": not a whole PNG: the file ends too early",
}


def test_every_broken_file_is_in_a_table():
    named = {*DRAWINGS, *MASKS, *PICTURES}
    assert named == {path.name for path in BROKEN.iterdir()}


@pytest.mark.parametrize("name", DRAWINGS)
def test_broken_drawings(name, tmp_path):
    said = run("export", BROKEN / name, "--output", tmp_path / "out", "--train", 1, "--test", 0, exit_code=1).stderr
    assert said == f"{BROKEN / name}{DRAWINGS[name]}\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", MASKS)
def test_broken_masks(name, tmp_path):
    for output in ["out", "out.png"]:
        said = run("rasterize", BROKEN / name, "--output", tmp_path / output, exit_code=1).stderr
        assert said == f"{BROKEN / name}{MASKS[name]}\n"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", PICTURES)
def test_broken_images(name):
    done = run("diff", BROKEN / name, FIXTURES / "masks" / "00000_train.png", exit_code=2)
    assert done.stderr == f"{BROKEN / name}{PICTURES[name]}\n"


def test_a_line_of_50_megabytes(tmp_path):
    path = tmp_path / "long.ndjson"
    path.write_text(GOOD % ("cat", 1) + '{"word":"cat","drawing":[' + "0," * 25_000_000 + "0]}\n")
    said = run("export", path, "--output", tmp_path / "out", "--train", 1, "--test", 0, exit_code=1).stderr
    assert said == f"{path}:2: the line is longer than 16777216 bytes; expected a shorter one\n"


def test_an_empty_folder(tmp_path):
    (tmp_path / "empty").mkdir()
    said = run("export", tmp_path / "empty", "--output", tmp_path / "out", exit_code=1).stderr
    assert said == (f"{tmp_path}/empty: no drawings; expected a folder with .ndjson, .bin, .csv, .npz, .jsonl, or .svg files, "
                    "gzipped or in .zip archives\n")


def test_nothing_at_the_path(tmp_path):
    said = run("export", tmp_path / "cats", "--output", tmp_path / "out", exit_code=1).stderr
    assert said == f"{tmp_path}/cats: no such file or directory; expected a Quick, Draw! file or a folder of them\n"
    said = run("rasterize", tmp_path / "cats", "--output", tmp_path / "out", exit_code=1).stderr
    assert said == (f"{tmp_path}/cats: nothing to read; expected a file (.svg, .json, .jsonl, .tar, .zip, .tar.gz), a folder "
                    "of them, or a dataset\n")


def test_no_categories_left_for_test(tmp_path):
    path = tmp_path / "cat.ndjson"
    path.write_text(GOOD % ("cat", 1))
    said = run("export", path, "--output", tmp_path / "out", exit_code=1).stderr
    assert said == "no categories left for test: the source has 1 (cat); expected at least 2, or no test masks\n"
    run("export", path, "--output", tmp_path / "out", "--train", 2, "--test", 0)


def test_no_strokes_at_all(tmp_path):
    path = tmp_path / "cat.ndjson"
    path.write_text("\n\n")
    said = run("export", path, "--output", tmp_path / "out", "--test", 0, exit_code=1).stderr
    assert said == f"{path}: contains no drawings; expected at least one\n"


def test_an_unreadable_file(tmp_path):
    folder = tmp_path / "drawings"
    folder.mkdir()
    path = folder / "cat.ndjson"
    path.write_text(GOOD % ("cat", 1))
    path.chmod(0)
    # Root may read everything, so another user has to try.
    other = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    mine = tmp_path / "mine"
    mine.mkdir()
    for parent in [folder, *folder.parents]:
        if other and parent.owner() == "root" and Path(tempfile.gettempdir()) in parent.parents:
            parent.chmod(0o755)
    mine.chmod(0o777)
    try:
        done = subprocess.run(
            [PROGRAM, "export", path, "--output", mine / "out"], capture_output=True, text=True, **other)
    except PermissionError:
        pytest.fail("another user cannot run the program; expected a checkout that others may read")
    assert (done.returncode, done.stderr) == (1, f"{path}: cannot be opened: Permission denied\n")


def test_a_disk_that_is_full(bundled, tmp_path):
    """A limit on the size of files stands for the disk: the JSON Lines of a shard are over it."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    output = tmp_path / "out"
    command = [PROGRAM, "export", bundled, "--output", output, "--train", "250", "--test", "0", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 1
    assert re.fullmatch(
        rf"{output}/.qd-imd-partial/[0-9a-f]+/runs/[^/]+/lines/00000.jsonl: cannot be written: File too large\n", done.stderr)
    assert sorted(path.name for path in output.iterdir()) == [".qd-imd-partial", "plan.json"]
    run(*command[1:], "--resume")
    assert len(list((output / "train").iterdir())) == 250


def test_an_image_that_cannot_be_finished_is_not_there(tmp_path):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    command = [PROGRAM, "rasterize", FIXTURES / "masks" / "00002_train.json", "--output", tmp_path / "x.png", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit)
    assert (done.returncode, done.stderr) == (1, f"{tmp_path}/x.png: cannot be written: File too large\n")
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_a_file(bundled, tmp_path):
    (tmp_path / "out").write_text("mine")
    said = run("export", bundled, "--output", tmp_path / "out", exit_code=1).stderr
    assert said == f"{tmp_path}/out: is not a folder; expected a new or empty folder\n"
    assert (tmp_path / "out").read_text() == "mine"


def test_a_gzipped_jsonl(tmp_path):
    import gzip

    path = tmp_path / "x.jsonl"
    path.write_bytes(gzip.compress((FIXTURES / "masks" / "00000_train.json").read_bytes()))
    said = run("rasterize", path, "--output", tmp_path / "out", exit_code=1).stderr
    assert said == f"{path}: is gzipped; expected uncompressed JSON Lines, which are read in any order\n"


def test_two_masks_of_one_name(tmp_path):
    line = json.dumps({"format": "qd-imd-mask/1", "id": "a", "canvas": [8, 8], "strokes": []})
    (tmp_path / "x.jsonl").write_text(line + "\n" + line + "\n")
    said = run("rasterize", tmp_path / "x.jsonl", "--output", tmp_path / "out", exit_code=1).stderr
    assert said == f"{tmp_path}/x.jsonl: has two masks named a; expected unique names\n"


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--size", "512x300"], "--size is 512×300; expected the aspect ratio of the canvas, 512×512"),
        (["--size", "32768"], "an image of 32768×32768 px is too large; the cairo backend supports at most 32767 px per side"),
        (["--canvas", "0"], "The value '0' is invalid for '--canvas <WxH>'"),
        (["--canvas", "12x"], "The value '12x' is invalid for '--canvas <WxH>'"),
        (["--formats", "png,gif"], "The value 'png,gif' is invalid for '--formats <list>'"),
        (["--train", "-1"], "Missing value for '--train <n>'"),
        (["--train=-1"], "--train is -1; expected 0 to 1000000000000"),
        (["--test=9223372036854775807"], "--test is 9223372036854775807; expected 0 to 1000000000000"),
        (["--train", "0", "--test", "0"], "--train and --test are both 0; expected at least one mask"),
        (["--jobs", "0"], "--jobs is 0; expected 1 to 1024"),
        (["--jobs", "4611686018427387904"], "--jobs is 4611686018427387904; expected 1 to 1024"),
        (["--min-stroke-width", "20"], "the largest stroke width is 15.0; expected 20.0 to 10000.0"),
        (["--max-upscale-rate", "nan"], "the largest upscale rate is nan; expected 1.0 to 100.0"),
        (["--resume", "--overwrite"], "--resume cannot be used with --overwrite"),
        (["--hole", "red"], "The value 'red' is invalid for '--hole <color>'"),
    ],
)
def test_wrong_usage(bundled, tmp_path, arguments, message):
    said = run("export", bundled, "--output", tmp_path / "out", *arguments, exit_code=64).stderr
    assert message in said
    assert not (tmp_path / "out").exists()


def test_a_size_of_another_ratio_than_a_masks_canvas(tmp_path):
    path = FIXTURES / "masks" / "00000_train.svg"
    said = run("rasterize", path, "--output", tmp_path / "x.png", "--size", "64x48", exit_code=1).stderr
    assert said == f"{path}: a canvas of 512×512 px; expected its aspect ratio, not 64×48 px\n"


def test_random_damage_never_crashes(bundled, tmp_path):
    """Bytes changed at random: an error in one line or a result, and no signal."""
    import random

    rng = random.Random(0)
    sources = [FIXTURES / "masks" / f"00000_train.{kind}" for kind in ["json", "svg", "png"]]
    for round in range(60):
        for path in sources:
            data = bytearray(path.read_bytes())
            for _ in range(rng.randint(1, 4)):
                data[rng.randrange(len(data))] = rng.randrange(256)
            if rng.random() < 0.3:
                data = data[: rng.randrange(len(data))]
            damaged = tmp_path / f"damaged{path.suffix}"
            damaged.write_bytes(data)
            done = subprocess.run([PROGRAM, "diff", damaged, path], capture_output=True, timeout=60)
            assert done.returncode in {0, 1, 2}, (round, path.suffix)
            assert len(done.stderr.splitlines()) == (done.returncode == 2), (round, path.suffix)
