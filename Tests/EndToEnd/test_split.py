"""The table of masks that `inspect` prints, and `split`, which sorts masks by it."""

import csv
import io
import json
import os
import tarfile

import cv2
import numpy as np
import pytest
from conftest import export, run, tree
from PIL import Image

COUNT = 30


@pytest.fixture(scope="module")
def masks(bundled, tmp_path_factory):
    folder = tmp_path_factory.mktemp("split") / "masks"
    # From thin strokes in the middle to holes at the border.
    export(bundled, folder, "--train", COUNT, "--test", 3, "--canvas", 128, "--hole-ratio", "0.01...0.5", "--backend", "exact")
    return folder


def measured(path):
    """The figures of an image by OpenCV and NumPy."""
    hole = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) == 255
    edges = [hole[0], hole[-1], hole[:, 0], hole[:, -1]]
    count = 100 * int(hole.sum())
    low = next(low for low in range(0, 100, 10) if low * hole.size < count <= (low + 10) * hole.size)
    return {"width": hole.shape[1], "height": hole.shape[0], "hole_ratio": pytest.approx(hole.mean(), abs=5.1e-7),
            "bucket": f"{low}-{low + 10}", "touches_border": bool(max(edge.any() for edge in edges)),
            "components": cv2.connectedComponents(hole.astype(np.uint8), connectivity=8)[0] - 1}


def table(path, *options):
    return json.loads(run("inspect", path, "--json", *options).stdout)["masks"]


def test_the_table_is_that_of_opencv_for_images_vectors_and_tars(masks, tmp_path):
    lines = [json.loads(line) for line in open(masks / "vectors" / "train.jsonl")]
    wanted = [measured(masks / "train" / f"{line['id']}.png") for line in lines]
    with tarfile.open(tmp_path / "train.tar", "w") as archive:
        archive.add(masks / "train", "train")
    for path, strokes in [("train", False), ("vectors/train.jsonl", True), (tmp_path / "train.tar", False)]:
        found = table(masks / path)
        for row, line, mask in zip(found, lines, wanted, strict=True):
            assert row.pop("id").split("/")[-1] == line["id"]
            assert row.pop("strokes") == (len(line["strokes"]) if strokes else None)
            assert row == mask
    assert len({mask["components"] for mask in wanted}) > 1 and len({mask["bucket"] for mask in wanted}) > 3


def test_a_hole_that_ends_one_pixel_before_the_border_does_not_touch_it(tmp_path):
    for name, (left, top, right, bottom) in [("free", (1, 1, 9, 7)), ("a", (0, 1, 9, 7)), ("b", (1, 0, 9, 7)),
                                             ("c", (1, 1, 10, 7)), ("d", (1, 1, 9, 8))]:
        hole = np.zeros((8, 10), np.uint8)
        hole[top:bottom, left:right] = 255
        Image.fromarray(hole).save(tmp_path / f"{name}.png")
    assert {row["id"]: row["touches_border"] for row in table(tmp_path)} == {
        "free": False, "a": True, "b": True, "c": True, "d": True}


