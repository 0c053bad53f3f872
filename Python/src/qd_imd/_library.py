"""The C library, as its header ``qdimd.h`` describes it."""

from __future__ import annotations

import ctypes
import os
import pathlib
import sys
from typing import Any, NoReturn

NATIVE = pathlib.Path(__file__).resolve().parent / "_native"
"""The folder of what was built for this platform: the library, the program, and the bundled drawings."""

UINT8 = 0
FLOAT32 = 1


class Error(Exception):
    """Data cannot be read, or no mask meets the spec. The message is the one line that the program prints, too."""


class Image(ctypes.Structure):
    """``qdimd_image``."""

    _fields_ = [
        ("pixels", ctypes.c_void_p),
        ("byte_count", ctypes.c_size_t),
        ("row_stride", ctypes.c_size_t),
        ("type", ctypes.c_int32),
        ("hole", ctypes.c_float),
        ("background", ctypes.c_float),
    ]


class RasterOptions(ctypes.Structure):
    """``qdimd_raster_options``."""

    _fields_ = [("dilate", ctypes.c_double), ("feather", ctypes.c_double), ("antialias", ctypes.c_int32)]


class TracingOptions(ctypes.Structure):
    """``qdimd_tracing_options``."""

    _fields_ = [("fidelity", ctypes.c_int32), ("shapes", ctypes.c_int32), ("caps", ctypes.c_int32)]


class ComparisonResult(ctypes.Structure):
    """``qdimd_comparison``."""

    _fields_ = [
        ("both", ctypes.c_int64),
        ("only_candidate", ctypes.c_int64),
        ("only_reference", ctypes.c_int64),
        ("forgiven", ctypes.c_int64),
        ("differing", ctypes.c_int64),
        ("iou", ctypes.c_double),
        ("dice", ctypes.c_double),
        ("boundary_iou", ctypes.c_double),
        ("hausdorff95", ctypes.c_double),
        ("candidate_hole_ratio", ctypes.c_double),
        ("reference_hole_ratio", ctypes.c_double),
    ]


ErrorText: type[ctypes.Array[ctypes.c_char]] = ctypes.c_char * 2048
"""Memory for an error's text."""


def _load() -> ctypes.CDLL:
    name = "libqdimd.dylib" if sys.platform == "darwin" else "libqdimd.so"
    path = NATIVE / name
    try:
        library = ctypes.CDLL(os.fspath(path))
    except OSError as error:
        raise ImportError(f"{path}: cannot be loaded: {error}; expected the library of a qd-imd wheel") from None
    pointer, size = ctypes.c_void_p, ctypes.c_size_t
    text, number = ctypes.c_char_p, ctypes.c_int64
    end = [pointer, size]
    signatures: dict[str, list[Any]] = {
        "open": [text, text, text, text, ctypes.c_int32, pointer, *end],
        "describe": [pointer, pointer, pointer, pointer, pointer, *end],
        "settings": [pointer, pointer, pointer, *end],
        "draw": [pointer, number, pointer, *end],
        "draw_batch": [pointer, pointer, size, pointer, size, ctypes.c_int32, *end],
        "hole_ratio": [pointer, number, pointer, *end],
        "get": [pointer, number, pointer, *end],
        "mask_read": [text, size, pointer, *end],
        "mask_describe": [pointer, pointer, pointer, pointer, *end],
        "mask_json": [pointer, pointer, pointer, *end],
        "mask_svg": [pointer, ctypes.c_int32, pointer, pointer, *end],
        "mask_rasterize": [pointer, number, number, pointer, pointer, *end],
        "vectorize": [pointer, number, number, pointer, pointer, *end],
        "diff": [pointer, pointer, number, number, ctypes.c_double, pointer, *end],
        "png": [pointer, number, number, pointer, pointer, *end],
    }
    for name, arguments in signatures.items():
        function = getattr(library, f"qdimd_{name}")
        function.argtypes = arguments
        function.restype = ctypes.c_int32
    for name in "close", "mask_close", "free":
        function = getattr(library, f"qdimd_{name}")
        function.argtypes = [pointer]
        function.restype = None
    library.qdimd_version.argtypes = []
    library.qdimd_version.restype = ctypes.c_char_p
    return library


library = _load()


def fail(code: int, error: ctypes.Array[ctypes.c_char]) -> NoReturn:
    """Raises the exception for the result of a call."""
    message = error.value.decode("utf-8", "replace")
    if code == 1:
        raise ValueError(message)
    if code == 2:
        raise IndexError(message)
    if code == 3:
        raise FileNotFoundError(message)
    raise Error(message)


def call(name: str, *arguments: Any) -> None:
    """Calls a function of the library.

    Raises:
        ValueError: if an argument is invalid.
        IndexError: if there is no such mask.
        FileNotFoundError: if there is no such file.
        Error: if it fails for another reason.
    """
    error = ErrorText()
    code = getattr(library, f"qdimd_{name}")(*arguments, error, len(error))
    if code != 0:
        fail(code, error)


def returned_bytes(name: str, *arguments: Any) -> bytes:
    """Calls a function whose last results are memory and the number of its bytes."""
    memory, count = ctypes.c_void_p(), ctypes.c_size_t()
    call(name, *arguments, ctypes.byref(memory), ctypes.byref(count))
    try:
        return ctypes.string_at(memory, count.value)
    finally:
        library.qdimd_free(memory)
