"""The package's interface: sequences, dtypes, memory of the caller, errors, notebooks, and the program."""

import pathlib
import shutil
import subprocess
import sys

import numpy as np
import pytest
from conftest import PROGRAM, ROOT
from PIL import Image

import qd_imd


@pytest.fixture(scope="module")
def masks():
    return qd_imd.Masks(count=100)


def test_masks_are_a_sequence(masks):
    assert len(masks) == 100
    assert np.array_equal(masks[-1], masks[99])
    assert np.array_equal(masks[np.int64(7)], masks[7])
    assert masks[3:9].shape == (6, 512, 512)
    assert np.array_equal(masks[9:3:-2], masks.batch([9, 7, 5]))
    assert masks[5:5].shape == (0, 512, 512)
    assert sum(1 for _ in masks) == 100
    assert next(iter(masks)).shape == masks.shape == (512, 512)
    for index in 100, -101, 2**70, -(2**70):
        with pytest.raises(IndexError, match="expected -100 to 99"):
            masks[index]
    for index in 1.0, "1", None, (1, 2), [1]:
        with pytest.raises(TypeError):
            masks[index]


def test_a_batch_is_the_masks_in_one_array(masks):
    batch = masks.batch([3, 1, -4, 3], threads=2)
    for number, index in enumerate([3, 1, 96, 3]):
        assert np.array_equal(batch[number], masks[index])
    views = masks.__getitems__([3, 1])
    assert views[0].base is views[1].base
    assert np.array_equal(np.stack(views), batch[:2])
    assert masks.batch([]).shape == (0, 512, 512)
    with pytest.raises(IndexError):
        masks.batch([0, 100])
    for threads in 0, -1, 257, 2**40:
        with pytest.raises(ValueError, match="threads"):
            masks.batch([0], threads=threads)


@pytest.mark.parametrize(("dtype", "hole", "values"), [
    ("uint8", None, (0, 255)), ("uint8", 255, (0, 255)), ("uint8", 1, (0, 1)), ("uint8", 0, (255, 0)),
    ("uint8", 128, (0, 128)), ("bool", None, (False, True)), ("bool", 0, (True, False)),
    (np.float32, None, (0.0, 1.0)), (np.float32, 0, (1.0, 0.0)),
])
def test_pixels_have_the_requested_type_and_values(dtype, hole, values, masks):
    expected = masks[4] == 255
    other = qd_imd.Masks(count=100, dtype=dtype, hole=hole)
    array = other[4]
    assert array.dtype == other.dtype == np.dtype(dtype)
    assert np.array_equal(array, np.where(expected, values[1], values[0]).astype(dtype))
    assert np.array_equal(other.batch([4])[0], array)
    assert np.array_equal(other.mask(4).rasterize(dtype=dtype, hole=255 if hole is None else hole), array)


def test_channels_come_first_on_request(masks):
    with_channel = qd_imd.Masks(count=100, channels_first=True)
    assert with_channel[0].shape == with_channel.shape == (1, 512, 512)
    assert with_channel.batch([0, 1]).shape == (2, 1, 512, 512)
    assert np.array_equal(with_channel[0][0], masks[0])
    assert masks.mask(0).rasterize(64, channels_first=True).shape == (1, 64, 64)


def test_masks_are_drawn_into_arrays_of_the_caller(masks):
    batch = np.full((3, 512, 512), 7, np.uint8)
    assert masks.draw(5, batch[1]).base is batch
    assert np.array_equal(batch[1], masks[5])
    assert (batch[[0, 2]] == 7).all()
    assert masks.batch([1, 2, 3], out=batch) is batch
    assert np.array_equal(batch[2], masks[3])
    mask = masks.mask(5)
    assert np.array_equal(mask.rasterize(out=batch[0]), masks[5])


