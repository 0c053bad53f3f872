"""Masks with a target hole ratio, touching the border or free of it: measured by Pillow and NumPy on the PNGs."""

import json

import numpy as np
import pytest
from conftest import export, run, tree
from PIL import Image

BUCKETS = [(0.01, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 0.6)]


def holes(dataset, split="test"):
    return [np.asarray(Image.open(path)) == 255 for path in sorted((dataset / split).iterdir())]


def touches(hole):
    return hole[0].any() or hole[-1].any() or hole[:, 0].any() or hole[:, -1].any()


def is_free(hole, margin):
    inner = np.zeros_like(hole)
    inner[margin:-margin, margin:-margin] = True
    return not (hole & ~inner).any()


@pytest.fixture(scope="module")
def paper_test(source, tmp_path_factory):
    output = tmp_path_factory.mktemp("paper") / "masks"
    export(source, output, "--preset", "paper-test", "--test", 1200, "--formats", "png,json")
    return output


def test_the_papers_test_set_has_its_buckets_in_order(paper_test):
    masks = holes(paper_test)
    assert len(masks) == 1200
    for kind in range(12):
        low, high = BUCKETS[kind // 2]
        for hole in masks[kind * 100 : kind * 100 + 100]:
            assert low < hole.mean() <= high
            assert touches(hole) if kind % 2 == 0 else is_free(hole, 50)


def test_ratios_spread_over_their_bucket(paper_test):
    masks = holes(paper_test)
    for kind in range(12):
        low, high = BUCKETS[kind // 2]
        places = np.sort([(hole.mean() - low) / (high - low) for hole in masks[kind * 100 : kind * 100 + 100]])
        steps = np.arange(101) / 100
        distance = max((steps[1:] - places).max(), (places - steps[:-1]).max())
        # Kolmogorov and Smirnov: 1.95 / sqrt(100) is exceeded once in a thousand times.
        assert distance < 0.195, kind


def test_widths_stay_within_their_factor(paper_test):
    records = [json.loads(line) for line in (paper_test / "vectors" / "test.jsonl").read_text().splitlines()]
    assert all(0.25 <= record["width_factor"] <= 4 for record in records)
    for record in records:
        scale = record["upscale"] * record["width_factor"]
        assert all(4.99 * scale - 0.01 <= stroke["width"] <= 15.01 * scale + 0.01 for stroke in record["strokes"])


def test_the_number_of_jobs_changes_no_byte(bundled, tmp_path):
    for jobs in [1, 2]:
        export(bundled, tmp_path / str(jobs), "--preset", "paper-test", "--test", 600, "--jobs", jobs)
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


@pytest.mark.parametrize("ratio", ["0...0.01", "0.6...0.75", "0.75...0.9"])
def test_ratios_beyond_the_papers_are_reached(source, tmp_path, ratio):
    low, high = map(float, ratio.split("..."))
    export(source, tmp_path / "masks", "--train", 0, "--test", 50, "--hole-ratio", ratio, "--formats", "png")
    assert all(low < hole.mean() <= high for hole in holes(tmp_path / "masks"))


def test_the_hole_ratio_does_not_drift_with_the_size(bundled, tmp_path):
    means = []
    for size in [256, 512, 1024, 2048]:
        output = tmp_path / str(size)
        export(bundled, output, "--train", 0, "--test", 60, "--hole-ratio", "0.1...0.3", "--formats", "png",
            "--size", size)
        means.append(np.mean([hole.mean() for hole in holes(output)]))
    assert max(means) / min(means) < 1.01


@pytest.mark.parametrize("arguments", [
    ["--preset", "training-mix"],
    ["--hole-ratio", "0.1...0.2", "--border", "free=20", "--rotate", "--flip", "--stroke-scale", "0.5...2"],
    ["--placement", "uniform", "--canvas", "320x240", "--size", "640x480", "--hole", "black", "--tar", "7"],
    ["--layout", "qd-imd,mat,webdataset", "--tar", "8", "--coco", "--checksums"],
    ["--layout", "lama,huggingface", "--hole", "black", "--words", "cat,fish,house", "--min-stroke-length", "10"],
])
def test_a_dataset_fed_back_as_a_spec_gives_the_same_dataset(bundled, tmp_path, arguments):
    first, second = tmp_path / "first", tmp_path / "second"
    export(bundled, first, *arguments, "--train", 20, "--test", 10, "--seed", 3)
    export(bundled, second, "--spec", first / "dataset.json")
    assert tree(first) == tree(second)


def test_a_spec_of_masks_named_after_images_asks_for_their_list(bundled, tmp_path):
    (tmp_path / "images.txt").write_text("a.jpg\nb.jpg\nc.jpg\n")
    images = ["--image-list", tmp_path / "images.txt"]
    first, second = tmp_path / "first", tmp_path / "second"
    export(bundled, first, "--layout", "lama", *images, "--train", 3, "--test", 3)
    done = export(bundled, second, "--spec", first / "dataset.json", exit_code=64)
    assert "expected their list: --image-list" in done.stderr
    export(bundled, second, "--spec", first / "dataset.json", *images)
    assert tree(first) == tree(second)


def test_a_printed_preset_is_that_preset(bundled, tmp_path):
    text = run("presets", "medium").stdout
    (tmp_path / "medium.json").write_text(text)
    counts = ["--train", 6, "--test", 3]
    export(bundled, tmp_path / "file", "--spec", tmp_path / "medium.json", *counts)
    export(bundled, tmp_path / "name", "--preset", "medium", *counts)
    assert tree(tmp_path / "file") == tree(tmp_path / "name")


def test_all_presets_are_listed_and_print_as_json():
    listed = [line.split(":")[0] for line in run("presets").stdout.splitlines() if line and line[0] != " "]
    assert listed == ["qd-imd", "paper-test", "thin", "medium", "thick", "training-mix"]
    for name in listed:
        assert json.loads(run("presets", name).stdout)["counts"]


def test_a_recorded_transform_leads_from_the_drawing_to_the_mask(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 30, "--test", 0, "--rotate", "--flip", "--border", "free",
        "--formats", "json")
    drawings = {}
    for path in bundled.rglob("*.ndjson"):
        for line in path.read_text().splitlines():
            record = json.loads(line)
            drawings[record["word"], record["key_id"]] = record["drawing"]
    for line in (tmp_path / "masks" / "vectors" / "train.jsonl").read_text().splitlines():
        for stroke in json.loads(line)["strokes"]:
            source = stroke["source"]
            x, y = np.array(drawings[source["word"], source["key_id"]][source["stroke"]], float)
            a, b, c, d, e, f = source["transform"]
            points = np.stack([a * x + c * y + e, b * x + d * y + f], 1)
            for point in stroke["points"]:
                assert np.abs(points - point).max(1).min() < 0.006


@pytest.mark.parametrize("arguments, complaint", [
    (["--hole-ratio", "0.3...0.2"], "0.3...0.2"),
    (["--hole-ratio", "much"], "much"),
    (["--hole-ratio", "0.7...0.9", "--border", "free"], "the smallest hole ratio is 0.7; expected 0.0 to 0.6475"),
    (["--border", "free=300"], "the free border is 300.0; expected 0.0 to 250.88"),
    (["--border", "near"], "near"),
    (["--stroke-scale", "0...1"], "the smallest stroke scale is 0.0; expected 0.01 to 100.0"),
    (["--max-width-factor", "0.5"], "the largest width factor is 0.5; expected 1.0 to 100.0"),
    (["--preset", "huge"], "huge"),
    (["--preset", "thin", "--spec", "x.json"], "--preset cannot be used with --spec"),
])
def test_wrong_wishes_are_refused_before_anything_is_made(bundled, tmp_path, arguments, complaint):
    done = export(bundled, tmp_path / "masks", *arguments, exit_code=64)
    assert complaint in done.stderr
    assert not (tmp_path / "masks").exists()


def test_a_ratio_that_cannot_be_had_says_what_was_seen(bundled, tmp_path):
    done = export(bundled, tmp_path / "masks", "--train", 5, "--test", 0, "--hole-ratio", "0.99999...1",
        "--max-stroke-width", 5, "--max-width-factor", 1, exit_code=1)
    assert done.stderr.startswith("00000_train: hole ratios of ")
    assert "expected 0.99999 to 1" in done.stderr


def test_a_spec_that_is_wrong_is_named(bundled, tmp_path):
    (tmp_path / "spec.json").write_text('{"spec":{"border":"near"}}')
    done = export(bundled, tmp_path / "masks", "--spec", tmp_path / "spec.json", exit_code=1)
    assert done.stderr == f'{tmp_path}/spec.json: "border" is "near"; expected any, touching or free\n'
