"""What the tests of the download share: a bucket with the bundled drawings, its server, and the program at it."""

import os
from pathlib import Path

import pytest
from bucket_server import Bucket, serving
from conftest import FIXTURES, run

CAT = "full/simplified/cat.ndjson"
TOWER = "full/simplified/The Eiffel Tower.ndjson"
SHIRT = "full/simplified/t-shirt.ndjson"
# Hardly a pause between tries, and one second for a silent server.
HASTE = ("--retry-delay", 0.02, "--timeout", 1)


def packed_record(strokes):
    head = bytes(range(15)) + len(strokes).to_bytes(2, "little")
    return head + b"".join(n.to_bytes(2, "little") + bytes(2 * n) for n in strokes)


def bundled_files():
    files = {f"full/simplified/{path.name}": path.read_bytes() for path in (FIXTURES / "drawings").glob("*.ndjson")}
    files["full/binary/cat.bin"] = b"".join(packed_record([3, 300, 1 + n % 50]) for n in range(60))
    files["full/raw/cat.ndjson"] = b'{"word":"cat"}\n' * 500
    return files


def real_files():
    folder = os.environ.get("QUICKDRAW_DIR")
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix in {".ndjson", ".bin"}) if folder else []
    return {f"full/{path.relative_to(folder).parts[0]}/{path.name}": path.read_bytes() for path in paths}


@pytest.fixture
def bucket():
    return Bucket(bundled_files())


@pytest.fixture
def base(bucket):
    with serving(bucket) as address:
        yield address


@pytest.fixture
def output(tmp_path):
    return tmp_path / "drawings"


@pytest.fixture
def download(base, output):
    def download(*arguments, haste=HASTE, **options):
        return run("download", *arguments, "--output", output, "--base-url", base, *haste, **options)

    return download


def names(folder):
    """All but the attribution."""
    return sorted(path.name for path in folder.iterdir() if path.name != "ATTRIBUTION.txt") if folder.exists() else []


def address(base, name):
    return f"{base}/quickdraw_dataset/{name.replace(' ', '%20')}"
