"""diff: what it counts, what it tolerates, what it writes, and how it exits."""

import json
import zipfile

import cv2
import numpy as np
import pytest
from conftest import FIXTURES, export, run, tree
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


def test_datasets_folders_and_vectors_are_compared_with_each_other(source, tmp_path):
    # That vectors of thousands of masks make the exported pixels is tested byte for byte in test_witnesses.py.
    dataset = tmp_path / "masks"
    export(source, dataset, "--train", 300, "--test", 100)
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


def test_the_pairs_that_differ_most_are_in_a_table(tmp_path):
    for side in "ab":
        (tmp_path / side).mkdir()
    for name, count in [("x", 1), ("y", 2)]:
        hole = np.zeros((8, 8), bool)
        hole[4, :5] = True
        save(tmp_path / "a" / f"{name}.png", hole)
        hole[0, :count] = True
        save(tmp_path / "b" / f"{name}.png", hole)
    said = run("diff", tmp_path / "a", tmp_path / "b", exit_code=1).stdout
    assert said.splitlines()[1:] == [
        "  pair                                        differing       ratio        IoU",
        "  y                                                2 px     3.125 %   0.714286",
        "  x                                                1 px    1.5625 %   0.833333"]


def test_only_the_first_errors_of_many_pairs_are_printed(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 15, "--test", 0)
    run("rasterize", tmp_path / "masks", "--output", tmp_path / "large", "--size", 1024)
    for options in [[], ["--quiet"]]:
        lines = run("diff", tmp_path / "large", tmp_path / "masks", *options, exit_code=2).stderr.splitlines()
        assert len(lines) == 11 and lines[-1] == "… and 5 more"


# In CI.


def test_the_summary_fits_a_terminal_whatever_the_names_are(tmp_path):
    for side, names in [("a", "xy"), ("b", "yz")]:
        folder = tmp_path / side / ("deep/" * 20)
        folder.mkdir(parents=True)
        for name in names:
            hole = np.zeros((8, 8), bool)
            hole[0, : 3 if side == "a" else 4] = True
            save(folder / f"{'long-name-' * 8}{name}.png", hole)
    lines = run("diff", tmp_path / "a", tmp_path / "b", exit_code=1).stdout.splitlines()
    assert max(len(line) for line in lines) <= 80
    assert [line for line in lines if "long-name-y" in line and "1 px" in line]
    assert [line for line in lines if line.startswith("  …") and line.endswith("long-name-x")]


def test_a_ratio_can_be_in_percent(squares):
    pair = squares / "a.png", squares / "b.png"
    # 40 of 4,096 px.
    run("diff", *pair, "--max-ratio", "1%")
    run("diff", *pair, "--max-ratio", "0.97%", exit_code=1)
    said = run("diff", *pair, "--max-ratio", "101%", exit_code=64).stderr
    assert "--max-ratio is 1.01; expected 0 to 1" in said


def test_ignored_pixels_are_left_out_on_both_sides(squares):
    pair = squares / "a.png", squares / "b.png"
    # The shift changes columns 20 and 40.
    found = report(*pair, "--ignore", "40,0,1,64", exit_code=1, folder=squares)
    assert found["ignore"] == [[40, 0, 1, 64]] and found["pairs"][0]["differing"] == 20
    run("diff", *pair, "--ignore", "40,0,1,64", "--ignore", "20,10,1,100")
    mask = np.zeros((64, 64), bool)
    mask[:, [20, 40]] = True
    save(squares / "ignored.png", mask)
    run("diff", *pair, "--ignore-mask", squares / "ignored.png")
    # What is left out is no hole: it counts in no metric.
    first, second = (np.array(Image.open(path)) == 255 for path in pair)
    found = report(*pair, "--ignore", "0,0,30,64", exit_code=1, folder=squares)["pairs"][0]
    first[:, :30] = second[:, :30] = False
    assert found["iou"] == pytest.approx((first & second).sum() / (first | second).sum(), abs=1e-9)
    save(squares / "small.png", np.zeros((8, 8), bool))
    said = run("diff", *pair, "--ignore-mask", squares / "small.png", exit_code=2).stderr
    assert said == f"{squares}/small.png: has 8×8 px, but the masks have 64×64 px; expected the same size\n"
    assert "invalid for '--ignore" in run("diff", *pair, "--ignore", "1,2,3", exit_code=64).stderr


def test_a_suffix_of_names_can_be_left_out(tmp_path):
    hole = np.zeros((8, 8), bool)
    hole[2, 2:5] = True
    for side, names in [("a", ["cat_mask", "dog_mask"]), ("b", ["cat", "dog"])]:
        (tmp_path / side).mkdir()
        for name in names:
            save(tmp_path / side / f"{name}.png", hole)
    said = run("diff", tmp_path / "a", tmp_path / "b", "--strip-suffix", "_mask").stdout
    assert said == "2 same, 0 different, 0 missing, 0 extra, 0 failed\n"
    run("diff", tmp_path / "b", tmp_path / "a", "--strip-suffix", "_mask")
    save(tmp_path / "a" / "cat.png", hole)
    said = run("diff", tmp_path / "a", tmp_path / "b", "--strip-suffix", "_mask", exit_code=2).stderr
    assert said == (f"{tmp_path}/a: has cat and cat_mask, which are the same name without _mask; expected unique names\n")


