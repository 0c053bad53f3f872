"""The difference between two masks."""

from __future__ import annotations

import ctypes
import dataclasses
import math
import os
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _library
from ._mask import Mask, MaskLike
from ._pixels import mask_array, mask_format


@dataclasses.dataclass(frozen=True)
class Comparison(Mapping[str, "int | float | None"]):
    """The difference between a candidate C and a reference R: the figures of ``qd-imd diff``.

    They are attributes, and also items: ``comparison.iou``, ``comparison["iou"]``, ``dict(comparison)``.
    """

    both: int
    """Pixels that are hole in both."""
    only_candidate: int
    """Pixels that are hole in C only."""
    only_reference: int
    """Pixels that are hole in R only."""
    forgiven: int
    """Pixels that are hole in one only, within the tolerance of the other's hole."""
    differing: int
    """``only_candidate + only_reference - forgiven``."""
    iou: float
    """Intersection over union, 0 to 1; 1 if both holes are empty."""
    dice: float
    """Dice coefficient (F1), 0 to 1; 1 if both holes are empty."""
    boundary_iou: float
    """Boundary IoU (Cheng et al. 2021), 0 to 1; 1 if both holes are empty."""
    hausdorff95: float | None
    """95th percentile of the Hausdorff distance in px; None if one hole is empty."""
    candidate_hole_ratio: float
    """Hole ratio of C, 0 to 1."""
    reference_hole_ratio: float
    """Hole ratio of R, 0 to 1."""

    @property
    def hole_ratio_difference(self) -> float:
        """``candidate_hole_ratio - reference_hole_ratio``."""
        return self.candidate_hole_ratio - self.reference_hole_ratio

    def __getitem__(self, name: str) -> int | float | None:
        if name not in _NAMES:
            raise KeyError(name)
        value: int | float | None = getattr(self, name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


_NAMES = (*(field.name for field in dataclasses.fields(Comparison)), "hole_ratio_difference")


def diff(
    candidate: npt.ArrayLike | MaskLike, reference: npt.ArrayLike | MaskLike, tolerance: float = 0
) -> Comparison:
    """Compares two masks pixel by pixel, as ``qd-imd diff`` does.

    Args:
        candidate: The mask to judge: an array, or what a :class:`Mask` can be made of. An array has the shape (H, W) or
            (1, H, W); its pixels have two values: True, 1, or 255 in the hole, and False or 0 elsewhere. A vector mask is
            rasterized by the exact rule, at the size of the other side's array, or of its own canvas if both are vectors.
        reference: The mask that it is compared with, in the same way.
        tolerance: The distance in px, at least 0, within which a difference is forgiven.

    Raises:
        ValueError: if an array has other values or dimensions, the sizes differ, or ``tolerance`` is negative.
        TypeError: if an argument is of the wrong type.
        FileNotFoundError: if there is no file at a path.
    """
    first, second = _loaded(candidate, "candidate"), _loaded(reference, "reference")
    distance = ctypes.c_double(tolerance)
    if isinstance(first, Mask):
        first = first.rasterize(None if isinstance(second, Mask) else second.shape[::-1])
    if isinstance(second, Mask):
        second = second.rasterize(first.shape[::-1])
    if first.shape != second.shape:
        raise ValueError(
            f"candidate is {first.shape[1]}×{first.shape[0]} px, reference is {second.shape[1]}×{second.shape[0]} px; "
            "expected equal sizes"
        )
    height, width = first.shape
    result = _library.ComparisonResult()
    images = [ctypes.byref(mask_format(array).image(array, width)) for array in (first, second)]
    _library.call("diff", *images, width, height, distance, ctypes.byref(result))
    values = {name: getattr(result, name) for name, *_ in _library.ComparisonResult._fields_}
    if math.isnan(values["hausdorff95"]):
        values["hausdorff95"] = None
    return Comparison(**values)


def _loaded(value: npt.ArrayLike | MaskLike, name: str) -> Mask | npt.NDArray[Any]:
    """The vector mask, or the array (H, W) of uint8 or float32, C-contiguous."""
    if isinstance(value, Mask):
        return value
    if isinstance(value, (Mapping, str, bytes, os.PathLike)):
        return Mask(value)
    return mask_array(value, name)
