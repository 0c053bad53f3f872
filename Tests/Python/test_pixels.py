"""Masks have the same pixels as the PNGs that the program exports."""

import functools
import itertools
import zipfile

import numpy as np
import pytest
from conftest import DRAWINGS, IS_THOROUGH, run
from PIL import Image

import qd_imd

PRESETS = ["qd-imd", "paper-test", "thin", "medium", "thick", "training-mix"]
SPLITS = ["train", "test"]
# The canvas and the size of the images.
SIZES = {
    "28": (None, (28, 28)),
    "256": (None, (256, 256)),
    "512": (None, None),
    "640x360": ((640, 360), None),
    "2048": (None, (2048, 2048)),
}
# 6 presets × 5 sizes × (2 sources × 2 splits + 1 source × 1 split) of this many masks.
COUNT = 14 if IS_THOROUGH else 2


@pytest.fixture(scope="session")
def exported(sources, tmp_path_factory):
    """Exports a dataset once for both splits."""

    @functools.cache
    def export(source, preset, size):
        canvas, image_size = SIZES[size]
        output = tmp_path_factory.mktemp("exported") / "masks"
        arguments = ["--backend", "exact", "--formats", "png,json", "--preset", preset, "--seed", 7, "--quiet"]
        arguments += ["--train", COUNT, "--test", 0 if source == "binary" else COUNT]
        if canvas:
            arguments += ["--canvas", f"{canvas[0]}x{canvas[1]}"]
        if image_size:
            arguments += ["--size", f"{image_size[0]}x{image_size[1]}"]
        run("export", sources[source], "--output", output, *arguments)
        return output

    return export


def cases():
    for source, split, preset, size in itertools.product(["bank", "folder", "binary"], SPLITS, PRESETS, SIZES):
        if (source, split) != ("binary", "test"):
            yield source, split, preset, size


@pytest.mark.parametrize(("source", "split", "preset", "size"), list(cases()))
def test_masks_equal_the_exported_images(source, split, preset, size, sources, exported):
    folder = exported(source, preset, size)
    canvas, image_size = SIZES[size]
    masks = qd_imd.Masks(
        sources[source], split=split, preset=preset, seed=7, canvas=canvas, size=image_size, count=COUNT
    )
    again = qd_imd.Masks(spec=folder / "dataset.json", source=sources[source], split=split)
    lines = (folder / "vectors" / f"{split}.jsonl").read_text().splitlines()
    assert len(masks) == len(again) == len(lines) == COUNT
    for index in range(COUNT):
        expected = np.asarray(Image.open(folder / split / f"{index:05}_{split}.png"))
        assert np.array_equal(masks[index], expected), index
        assert np.array_equal(again[index], expected), index
        assert masks.mask(index).to_json() == lines[index]


def test_no_train_masks_of_a_preset_are_the_usual_number():
    assert len(qd_imd.Masks(preset="paper-test")) == 50_000
    assert len(qd_imd.Masks(preset="paper-test", split="test")) == 12_000
    assert len(qd_imd.Masks()) == 50_000
    assert len(qd_imd.Masks(split="test")) == 10_000


@pytest.mark.parametrize("options", [
    [],
    ["--antialias"],
    ["--feather", "12"],
    ["--dilate", "3.5"],
    ["--dilate", "2", "--antialias"],
    ["--hole", "black", "--feather", "4"],
], ids=" ".join)
@pytest.mark.parametrize("size", [None, 200, 1024, 4096])
def test_rasterized_masks_equal_the_images_of_the_program(options, size, tmp_path, bank):
    mask = qd_imd.Masks(bank).mask(5)
    (tmp_path / "mask.json").write_text(mask.to_json())
    arguments = ["--backend", "exact"] if "--antialias" not in options and "--feather" not in options else []
    arguments += ["--size", size] if size else []
    run("rasterize", tmp_path / "mask.json", "--output", tmp_path / "mask.png", *arguments, *options)
    expected = np.asarray(Image.open(tmp_path / "mask.png"))
    keywords = {"antialias": "--antialias" in options, "hole": 0 if "black" in options else 255}
    for name in "feather", "dilate":
        if f"--{name}" in options:
            keywords[name] = float(options[options.index(f"--{name}") + 1])
    for value in mask, mask.to_dict(), mask.to_json(), mask.to_svg(), tmp_path / "mask.json":
        assert np.array_equal(qd_imd.rasterize(value, size, **keywords), expected)
    floats = qd_imd.rasterize(mask, size, dtype="float32", **keywords)
    assert np.array_equal(np.round(floats * 255), expected)


def test_compared_masks_have_the_figures_of_the_program(tmp_path, bank):
    import json
    import subprocess

    from conftest import PROGRAM

    masks = qd_imd.Masks(bank)
    for index, tolerance in itertools.product(range(4), [0, 2]):
        candidate, reference = masks[index], masks[index] if index == 3 else masks[index + 10]
        for name, array in ("candidate", candidate), ("reference", reference):
            Image.fromarray(array).save(tmp_path / f"{name}.png")
        done = subprocess.run(
            [PROGRAM, "diff", tmp_path / "candidate.png", tmp_path / "reference.png", "--json", "-", "--tolerance",
             str(tolerance)], capture_output=True, text=True, check=False)
        pair = json.loads(done.stdout)["pairs"][0]
        found = qd_imd.diff(candidate, reference, tolerance)
        for name, value in found.items():
            assert value == pytest.approx(pair[name], abs=1e-9), name
            assert getattr(found, name) == value
        assert found == qd_imd.diff(candidate > 0, masks.mask(index if index == 3 else index + 10), tolerance)
        assert found == qd_imd.diff((candidate / 255).astype("float32"), (reference // 255).astype(int), tolerance)


def test_masks_of_drawings_as_others_pack_them(tmp_path):
    """A zip archive of the folder makes its masks; sketch-rnn's offsets are strokes of the file's word."""
    with zipfile.ZipFile(tmp_path / "drawings.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(DRAWINGS.glob("*.ndjson"), key=lambda path: path.name.encode()):
            archive.write(path, path.name)
    expected = qd_imd.Masks(DRAWINGS, count=3)
    masks = qd_imd.Masks(tmp_path / "drawings.zip", count=3)
    assert all(np.array_equal(masks[index], expected[index]) for index in range(3))
    arrays = np.empty(20, dtype=object)
    for index in range(20):
        arrays[index] = np.array([[5 * index, 7, 0], [30, 40, 0], [60, -20, 1]], "int16")
    np.savez_compressed(tmp_path / "cat.npz", train=arrays)
    mask = qd_imd.Masks(tmp_path / "cat.npz", count=1).vector(0)
    assert mask["strokes"] and all(stroke["source"]["word"] == "cat" for stroke in mask["strokes"])
