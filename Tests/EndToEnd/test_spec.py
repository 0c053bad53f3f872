"""The dataset.json of a dataset as a spec: it makes the same dataset, or says what differs, and options override it."""

import itertools
import json

import pytest
from conftest import export, run, tree

COUNTS = ["--train", 3, "--test", 2]
LAYOUTS = ["qd-imd", "flat", "buckets", "lama", "mat", "webdataset", "huggingface"]


def write_drawings(folder, key=1):
    """Drawings of four words, few enough to be read at once."""
    folder.mkdir(parents=True)
    for number, word in enumerate(["cat", "dog", "bus", "tree"]):
        (folder / f"{word}.ndjson").write_text("".join(
            json.dumps({"word": word, "key_id": str(key + index), "drawing": [
                [[10 * number, 200, 90 + index], [0, 255, 30]], [[5, 250], [40 * number, 100 + index]]]}) + "\n"
            for index in range(6)))
    return folder


@pytest.fixture(scope="module")
def drawings(tmp_path_factory):
    return write_drawings(tmp_path_factory.mktemp("spec") / "drawings")


@pytest.fixture(scope="module")
def datasets(drawings, tmp_path_factory):
    """A dataset of each layout, in a folder of its own: lists of paths contain the output as it is named."""
    folders = {}
    for layout in LAYOUTS:
        folders[layout] = tmp_path_factory.mktemp(layout)
        export(drawings, "masks", *COUNTS, "--layout", layout, cwd=folders[layout])
    return folders


@pytest.mark.parametrize("first, second", itertools.product(LAYOUTS, LAYOUTS))
def test_a_layout_replaces_that_of_the_spec(drawings, datasets, tmp_path, first, second):
    """The result is that of an export in the second layout, whatever the first one is."""
    export(drawings, "masks", "--spec", datasets[first] / "masks" / "dataset.json", "--layout", second, cwd=tmp_path)
    assert tree(tmp_path / "masks") == tree(datasets[second] / "masks")


@pytest.mark.parametrize("original, override, same", [
    (["--tar", 2], ["--layout", "flat"], ["--layout", "flat"]),
    (["--tar", 2], ["--layout", "qd-imd"], ["--tar", 2]),
    (["--tar", 2], ["--layout", "webdataset"], ["--layout", "webdataset", "--tar", 2]),
    (["--tar", 2], ["--layout", "qd-imd,webdataset"], ["--layout", "qd-imd,webdataset", "--tar", 2]),
    (["--tar", 2], ["--tar", 3], ["--tar", 3]),
    (["--layout", "webdataset", "--tar", 2], ["--layout", "qd-imd"], []),
    (["--layout", "webdataset", "--tar", 2], ["--layout", "flat,webdataset"], ["--layout", "flat,webdataset", "--tar", 2]),
    (["--formats", "json"], ["--layout", "flat"], ["--layout", "flat"]),
    (["--formats", "json"], ["--layout", "qd-imd,flat"], ["--layout", "qd-imd,flat", "--formats", "json"]),
    (["--formats", "json"], ["--formats", "png"], ["--formats", "png"]),
    (["--hole", "black"], ["--layout", "flat"], ["--layout", "flat", "--hole", "black"]),
    (["--layout", "mat"], ["--layout", "flat"], ["--layout", "flat"]),
    (["--layout", "mat", "--hole", "white"], ["--layout", "qd-imd,mat"], ["--layout", "qd-imd,mat", "--hole", "white"]),
    (["--layout", "flat,mat"], ["--hole", "black"], ["--layout", "flat,mat", "--hole", "black"]),
    (["--coco", "--croissant", "--checksums"], ["--no-coco", "--no-checksums"], ["--croissant"]),
    (["--croissant"], ["--layout", "webdataset", "--no-croissant"], ["--layout", "webdataset"]),
    (["--coco"], ["--tar", 2, "--no-coco"], ["--tar", 2]),
    (["--canvas", 128], ["--canvas", 64], ["--canvas", 64]),
    (["--canvas", 128, "--size", 64], ["--canvas", 256], ["--canvas", 256, "--size", 64]),
])
def test_options_override_a_spec_coherently(drawings, tmp_path, original, override, same):
    folders = [tmp_path / name for name in ["first", "second", "third"]]
    for folder in folders:
        folder.mkdir()
    export(drawings, "masks", *COUNTS, *original, cwd=folders[0])
    export(drawings, "masks", "--spec", folders[0] / "masks" / "dataset.json", *override, cwd=folders[1])
    export(drawings, "masks", *COUNTS, *same, cwd=folders[2])
    assert tree(folders[1] / "masks") == tree(folders[2] / "masks")


