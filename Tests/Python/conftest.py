"""What the tests of the Python package share: the package from the source tree, the program, and sources of drawings."""

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build" / "release" / "qd-imd"
DRAWINGS = ROOT / "fixtures" / "drawings"
PACKAGE = ROOT / "Python" / "src"

sys.path.insert(0, str(PACKAGE))
# Processes that the tests start import the package, too.
os.environ["PYTHONPATH"] = os.pathsep.join([str(PACKAGE), str(ROOT / "Tests" / "Python")])

# More of everything that is random or repeated, for a thorough run: some minutes.
IS_THOROUGH = os.environ.get("QDIMD_PYTHON_THOROUGH") == "1"


def run(*arguments):
    """Runs the program."""
    subprocess.run([PROGRAM, *map(str, arguments)], check=True, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="session")
def bank():
    return PACKAGE / "qd_imd" / "_native" / "drawings.bank"


@pytest.fixture(scope="session")
def sources(bank, tmp_path_factory):
    """A bank, a folder, and a binary file of several thousand drawings of one category."""
    folder = tmp_path_factory.mktemp("binary")
    # One file has one category, which is in the train split whatever the seed is.
    binary = folder / "cat.bin"
    write_binary(DRAWINGS / "cat.ndjson", binary)
    return {"bank": bank, "folder": DRAWINGS, "binary": binary}


def write_binary(path, output):
    """Writes simplified drawings in Quick, Draw!'s binary format."""
    import json
    import struct

    with open(path, encoding="utf-8") as lines, open(output, "wb") as file:
        for line in lines:
            drawing = json.loads(line)
            file.write(struct.pack("<Q2sbIH", int(drawing["key_id"]), drawing["countrycode"].encode(), 1, 0,
                                   len(drawing["drawing"])))
            for xs, ys in drawing["drawing"]:
                file.write(struct.pack("<H", len(xs)) + bytes(xs) + bytes(ys))
