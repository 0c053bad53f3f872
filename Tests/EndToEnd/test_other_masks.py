"""Masks of other programs: what is read, what is refused by name, and what is skipped and counted."""

import json
import os
import shutil
import subprocess
import threading
import time

import cv2
import numpy as np
import pytest
from conftest import FIXTURES, PROGRAM, export, run
from PIL import Image

MASKS = FIXTURES / "masks"


@pytest.fixture
def hole():
    """A tenth of the pixels, at random."""
    return np.random.default_rng(0).permutation(2000).reshape(40, 50) < 200


def save(path, *channels):
    array = np.stack(channels, -1) if len(channels) > 1 else channels[0]
    Image.fromarray(array.astype(np.uint8)).save(path)
    return path


def ratio(*arguments, **options):
    """The mean hole ratio that inspect prints, in percent."""
    done = run("inspect", *arguments, **options)
    return done.stdout.split("hole ratio    mean ")[1].split(" %")[0]


def page_ratio(path, folder, *arguments):
    """The mean hole ratio of a report, in percent."""
    page = run("report", path, "--output", "-", "--quiet", *arguments).stdout
    return 100 * json.loads(page.split('id="data">')[1].split("</script>")[0])["ratio"]["mean"]


def refused(path, problem, *arguments):
    """Checks that every command that reads images refuses one, with the same message."""
    assert run("inspect", path, *arguments, exit_code=1).stderr == f"{path}: {problem}\n"
    assert run("report", path, "--output", "-", *arguments, exit_code=1).stderr == f"{path}: {problem}\n"
    others = [part.replace("--channel", "--candidate-channel").replace("--hole", "--candidate-hole")
              if isinstance(part, str) else part for part in arguments]
    assert run("diff", path, path, *others, exit_code=2).stderr == f"{path}: {problem}\n"


# Images.


def test_masks_of_0_and_1_are_refused_without_a_threshold(hole, tmp_path):
    path = save(tmp_path / "x.png", hole)
    y, x = np.argwhere(hole)[0]
    refused(path, f"pixel ({x}, {y}) has brightness 1; expected 0 or 255 only, or a threshold")
    assert ratio(path, "--threshold", 1) == "10"
    assert ratio(path, "--threshold", 1, "--hole", "black") == "90"
    assert page_ratio(path, tmp_path, "--threshold", 1) == pytest.approx(10)


def test_gray_masks_are_refused_without_a_threshold(hole, tmp_path):
    path = save(tmp_path / "x.png", np.where(hole, 200, 100))
    value = 200 if hole[0, 0] else 100
    refused(path, f"pixel (0, 0) has brightness {value}; expected 0 or 255 only, or a threshold")
    for threshold, expected in [(100, "100"), (101, "10"), (200, "10"), (201, "0")]:
        assert ratio(path, "--threshold", threshold) == expected
        assert page_ratio(path, tmp_path, "--threshold", threshold) == pytest.approx(float(expected))


@pytest.mark.parametrize("color", [0, 77])
def test_strokes_on_transparent_are_refused_without_a_channel(hole, tmp_path, color):
    full = np.full(hole.shape, color)
    path = save(tmp_path / "x.png", full, full, full, np.where(hole, 255, 0))
    y, x = np.argwhere(~hole)[0]
    refused(path, f"pixel ({x}, {y}) has alpha 0; expected opaque pixels, or a channel (alpha, red, luminance)")
    assert ratio(path, "--channel", "alpha") == "10"
    assert ratio(path, "--channel", "alpha", "--hole", "black") == "90"
    assert page_ratio(path, tmp_path, "--channel", "alpha") == pytest.approx(10)
    assert page_ratio(path, tmp_path, "--channel", "alpha", "--hole", "black") == pytest.approx(90)
    run("diff", path, save(tmp_path / "y.png", np.where(hole, 255, 0)), "--candidate-channel", "alpha")
    run("diff", tmp_path / "y.png", path, "--reference-channel", "alpha")


def test_holes_that_are_transparent_parts_of_a_photo_are_read_by_alpha(hole, tmp_path):
    photo = np.random.default_rng(1).integers(0, 256, (*hole.shape, 3))
    path = save(tmp_path / "x.png", *np.moveaxis(photo, -1, 0), np.where(hole, 0, 255))
    assert ratio(path, "--channel", "alpha", "--hole", "black") == "10"


def test_white_on_transparent_needs_no_channel(hole, tmp_path):
    white = np.full(hole.shape, 255)
    save(tmp_path / "a.png", white, white, white, np.where(hole, 255, 0))
    save(tmp_path / "b.png", *[np.where(hole, 255, 0)] * 4)
    for name in ["a", "b"]:
        assert ratio(tmp_path / f"{name}.png") == "10"