@pytest.mark.parametrize("spec, arguments, message", [
    ({"formats": []}, [], "no formats in the layout qd-imd; expected at least one of png, json, svg"),
    ({"layouts": [{"name": "flat"}]}, ["--formats", "json"],
     "--formats json needs the layout qd-imd; the other layouts have no such files"),
    ({"tar": 2}, ["--coco"], "tar files cannot be used with COCO or Croissant, which refer to separate files"),
])
def test_what_a_spec_and_options_cannot_have_together(drawings, tmp_path, spec, arguments, message):
    (tmp_path / "spec.json").write_text(json.dumps(spec))
    said = export(drawings, tmp_path / "masks", "--spec", tmp_path / "spec.json", *arguments, exit_code=64).stderr
    assert message in said
    assert not (tmp_path / "masks").exists()


# What made the dataset.


@pytest.fixture(scope="module")
def original(datasets):
    return datasets["qd-imd"] / "masks"


@pytest.mark.parametrize("command", ["export", "plan"])
def test_other_drawings_are_an_error_that_names_both(original, tmp_path, command):
    other = write_drawings(tmp_path / "other", key=100)
    stored = json.loads((original / "dataset.json").read_text())["source"]["fingerprint"]
    arguments = [command, other, "--output", tmp_path / "masks", "--quiet", "--spec", original / "dataset.json"]
    said = run(*arguments, exit_code=1).stderr
    assert said.startswith(
        f"{original}/dataset.json: was made from drawings with the fingerprint {stored}, but those in {other} have ")
    assert said.endswith("; expected the same drawings, or --any-source\n")
    assert not (tmp_path / "masks").exists()
    run(*arguments, "--any-source")


@pytest.mark.parametrize("command", ["export", "plan"])
def test_another_major_version_is_an_error_that_names_both(drawings, original, tmp_path, command):
    text = (original / "dataset.json").read_text()
    current = json.loads(text)["program"]
    (tmp_path / "old.json").write_text(text.replace(current, "qd-imd 2.0.0"))
    arguments = [command, drawings, "--output", tmp_path / "masks", "--quiet", "--spec", tmp_path / "old.json"]
    assert run(*arguments, exit_code=1).stderr == (
        f"{tmp_path}/old.json: was made by qd-imd 2.0.0, but this is {current}; "
        "expected a program of the same major version, or --any-source\n")
    assert not (tmp_path / "masks").exists()
    run(*arguments, "--any-source")


def test_another_version_of_cairo_is_an_error_that_names_both(drawings, original, tmp_path):
    text = (original / "dataset.json").read_text()
    current = json.loads(text)["renderer"]
    assert current.startswith("cairo 1.")
    (tmp_path / "old.json").write_text(text.replace(current, "cairo 1.0.0"))
    arguments = [drawings, tmp_path / "masks", "--spec", tmp_path / "old.json"]
    assert export(*arguments, exit_code=1).stderr == (
        f"{tmp_path}/old.json: was drawn by cairo 1.0.0, but this is {current}; "
        "expected the same renderer, or --any-source\n")
    export(*arguments, "--backend", "exact")
    export(*arguments, "--any-source", "--overwrite")


