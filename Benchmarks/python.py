"""Measures the Python package against generators that people use, and writes docs/benchmarks-python.md.

The peers are written from their descriptions: the irregular masks of LaMa (Suvorov et al., WACV 2022: up to ten polylines
of up to five thick segments, drawn by cv2.line) and a bare cv2.polylines of four strokes of eight points. All of them make
masks of 512×512 px in one thread, in turn, so that a change of the machine's speed affects all alike.
"""

import argparse
import ctypes
import math
import multiprocessing
import pathlib
import platform
import resource
import sys
import time

import cv2
import numpy as np

import qd_imd
from qd_imd import _library

SIZE = 512


def lama_like(random: np.random.RandomState) -> np.ndarray:
    """An irregular mask as LaMa draws it: thick segments with random turns and lengths."""
    mask = np.zeros((SIZE, SIZE), np.float32)
    for stroke in range(random.randint(1, 11)):
        x, y = random.randint(SIZE), random.randint(SIZE)
        for _ in range(1 + random.randint(5)):
            angle = 0.01 + random.randint(4)
            if stroke % 2 == 0:
                angle = 2 * math.pi - angle
            length, width = 10 + random.randint(60), 5 + random.randint(20)
            end_x = int(np.clip(x + length * math.sin(angle), 0, SIZE))
            end_y = int(np.clip(y + length * math.cos(angle), 0, SIZE))
            cv2.line(mask, (x, y), (end_x, end_y), 1.0, width)
            x, y = end_x, end_y
    return mask


def bare_polylines(random: np.random.RandomState) -> np.ndarray:
    """Four strokes of eight points each, and nothing else."""
    mask = np.zeros((SIZE, SIZE), np.uint8)
    strokes = list(random.randint(0, SIZE, (4, 8, 1, 2)).astype(np.int32))
    cv2.polylines(mask, strokes, False, 255, 10)
    return mask


def microseconds(make, count: int) -> float:
    start = time.perf_counter()
    for index in range(count):
        make(index)
    return (time.perf_counter() - start) / count * 1e6


def interleaved(makers: dict, rounds: int, count: int) -> dict[str, float]:
    """The shortest time of each maker over several rounds, in µs per mask."""
    best = dict.fromkeys(makers, math.inf)
    for _ in range(rounds):
        for name, make in makers.items():
            best[name] = min(best[name], microseconds(make, count))
    return best


def library_call(masks: qd_imd.Masks):
    """Draws into one array through the C function alone, without what the package does around it."""
    handle = masks._handle
    array = np.empty(masks.shape, masks.dtype)
    image, error = ctypes.byref(masks._format.image(array, SIZE)), _library.ErrorText()
    draw = _library.library.qdimd_draw

    def call(index: int, keep=array) -> None:
        draw(handle.address, index, image, error, len(error))

    return call


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer masks and rounds")
    parser.add_argument("--output", type=pathlib.Path, help="the page to write; by default, only print it")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    # Short rounds: some of them are not disturbed by other programs.
    rounds, count = (3, 300) if options.quick else (100, 300)
    random = np.random.RandomState(0)
    masks = qd_imd.Masks()
    small, large = qd_imd.Masks(size=256), qd_imd.Masks(size=1024)
    ratio = qd_imd.Masks(hole_ratio=(0.2, 0.3))
    floats, bools = qd_imd.Masks(dtype="float32"), qd_imd.Masks(dtype="bool")
    out = np.empty((SIZE, SIZE), np.uint8)
    batch_out = np.empty((64, SIZE, SIZE), np.uint8)
    makers = {
        "`masks[i]`": lambda i: masks[i],
        "the C function alone": library_call(masks),
        "`masks.draw(i, out)`": lambda i: masks.draw(i, out),
        '`masks[i]`, `dtype="bool"`': lambda i: bools[i],
        '`masks[i]`, `dtype="float32"`': lambda i: floats[i],
        "`masks[i]`, `size=256`": lambda i: small[i],
        "`masks[i]`, `size=1024`": lambda i: large[i],
        "`masks[i]`, `hole_ratio=(0.2, 0.3)`": lambda i: ratio[i],
        "`masks.mask(i)`": lambda i: masks.mask(i),
        "LaMa-like, `cv2.line`": lambda i: lama_like(random),
        "`cv2.polylines`, four strokes": lambda i: bare_polylines(random),
    }
    times = interleaved(makers, rounds, count)
    batches = {
        f"`masks.batch(64, out=…, threads={threads})`": (
            lambda i, threads=threads: masks.batch(range(64), out=batch_out, threads=threads)
        )
        for threads in (1, 2)
    }
    batch_times = {name: value / 64 for name, value in interleaved(batches, rounds, max(count // 64, 5)).items()}
    ours = times["`masks[i]`"]
    overhead = ours - times["the C function alone"]
    one, two = batch_times.values()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for index in range(20_000 if options.quick else 1_000_000):
        masks.draw(index % len(masks), out)
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    lines = [
        "# Benchmarks of the Python package",
        "",
        f"Written by `make bench-python` on {platform.machine()} with {multiprocessing.cpu_count()} cores, Python "
        f"{platform.python_version()}, NumPy {np.__version__}, and OpenCV {cv2.__version__}. One thread unless stated "
        f"otherwise, {SIZE}×{SIZE} px unless stated otherwise; the shortest of {rounds} rounds of {count:,} masks each, "
        "in alternation.",
        "",
        "| what | µs per mask | masks per second | `masks[i]` is faster by |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, value in {**times, **batch_times}.items():
        lines.append(f"| {name} | {value:.1f} | {1e6 / value:,.0f} | {value / ours:.2f}× |")
    lines += [
        "",
        f"- Two threads in `batch` are {one / two:.2f}× as fast as one.",
        f"- Python adds {overhead:.1f} µs to the C function.",
        f"- {1_000_000 if not options.quick else 20_000:,} masks more: the resident memory grew by {growth} KiB.",
        "",
    ]
    page = "\n".join(lines)
    print(page)
    if options.output:
        options.output.write_text(page, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