@pytest.mark.parametrize("out", [
    np.empty((512, 513), np.uint8), np.empty((512, 512), np.int8), np.empty((512, 512), bool), np.empty(512 * 512, np.uint8),
    np.empty((1024, 512), np.uint8)[::2], np.empty((512, 1024), np.uint8)[:, ::2], np.empty((512, 512), np.uint8, order="F"),
    np.empty((512, 512), np.uint8)[::-1], np.broadcast_to(np.uint8(0), (512, 512)), bytearray(512 * 512), None, 3,
    np.frombuffer(bytes(512 * 512), np.uint8).reshape(512, 512),
], ids=lambda out: f"{type(out).__name__}{getattr(out, 'shape', '')}")
def test_unsuitable_arrays_are_rejected(out, masks):
    with pytest.raises((ValueError, TypeError), match="^out is"):
        masks.draw(0, out)
    if out is not None:
        with pytest.raises((ValueError, TypeError), match="^out is"):
            masks.mask(0).rasterize(out=out)
        with pytest.raises((ValueError, TypeError), match="^out is"):
            masks.batch([0], out=out)


def test_vectors_are_dicts_text_and_images(masks, tmp_path):
    vector = masks.vector(17)
    assert vector["format"] == "qd-imd-mask/1" and vector["index"] == 17
    assert vector["hole_ratio"] == pytest.approx(masks.hole_ratio(17), abs=1e-4)
    assert masks.hole_ratio(17) == (masks[17] == 255).mean()
    mask = masks.mask(17)
    assert mask == qd_imd.Mask(vector) == qd_imd.Mask.from_json(mask.to_json()) and hash(mask) == hash(qd_imd.Mask(vector))
    assert qd_imd.Mask.from_svg(masks.svg(17)).to_dict()["strokes"][0]["width"] == vector["strokes"][0]["width"]
    assert mask.canvas == (512, 512) and mask.stroke_count == len(vector["strokes"])
    path = tmp_path / "mask.svg"
    path.write_text(mask.to_svg(hole="black"))
    assert np.array_equal(qd_imd.rasterize(path), masks[17])
    path.write_bytes(mask._repr_png_())
    assert np.array_equal(np.asarray(Image.open(path)), masks[17])
    assert mask._repr_svg_() == masks.svg(17)
    assert masks._repr_html_().count("<img") == 8


@pytest.mark.parametrize(("arguments", "error", "message"), [
    ({"source": "missing.bank"}, FileNotFoundError, "no such file or directory"),
    ({"source": ROOT / "README.md"}, qd_imd.Error, "README.md"),
    ({"preset": "thinn"}, ValueError, 'no preset "thinn"'),
    ({"preset": "thin", "spec": {}}, ValueError, "a preset cannot be used with a spec"),
    ({"split": "validation"}, ValueError, "expected train or test"),
    ({"seed": -1}, ValueError, "seed is -1"),
    ({"seed": 2**64}, ValueError, "seed is"),
    ({"seed": 1.5}, TypeError, "seed is 1.5"),
    ({"count": 0}, ValueError, '"count" is 0'),
    ({"count": 10**13}, ValueError, '"count" is'),
    ({"size": (640, 360)}, ValueError, "expected the aspect ratio of the canvas"),
    ({"size": 0}, ValueError, "expected sides of 1 to 1000000 px"),
    ({"size": (1, 2, 3)}, ValueError, "expected sides"),
    ({"strokes_mean": float("nan")}, ValueError, "expected a finite number"),
    ({"strokes_mean": "4"}, TypeError, "expected a number"),
    ({"min_stroke_width": 20}, ValueError, "the largest stroke width"),
    ({"hole_ratio": (0.3, 0.2)}, ValueError, "hole_ratio"),
    ({"hole_ratio": "some"}, ValueError, "hole_ratio"),
    ({"hole_ratio": 0.2}, TypeError, "hole_ratio"),
    ({"border": "round"}, ValueError, "expected any, touching or free"),
    ({"border": "touching", "border_margin": 3}, ValueError, "border_margin"),
    ({"placement": "anywhere"}, ValueError, "expected drawn or uniform"),
    ({"rotate": 1}, TypeError, "expected True or False"),
    ({"words": "cat"}, TypeError, "expected a list of strings"),
    ({"words": ["catt"]}, qd_imd.Error, "did you mean cat"),
    ({"countries": ["Germany"]}, ValueError, "Germany"),
    ({"dtype": "int16"}, ValueError, "expected uint8, bool or float32"),
    ({"dtype": ">f4"}, ValueError, "expected uint8, bool or float32"),
    ({"hole": 256}, ValueError, "hole is 256"),
    ({"hole": -1}, ValueError, "hole is -1"),
    ({"spec": {"unknown": 1}}, ValueError, 'unknown member "unknown"'),
    ({"spec": {"spec": {"flip": 3}}}, ValueError, '"flip" is 3'),
    ({"spec": "missing.json"}, FileNotFoundError, "missing.json"),
    ({"hole_ratio": (0.9, 0.95), "max_width_factor": 1, "max_stroke_width": 0.02, "min_stroke_width": 0.01}, qd_imd.Error, "00000_train: hole ratios"),
], ids=str)
def test_errors_are_exceptions_with_one_line(arguments, error, message):
    with pytest.raises(error) as caught:
        qd_imd.Masks(**arguments)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_options_change_presets_and_specs():
    thin = qd_imd.Masks(preset="thin", count=3)
    again = qd_imd.Masks(spec=thin.settings)
    assert np.array_equal(thin[:], again[:])
    wider = qd_imd.Masks(spec=thin.settings, max_stroke_width=40, hole_ratio="any", words={"fish", "cat", "face"}, seed=3)
    settings = wider.settings
    assert settings["spec"]["max_stroke_width"] == 40 and settings["spec"]["words"] == ["cat", "face", "fish"]
    assert settings["spec"]["min_stroke_width"] == 3 and settings["seed"] == 3 and "hole_ratio" not in settings["spec"]
    assert qd_imd.Masks(spec={"rotate": True}).settings == qd_imd.Masks(rotate=True).settings
    assert qd_imd.Masks(canvas=(64, 32), preset="thick").settings["spec"]["min_stroke_width"] == 30 / 16
    black = qd_imd.Masks(spec={"hole": "black"})
    assert np.array_equal(black[0], 255 - qd_imd.Masks()[0])