@pytest.fixture
def folders(tmp_path):
    """A pair that is the same, one that differs, one that cannot be compared, and a mask on each side only."""
    hole = np.zeros((8, 8), bool)
    hole[0, :3] = True
    for side, names in [("a", ["same", "x<&\">", "size", "new"]), ("b", ["same", "x<&\">", "size", "old"])]:
        (tmp_path / side / "sub").mkdir(parents=True)
        for name in names:
            changed = hole.copy()
            changed[4, 4] = side == "a" and name != "same"
            save(tmp_path / side / "sub" / f"{name}.png", changed if name != "size" or side == "b" else changed[:7])
    return tmp_path


def test_junit_is_read_by_an_independent_parser(folders):
    from junitparser import Error, Failure, JUnitXml

    arguments = [folders / "a", folders / "b", "--junit", folders / "results.xml"]
    run("diff", *arguments, exit_code=2)
    xml = JUnitXml.fromfile(str(folders / "results.xml"))
    assert (xml.tests, xml.failures, xml.errors) == (5, 3, 1)
    [suite] = xml
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (5, 3, 1, 0)
    found = {case.name: [(type(result), result.type) for result in case.result] for case in suite}
    assert found == {"same": [], 'x<&">': [(Failure, "different")], "size": [(Error, "failed")],
                     "old": [(Failure, "missing")], "new": [(Failure, "extra")]}
    assert {case.classname for case in suite} == {"sub"}
    [message] = [case.result[0].message for case in suite if case.name.startswith("x")]
    assert message == "1 px differs (1.5625 %), IoU 0.75"
    printed = run("diff", *arguments[:2], "--junit", "-", exit_code=2)
    assert printed.stdout == (folders / "results.xml").read_text()
    assert "already exists" in run("diff", *arguments, exit_code=2).stderr


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_update_accepts_the_candidate(folders):
    a, b = folders / "a", folders / "b"
    before = files(b)
    # Nothing changes if a pair cannot be compared.
    run("diff", a, b, "--update", exit_code=2)
    assert files(b) == before
    (a / "sub" / "size.png").unlink()
    (b / "sub" / "size.png").unlink()
    (b / "sub" / "same.png").chmod(0o400)
    said = run("diff", a, b, "--update", exit_code=1).stderr
    # A mask that only the reference has stays, and is a difference.
    assert said == f"{b}: 1 mask replaced, 1 added\n"
    assert files(b) == files(a) | {"sub/old.png": before["sub/old.png"]}
    (b / "sub" / "old.png").unlink()
    run("diff", a, b)
    said = run("diff", a, b, "--update").stderr
    assert said == f"{b}: 0 masks replaced, 0 added\n"


def test_an_update_writes_through_links_and_into_no_dataset(bundled, squares):
    (squares / "link.png").symlink_to("b.png")
    run("diff", squares / "a.png", squares / "link.png", "--update")
    assert (squares / "link.png").is_symlink() and (squares / "b.png").read_bytes() == (squares / "a.png").read_bytes()
    export(bundled, squares / "masks", "--train", 2, "--test", 0)
    said = run("diff", squares / "a.png", squares / "masks", "--update", exit_code=2).stderr
    assert said == f"{squares}/masks: is a dataset, whose checksums are recorded; expected a file or a folder\n"
    said = run("diff", MASKS / "00000_train.svg", squares / "a.png", "--update", exit_code=2).stderr
    assert said == f"{MASKS}/00000_train.svg: has another format than {squares}/a.png; expected .png\n"
    said = run("diff", squares / "a.png", squares / "b.png", "--update", "--reference-hole", "black", exit_code=2).stderr
    assert "has holes of another color than the candidate; expected the same" in said


def test_an_update_replaces_no_file_that_contains_more_than_the_mask(squares):
    for number, name in enumerate("ab"):
        annotation = {"id": 1, "image_id": 1, "segmentation": {"size": [8, 8], "counts": [number, 8, 56 - number]}}
        (squares / f"{name}.json").write_text(json.dumps([annotation]))
        with zipfile.ZipFile(squares / f"{name}.zip", "w") as archive:
            archive.write(squares / f"{name}.png", "mask.png")
    before = tree(squares)
    for ending in "json", "zip":
        said = run("diff", squares / f"a.{ending}", squares / f"b.{ending}", "--update", exit_code=2).stderr
        assert f"is a part of {squares}/a.{ending}; expected masks in files of their own" in said
    assert tree(squares) == before
