"""The C interface from C: the header compiles, functions check their arguments, and memory is used as documented."""

import ctypes
import os
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest
from conftest import DRAWINGS, IS_THOROUGH, PACKAGE, ROOT

import qd_imd
from qd_imd import _library

HEADER = ROOT / "Sources" / "CQDIMDHeader" / "qdimd.h"
HERE = ROOT / "Tests" / "Python"
NATIVE = PACKAGE / "qd_imd" / "_native"
COMPILER = shutil.which("cc") or shutil.which("clang")


def compile_program(name, output, library=NATIVE):
    # What the library itself links is found where the library says, not by the linker.
    shared = ["-Wl,--allow-shlib-undefined"] if sys.platform == "linux" else []
    command = [COMPILER, "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-g", f"-I{HEADER.parent}", HERE / name,
               f"-L{library}", "-lqdimd", f"-Wl,-rpath,{library}", *shared, "-o", output]
    subprocess.run(command, check=True)
    return output


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    return compile_program("draw.c", tmp_path_factory.mktemp("c") / "draw")


def test_a_small_c_program_draws_a_mask(program, bank):
    assert len((HERE / "draw.c").read_text().splitlines()) <= 30
    done = subprocess.run([program, bank, "17"], capture_output=True, text=True, check=True)
    assert int(done.stdout) == qd_imd.Masks(bank, seed=1)[17].sum(dtype=int)
    failed = subprocess.run([program, bank, "50000"], capture_output=True, text=True, check=False)
    assert failed.returncode == 1 and failed.stderr == "index is 50000; expected 0 to 49999\n"


