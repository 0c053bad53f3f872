"""diff: what it counts, what it tolerates, what it writes, and how it exits."""

import json

import cv2
import numpy as np
import pytest
from conftest import FIXTURES, export, run
from PIL import Image

MASKS = FIXTURES / "masks"


def save(path, hole, **options):
    Image.fromarray(np.where(hole, 255, 0).astype(np.uint8)).save(path, **options)


@pytest.fixture
def squares(tmp_path):
    """Two squares of 20 px a side, the candidate's one px to the right."""
    candidate = np.zeros((64, 64), bool)
    candidate[20:40, 21:41] = True
    reference = np.zeros((64, 64), bool)
    reference[20:40, 20:40] = True
    save(tmp_path / "a.png", candidate)
    save(tmp_path / "b.png", reference)
    return tmp_path


def report(*arguments, exit_code=0, folder):
    run("diff", *arguments, "--json", folder / "report.json", "--overwrite", exit_code=exit_code)
    return json.loads((folder / "report.json").read_text())


def test_a_file_is_the_same_as_itself():
    done = run("diff", MASKS / "00000_train.png", MASKS / "00000_train.png")
    assert done.stdout.startswith("00000_train: same, 512×512 px\n")


def test_vectors_and_images_of_one_mask_are_the_same_in_any_combination():
    for first in ["json", "svg", "png"]:
        for second in ["json", "svg", "png"]:
            run("diff", MASKS / f"00001_train.{first}", MASKS / f"00001_train.{second}")


def test_the_metrics_of_two_squares(squares):
    pair = report(squares / "a.png", squares / "b.png", exit_code=1, folder=squares)["pairs"][0]
    assert (pair["both"], pair["only_candidate"], pair["only_reference"], pair["differing"]) == (380, 20, 20, 40)
    assert pair["iou"] == pytest.approx(380 / 420, abs=1e-9)
    assert pair["dice"] == pytest.approx(760 / 800, abs=1e-9)
    assert pair["hole_ratio_difference"] == 0
    assert pair["hausdorff95"] == 1
    # A band of round(0.02 · 64√2) = 2 px: two frames of 20² − 16² px, of which the shift leaves these in common.
    frame = lambda left: {(x, y) for x in range(left, left + 20) for y in range(20) if not (
        left + 2 <= x < left + 18 and 2 <= y < 18)}
    assert pair["boundary_iou"] == pytest.approx(len(frame(0) & frame(1)) / len(frame(0) | frame(1)), abs=1e-9)