def test_a_bank_and_its_folder_are_the_same_drawings(drawings, original, tmp_path):
    bank = tmp_path / "drawings.bank"
    run("index", drawings, "--output", bank, "--quiet")
    export(bank, tmp_path / "bank", "--spec", original / "dataset.json")
    assert tree(tmp_path / "bank") == tree(original)
    export(drawings, tmp_path / "folder", "--spec", tmp_path / "bank" / "dataset.json")
    assert tree(tmp_path / "folder") == tree(original)
    run("plan", bank, "--output", tmp_path / "planned", "--spec", original / "dataset.json", "--quiet")
    for command in ["export", "--plan"], ["merge"]:
        run(*command, tmp_path / "planned", *(["--shard", "all"] if len(command) == 2 else []), "--quiet")
    (tmp_path / "planned" / "plan.json").unlink()
    assert tree(tmp_path / "planned") == tree(original)


@pytest.mark.parametrize("arguments", [
    ["--words", "cat,dog"], ["--drawings-per-file", 2], ["--min-stroke-length", 250.123456789],
    ["--strokes-per-drawing", 2], ["--seed", 2**64 - 1], ["--strokes-mean", 4.123456789012345],
    ["--hole-ratio", "0.1000000000001...0.3000000000001"], ["--backend", "exact"],
])
def test_all_that_determines_masks_is_in_the_spec(drawings, tmp_path, arguments):
    export(drawings, tmp_path / "first", *COUNTS, *arguments)
    export(drawings, tmp_path / "second", "--spec", tmp_path / "first" / "dataset.json")
    assert tree(tmp_path / "second") == tree(tmp_path / "first")


def test_a_plan_has_the_masks_of_an_export_whatever_the_numbers_are(drawings, tmp_path):
    """A plan once had the numbers of the recipe with nine places, and the export all of them."""
    arguments = [*COUNTS, "--strokes-mean", 3.000000000049, "--strokes-std", 1e-12]
    export(drawings, tmp_path / "export", *arguments)
    run("plan", drawings, "--output", tmp_path / "plan", "--quiet", *arguments)
    run("export", "--plan", tmp_path / "plan", "--shard", "all", "--quiet")
    run("merge", tmp_path / "plan", "--quiet")
    (tmp_path / "plan" / "plan.json").unlink()
    assert tree(tmp_path / "plan") == tree(tmp_path / "export")


def test_settings_alone_are_for_any_drawings(original, tmp_path):
    other = write_drawings(tmp_path / "other", key=100)
    spec = json.loads((original / "dataset.json").read_text())
    for name in ["program", "source", "renderer"]:
        del spec[name]
    (tmp_path / "spec.json").write_text(json.dumps(dict(reversed(spec.items()))))
    export(other, tmp_path / "first", "--spec", tmp_path / "spec.json")
    export(other, tmp_path / "second", *COUNTS)
    assert tree(tmp_path / "first") == tree(tmp_path / "second")


def test_any_source_needs_a_spec(drawings, tmp_path):
    assert "--any-source needs --spec" in export(drawings, tmp_path / "a", "--any-source", exit_code=64).stderr


# Masks that are named after images.


@pytest.fixture
def images(tmp_path):
    path = tmp_path / "images.txt"
    path.write_text("".join(f"C:\\data\\photo-{index}.jpg\r\n" for index in range(3)))
    return path


def written(folder):
    """The numbers of masks in the layout lama, and what dataset.json says."""
    manifest = json.loads((folder / "dataset.json").read_text())
    found = {split: len(list((folder / "lama" / split).glob("*.png"))) for split in ["train", "test"]}
    assert manifest["counts"] == found == {split: part["masks"] for split, part in manifest["splits"].items()}
    return found["train"], found["test"]


@pytest.mark.parametrize("arguments, counts", [
    ([], (0, 3)), (["--test", 3], (0, 3)), (["--train", 4], (4, 3)), (["--test", 0], (3, 0)),
    (["--train", 3, "--test", 0], (3, 0)),
    (["--preset", "paper-test", "--hole-ratio", "any", "--border", "any"], (0, 3)), (["--train", 0], (0, 3)),
])
def test_a_list_of_images_determines_the_counts_that_are_not_given(drawings, images, tmp_path, arguments, counts):
    export(drawings, tmp_path / "masks", "--layout", "lama", "--image-list", images, *arguments)
    assert written(tmp_path / "masks") == counts


