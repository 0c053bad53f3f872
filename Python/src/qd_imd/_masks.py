"""The masks of a dataset, generated when they are needed."""

from __future__ import annotations

import base64
import ctypes
import json
import operator
import os
import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, SupportsIndex, overload

import numpy as np
import numpy.typing as npt

from . import _library
from ._mask import Mask
from ._pixels import DTypeLike, PixelFormat, Size, checked_output, png, size_pair

Range = Sequence[float]
"""A minimum and a maximum."""

_SETTINGS = frozenset(
    "spec seed size formats tar layouts extras hole bit_depth backend counts format program source splits attribution "
    "renderer masks_per_shard shards output image_names bank".split()
)
"""The members of a spec file; a dict without any of them is its member ``spec``."""


class _Handle:
    """Owns a handle of the library. A call keeps it alive, so that :meth:`Masks.close` never pulls it away."""

    __slots__ = ("address", "height", "is_hole_black", "count", "width")

    def __init__(self, source: str, preset: str | None, spec: str | None, changes: str, split: int) -> None:
        self.address = 0
        address = ctypes.c_void_p()
        arguments = (os.fsencode(source), _encoded(preset), _encoded(spec), changes.encode())
        _library.call("open", *arguments, split, ctypes.byref(address))
        self.address = address.value or 0
        count, width, height = ctypes.c_int64(), ctypes.c_int64(), ctypes.c_int64()
        is_hole_black = ctypes.c_int32()
        results = (ctypes.byref(count), ctypes.byref(width), ctypes.byref(height), ctypes.byref(is_hole_black))
        _library.call("describe", self.address, *results)
        self.count, self.width, self.height = count.value, width.value, height.value
        self.is_hole_black = is_hole_black.value == 1

    def __del__(self) -> None:
        if self.address:
            _library.library.qdimd_close(self.address)


def _encoded(text: str | None) -> bytes | None:
    if text is None:
        return None
    if "\0" in text:
        raise ValueError("a setting contains a NUL character")
    return text.encode()


