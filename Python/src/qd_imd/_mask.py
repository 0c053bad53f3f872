"""A vector mask."""

from __future__ import annotations

import ctypes
import json
import os
import pathlib
from collections.abc import Mapping
from typing import Any, SupportsIndex, Union

import numpy as np
import numpy.typing as npt

from . import _library
from ._pixels import DTypeLike, PixelFormat, Size, checked_output, png, size_pair


class Mask:
    """A vector mask: brush strokes on a canvas, whose union is the hole.

    Args:
        value: The mask as a ``dict`` or JSON text (``qd-imd-mask/1`` or ``2``), as SVG text, or the path of a ``.json`` or
            ``.svg`` file. A ``str`` that begins with ``{`` or ``<`` is text, any other is a path.

    Raises:
        ValueError: if the text is not a mask.
        FileNotFoundError: if there is no such file.
        TypeError: if ``value`` is of another type.

    Masks are immutable, can be compared and pickled, and are shown as images in notebooks.
    """

    __slots__ = ("__weakref__", "_handle")

    _handle: int

    def __init__(self, value: MaskLike) -> None:
        if isinstance(value, Mask):
            text = value.to_json().encode()
        elif isinstance(value, Mapping):
            text = json.dumps(dict(value), allow_nan=False).encode()
        else:
            text = _text(value)
        handle = ctypes.c_void_p()
        _library.call("mask_read", text, len(text), ctypes.byref(handle))
        self._handle = handle.value or 0

    @classmethod
    def _owning(cls, handle: int) -> Mask:
        mask = cls.__new__(cls)
        mask._handle = handle
        return mask

    @classmethod
    def from_json(cls, text: str | bytes) -> Mask:
        """The mask of a JSON text.

        Raises:
            ValueError: if the text is not a mask.
        """
        return cls(text.encode() if isinstance(text, str) else bytes(text))

    @classmethod
    def from_svg(cls, text: str | bytes) -> Mask:
        """The mask of an SVG document of shapes in one color, as this package, editors, and drawing canvases write it.

        Raises:
            ValueError: if the document shows anything else.
        """
        return cls(text.encode() if isinstance(text, str) else bytes(text))

    def __del__(self) -> None:
        handle = getattr(self, "_handle", 0)
        if handle:
            self._handle = 0
            _library.library.qdimd_mask_close(handle)

    @property
    def canvas(self) -> tuple[int, int]:
        """Width and height of the canvas in px."""
        width, height = ctypes.c_int64(), ctypes.c_int64()
        _library.call("mask_describe", self._handle, ctypes.byref(width), ctypes.byref(height), None)
        return width.value, height.value

    @property
    def stroke_count(self) -> int:
        """The number of brush strokes."""
        strokes = ctypes.c_int64()
        _library.call("mask_describe", self._handle, None, None, ctypes.byref(strokes))
        return strokes.value

    def to_json(self) -> str:
        """The mask as JSON text, as in the vectors of a dataset."""
        return _library.returned_bytes("mask_json", self._handle).decode()

    def to_dict(self) -> dict[str, Any]:
        """The mask as in its JSON."""
        result: dict[str, Any] = json.loads(self.to_json())
        return result

    def to_svg(self, *, hole: str = "white") -> str:
        """The mask as an SVG document.

        Args:
            hole: ``white`` for white holes on black, ``black`` for black holes on white.

        Raises:
            ValueError: if ``hole`` is another color.
        """
        if hole not in ("white", "black"):
            raise ValueError(f"hole is {hole!r}; expected white or black")
        return _library.returned_bytes("mask_svg", self._handle, int(hole == "black")).decode()

    def rasterize(
        self,
        size: Size | None = None,
        *,
        antialias: bool = False,
        feather: float = 0,
        dilate: float = 0,
        hole: SupportsIndex = 255,
        dtype: DTypeLike = "uint8",
        channels_first: bool = False,
        out: npt.NDArray[Any] | None = None,
    ) -> npt.NDArray[Any]:
        """The mask as an array; see :func:`qd_imd.rasterize`."""
        pixels = PixelFormat(dtype, hole)
        if pixels.dtype == np.bool_ and (antialias or feather):
            raise ValueError("soft edges need values between hole and background; expected dtype uint8 or float32")
        width, height = self.canvas if size is None else size_pair(size)
        shape = (1, height, width) if channels_first else (height, width)
        array = np.empty(shape, pixels.dtype) if out is None else checked_output(out, shape, pixels.dtype)
        options = _library.RasterOptions(dilate, feather, bool(antialias))
        image = pixels.image(array, width)
        _library.call(
            "mask_rasterize", self._handle, width, height, ctypes.byref(options), ctypes.byref(image)
        )
        return array

    def _repr_png_(self) -> bytes:
        return png(self.rasterize())

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def __repr__(self) -> str:
        width, height = self.canvas
        count = self.stroke_count
        return f"<qd_imd.Mask of {width}×{height} px, {count} stroke{'' if count == 1 else 's'}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mask) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return Mask.from_json, (self.to_json(),)


# Python 3.9 has no other way to write it.
MaskLike = Union[Mask, Mapping[str, Any], str, bytes, os.PathLike[str]]
"""What a mask can be made of."""


def _text(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str) and value.lstrip("\ufeff \t\r\n")[:1] in ("{", "<"):
        return value.encode()
    if isinstance(value, (str, os.PathLike)):
        return pathlib.Path(value).read_bytes()
    raise TypeError(f"mask is a {type(value).__name__}; expected a Mask, dict, JSON or SVG text, or a path")


def rasterize(
    mask: MaskLike,
    size: Size | None = None,
    *,
    antialias: bool = False,
    feather: float = 0,
    dilate: float = 0,
    hole: SupportsIndex = 255,
    dtype: DTypeLike = "uint8",
    channels_first: bool = False,
    out: npt.NDArray[Any] | None = None,
) -> npt.NDArray[Any]:
    """Rasterizes a vector mask at any size, as ``qd-imd rasterize --backend exact`` does.

    Args:
        mask: A :class:`Mask`, or what it can be made of: a ``dict``, JSON text, SVG text, or a path.
        size: Width and height of the image in px, or one number for a square; each 1 to 1,000,000, in the aspect ratio
            of the canvas. By default that of the canvas.
        antialias: Gray edges: the value of a pixel is the part of it that is hole.
        feather: The distance in px of the canvas, 0.01 to 10,000,000, at which soft edges outside the hole end; 0 for
            hard edges.
        dilate: The distance in px of the canvas, at least 0, by which the hole grows in all directions.
        hole: The value of hole pixels for ``uint8``, 0 to 255; other pixels are 0, or 255 if ``hole`` is 0. With other
            dtypes, 0 inverts the image.
        dtype: ``uint8``, ``float32`` (1.0 is hole, 0.0 is not), or ``bool`` (for hard edges only).
        channels_first: Whether the array has a leading axis of length 1, as PyTorch expects.
        out: A C-contiguous, writable array of the result's shape and dtype to draw into.

    Returns:
        An array of shape (H, W), or (1, H, W); ``out`` if it is given.

    Raises:
        ValueError: if an argument is out of range, or the text is not a mask.
        FileNotFoundError: if there is no such file.
        TypeError: if an argument is of the wrong type.
    """
    vector = mask if isinstance(mask, Mask) else Mask(mask)
    return vector.rasterize(
        size,
        antialias=antialias,
        feather=feather,
        dilate=dilate,
        hole=hole,
        dtype=dtype,
        channels_first=channels_first,
        out=out,
    )