@pytest.mark.parametrize("arguments, problem", [
    (["--test", 300], "3 images, but 300 test masks; expected an image for each mask: --test 3, or more images"),
    (["--train", 5, "--test", 2], "3 images, but 2 test masks; expected a mask for each image: --test 3"),
    (["--train", 1, "--test", 0], "3 images, but 1 train mask; expected a mask for each image: --train 3"),
    (["--train", 300, "--test", 0], "3 images, but 300 train masks; expected an image for each mask: --train 3, or more images"),
])
@pytest.mark.parametrize("command", ["export", "plan"])
def test_counts_that_do_not_fit_the_list_are_wrong_usage(drawings, images, tmp_path, command, arguments, problem):
    said = run(command, drawings, "--output", tmp_path / "masks", "--layout", "lama", "--image-list", images, *arguments,
               exit_code=64).stderr
    assert f"{images}: {problem}\n" in said
    assert not (tmp_path / "masks").exists()


def test_other_images_than_those_of_the_spec_are_an_error(drawings, images, tmp_path):
    export(drawings, tmp_path / "first", "--layout", "lama", "--image-list", images, "--coco")
    names = [image["file_name"] for image in json.loads(
        (tmp_path / "first" / "coco" / "test" / "annotations.json").read_text())["images"]]
    assert names == [f"lama/test/photo-{index}_mask000.png" for index in range(3)]
    assert all((tmp_path / "first" / name).exists() for name in names)
    spec = ["--spec", tmp_path / "first" / "dataset.json", "--image-list", images]
    export(drawings, tmp_path / "second", *spec)
    assert tree(tmp_path / "second") == tree(tmp_path / "first")
    images.write_text("a.png\nb.png\nc.png\n")
    said = export(drawings, tmp_path / "third", *spec, exit_code=1).stderr
    assert said.startswith(f"{tmp_path}/first/dataset.json: has masks for images whose names have the SHA-256 ")
    assert said.endswith("; expected the same images, or --any-source\n")
    export(drawings, tmp_path / "third", *spec, "--any-source")


@pytest.mark.parametrize("text, problem", [
    (b"a.png\n\xe9.png\n", ":2: not UTF-8; expected the path of an image in UTF-8"),
    ("a.png\n".encode("utf-16"), ":1: not UTF-8; expected the path of an image in UTF-8"),
    (b"a.png\n1\tb.png\n", ':2: "1\\tb.png" is not a path; expected the path of an image'),
    (b"a.png\rb.png\r", ':1: "a.png\\rb.png" is not a path; expected the path of an image'),
    (b"a.png\nb.png\nx/a.jpg\n", ": lines 1 and 3 both name an image a; expected unique names"),
    (b" \r\n\r\n", ": nothing to read; expected paths of images, one per line"),
])
def test_lists_that_are_not_read_as_meant_are_errors(drawings, tmp_path, text, problem):
    path = tmp_path / "images.txt"
    path.write_bytes(text)
    said = export(drawings, tmp_path / "masks", "--layout", "lama", "--image-list", path, exit_code=1).stderr
    assert said == f"{path}{problem}\n"


def test_every_name_in_a_list_gets_its_mask(drawings, tmp_path):
    path = tmp_path / "images.txt"
    path.write_bytes("\ufeffa.png\r\n\n../b/Cat.png\n./cat.jpg\n/x/é.png\nC:\\y\\my image.png".encode())
    export(drawings, tmp_path / "masks", "--layout", "lama", "--image-list", path)
    assert sorted(mask.name for mask in (tmp_path / "masks" / "lama" / "test").iterdir()) == sorted(
        f"{name}_mask000.png" for name in ["a", "Cat", "cat", "é", "my image"])
    assert written(tmp_path / "masks") == (0, 5)