class Masks:
    """The masks of one split, as an indexable sequence of NumPy arrays that are generated when they are needed.

    ``masks[i]`` has the same pixels as mask ``i`` that ``qd-imd export --backend exact`` writes with the same settings.
    It depends on nothing else: not on the process, the thread, or the masks that were generated before. So every worker
    of a data loader has the same masks, however it was started; and a ``Masks`` is pickled by its arguments.

    Args:
        source: A stroke bank, a file of drawings (Quick, Draw!'s, Kaggle's CSV, sketch-rnn's npz, strokes in JSON Lines
            or SVG, gzipped or in a zip archive), or a folder of them. By default the bundled bank of this project's own drawings
            (24 categories, 4,800 drawings).
        split: ``train`` or ``test``; their strokes come from different categories.
        seed: The random seed, 0 to 2**64 - 1. By default the spec's; otherwise 0.
        size: Width and height of the arrays in px, or one number for a square; each 1 to 1,000,000, in the aspect ratio
            of the canvas. By default the spec's; otherwise the canvas's, which is 512 × 512 unless ``canvas`` is given.
        preset: The name of a preset: ``qd-imd``, ``paper-test``, ``thin``, ``medium``, ``thick``, ``training-mix``.
        spec: A recipe that was written before: the path of a spec file or of a dataset's ``dataset.json``, or its
            contents as a ``dict``; also a ``dict`` of recipe options alone. Cannot be combined with ``preset``.
        count: The number of masks, 1 to 10**12. By default the spec's: 50,000 for training and 10,000 for testing, or
            12,000 for testing with the preset ``paper-test``, whose masks depend on it.
        hole: The value of hole pixels for ``uint8``, 0 to 255; other pixels are 0, or 255 if ``hole`` is 0. With other
            dtypes, 0 inverts the arrays. By default 255, or 0 if the spec says that holes are black.
        dtype: ``uint8``, ``bool`` (True is hole), or ``float32`` (1.0 is hole, 0.0 is not).
        channels_first: Whether arrays have an axis of length 1 before the rows, as PyTorch expects.
        canvas: Width and height of the canvas in px, or one number for a square. Widths of a preset are scaled with it.
        strokes_mean: Mean of the number of strokes, 0 to 10,000.
        strokes_std: Standard deviation of the number of strokes, 0 to 10,000.
        min_stroke_width: Minimum stroke width in px of the canvas, 0.01 to 10,000.
        max_stroke_width: Maximum stroke width in px of the canvas, up to 10,000.
        max_upscale_rate: Maximum upscale rate, 1 to 100.
        hole_ratio: The interval of hole ratios ``(above, up to)``, within 0 to 1, or ``"any"``.
        max_width_factor: Maximum factor by which ``hole_ratio`` widens or narrows strokes, 1 to 100.
        border: ``any``, ``touching`` (the edge of the canvas), or ``free`` (of holes).
        border_margin: The width of a free border in px of the canvas.
        placement: ``drawn`` or ``uniform``.
        rotate: Whether each stroke is rotated by a random angle.
        flip: Whether each stroke is mirrored at random.
        stroke_scale: The interval of the random scale of each stroke, within 0.01 to 100.
        drawings_per_file: Number of drawings per category, at least 1.
        strokes_per_drawing: Number of random strokes per drawing, at least 1.
        words: Use only drawings of these words.
        exclude_words: Use no drawings of these words.
        countries: Use only drawings from these countries, two letters each.
        recognized: Use only drawings that the game recognized.
        min_stroke_length: Minimum path length of a stroke, in units of the drawing's 256 × 256 box.
        max_stroke_length: Maximum path length of a stroke.
        min_stroke_extent: Minimum extent of a stroke, 0 to 255: the longer side of its bounding box.
        max_stroke_extent: Maximum extent of a stroke, 0 to 255.
        skip_damaged: Whether corrupt drawings are skipped instead of being an error.

    Raises:
        ValueError: if an argument is out of range.
        TypeError: if an argument is of the wrong type.
        FileNotFoundError: if there is no file or folder at ``source``.
        Error: if drawings cannot be read, a split has no categories, or no mask meets the spec.

    All methods can be called by several threads at once, and rasterize without the GIL.
    """

    def __init__(
        self,
        source: str | os.PathLike[str] | None = None,
        *,
        split: Literal["train", "test"] = "train",
        seed: SupportsIndex | None = None,
        size: Size | None = None,
        preset: str | None = None,
        spec: Mapping[str, Any] | str | os.PathLike[str] | None = None,
        count: SupportsIndex | None = None,
        hole: SupportsIndex | None = None,
        dtype: DTypeLike = "uint8",
        channels_first: bool = False,
        canvas: Size | None = None,
        strokes_mean: float | None = None,
        strokes_std: float | None = None,
        min_stroke_width: float | None = None,
        max_stroke_width: float | None = None,
        max_upscale_rate: float | None = None,
        hole_ratio: Range | Literal["any"] | None = None,
        max_width_factor: float | None = None,
        border: Literal["any", "touching", "free"] | None = None,
        border_margin: float | None = None,
        placement: Literal["drawn", "uniform"] | None = None,
        rotate: bool | None = None,
        flip: bool | None = None,
        stroke_scale: Range | None = None,
        drawings_per_file: SupportsIndex | None = None,
        strokes_per_drawing: SupportsIndex | None = None,
        words: Iterable[str] | None = None,
        exclude_words: Iterable[str] | None = None,
        countries: Iterable[str] | None = None,
        recognized: bool | None = None,
        min_stroke_length: float | None = None,
        max_stroke_length: float | None = None,
        min_stroke_extent: float | None = None,
        max_stroke_extent: float | None = None,
        skip_damaged: bool | None = None,
    ) -> None:
        changes: dict[str, Any] = {
            "seed": _integer("seed", seed),
            "size": None if size is None else size_pair(size),
            "count": _integer("count", count),
            "canvas": None if canvas is None else size_pair(canvas, "canvas"),
            "strokes_mean": _number("strokes_mean", strokes_mean),
            "strokes_std": _number("strokes_std", strokes_std),
            "min_stroke_width": _number("min_stroke_width", min_stroke_width),
            "max_stroke_width": _number("max_stroke_width", max_stroke_width),
            "max_upscale_rate": _number("max_upscale_rate", max_upscale_rate),
            "hole_ratio": hole_ratio if isinstance(hole_ratio, str) else _range("hole_ratio", hole_ratio),
            "max_width_factor": _number("max_width_factor", max_width_factor),
            "border": border,
            "border_margin": _number("border_margin", border_margin),
            "placement": placement,
            "rotate": _boolean("rotate", rotate),
            "flip": _boolean("flip", flip),
            "stroke_scale": _range("stroke_scale", stroke_scale),
            "drawings_per_file": _integer("drawings_per_file", drawings_per_file),
            "strokes_per_drawing": _integer("strokes_per_drawing", strokes_per_drawing),
            "words": _texts("words", words),
            "exclude_words": _texts("exclude_words", exclude_words),
            "countries": _texts("countries", countries),
            "recognized": _boolean("recognized", recognized),
            "min_stroke_length": _number("min_stroke_length", min_stroke_length),
            "max_stroke_length": _number("max_stroke_length", max_stroke_length),
            "min_stroke_extent": _number("min_stroke_extent", min_stroke_extent),
            "max_stroke_extent": _number("max_stroke_extent", max_stroke_extent),
            "skip_damaged": _boolean("skip_damaged", skip_damaged),
        }
        if split not in ("train", "test"):
            raise ValueError(f"split is {split!r}; expected train or test")
        if preset is not None and not isinstance(preset, str):
            raise TypeError(f"preset is {preset!r}; expected a name")
        self._open(
            None if source is None else os.path.abspath(os.fsdecode(source)),
            split,
            preset,
            None if spec is None else _spec_text(spec),
            {name: value for name, value in changes.items() if value is not None},
            None if hole is None else operator.index(hole),
            np.dtype(dtype).str,
            bool(channels_first),
        )

    def _open(
        self,
        source: str | None,
        split: Literal["train", "test"],
        preset: str | None,
        spec: str | None,
        changes: dict[str, Any],
        hole: int | None,
        dtype: str,
        channels_first: bool,
    ) -> None:
        self._arguments = (source, split, preset, spec, changes, hole, dtype, channels_first)
        path = os.fspath(_library.NATIVE / "drawings.bank") if source is None else source
        handle = _Handle(path, preset, spec, json.dumps(changes, allow_nan=False), int(split == "test"))
        if hole is None:
            hole = 0 if handle.is_hole_black else 255
        self._format = PixelFormat(dtype, hole)
        self._handle: _Handle | None = handle
        self._count = handle.count
        self._width = handle.width
        self._shape = (1, handle.height, handle.width) if channels_first else (handle.height, handle.width)
        self._byte_count = handle.height * handle.width * self._format.dtype.itemsize

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopened, self._arguments

    # What the masks are.

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of every array: (H, W), or (1, H, W) with ``channels_first``."""
        return self._shape

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype of every array."""
        return self._format.dtype

    @property
    def split(self) -> Literal["train", "test"]:
        """The split of the masks."""
        return self._arguments[1]

    @property
    def settings(self) -> dict[str, Any]:
        """All settings as in a spec file, which ``spec=`` and ``qd-imd export --spec`` accept.

        Raises:
            ValueError: if the masks are closed.
        """
        result: dict[str, Any] = json.loads(_library.returned_bytes("settings", self._open_handle().address))
        return result

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        source, split, preset, spec, changes, _, _, _ = self._arguments
        parts = [] if source is None else [repr(source)]
        parts.append(f"split={split!r}")
        if preset is not None:
            parts.append(f"preset={preset!r}")
        if spec is not None:
            parts.append("spec=…")
        parts += [f"{name}={value!r}" for name, value in changes.items() if name != "count"]
        parts.append(f"count={self._count}")
        return f"qd_imd.Masks({', '.join(parts)})"

    # Arrays.

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> npt.NDArray[Any]: ...

    @overload
    def __getitem__(self, index: slice, /) -> npt.NDArray[Any]: ...

    def __getitem__(self, index: SupportsIndex | slice, /) -> npt.NDArray[Any]:
        """The mask with an index, counted from the end if it is negative, as a new array; or, for a slice, all its masks
        in one array, as :meth:`batch` returns them.

        Raises:
            IndexError: if there is no such mask.
            ValueError: if the masks are closed.
            Error: if a stroke cannot be read, or no mask meets the spec.
        """
        if isinstance(index, slice):
            return self.batch(range(*index.indices(self._count)))
        return self._draw(index, np.empty(self._shape, self._format.dtype))

    def draw(self, index: SupportsIndex, out: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Draws the mask with an index into an array that exists already, and returns that array.

        Args:
            index: The index, counted from the end if it is negative.
            out: A C-contiguous, writable array of the shape and dtype of the masks, such as one image of a batch.

        Raises:
            IndexError: if there is no such mask.
            ValueError: if ``out`` is unsuitable, or the masks are closed.
        """
        return self._draw(index, checked_output(out, self._shape, self._format.dtype))

    def _draw(self, index: SupportsIndex, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
        handle = self._handle or self._open_handle()
        number = self._checked(index)
        pixels = self._format
        image = _library.Image(
            # The address, in a third of the time that NumPy's own ways take.
            ctypes.addressof(ctypes.c_char.from_buffer(array.data)),
            self._byte_count,
            self._width * pixels.dtype.itemsize,
            pixels.type,
            pixels.hole,
            pixels.background,
        )
        error = _library.ErrorText()
        code = _draw(handle.address, number, ctypes.byref(image), error, 2048)
        if code:
            _library.fail(code, error)
        return array

    def batch(
        self,
        indices: Iterable[SupportsIndex],
        *,
        out: npt.NDArray[Any] | None = None,
        threads: int = 1,
    ) -> npt.NDArray[Any]:
        """Several masks in one array, rasterized without the GIL.

        Args:
            indices: The indices in any order, counted from the end if they are negative; may repeat.
            out: A C-contiguous, writable array of the result's shape and dtype to draw into.
            threads: The number of threads that draw, 1 to 256. Workers of a data loader run side by side already.

        Returns:
            An array of shape (B, H, W), or (B, 1, H, W) with ``channels_first``; ``out`` if it is given.

        Raises:
            IndexError: if there is no mask with one of the indices.
            ValueError: if ``out`` is unsuitable, ``threads`` is out of range, or the masks are closed.
            Error: if a stroke cannot be read, or no mask meets the spec.
        """
        handle = self._open_handle()
        numbers = np.fromiter((self._checked(index) for index in indices), np.int64)
        thread_count = operator.index(threads)
        if not 1 <= thread_count <= 256:
            raise ValueError(f"threads is {threads}; expected 1 to 256")
        shape = (len(numbers), *self._shape)
        array = np.empty(shape, self._format.dtype) if out is None else checked_output(out, shape, self._format.dtype)
        image = self._format.image(array, self._width)
        _library.call(
            "draw_batch",
            handle.address,
            numbers.__array_interface__["data"][0],
            len(numbers),
            ctypes.byref(image),
            self._byte_count,
            thread_count,
        )
        return array

    def __getitems__(self, indices: Sequence[SupportsIndex]) -> list[npt.NDArray[Any]]:
        """Several masks as views of one array. PyTorch's data loader calls it with the indices of a batch."""
        return list(self.batch(indices))

    def __iter__(self) -> Iterator[npt.NDArray[Any]]:
        for index in range(self._count):
            yield self[index]

    # Vectors.

    def mask(self, index: SupportsIndex) -> Mask:
        """The mask with an index as a vector.

        Raises:
            IndexError: if there is no such mask.
            ValueError: if the masks are closed.
        """
        handle, number = self._open_handle(), self._checked(index)
        address = ctypes.c_void_p()
        _library.call("get", handle.address, number, ctypes.byref(address))
        return Mask._owning(address.value or 0)

    def vector(self, index: SupportsIndex) -> dict[str, Any]:
        """The mask with an index as in its JSON; see :meth:`mask`."""
        return self.mask(index).to_dict()

    def svg(self, index: SupportsIndex) -> str:
        """The mask with an index as an SVG document, with holes in white, or in black if ``hole`` is 0; see :meth:`mask`."""
        return self.mask(index).to_svg(hole="white" if self._format.hole > 0 else "black")

    def hole_ratio(self, index: SupportsIndex) -> float:
        """The ratio of hole pixels to all pixels of a mask at the size of its canvas, 0 to 1.

        Raises:
            IndexError: if there is no such mask.
            ValueError: if the masks are closed.
        """
        handle, number = self._open_handle(), self._checked(index)
        ratio = ctypes.c_double()
        _library.call("hole_ratio", handle.address, number, ctypes.byref(ratio))
        return ratio.value

    # The handle.

    def close(self) -> None:
        """Releases the source. Calls in other threads finish; later ones raise ``ValueError``."""
        self._handle = None

    def __enter__(self) -> Masks:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_handle(self) -> _Handle:
        handle = self._handle
        if handle is None:
            raise ValueError("the masks are closed")
        return handle

    def _checked(self, index: SupportsIndex) -> int:
        number = operator.index(index)
        if number < 0:
            number += self._count
        if not 0 <= number < self._count:
            raise IndexError(f"index is {index}; expected {-self._count} to {self._count - 1}")
        return number

    def _repr_html_(self) -> str:
        images = []
        for index in range(min(8, self._count)):
            mask = self.mask(index)
            width, height = mask.canvas
            scale = 128 / max(width, height)
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            try:
                data = base64.b64encode(png(mask.rasterize(size, antialias=True))).decode()
            except ValueError:
                # A canvas with an extreme aspect ratio has no small image.
                continue
            images.append(f'<img alt="mask {index}" title="mask {index}" src="data:image/png;base64,{data}">')
        return f"<div>{self._count:,} {self.split} masks<br>{' '.join(images)}</div>"


_draw = _library.library.qdimd_draw


def _reopened(*arguments: Any) -> Masks:
    masks = Masks.__new__(Masks)
    masks._open(*arguments)
    return masks


def _spec_text(spec: Mapping[str, Any] | str | os.PathLike[str]) -> str:
    if isinstance(spec, Mapping):
        contents = dict(spec)
        if not _SETTINGS.intersection(contents):
            contents = {"spec": contents}
        return json.dumps(contents, allow_nan=False)
    if not isinstance(spec, (str, os.PathLike)):
        raise TypeError(f"spec is {spec!r}; expected a dict or a path")
    return pathlib.Path(spec).read_text("utf-8")


def _integer(name: str, value: SupportsIndex | None) -> int | None:
    if value is None:
        return None
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is {value!r}; expected a whole number") from None
    if not 0 <= number < 2**64:
        raise ValueError(f"{name} is {number}; expected 0 to {2**64 - 1}")
    return number


def _number(name: str, value: float | None) -> float | None:
    if value is None:
        return None
    if isinstance(value, (str, bytes)):
        raise TypeError(f"{name} is {value!r}; expected a number")
    try:
        number = float(value)
    except TypeError:
        raise TypeError(f"{name} is {value!r}; expected a number") from None
    if number - number != 0:
        raise ValueError(f"{name} is {value!r}; expected a finite number")
    return number


def _range(name: str, value: Range | None) -> list[float | None] | None:
    if value is None:
        return None
    try:
        low, high = value
    except TypeError:
        raise TypeError(f"{name} is {value!r}; expected (minimum, maximum)") from None
    except ValueError:
        raise ValueError(f"{name} is {value!r}; expected (minimum, maximum)") from None
    return [_number(name, low), _number(name, high)]


def _boolean(name: str, value: bool | None) -> bool | None:
    if value is None or isinstance(value, (bool, np.bool_)):
        return None if value is None else bool(value)
    raise TypeError(f"{name} is {value!r}; expected True or False")


def _texts(name: str, value: Iterable[str] | None) -> list[str] | None:
    if value is None:
        return None
    if isinstance(value, (str, bytes)):
        raise TypeError(f"{name} is {value!r}; expected a list of strings")
    texts = list(value)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(f"{name} is {value!r}; expected a list of strings")
    return texts
