"""Nothing that is passed to the package ends the interpreter: arguments of every kind, and banks that change."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

import numpy as np
import pytest
from conftest import IS_THOROUGH, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qd_imd

EXAMPLES = 3000 if IS_THOROUGH else 150
COMMON = {"max_examples": EXAMPLES, "deadline": None, "suppress_health_check": list(HealthCheck)}

ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-3, 300), st.floats(), st.text(max_size=8), st.binary(max_size=8),
    st.lists(st.one_of(st.integers(-2, 600), st.floats(), st.text(max_size=3)), max_size=3),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.sampled_from(["train", "test", "thin", "free", "uniform", "any", "uint8", "float32", "cat", np.float64(3), np.int8(5),
                     np.array([3, 4]), np.array(7), object(), {}, {"spec": {}}, {"spec": []}, {"counts": {"train": -1}},
                     float("nan"), float("inf"), 2**63, 2**64, -(2**63), 1e308]))
KEYWORDS = [
    "split", "seed", "size", "preset", "spec", "count", "hole", "dtype", "channels_first", "canvas", "strokes_mean",
    "strokes_std", "min_stroke_width", "max_stroke_width", "max_upscale_rate", "hole_ratio", "max_width_factor", "border",
    "border_margin", "placement", "rotate", "flip", "stroke_scale", "drawings_per_file", "strokes_per_drawing", "words",
    "exclude_words", "countries", "recognized", "min_stroke_length", "max_stroke_length", "min_stroke_extent",
    "max_stroke_extent", "skip_damaged",
]
# A few px, so that no accepted size takes long.
SMALL = {"size", "canvas"}


@settings(**COMMON)
@given(st.dictionaries(st.sampled_from([name for name in KEYWORDS if name not in SMALL]), ANYTHING, max_size=3))
def test_masks_with_any_arguments_are_made_or_raise(arguments):
    # Many wide strokes on a small canvas are quick to draw.
    try:
        masks = qd_imd.Masks(**{"canvas": 16, **arguments})
    except (ValueError, TypeError, OSError, OverflowError, qd_imd.Error) as error:
        assert str(error)
    else:
        assert masks[0].shape[-2:] == (16, 16)


@settings(**COMMON)
@given(st.sampled_from(sorted(SMALL)), st.one_of(ANYTHING, st.tuples(st.integers(-2, 40), st.integers(-2, 40))))
def test_any_size_is_accepted_or_raises(name, value):
    try:
        if hasattr(value, "__index__") and abs(int(value)) > 4096:
            return
        qd_imd.Masks(**{name: value})[0]
    except (ValueError, TypeError, OverflowError, qd_imd.Error) as error:
        assert str(error)


@pytest.fixture(scope="module")
def masks():
    return qd_imd.Masks(count=10, canvas=16)


@settings(**COMMON)
@given(ANYTHING)
def test_any_index_is_a_mask_or_raises(masks, index):
    for call in masks.__getitem__, masks.mask, masks.vector, masks.hole_ratio, masks.svg, lambda i: masks.batch([i]):
        try:
            call(index)
        except (IndexError, TypeError, ValueError) as error:
            assert str(error)


@settings(**COMMON)
@given(ANYTHING, ANYTHING)
def test_any_batch_is_drawn_or_raises(masks, indices, threads):
    for call in lambda: masks.batch(indices), lambda: masks.batch([1, 2], threads=threads), lambda: masks.batch([1], out=indices):
        try:
            call()
        except (IndexError, TypeError, ValueError, OverflowError) as error:
            assert str(error)


@settings(**COMMON)
@given(st.one_of(ANYTHING, st.binary(max_size=60), st.text(max_size=60)),
       st.fixed_dictionaries({}, optional={name: ANYTHING for name in ("antialias", "feather", "dilate", "hole", "dtype", "out")}))
def test_anything_is_rasterized_or_raises(masks, value, arguments):
    for mask in value, masks.mask(0):
        try:
            qd_imd.rasterize(mask, **arguments)
        except (ValueError, TypeError, OSError, OverflowError) as error:
            assert str(error) or isinstance(error, OSError)


@settings(**COMMON)
@given(st.data())
def test_corrupted_masks_are_read_or_raise(masks, data):
    text = bytearray(data.draw(st.sampled_from([masks.mask(1).to_json(), masks.svg(1)])).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text) - 1))
        text[place] = data.draw(st.integers(0, 255))
    try:
        mask = qd_imd.Mask(bytes(text[: data.draw(st.integers(0, len(text)))]) or b" ")
        if max(mask.canvas) < 4096:
            mask.rasterize()
    except (ValueError, TypeError, OSError) as error:
        assert str(error)


@settings(**COMMON)
@given(ANYTHING, ANYTHING, ANYTHING)
def test_any_two_values_are_compared_or_raise(masks, first, second, tolerance):
    for pair in (first, second), (masks[0], second), (first, masks.mask(0)), (masks[0], masks[1]):
        try:
            qd_imd.diff(*pair, tolerance)
        except (ValueError, TypeError, OSError, OverflowError) as error:
            assert str(error) or isinstance(error, OSError)


@pytest.mark.parametrize("array", [
    np.array([[0, 3]], np.uint8), np.array([[0.0, np.nan]]), np.array([[0, -1]]), np.array([[0.5, 1.0]]), np.zeros((0, 3)),
    np.zeros((2, 3, 3)), np.array([["a"]]), np.array([[1j]]), np.array([[300, 0]]), np.zeros(3, bool), np.float32(1),
], ids=str)
def test_other_arrays_than_masks_are_rejected(array):
    with pytest.raises((ValueError, TypeError)):
        qd_imd.diff(array, array)


def test_arrays_of_different_sizes_are_not_compared():
    with pytest.raises(ValueError, match="equal sizes"):
        qd_imd.diff(np.zeros((3, 4), bool), np.zeros((4, 3), bool))


def test_every_cut_bank_is_an_error(bank, tmp_path):
    data = pathlib.Path(bank).read_bytes()
    path = tmp_path / "cut.bank"
    for length in [*range(0, 200, 7), *range(200, len(data), len(data) // (400 if IS_THOROUGH else 40)), len(data) - 1]:
        path.write_bytes(data[:length])
        with pytest.raises(qd_imd.Error, match="cut.bank"):
            qd_imd.Masks(path)


def test_a_bank_that_is_cut_while_open_is_an_error_or_still_right(bank, tmp_path):
    """Reading what is gone raises SIGBUS, which would end the process."""
    path = tmp_path / "open.bank"
    shutil.copy(bank, path)
    masks = qd_imd.Masks(path)
    expected = qd_imd.Masks(bank)
    os.truncate(path, 8192)
    failures = 0
    for index in range(200):
        try:
            assert np.array_equal(masks[index], expected[index])
        except qd_imd.Error as error:
            assert "open.bank" in str(error)
            failures += 1
    assert failures > 0


def test_a_bank_that_is_replaced_while_open_stays_the_same(bank, tmp_path):
    path, other = tmp_path / "open.bank", tmp_path / "other.bank"
    shutil.copy(bank, path)
    masks = qd_imd.Masks(path)
    expected = masks[:20]
    run("index", pathlib.Path(__file__).parents[2] / "fixtures" / "drawings", "--output", other, "--words", "cat,face,fish,flower")
    os.replace(other, path)
    assert np.array_equal(masks[:20], expected)
    assert not np.array_equal(qd_imd.Masks(path)[:20], expected)


def test_other_signals_still_end_the_process():
    """The handler of SIGBUS concerns banks only."""
    code = "import os, signal, qd_imd; qd_imd.Masks(); os.kill(os.getpid(), signal.SIGBUS)"
    # Not the handler of Swift's runtime, which prints a report.
    environment = os.environ | {"SWIFT_BACKTRACE": "enable=no"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == -signal.SIGBUS