def test_csv_has_the_same_values_as_json(masks):
    rows = list(csv.DictReader(io.StringIO(run("inspect", masks, "--csv").stdout)))
    found = table(masks)
    assert len(rows) == len(found) == COUNT + 3
    for row, mask in zip(rows, found):
        assert row == {name: "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                       for name, value in mask.items()}
    summary = json.loads(run("inspect", masks, "--json").stdout)
    assert summary["count"] == summary["vectors"] == COUNT + 3
    assert summary["hole_ratio"]["mean"] == pytest.approx(np.mean([mask["hole_ratio"] for mask in found]), abs=1e-6)
    assert "--json cannot be used with --csv" in run("inspect", masks, "--json", "--csv", exit_code=64).stderr


def test_masks_are_split_as_the_table_says_and_as_links(masks, tmp_path):
    before = tree(masks)
    said = run("split", masks / "train", "--output", tmp_path / "out", "--by", "hole-ratio").stdout
    found = {path.name: path.parent.name for path in (tmp_path / "out").glob("*/*")}
    assert found == {f"{row['id']}.png": f"mask{row['bucket']}" for row in table(masks / "train")}
    for name, folder in found.items():
        assert (tmp_path / "out" / folder / name).samefile(masks / "train" / name)
    assert dict(line.split() for line in said.splitlines()) == {
        folder: str(list(found.values()).count(folder)) for folder in set(found.values())}
    assert tree(masks) == before


def test_edges_of_choice_leave_out_what_is_outside(masks, tmp_path):
    done = run("split", masks / "train", "--output", tmp_path / "out", "--buckets", "5,20,30")
    ratios = {row["id"]: row["hole_ratio"] for row in table(masks / "train")}
    for low, high in [(5, 20), (20, 30)]:
        names = {path.stem for path in (tmp_path / "out" / f"mask{low}-{high}").glob("*.png")}
        assert names == {name for name, ratio in ratios.items() if low / 100 < ratio <= high / 100}
    outside = sum(not 0.05 < ratio <= 0.3 for ratio in ratios.values())
    assert done.stderr == f"{outside} masks outside of all ranges, left out\n"
    for edges in ["5", "20,10", "0,101", "a,b", "0,,10"]:
        assert "invalid for '--buckets" in run(
            "split", masks, "--output", tmp_path / "x", "--buckets", edges, exit_code=64).stderr


def test_vectors_and_tars_become_files(masks, tmp_path):
    run("split", masks / "vectors", "--output", tmp_path / "lines", "--quiet")
    lines = {f"{json.loads(line)['id']}.json": line for name in ["train", "test"]
             for line in open(masks / "vectors" / f"{name}.jsonl")}
    found = {path.name: path.read_text() for path in (tmp_path / "lines").glob("*/*")}
    assert {name: json.loads(text) for name, text in found.items()} == {
        name: json.loads(line) for name, line in lines.items()}
    with tarfile.open(tmp_path / "train.tar", "w") as archive:
        archive.add(masks / "train", "train")
    run("split", tmp_path / "train.tar", "--output", tmp_path / "members", "--quiet")
    assert {path.name: path.read_bytes() for path in (tmp_path / "members").glob("*/*")} == {
        path.name: path.read_bytes() for path in (masks / "train").iterdir()}


def test_masks_of_one_name_are_named_after_their_folders(tmp_path):
    for folder, count in [("a", 3), ("b", 30)]:
        (tmp_path / "in" / folder).mkdir(parents=True)
        hole = np.zeros(100, np.uint8)
        hole[:count] = 255
        Image.fromarray(hole.reshape(10, 10)).save(tmp_path / "in" / folder / "x.png")
    run("split", tmp_path / "in", "--output", tmp_path / "out", "--quiet")
    assert sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").glob("*/*")) == [
        "mask0-10/a_x.png", "mask20-30/b_x.png"]


def test_the_output_is_complete_or_absent_and_nothing_is_overwritten(masks, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").write_bytes((masks / "train" / "00000_train.png").read_bytes())
    (tmp_path / "in" / "b.png").write_bytes(b"no image")
    assert f"{tmp_path}/in/b.png: " in run("split", tmp_path / "in", "--output", tmp_path / "out", exit_code=1).stderr
    assert sorted(os.listdir(tmp_path)) == ["in"]
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    said = run("split", masks, "--output", tmp_path / "full", exit_code=1).stderr
    assert said == f"{tmp_path}/full: is not empty; expected a new or empty folder\n"
    said = run("split", masks, "--output", masks / "train" / "sub", exit_code=1).stderr
    assert "contains a part of a dataset; expected another folder" in said
    (tmp_path / "empty").mkdir()
    run("split", masks, "--output", tmp_path / "empty", "--quiet")
    assert len(list((tmp_path / "empty").glob("*/*.png"))) == COUNT + 3