def test_red_and_luminance_are_read_whatever_alpha_is(hole, tmp_path):
    alpha = np.random.default_rng(1).integers(0, 256, hole.shape)
    path = save(tmp_path / "x.png", np.where(hole, 255, 0), np.zeros(hole.shape), np.where(hole, 0, 255), alpha)
    assert ratio(path, "--channel", "red") == "10"
    # 0.299 · 255 = 76 in the hole, 0.114 · 255 = 29 beside it.
    assert ratio(path, "--channel", "luminance", "--threshold", 50) == "10"


def test_an_image_without_alpha_is_refused_where_alpha_is_to_be_read(hole, tmp_path):
    path = save(tmp_path / "x.png", np.where(hole, 255, 0))
    refused(path, "has no alpha; expected an image with alpha, or another channel", "--channel", "alpha")


@pytest.mark.parametrize("white", [65450, 65534, 65279, 1, 128, 256])
def test_16_bits_are_white_only_at_the_highest_value(hole, tmp_path, white):
    path = tmp_path / "x.png"
    cv2.imwrite(str(path), np.where(hole, white, 0).astype(np.uint16))
    y, x = np.argwhere(hole)[0]
    brightness = min(max((white + 128) // 257, 1), 254)
    refused(path, f"pixel ({x}, {y}) has brightness {brightness}; expected 0 or 255 only, or a threshold")
    assert ratio(path, "--threshold", brightness) == "10"
    cv2.imwrite(str(path), np.where(hole, 65535, 0).astype(np.uint16))
    assert ratio(path) == "10"


def test_a_folder_of_black_holes_is_read_with_its_color(hole, tmp_path):
    path = save(tmp_path / "x.png", np.where(hole, 0, 255))
    assert (ratio(path), ratio(path, "--hole", "black")) == ("90", "10")


def test_options_of_images_are_of_masks_alone(bundled):
    for options in [["--hole", "black"], ["--threshold", 9], ["--channel", "red"]]:
        said = run("inspect", bundled, *options, exit_code=1).stderr
        assert said == f"{bundled}: contains drawings; {options[0]} needs masks\n"


# JSON beside the masks.


@pytest.fixture
def images(hole, tmp_path):
    folder = tmp_path / "images"
    folder.mkdir()
    for name in "ab":
        save(folder / f"{name}.png", np.where(hole, 255, 0))
    return folder


@pytest.mark.parametrize("name, text", [
    ("metadata.jsonl", '{"file_name":"a.png","id":"../x"}\n{"file_name":"b.png"}\n'),
    ("a.json", '{"caption":"a cat"}'),
    ("_annotations.coco.json", '{"images":[],"annotations":[],"categories":[]}'),
    ("dataset.json", '{"name":"liver","labels":{"0":"background"}}'),
    ("list.json", "[1,2,3]"),
])
def test_other_json_is_skipped_and_counted(images, name, text):
    (images / name).write_text(text)
    line = f"{images}: skipped 1 JSON file that is not a mask: {images / name}\n"
    done = run("inspect", images)
    assert "masks         2\n" in done.stdout and done.stderr == line
    done = run("diff", images, images)
    assert done.stdout.startswith("2 same, 0 different, 0 missing, 0 extra, 0 failed\n") and done.stderr == 2 * line
    assert run("diff", images, images, "--quiet").stderr == ""
    assert run("report", images, "--output", "/dev/null").stderr.startswith(line)
    (images / "more.json").write_text("{}")
    first = min(images / name, images / "more.json")
    assert run("inspect", images).stderr == f"{images}: skipped 2 JSON files that are not masks; first: {first}\n"


def test_other_json_beside_vectors_is_skipped(tmp_path):
    shutil.copy(MASKS / "00000_train.json", tmp_path)
    (tmp_path / "other.json").write_text('{"format":"coco"}')
    done = run("rasterize", tmp_path, "--output", tmp_path / "out")
    assert done.stderr == (f"{tmp_path}: skipped 1 JSON file that is not a mask: {tmp_path}/other.json\n"
                           f"{tmp_path}/out: 1 mask\n")
    (tmp_path / "00000_train.json").unlink()
    said = run("rasterize", tmp_path, "--output", tmp_path / "out2", exit_code=1).stderr
    assert said == (f"{tmp_path}: nothing to read but a JSON file that is not a mask; "
                    "expected masks (.svg, .json, .jsonl, .tar, .zip, .tar.gz)\n")


def test_json_that_should_be_a_mask_is_an_error(images):
    (images / "c.json").write_text('{"format":"qd-imd-mask/1","canvas":[8,8]}')
    assert f"{images}/c.json: " in run("inspect", images, exit_code=1).stderr
    (images / "c.json").write_text("{")
    assert f"{images}/c.json: not JSON: " in run("inspect", images, exit_code=1).stderr


@pytest.mark.parametrize("layout", ["huggingface", "webdataset", "flat", "buckets", "lama", "mat"])
def test_a_layout_that_was_copied_alone_is_read(bundled, tmp_path, layout):
    export(bundled, tmp_path / "all", "--train", 12, "--test", 4, "--layout", f"qd-imd,{layout}", "--hole", "white")
    shutil.copytree(tmp_path / "all" / layout, tmp_path / "alone")
    assert "masks         16\n" in run("inspect", tmp_path / "alone", "--hole", "white").stdout
    if layout == "huggingface":
        run("diff", tmp_path / "alone", tmp_path / "all")


# Tar files of whole datasets.


@pytest.mark.parametrize("options", [["--coco"], ["--layout", "qd-imd,flat,huggingface,webdataset"], ["--tar", 5],
                                     ["--hole", "black"], ["--formats", "png"], ["--formats", "json,svg"]])
@pytest.mark.parametrize("pack", [["-C", "{}", "masks"], ["-C", "{}/masks", "."]])
def test_a_tar_of_a_whole_dataset_is_that_dataset(bundled, tmp_path, options, pack):
    masks, tar = tmp_path / "masks", tmp_path / "whole.tar"
    export(bundled, masks, "--train", 12, "--test", 4, "--checksums", *options)
    subprocess.run(["tar", "-cf", tar, *[part.format(tmp_path) for part in pack]], check=True)
    assert run("diff", tar, masks).stdout == "16 same, 0 different, 0 missing, 0 extra, 0 failed\n"
    assert run("inspect", tar).stdout == run("inspect", masks).stdout
    pages = [run("report", path, "--output", "-", "--title", "t").stdout for path in [tar, masks]]
    assert pages[0] == pages[1]


# What is not a regular file.


@pytest.mark.parametrize("name", ["c.png", "c.json", "c.jsonl", "c.tar", "c.svg"])
def test_a_pipe_among_masks_is_an_error(images, name):
    os.mkfifo(images / name)
    for command, code in [(["inspect", images], 1), (["diff", images, images], 2),
                          (["report", images, "--output", "/dev/null"], 1)]:
        said = subprocess.run([PROGRAM, *command], capture_output=True, text=True, timeout=20)
        assert (said.returncode, said.stderr) == (
            code, f"{images}/{name}: is not a regular file; expected a mask\n")


def test_links_to_nothing_and_names_that_are_not_utf_8_are_errors(images):
    (images / "c.png").symlink_to("missing.png")
    assert run("inspect", images, exit_code=1).stderr == f"{images}/c.png: is a link to nothing; expected a mask\n"
    (images / "c.png").unlink()
    shutil.copy(images / "a.png", os.fsencode(images) + b"/caf\xe9.png")
    said = run("inspect", images, exit_code=1).stderr
    assert said.startswith(str(images)) and said.endswith(
        ".png: has a name that is not UTF-8; expected a name in UTF-8\n")


@pytest.mark.parametrize("name", ["x.png", "x.json", "x.svg", "x.jsonl", "x.tar"])
def test_a_pipe_that_nobody_writes_to_is_an_error(tmp_path, name):
    os.mkfifo(tmp_path / name)
    done = subprocess.run([PROGRAM, "inspect", tmp_path / name], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1 and done.stderr.startswith(f"{tmp_path}/{name}: is ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("ending", ["png", "json", "svg"])
def test_a_mask_comes_through_a_pipe_also_slowly(tmp_path, ending):
    pipe = tmp_path / f"x.{ending}"
    os.mkfifo(pipe)
    data = (MASKS / f"00001_train.{ending}").read_bytes()

    def write():
        time.sleep(1)
        with open(pipe, "wb", buffering=0) as file:
            file.write(data[:100])
            time.sleep(1)
            file.write(data[100:])

    writer = threading.Thread(target=write)
    writer.start()
    run("diff", pipe, MASKS / "00001_train.png")
    writer.join(timeout=60)


def test_a_report_reads_masks_more_than_once_and_so_from_no_pipe(tmp_path):
    os.mkfifo(tmp_path / "x.png")
    said = run("report", tmp_path / "x.png", "--output", "/dev/null", exit_code=1).stderr
    assert said == f"{tmp_path}/x.png: is not a regular file; expected one, which is read more than once\n"