def test_closed_masks_raise():
    with qd_imd.Masks() as masks:
        first = masks[0]
    assert first.any()
    calls = [lambda: masks[0], lambda: masks[:2], lambda: masks.batch([0]), lambda: masks.draw(0, first), lambda: masks.mask(0),
             lambda: masks.svg(0), lambda: masks.vector(0), lambda: masks.hole_ratio(0), lambda: masks.settings]
    for call in calls:
        with pytest.raises(ValueError, match="closed"):
            call()
    masks.close()


def test_the_version_is_that_of_the_program():
    printed = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    assert qd_imd.__version__ == printed.split()[-1]


def test_the_package_runs_the_program_beside_it(tmp_path):
    def returned(folder, *arguments):
        environment = {"PATH": "", "PYTHONPATH": str(folder)}
        command = [sys.executable, "-m", "qd_imd", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    shutil.copytree(ROOT / "Python" / "src", tmp_path / "installed", ignore=shutil.ignore_patterns("__pycache__"))
    failed = returned(tmp_path / "installed", "--version")
    assert (failed.returncode, failed.stdout) == (1, "") and "expected a wheel of qd-imd" in failed.stderr
    (tmp_path / "installed" / "bin").mkdir()
    (tmp_path / "installed" / "bin" / "qd-imd").symlink_to(PROGRAM)
    for arguments, code in (["--version"], 0), (["inspect", tmp_path / "missing"], 1), (["--unknown"], 64):
        assert returned(tmp_path / "installed", *arguments).returncode == code


def test_the_example_of_the_package_is_right():
    import doctest

    assert doctest.testmod(qd_imd).failed == 0 and doctest.testmod(qd_imd).attempted > 0


def test_types_are_checked_strictly():
    package = ROOT / "Python" / "src" / "qd_imd"
    for command in ["mypy", "--strict"], ["pyright"]:
        done = subprocess.run(
            [pathlib.Path(sys.executable).with_name(command[0]), *command[1:], package], capture_output=True, text=True,
            check=False, cwd=ROOT / "Python")
        assert done.returncode == 0, done.stdout + done.stderr
