"""GNU parallel generates the shards of a plan with the line in docs/cluster.md."""

import os
import subprocess

import pytest
from conftest import DRAWINGS, PROGRAM, ROOT, Killer, assert_merged, plan, run, status
from damage import damage_shards, other_version
from markdown import split_page
from processes import generator

COUNTS = ["--train", 78, "--test", 22]
PAGE = ROOT / "docs" / "cluster.md"
[BLOCK] = [block for block in split_page(PAGE)[0] if "parallel --retries" in block.text]
# The middle of the block, between planning and merging.
LINE = BLOCK.text[BLOCK.text.index("qd-imd status"):BLOCK.text.index("qd-imd merge")]


def parallel(folder, programs=PROGRAM.parent):
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"}
    return subprocess.run(["bash", "-ec", LINE], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def test_the_whole_block_runs(tmp_path):
    (tmp_path / "drawings").symlink_to(DRAWINGS)
    environment = os.environ | {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
    subprocess.run(["bash", "-ec", BLOCK.text], cwd=tmp_path, env=environment, check=True, timeout=120)
    run("verify", "masks", cwd=tmp_path)


@pytest.mark.parametrize("shards, masks_per_shard, variant", [
    (3, 39, "tar"), (16, 7, "layouts"), (16, 7, "exact"), (100, 1, "images")])
def test_any_number_of_shards_makes_the_dataset_of_one_process(references, tmp_path, shards, masks_per_shard, variant):
    counts = COUNTS if variant != "tar" else ["--train", 78, "--test", 20]
    plan(tmp_path, masks_per_shard, counts, variant, shards)
    done = parallel(tmp_path)
    assert done.returncode == 0, done.stderr
    run("merge", "masks", cwd=tmp_path)
    assert_merged(tmp_path, references(variant, counts))


def test_one_shard_makes_the_dataset_of_one_process(references, tmp_path):
    counts = ["--train", 40, "--test", 0]
    plan(tmp_path, 1000, counts, "files", shards=1)
    assert parallel(tmp_path).returncode == 0
    run("merge", "masks", cwd=tmp_path)
    assert_merged(tmp_path, references("files", counts))


def test_workers_that_are_killed_are_repeated(references, tmp_path):
    plan(tmp_path, 1, COUNTS, "files", shards=100)
    killer = Killer(tmp_path, 8, generator("parallel"))
    killer.start()
    done = parallel(tmp_path)
    killer.join()
    assert len(killer.killed) == 8
    assert done.returncode == 0, done.stderr
    run("merge", "masks", cwd=tmp_path)
    assert_merged(tmp_path, references("files", COUNTS))


def test_damaged_shards_are_found_and_generated_by_the_same_line(references, tmp_path):
    plan(tmp_path, 7, COUNTS, "files", shards=16)
    assert parallel(tmp_path).returncode == 0
    damaged = damage_shards(tmp_path, COUNTS, "files")
    run("merge", "masks", cwd=tmp_path, exit_code=75)
    found = status(tmp_path)
    assert found["missing"] == [3] and found["damaged"] == [2, 4, 5]
    assert found["rerun"] == "2-5" and damaged == [2, 3, 4, 5]
    assert parallel(tmp_path).returncode == 0
    run("merge", "masks", cwd=tmp_path)
    assert_merged(tmp_path, references("files", COUNTS))


def test_a_worker_of_another_version_writes_nothing_and_is_repeated(references, tmp_path):
    plan(tmp_path, 7, COUNTS, "files", shards=16)
    other, version = other_version(tmp_path)
    # Only one process can move the file. GNU parallel shows only what the last attempt says.
    program = tmp_path / "bin" / "qd-imd"
    program.parent.mkdir()
    program.write_text(f"""#!/bin/sh
if [ "$1" = export ] && mv '{other}' '{other}-started' 2>/dev/null; then exec '{other}-started' "$@" 2>said; fi
exec '{PROGRAM}' "$@"
""")
    program.chmod(0o755)
    done = parallel(tmp_path, program.parent)
    assert done.returncode == 0, done.stderr
    assert f"but this is qd-imd {version}" in (tmp_path / "said").read_text()
    run("merge", "masks", cwd=tmp_path)
    assert_merged(tmp_path, references("files", COUNTS))
