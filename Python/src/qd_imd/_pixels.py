"""Arrays as the C library's images."""

from __future__ import annotations

import ctypes
import math
import operator
from collections.abc import Sequence
from typing import Any, SupportsIndex, Union

import numpy as np
import numpy.typing as npt

from . import _library

DTypeLike = npt.DTypeLike
Size = Union[SupportsIndex, Sequence[SupportsIndex]]
"""A width and a height in px, or one number for a square."""

_TYPES: dict[np.dtype[Any], int] = {
    np.dtype(np.uint8): _library.UINT8,
    np.dtype(np.bool_): _library.UINT8,
    np.dtype(np.float32): _library.FLOAT32,
}


class PixelFormat:
    """The dtype of arrays, and the values of their pixels."""

    __slots__ = ("background", "dtype", "hole", "type")

    def __init__(self, dtype: DTypeLike, hole: SupportsIndex | float) -> None:
        self.dtype = np.dtype(dtype)
        if self.dtype not in _TYPES or not self.dtype.isnative:
            raise ValueError(f"dtype is {self.dtype}; expected uint8, bool or float32")
        self.type = _TYPES[self.dtype]
        number = float(hole)
        if not (0 <= number <= 255 and number == math.floor(number)):
            raise ValueError(f"hole is {hole}; expected a whole number from 0 to 255")
        if self.dtype == np.uint8:
            self.hole, self.background = number, 0.0 if number > 0 else 255.0
        else:
            self.hole, self.background = (1.0, 0.0) if number > 0 else (0.0, 1.0)

    def image(self, array: npt.NDArray[Any], width: int) -> _library.Image:
        """The memory of an array that is C-contiguous and has rows of ``width`` pixels."""
        return _library.Image(
            array.__array_interface__["data"][0],
            array.nbytes,
            width * array.itemsize,
            self.type,
            self.hole,
            self.background,
        )


def size_pair(size: Size, name: str = "size") -> tuple[int, int]:
    """Width and height in px, each 1 to 1,000,000."""
    if isinstance(size, (str, bytes)):
        raise TypeError(f"{name} is {size!r}; expected a number or (width, height)")
    if isinstance(size, SupportsIndex) and not (isinstance(size, np.ndarray) and size.ndim > 0):
        sides = [operator.index(size)] * 2
    elif isinstance(size, (Sequence, np.ndarray)):
        sides = [operator.index(side) for side in size]
    else:
        raise TypeError(f"{name} is {size!r}; expected a number or (width, height)")
    if len(sides) != 2 or not all(1 <= side <= 1_000_000 for side in sides):
        raise ValueError(f"{name} is {size!r}; expected sides of 1 to 1000000 px")
    return sides[0], sides[1]


def checked_output(out: Any, shape: tuple[int, ...], dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    """The array to draw into, if it is suitable."""
    if not isinstance(out, np.ndarray):
        raise TypeError(f"out is a {type(out).__name__}; expected a NumPy array")
    if out.shape != shape or out.dtype != dtype:
        raise ValueError(f"out is {out.dtype} of shape {out.shape}; expected {dtype} of shape {shape}")
    if not out.flags.c_contiguous or not out.flags.aligned:
        raise ValueError("out is not C-contiguous; expected an array without gaps, in row-major order")
    if not out.flags.writeable:
        raise ValueError("out is read-only; expected an array that can be written")
    return out


def mask_array(value: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    """A mask as an array (H, W) of uint8 or float32, C-contiguous."""
    array = np.asarray(value)
    if array.ndim == 3 and array.shape[0] == 1:
        array = array[0]
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{name} has the shape {array.shape}; expected (H, W)")
    if array.dtype == np.bool_:
        array = array.astype(np.uint8)
    elif np.issubdtype(array.dtype, np.integer):
        if array.min() < 0 or array.max() > 255:
            raise ValueError(f"{name} has values from {array.min()} to {array.max()}; expected 0 and 1, or 0 and 255")
        array = array.astype(np.uint8, copy=False)
    elif np.issubdtype(array.dtype, np.floating):
        array = array.astype(np.float32, copy=False)
    else:
        raise TypeError(f"{name} is an array of {array.dtype}; expected uint8, bool or float32")
    return np.ascontiguousarray(array)


def mask_format(array: npt.NDArray[Any]) -> PixelFormat:
    """White holes, whose value is 1 if no pixel is above it, otherwise 255."""
    pixels = PixelFormat(array.dtype, 255)
    # NaN is not larger; the library reports it.
    pixels.hole = 255.0 if array.max() > 1 else 1.0
    return pixels


def png(levels: npt.NDArray[np.uint8]) -> bytes:
    """An array of gray levels (H, W) as a PNG file."""
    levels = np.ascontiguousarray(levels)
    height, width = levels.shape
    image = PixelFormat(np.uint8, 255).image(levels, width)
    return _library.returned_bytes("png", ctypes.byref(image), width, height)
