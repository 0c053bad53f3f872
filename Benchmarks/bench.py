"""Measures the program, beside what people make masks with otherwise, and prints Markdown tables.

    make bench [DRAWINGS=folder] [QUICK=1] [SCRATCH=folder]

Figures are medians of several rounds, in which those that are compared take turns. Figures of two machines cannot be
compared; ratios within one run can.
"""

import argparse
import os
import platform
import tempfile
import time
from importlib import metadata
from pathlib import Path

from claims import Claims
from drawing import drawing
from exporting import exporting
from memory import memory
from ratios import ratios
from reading import reading
from workplace import Workplace, figure, table

CHAPTERS = {
    "drawing": drawing, "exporting": exporting, "ratios": ratios, "reading": reading, "memory": memory}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("drawings", type=Path)
    parser.add_argument("--quick", action="store_true", help="fewer masks and rounds, no huge pictures")
    parser.add_argument("--scratch", help="where files are written; by default a file system in memory")
    parser.add_argument("--chapters", nargs="+", choices=CHAPTERS, default=list(CHAPTERS))
    options = parser.parse_args()
    start = time.monotonic()
    # A disk's speed is not the program's.
    in_memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=options.scratch or in_memory, prefix="qd-imd-bench-") as folder:
        place = Workplace(
            options.program.resolve(), options.drawings.resolve(), Path(folder).resolve(), options.quick)
        claims = Claims()
        say_where(place)
        for chapter in options.chapters:
            CHAPTERS[chapter](place, claims)
        if "drawing" in options.chapters:
            steps(place)
        claims.print()
    print(f"{(time.monotonic() - start) / 60:.1f} minutes")


def say_where(place):
    names = ["pillow", "opencv-python-headless", "pycairo", "skia-python", "CairoSVG", "resvg-py"]
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    system = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    print(f"{place.cores} cores, {system}; {versions}")


def version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def steps(place):
    print("\n## Each step of a mask alone, 512×512 px, one core\n")
    lines = place.micro("steps", place.drawings)
    table(["step", "µs a mask"], [[line["step"], figure(line["microseconds"])] for line in lines])


if __name__ == "__main__":
    main()
