"""What an exported dataset contains, read with the tools that its users have."""

import json
import subprocess

import cv2
import jsonschema
import numpy as np
import pytest
from conftest import export, run
from PIL import Image


def pngs(dataset):
    return sorted(dataset.glob("train/*")) + sorted(dataset.glob("test/*"))


def test_it_has_the_parts_of_the_contract(dataset):
    assert sorted(p.name for p in dataset.iterdir()) == [
        ".qd-imd-checksums", "dataset.json", "preview.png", "svg", "test", "train", "vectors",
    ]
    assert [p.name for p in sorted((dataset / "train").iterdir())] == [f"{i:05}_train.png" for i in range(5000)]
    assert [p.name for p in sorted((dataset / "test").iterdir())] == [f"{i:05}_test.png" for i in range(1000)]
    assert len(list((dataset / "svg" / "train").iterdir())) == 5000
    assert len(list((dataset / "svg" / "test").iterdir())) == 1000


def test_pillow_and_opencv_read_pngs_as_bytes_of_0_and_255(dataset):
    for path in pngs(dataset)[::4]:
        by_pillow = np.array(Image.open(path))
        assert by_pillow.shape == (512, 512) and by_pillow.dtype == np.uint8, path
        assert set(np.unique(by_pillow)) == {0, 255}, path
        by_opencv = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        assert by_opencv.dtype == np.uint8 and (by_opencv == by_pillow).all(), path


def test_pngcheck_has_nothing_to_say(dataset):
    done = subprocess.run(
        ["pngcheck", "-q", *pngs(dataset), dataset / "preview.png"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_png_has_no_chunk_that_it_does_not_need(dataset):
    bytes = (dataset / "train" / "00000_train.png").read_bytes()
    chunks = []
    place = 8
    while place < len(bytes):
        chunks.append(bytes[place + 4 : place + 8])
        place += 12 + int.from_bytes(bytes[place : place + 4], "big")
    assert chunks == [b"IHDR", b"IDAT", b"IEND"]


def test_lines_are_in_order_and_validate_against_the_schema(dataset):
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for split, count in [("train", 5000), ("test", 1000)]:
        lines = (dataset / "vectors" / f"{split}.jsonl").read_text().splitlines()
        assert len(lines) == count
        for index, line in enumerate(lines):
            mask = json.loads(line)
            # Each takes longer than a hundred masks take the program.
            if index % 8 == 0:
                validator.validate(mask)
            assert (mask["id"], mask["split"], mask["index"]) == (f"{index:05}_{split}", split, index)


def test_the_schema_refuses_what_is_no_mask():
    validator = jsonschema.Draft202012Validator(json.loads(run("schema").stdout))
    good = {"format": "qd-imd-mask/1", "canvas": [8, 8], "strokes": [{"width": 2, "points": [[1, 1]]}]}
    assert validator.is_valid(good)
    for change in [
        {"canvas": [8]}, {"canvas": [8, 0]}, {"format": "x"}, {"strokes": [{"width": 0, "points": [[1, 1]]}]},
        {"strokes": [{"width": 2, "points": []}]}, {"strokes": [{"width": 2, "points": [[1, 2, 3]]}]},
    ]:
        assert not validator.is_valid(good | change), change


def test_train_and_test_share_no_category(dataset):
    manifest = json.loads((dataset / "dataset.json").read_text())
    words = {}
    for split in ["train", "test"]:
        lines = (dataset / "vectors" / f"{split}.jsonl").read_text().splitlines()
        words[split] = {stroke["source"]["word"] for line in lines for stroke in json.loads(line)["strokes"]}
        assert words[split] <= set(manifest["splits"][split]["categories"])
        assert manifest["splits"][split]["masks"] == len(lines)
    assert not words["train"] & words["test"]
    assert not set(manifest["splits"]["train"]["categories"]) & set(manifest["splits"]["test"]["categories"])


def test_the_category_is_the_records_word(dataset, source):
    known = set()
    for path in source.rglob("*.ndjson"):
        known.add(json.loads(path.read_text().split("\n", 1)[0])["word"])
    manifest = json.loads((dataset / "dataset.json").read_text())
    assert set(manifest["splits"]["train"]["categories"] + manifest["splits"]["test"]["categories"]) == known


def test_the_hole_ratio_is_that_of_the_image(dataset):
    for line in (dataset / "vectors" / "train.jsonl").read_text().splitlines()[:300]:
        mask = json.loads(line)
        image = np.array(Image.open(dataset / "train" / f"{mask['id']}.png"))
        assert mask["hole_ratio"] == pytest.approx((image == 255).mean(), abs=5e-4)


def test_holes_can_be_black_and_pixels_bits(bundled, tmp_path):
    export(bundled, tmp_path / "white", "--train", 20, "--test", 2)
    export(bundled, tmp_path / "black", "--train", 20, "--test", 2, "--hole", "black")
    export(bundled, tmp_path / "bits", "--train", 20, "--test", 2, "--bit-depth", 1)
    for index in range(20):
        white, black, bits = (
            Image.open(tmp_path / kind / "train" / f"{index:05}_train.png") for kind in ["white", "black", "bits"])
        assert (np.array(black) == 255 - np.array(white)).all()
        assert bits.mode == "1" and (np.array(bits) == (np.array(white) == 255)).all()


def test_formats_are_written_as_asked(bundled, tmp_path):
    export(bundled, tmp_path / "a", "--train", 3, "--test", 0, "--formats", "json")
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == [".qd-imd-checksums", "dataset.json", "preview.png", "vectors"]
    export(bundled, tmp_path / "b", "--train", 3, "--test", 3, "--formats", "png,svg", "--size", "128")
    assert sorted(p.name for p in (tmp_path / "b").iterdir()) == [
        ".qd-imd-checksums", "dataset.json", "preview.png", "svg", "test", "train"]
    assert Image.open(tmp_path / "b" / "test" / "00001_test.png").size == (128, 128)


def test_gzip_crlf_and_a_missing_last_newline_give_the_same_masks(bundled, tmp_path):
    import gzip

    for folder in ["plain", "other"]:
        (tmp_path / folder).mkdir()
    for number, path in enumerate(sorted(bundled.iterdir())[:6]):
        text = path.read_bytes()
        (tmp_path / "plain" / path.name).write_bytes(text)
        other = [
            lambda: (path.name + ".gz", gzip.compress(text)),
            lambda: (path.name, text.replace(b"\n", b"\r\n")),
            lambda: (path.name, text.rstrip(b"\n")),
        ][number % 3]()
        (tmp_path / "other" / other[0]).write_bytes(other[1])
    for folder in ["plain", "other"]:
        export(tmp_path / folder, tmp_path / f"{folder}-masks", "--train", 30, "--test", 10)
    for name in ["dataset.json", "vectors/train.jsonl", "vectors/test.jsonl"]:
        assert (tmp_path / "plain-masks" / name).read_bytes() == (tmp_path / "other-masks" / name).read_bytes()
