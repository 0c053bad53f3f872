"""From pixels back to strokes."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from . import _library
from ._mask import Mask
from ._pixels import mask_array, mask_format


def vectorize(
    image: npt.ArrayLike,
    *,
    fidelity: str = "clean",
    shapes: str = "mixed",
    caps: str = "auto",
    hole: str = "white",
    threshold: int | None = None,
) -> Mask:
    """Traces the pixels of a mask as a vector mask, as ``qd-imd vectorize`` does.

    The GIL is released: threads trace in parallel.

    Args:
        image: An array of the shape (H, W) or (1, H, W), with sides of up to 16,384 px. Its pixels have two values: True,
            1, or 255 is white, and False or 0 is black.
        fidelity: ``clean`` for few and smooth strokes, which images need that were scaled or drawn by another renderer;
            ``pixels`` if every pixel counts.
        shapes: ``mixed`` for strokes where they explain a connected hole, otherwise its outline; ``strokes`` or
            ``polygons`` for only one of both.
        caps: The ends of strokes: ``round``, ``butt``, or ``auto`` for the better of both at each end.
        hole: Which color is hole: ``white`` or ``black``.
        threshold: The value from which a pixel is white, 1 to 255, for images with gray pixels; None to accept two values
            only.

    Returns:
        A mask whose canvas is the image.

    Raises:
        ValueError: if an argument is out of range, or a pixel has another value.
        TypeError: if an argument is of the wrong type.
    """
    options = _library.TracingOptions(
        _choice("fidelity", fidelity, ("clean", "pixels")),
        _choice("shapes", shapes, ("mixed", "strokes", "polygons")),
        _choice("caps", caps, ("auto", "round", "butt")),
    )
    is_hole_black = _choice("hole", hole, ("white", "black")) == 1
    array = mask_array(image, "image")
    if threshold is not None:
        if not 1 <= threshold <= 255:
            raise ValueError(f"threshold is {threshold}; expected 1 to 255")
        array = (array >= threshold).astype(np.uint8)
    pixels = mask_format(array)
    if is_hole_black:
        pixels.hole, pixels.background = pixels.background, pixels.hole
    height, width = array.shape
    handle = ctypes.c_void_p()
    memory = pixels.image(array, width)
    _library.call(
        "vectorize", ctypes.byref(memory), width, height, ctypes.byref(options), ctypes.byref(handle)
    )
    return Mask._owning(handle.value or 0)


def _choice(name: str, value: str, choices: Sequence[str]) -> int:
    if not isinstance(value, str):
        raise TypeError(f"{name} is {value!r}; expected {_listed(choices)}")
    if value not in choices:
        raise ValueError(f"{name} is {value!r}; expected {_listed(choices)}")
    return choices.index(value)


def _listed(choices: Sequence[str]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}"
