"""Where a program has little: an ordinary user, a folder that nobody may write to, a disk that fills up, one core."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import FIXTURES, PROGRAM, run, tree
from processes import DRAWINGS

MASKS = FIXTURES / "masks"
COUNTS = ["--train", "40", "--test", "8", "--drawings-per-file", "20"]
# Every command that writes, with its output below the folder `out`, and the exit code of a failure.
WRITERS = {
    "export": (["export", DRAWINGS, "--output", "out/masks", *COUNTS, "--quiet"], 1),
    "tar": (["export", DRAWINGS, "--output", "out/masks", *COUNTS, "--tar", "10", "--quiet"], 1),
    "layouts": (["export", DRAWINGS, "--output", "out/masks", *COUNTS, "--layout", "qd-imd,huggingface,mat", "--quiet"], 1),
    "plan": (["plan", DRAWINGS, "--output", "out/masks", *COUNTS, "--quiet"], 1),
    "index": (["index", DRAWINGS, "--output", "out/strokes.bank", "--quiet"], 1),
    "rasterize": (["rasterize", "vectors", "--output", "out/images", "--quiet"], 1),
    "image": (["rasterize", MASKS / "00000_train.json", "--output", "out/x.png", "--size", "8192", "--quiet"], 1),
    "report": (["report", "vectors", "--output", "out/x.html", "--quiet"], 1),
    "json": (["diff", MASKS / "00000_train.png", MASKS / "00001_train.png", "--json", "out/x.json", "--quiet"], 2),
    "html": (["diff", MASKS / "00000_train.png", MASKS / "00001_train.png", "--html", "out/x.html", "--quiet"], 2),
    "overlay": (["diff", MASKS / "00000_train.png", MASKS / "00001_train.png", "--overlay", "out/overlay", "--quiet"], 2),
}
# What a run leaves, which another one continues or replaces.
HIDDEN = {".qd-imd-partial", ".qd-imd-lock", "plan.json"}


def attempt(arguments, folder, prefix=(), **options):
    if not (folder / "vectors").exists():
        (folder / "vectors").mkdir()
        for path in MASKS.glob("*.json"):
            shutil.copy(path, folder / "vectors")
    return subprocess.run([*prefix, PROGRAM, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=120,
                          **options)


@pytest.fixture
def ordinary(tmp_path):
    """Options with which a process is not root's, and a folder for it."""
    if os.geteuid() != 0:
        return {}
    for folder in tmp_path.parents:
        # pytest's folders are their owner's alone.
        if folder.stat().st_mode & 0o005 != 0o005 and Path(tempfile.gettempdir()) in folder.parents:
            folder.chmod(0o755)
    tmp_path.chmod(0o777)
    return {"user": 65534, "group": 65534, "extra_groups": []}


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_that_may_not_be_written_to(name, tmp_path, ordinary):
    arguments, code = WRITERS[name]
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o555)
    done = attempt(arguments, tmp_path, **ordinary)
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == 1 and "Permission denied" in done.stderr
    assert list(out.iterdir()) == []
    out.chmod(0o777)
    done = attempt(arguments, tmp_path, **ordinary)
    assert done.returncode == (0 if code == 1 else 1), done.stderr
    assert list(out.iterdir())


# The program on a small file system of its own, which is gone with its namespace: what is in it then is printed.
ON_A_SMALL_DISK = """
mount -t tmpfs -o size=%dk,mode=777 tmpfs out || exit 99
"$@" >/dev/null
code=$?
find out -mindepth 1 -type f -printf '%%P %%s\\n'
exit $code
"""


@pytest.mark.parametrize("name", WRITERS)
def test_a_disk_that_fills_up(name, tmp_path):
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux mounts file systems")
    arguments, code = WRITERS[name]
    (tmp_path / "out").mkdir()
    codes = []
    for kibibytes in [4, 40, 200, 600, 1 << 14]:
        script = ON_A_SMALL_DISK % kibibytes
        done = attempt(arguments, tmp_path, ["unshare", "--mount", "sh", "-c", script, "sh"])
        if done.returncode == 99 or "unshare" in done.stderr:
            pytest.skip("no file system can be mounted here")
        codes.append(done.returncode)
        files = [line.partition(" ")[0] for line in done.stdout.splitlines()]
        if done.returncode == code and done.stderr:
            assert done.stderr.count("\n") == 1 and "No space left on device" in done.stderr, (kibibytes, done.stderr)
            # Images are complete one by one; all else is there as a whole, or not at all.
            left = [file for file in files if not HIDDEN & set(file.split("/")) and not file.endswith(".png")]
            assert left == [], (kibibytes, left)
            assert not [file for file in files if file.endswith(".partial") and ".qd-imd-partial" not in file], files
            assert name != "image" or files == []
        else:
            assert done.returncode == (0 if code == 1 else 1), (kibibytes, done.stderr)
            assert files
    assert codes[0] == code or name in ["json", "overlay"], "a page is enough for all files"
    assert codes[-1] == (0 if code == 1 else 1)


def test_one_core_makes_the_same_bytes(tmp_path):
    if not shutil.which("taskset"):
        pytest.skip("taskset is only on Linux")
    arguments = WRITERS["export"][0]
    for name, prefix in [("one", ["taskset", "-c", "0"]), ("all", [])]:
        (tmp_path / name / "out").mkdir(parents=True)
        done = attempt(arguments, tmp_path / name, prefix)
        assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "one" / "out") == tree(tmp_path / "all" / "out")


def test_a_reader_that_leaves_after_the_first_line():
    command = f"'{PROGRAM}' inspect '{DRAWINGS}' --by-category --quiet | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, timeout=120)
    # The pipe may take all before its reader leaves.
    assert done.returncode in [0, 1] and done.stdout.count("\n") == 1
    assert done.stderr in ["", "standard output: cannot be written: Broken pipe\n"]


def test_an_ordinary_user_has_the_same_dataset_as_root(tmp_path, ordinary):
    arguments = WRITERS["export"][0]
    (tmp_path / "out").mkdir(mode=0o777)
    (tmp_path / "out").chmod(0o777)
    assert attempt(arguments, tmp_path, **ordinary).returncode == 0
    (tmp_path / "other" / "out").mkdir(parents=True)
    run(*arguments, cwd=tmp_path / "other")
    assert tree(tmp_path / "out") == tree(tmp_path / "other" / "out")
    assert json.loads((tmp_path / "out" / "masks" / "dataset.json").read_text())["counts"] == {"train": 40, "test": 8}