def test_boundary_iou_is_that_of_the_published_code(dataset, tmp_path):
    """Erosion by a 3 × 3 square, as often as the band is wide, with background around the image."""
    def band(hole):
        padded = cv2.copyMakeBorder(hole.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
        return hole & ~cv2.erode(padded, np.ones((3, 3), np.uint8), iterations=14)[1:-1, 1:-1].astype(bool)

    for number in range(5):
        first, second = (dataset / "train" / f"{number + shift:05}_train.png" for shift in [0, 1])
        pair = report(first, second, exit_code=1, folder=tmp_path)["pairs"][0]
        a, b = (band(np.array(Image.open(path)) == 255) for path in [first, second])
        assert pair["boundary_iou"] == pytest.approx((a & b).sum() / (a | b).sum(), abs=1e-9)


def test_tolerance_forgives_pixels_near_the_others_hole(squares):
    pair = report(squares / "a.png", squares / "b.png", "--tolerance", 1, folder=squares)["pairs"][0]
    assert (pair["forgiven"], pair["differing"], pair["result"]) == (40, 0, "same")
    run("diff", squares / "a.png", squares / "b.png", "--tolerance", 0.9, exit_code=1)


def test_limits_decide_what_is_the_same(squares):
    pair = squares / "a.png", squares / "b.png"
    run("diff", *pair, "--max-pixels", 40)
    run("diff", *pair, "--max-pixels", 39, exit_code=1)
    run("diff", *pair, "--max-ratio", 0.01)
    run("diff", *pair, "--max-ratio", 0.009, exit_code=1)
    run("diff", *pair, "--max-ratio", 0.5, "--max-pixels", 39, exit_code=1)


def test_folders_are_compared_by_name(tmp_path):
    for side, names in [("a", "xyz"), ("b", "wxy")]:
        (tmp_path / side).mkdir()
        for name in names:
            hole = np.zeros((8, 8), bool)
            hole[0, 0 : 4 if (side, name) == ("a", "y") else 3] = True
            save(tmp_path / side / f"{name}.png", hole)
    done = report(tmp_path / "a", tmp_path / "b", exit_code=1, folder=tmp_path)
    assert (done["same"], done["different"], done["failed"]) == (1, 1, 0)
    assert (done["missing"], done["extra"]) == (["w"], ["z"])
    assert {pair["name"]: pair["result"] for pair in done["pairs"]} == {"x": "same", "y": "different"}


def test_datasets_folders_and_vectors_are_compared_with_each_other(dataset):
    for first, second in [("", ""), ("vectors", ""), ("svg/train", "train"), ("vectors/test.jsonl", "test")]:
        done = run("diff", dataset / first, dataset / second)
        assert " 0 different, 0 missing, 0 extra, 0 failed" in done.stdout


def test_black_holes_are_recognized(bundled, tmp_path):
    export(bundled, tmp_path / "white", "--train", 4, "--test", 0)
    export(bundled, tmp_path / "black", "--train", 4, "--test", 0, "--hole", "black")
    run("diff", tmp_path / "white", tmp_path / "black")
    run("diff", tmp_path / "black" / "train", tmp_path / "white" / "train", "--candidate-hole", "black")
    done = run("diff", tmp_path / "black" / "train", tmp_path / "white" / "train", exit_code=1)
    assert "check --candidate-hole and --reference-hole" in done.stdout


def test_the_overlay_has_three_colors(squares):
    run("diff", squares / "a.png", squares / "b.png", "--overlay", squares / "overlay", exit_code=1)
    image = np.array(Image.open(squares / "overlay" / "a.png").convert("RGB"))
    assert tuple(image[30, 30]) == (255, 255, 255)
    assert tuple(image[30, 40]) == (230, 159, 0)
    assert tuple(image[30, 20]) == (86, 180, 233)
    assert tuple(image[0, 0]) == (24, 24, 24)


def test_a_vector_is_drawn_at_the_other_sides_size(tmp_path):
    run("rasterize", MASKS / "00001_train.svg", "--output", tmp_path / "x.png", "--size", 200)
    run("diff", MASKS / "00001_train.json", tmp_path / "x.png")


def test_images_of_any_kind_are_read(tmp_path):
    hole = np.random.default_rng(0).random((40, 30)) < 0.3
    gray = np.where(hole, 255, 0).astype(np.uint8)
    save(tmp_path / "reference.png", hole)
    Image.fromarray(hole).save(tmp_path / "bits.png")
    Image.fromarray(gray).convert("P").save(tmp_path / "palette.png")
    Image.fromarray(gray).convert("RGB").save(tmp_path / "rgb.png")
    Image.fromarray(gray).convert("RGBA").save(tmp_path / "rgba.png")
    Image.fromarray(gray).convert("LA").save(tmp_path / "la.png")
    cv2.imwrite(str(tmp_path / "deep.png"), gray.astype(np.uint16) * 257)
    for name in ["bits", "palette", "rgb", "rgba", "la", "deep"]:
        run("diff", tmp_path / f"{name}.png", tmp_path / "reference.png")
    soft = np.where(hole, 128, 127).astype(np.uint8)
    Image.fromarray(soft).save(tmp_path / "soft.png")
    run("diff", tmp_path / "soft.png", tmp_path / "reference.png", exit_code=2)
    run("diff", tmp_path / "soft.png", tmp_path / "reference.png", "--threshold", 128)


def test_what_cannot_be_compared_ends_with_2(tmp_path):
    save(tmp_path / "small.png", np.zeros((8, 8), bool))
    done = run("diff", tmp_path / "small.png", MASKS / "00000_train.png", exit_code=2)
    assert done.stderr == f"{tmp_path}/small.png: the candidate is 8×8 px but the reference is 512×512 px\n"
    run("diff", tmp_path / "missing.png", MASKS / "00000_train.png", exit_code=2)
    (tmp_path / "folder").mkdir()
    save(tmp_path / "folder" / "x.png", np.zeros((8, 8), bool))
    done = run("diff", tmp_path / "folder", MASKS, exit_code=2)
    assert "both have a mask named 00000_test" in done.stderr


def test_an_existing_json_file_is_kept_unless_it_may_be_replaced(squares):
    pair = squares / "a.png", squares / "b.png"
    (squares / "report.json").write_text("mine")
    said = run("diff", *pair, "--json", squares / "report.json", exit_code=2).stderr
    assert said == f"{squares}/report.json: already exists; expected a new file, or --overwrite\n"
    assert (squares / "report.json").read_text() == "mine"
    run("diff", *pair, "--json", squares / "report.json", "--overwrite", exit_code=1)
    assert json.loads((squares / "report.json").read_text())["different"] == 1


def test_a_dash_is_standard_output_in_place_of_the_summary(squares):
    pair = squares / "a.png", squares / "b.png"
    run("diff", *pair, "--json", squares / "report.json", "--html", squares / "report.html", exit_code=1)
    for option, name in [("--json", "report.json"), ("--html", "report.html")]:
        done = run("diff", *pair, option, "-", exit_code=1)
        assert (done.stdout, done.stderr) == ((squares / name).read_text(), "")
    said = run("diff", *pair, "--json", "-", "--html", "-", exit_code=64).stderr
    assert "--json - cannot be used with --html -" in said


def test_one_pixel_differs_and_two_pixels_differ(tmp_path):
    for side in "ab":
        (tmp_path / side).mkdir()
    for name, count in [("x", 1), ("y", 2)]:
        hole = np.zeros((8, 8), bool)
        hole[4, :5] = True
        save(tmp_path / "a" / f"{name}.png", hole)
        hole[0, :count] = True
        save(tmp_path / "b" / f"{name}.png", hole)
    said = run("diff", tmp_path / "a", tmp_path / "b", exit_code=1).stdout
    assert "  x  1 px differs, IoU " in said and "  y  2 px differ, IoU " in said


def test_only_the_first_errors_of_many_pairs_are_printed(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 15, "--test", 0)
    run("rasterize", tmp_path / "masks", "--output", tmp_path / "large", "--size", 1024)
    for options in [[], ["--quiet"]]:
        lines = run("diff", tmp_path / "large", tmp_path / "masks", *options, exit_code=2).stderr.splitlines()
        assert len(lines) == 11 and lines[-1] == "… and 5 more"
