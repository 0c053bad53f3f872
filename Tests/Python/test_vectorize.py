"""Tracing arrays: the same masks as the program's, any kind of array, and errors as exceptions."""

import concurrent.futures

import numpy as np
import pytest
from conftest import run
from PIL import Image

import qd_imd


@pytest.fixture(scope="module")
def image():
    return qd_imd.Masks(size=256, seed=3, count=10)[2]


def test_the_mask_is_the_one_that_the_program_writes(image, tmp_path):
    Image.fromarray(image).save(tmp_path / "a.png")
    for number, options in enumerate([{}, {"fidelity": "pixels", "caps": "round"}, {"shapes": "polygons"}]):
        arguments = [text for name, value in options.items() for text in (f"--{name}", value)]
        run("vectorize", tmp_path / "a.png", "--output", tmp_path / f"{number}.json", *arguments)
        expected = qd_imd.Mask(tmp_path / f"{number}.json").to_dict()
        assert expected.pop("id") == "a"
        assert qd_imd.vectorize(image, **options).to_dict() == expected


def test_the_pixels_are_those_of_the_array(image):
    assert qd_imd.diff(qd_imd.vectorize(image), image).iou > 0.99
    assert qd_imd.diff(qd_imd.vectorize(image, shapes="polygons"), image).differing == 0


def test_the_same_pixels_are_the_same_mask_in_any_array(image):
    expected = qd_imd.vectorize(image)
    white = image == 255
    wide = np.zeros((256, 512), np.uint8)
    wide[:, ::2] = image
    for other in [white, white.astype(np.uint8), white.astype(np.float32), image[None], image.T.copy().T, wide[:, ::2],
                  image.astype(np.int64)]:
        assert qd_imd.vectorize(other) == expected
    assert qd_imd.vectorize(255 - image, hole="black") == expected
    assert qd_imd.vectorize(~white, hole="black") == expected
    assert qd_imd.vectorize(np.where(white, 200, 30), threshold=128) == expected


def test_empty_and_full_images_are_masks():
    empty = np.zeros((20, 30), np.uint8)
    assert qd_imd.vectorize(empty).stroke_count == 0
    assert qd_imd.vectorize(empty, hole="black").rasterize().all()
    assert qd_imd.vectorize(np.ones((1, 1), bool)).rasterize().all()


def test_threads_trace_the_same_masks(image):
    expected = qd_imd.vectorize(image)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert all(mask == expected for mask in pool.map(qd_imd.vectorize, [image] * 8))


@pytest.mark.parametrize(("value", "options", "error", "message"), [
    (np.full((4, 4), 7, np.uint8), {}, ValueError, r"image: the pixel at \(0, 0\) is 7; expected 255 or 0"),
    (np.zeros((4, 4, 3), np.uint8), {}, ValueError, r"image has the shape \(4, 4, 3\); expected \(H, W\)"),
    (np.zeros((0, 4), np.uint8), {}, ValueError, "expected"),
    (np.zeros((1, 16385), np.uint8), {}, ValueError, "16384"),
    (np.array([["a"]]), {}, TypeError, "expected uint8, bool or float32"),
    (np.zeros((4, 4)), {"fidelity": "best"}, ValueError, "fidelity is 'best'; expected clean or pixels"),
    (np.zeros((4, 4)), {"shapes": 3}, TypeError, "shapes is 3; expected mixed, strokes or polygons"),
    (np.zeros((4, 4)), {"caps": "flat"}, ValueError, "caps is 'flat'; expected auto, round or butt"),
    (np.zeros((4, 4)), {"hole": "gray"}, ValueError, "hole is 'gray'; expected white or black"),
    (np.zeros((4, 4)), {"threshold": 0}, ValueError, "threshold is 0; expected 1 to 255"),
])
def test_errors_are_exceptions(value, options, error, message):
    with pytest.raises(error, match=message):
        qd_imd.vectorize(value, **options)
