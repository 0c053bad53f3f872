"""The masks are those of version 2: the same vectors, pixels, SVG text, and JSON text."""

import os
import subprocess
import sys

import pytest
from conftest import PROGRAM, ROOT

IDENTITY = ROOT / "Tests" / "Identity" / "identity.py"


def identity(*arguments):
    return subprocess.run(
        [sys.executable, IDENTITY, *map(str, arguments)], capture_output=True, text=True, timeout=900)


@pytest.mark.parametrize("sources", [
    "bundled",
    pytest.param("real", marks=pytest.mark.skipif(
        not os.environ.get("QUICKDRAW_DIR"), reason="no real drawings (QUICKDRAW_DIR)")),
])
def test_masks_are_those_of_version_2(sources):
    done = identity("check", PROGRAM, "--quick", "--sources", sources)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_other_drawings_are_an_error(tmp_path):
    """A mask depends on the drawings, so the recording says which it was made with."""
    (tmp_path / "simplified").mkdir()
    (tmp_path / "simplified" / "cat.ndjson").write_text("")
    done = identity("check", PROGRAM, "--cases", "seed 1", "--drawings", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("identity: simplified drawings: SHA-256 of names and bytes is ")


def test_a_mask_that_changed_is_found(tmp_path):
    """Masks of another seed differ from the recorded ones."""
    program = tmp_path / "other-masks"
    program.write_text(f'#!/bin/sh\ncommand=$1; shift\n'
                       f'[ "$command" = export ] && exec "{PROGRAM}" export --seed 7 "$@"\n'
                       f'exec "{PROGRAM}" "$command" "$@"\n')
    program.chmod(0o755)
    arguments = ["--sources", "bundled", "--quick", "--cases", "bundled, preset thin*"]
    checked = identity("check", program, *arguments)
    assert checked.returncode == 1
    assert "pixels: 3 of 3 blocks differ; the first is 00000_train to 00099_train" in checked.stdout
    compared = identity("compare", PROGRAM, program, *arguments)
    assert compared.returncode == 1
    assert "vectors: 300 of 300 masks differ" in compared.stdout