def test_the_header_is_c_and_cplusplus(tmp_path):
    for compiler, language in (COMPILER, "c"), (COMPILER, "c++"):
        command = [compiler, "-x", language, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", HEADER]
        subprocess.run(command, check=True)


def test_every_function_and_argument_is_documented():
    text = HEADER.read_text()
    declarations = re.findall(r"((?:^//.*\n)+)^[\w ]+\*?(qdimd_\w+)\(([^;]*)\);", text, re.MULTILINE)
    assert len(declarations) == text.count(");") > 15
    for comment, name, parameters in declarations:
        for parameter in parameters.replace("\n", " ").split(","):
            words = re.findall(r"\w+", parameter)
            if words != ["void"] and words[-1] not in ("error", "error_size"):
                assert re.search(rf"^//   {words[-1]} ", comment, re.MULTILINE), f"{name}: {words[-1]}"
    exported = {line.split()[-1] for line in symbols() if " T " in line}
    assert {name for _, name, _ in declarations} <= exported


def symbols():
    path = next(path for path in NATIVE.iterdir() if path.name.startswith("libqdimd."))
    return subprocess.run(["nm", "-D", "--defined-only", path], capture_output=True, text=True, check=True).stdout.splitlines()


def test_null_and_invalid_arguments_are_errors(bank):
    library = _library.library
    masks = qd_imd.Masks(bank, canvas=16, count=4)
    handle = masks._handle.address
    pixels = (ctypes.c_uint8 * 600)()
    at = ctypes.addressof(pixels)

    def image(pixels=at, byte_count=256, row_stride=16, kind=0, hole=255.0, background=0.0):
        return ctypes.byref(_library.Image(pixels, byte_count, row_stride, kind, hole, background))

    error = ctypes.create_string_buffer(200)
    end = (error, 200)
    out = ctypes.byref(ctypes.c_void_p())
    indices = (ctypes.c_int64 * 4)(0, 1, 2, 3)
    cases = [
        ("open", (None, None, None, None, 0, out), "source is NULL"),
        ("open", (os.fsencode(bank), None, None, None, 0, None), "masks is NULL"),
        ("open", (os.fsencode(bank), None, None, None, 2, out), "split is 2; expected 0 or 1"),
        ("open", (os.fsencode(bank), None, b"[", None, 0, out), None),
        ("open", (os.fsencode(bank), None, None, b"[]", 0, out), "not a JSON object; expected changes"),
        ("draw", (None, 0, image()), "masks is NULL"),
        ("draw", (handle, 0, None), "image is NULL"),
        ("draw", (handle, 0, image(pixels=None)), "image: pixels is NULL"),
        ("draw", (handle, -1, image()), "index is -1; expected 0 to 3"),
        ("draw", (handle, 4, image()), "index is 4; expected 0 to 3"),
        ("draw", (handle, 0, image(byte_count=255)), "image: byte_count is 255; expected 256 or more"),
        ("draw", (handle, 0, image(row_stride=15)), "image: row_stride is 15; expected 16 or more"),
        ("draw", (handle, 0, image(row_stride=2**62)), None),
        ("draw", (handle, 0, image(row_stride=2**64 - 1)), None),
        ("draw", (handle, 0, image(kind=2)), "image: type is 2; expected 0 or 1"),
        ("draw", (handle, 0, image(hole=256)), None),
        ("draw", (handle, 0, image(hole=0.5)), None),
        ("draw", (handle, 0, image(hole=float("nan"))), None),
        ("draw", (handle, 0, image(hole=0)), None),
        ("draw", (handle, 0, image(pixels=at + 1, kind=1, row_stride=64, byte_count=10**6)), "image: pixels is not aligned to 4 bytes"),
        ("draw", (handle, 0, image(kind=1, row_stride=66, byte_count=10**6)), "image: row_stride is 66; expected 64 or more"),
        ("draw_batch", (handle, None, 1, image(), 256, 1), "indices is NULL"),
        ("draw_batch", (handle, indices, 2, image(), 256, 1), "image: byte_count is 256; expected 512 or more"),
        ("draw_batch", (handle, indices, 2, image(byte_count=600), 255, 1), "image_stride is 255; expected 256 or more"),
        ("draw_batch", (handle, indices, 2**62, image(), 256, 1), None),
        ("draw_batch", (handle, indices, 2**64 - 1, image(), 256, 1), None),
        ("draw_batch", (handle, indices, 2, image(byte_count=600), 256, 0), "threads is 0; expected 1 to 256"),
        ("mask_read", (None, 3, out), "text is NULL"),
        ("mask_read", (b"", 0, out), "neither JSON nor SVG; expected a mask"),
        ("mask_read", (b"{}", 2**40, out), None),
        ("mask_rasterize", (None, 16, 16, None, image()), "mask is NULL"),
        ("diff", (image(), image(), 16, 16, -1.0, ctypes.byref(_library.ComparisonResult())), "tolerance is -1.0; expected at least 0"),
        ("diff", (image(), image(), 16, 16, float("nan"), ctypes.byref(_library.ComparisonResult())), None),
        ("diff", (image(), image(), 0, 16, 0.0, ctypes.byref(_library.ComparisonResult())), "the size is 0×16; expected sides of 1 to 1000000 px"),
        ("diff", (image(), image(), 16, 2**62, 0.0, ctypes.byref(_library.ComparisonResult())), None),
        ("png", (image(), 16, 16, None, None), "bytes is NULL"),
    ]
    for name, arguments, message in cases:
        error.value = b""
        assert getattr(library, f"qdimd_{name}")(*arguments, *end) in (1, 2), (name, message)
        assert error.value and (message is None or error.value.decode() == message), (name, error.value)
    assert library.qdimd_draw(handle, 0, image(byte_count=600, row_stride=20), None, 0) == 0
    assert np.array_equal(np.frombuffer(pixels, np.uint8)[:320].reshape(16, 20)[:, :16], masks[0])
    for name in "close", "mask_close", "free":
        getattr(library, f"qdimd_{name}")(None)


def test_error_text_is_cut_at_a_character():
    library = _library.library
    for size in range(60):
        error = ctypes.create_string_buffer(b"\x07" * 80, 80)
        path = "/missing/ünïcödé/日本語".encode()
        assert library.qdimd_open(path, None, None, None, 0, ctypes.byref(ctypes.c_void_p()), error, size) == 3
        if size > 0:
            error.value.decode()
            assert len(error.value) < size
        assert error.raw[size:] == b"\x07" * (80 - size)


@pytest.mark.skipif(sys.platform != "linux", reason="there is no valgrind")
def test_valgrind_finds_no_error_in_any_function(bank, tmp_path):
    # valgrind cannot read Swift's debugging information.
    library = tmp_path / "libqdimd.so"
    subprocess.run(["strip", "--strip-debug", NATIVE / "libqdimd.so", "-o", library], check=True)
    compile_program("exercise.c", tmp_path / "exercise", tmp_path)
    check = ["valgrind", "-q", "--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite",
             "--error-exitcode=9"]
    sources = [bank, DRAWINGS] if IS_THOROUGH else [bank]
    done = subprocess.run([*check, tmp_path / "exercise", *sources], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr
