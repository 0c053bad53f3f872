"""cluster/qd-imd.sbatch on a Slurm with two nodes on this machine, submitted by an ordinary user."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from conftest import (
    BATCH_FILE, DRAWINGS, PROGRAM, ROOT, Killer, assert_merged, plan, record, recorded_file, run, status)
from damage import damage_shards, other_version
from markdown import split_page
from processes import generator
from slurm import Slurm

COUNTS = ["--train", 78, "--test", 22]
# One more than the largest index of an array.
MAX_ARRAY_SIZE = 21
USER = pwd.getpwnam("nobody")


@pytest.fixture(scope="session")
def base():
    """A folder that an ordinary user can enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="qd-imd-slurm-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def programs(base):
    """The program and its libraries that are not the system's, where any user can read them."""
    folder = base / "programs"
    folder.mkdir()
    shutil.copy(PROGRAM, folder)
    for line in subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout.splitlines():
        path = line.partition("=> ")[2].partition(" ")[0]
        if path and not path.startswith(("/lib", "/usr/lib")):
            shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="session")
def slurm(base):
    assert os.geteuid() == 0, "Slurm switches between users; expected to run as root, in a container for example"
    cluster = Slurm(base / "slurm", nodes=2, slots=4, max_array_size=MAX_ARRAY_SIZE)
    try:
        yield cluster.start()
    finally:
        cluster.stop()


@pytest.fixture
def folder(base, slurm):
    path = Path(tempfile.mkdtemp(prefix="test-", dir=base))
    yield path
    slurm.cancel()


def give_to_user(folder):
    """Changes the owner of what has another: a file that is given away counts as changed at that time."""
    for path in [folder, *folder.rglob("*")]:
        if path.lstat().st_uid != USER.pw_uid:
            os.chown(path, USER.pw_uid, USER.pw_gid, follow_symlinks=False)


def submit(slurm, programs, folder, *command, **variables):
    """Runs a command as an ordinary user in the folder, by default the batch file on its plan."""
    give_to_user(folder)
    as_user = ["setpriv", f"--reuid={USER.pw_uid}", f"--regid={USER.pw_gid}", "--clear-groups", "env",
               f"PATH={programs}:{os.environ['PATH']}", f"LD_LIBRARY_PATH={programs}",
               *(f"{name}={value}" for name, value in variables.items())]
    return slurm.command(*as_user, *(command or [batch_file(programs), "masks"]), cwd=folder)


def batch_file(programs):
    path = programs / BATCH_FILE.name
    if not path.exists():
        shutil.copy(BATCH_FILE, path)
    return path


def log(folder, pattern="*.log"):
    return "".join(path.read_text() for path in sorted(folder.glob(pattern)))


def script(folder, text):
    """A program in place of the real one, which logs the task, its restart, and its exit code."""
    path = folder / "program"
    path.write_text(f"#!/bin/bash\n{text}\ncode=$?\n"
                    'echo "${SLURM_ARRAY_TASK_ID:-$1} ${SLURM_RESTART_COUNT:-0} $code" >>calls.txt\nexit $code\n')
    path.chmod(0o755)
    return path


def calls(folder):
    """The exit codes of each task, or of the commands outside of the array, in order."""
    found = {}
    for line in (folder / "calls.txt").read_text().splitlines():
        task, _, code = line.split()
        found.setdefault(task, []).append(int(code))
    return found


def test_the_batch_file_is_clean():
    done = subprocess.run(["shellcheck", BATCH_FILE],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_eight_workers_killed_and_a_node_taken_down(references, slurm, programs, folder):
    # Enough shards that eight can be killed, although a program lives only for some ms.
    plan(folder, 4, COUNTS, "layouts", shards=26)
    slow = script(folder, 'sleep 0.5; qd-imd "$@"')
    killer = Killer(folder, 8, generator("slurm"))
    killer.start()
    submit(slurm, programs, folder, QDIMD_PROGRAM=slow)
    slurm.wait_for(lambda: len(killer.killed) >= 3, "killed workers", 120)
    slurm.take_down("node1")
    slurm.wait_for(lambda: slurm.states()["node1"].startswith("down"), "a node that is down", 30)
    slurm.start_node("node1")
    slurm.command("scontrol", "update", "NodeName=node1", "State=RESUME")
    slurm.wait()
    killer.join()
    assert len(killer.killed) == 8, log(folder)
    assert_merged(folder, references("layouts", COUNTS))


def test_more_shards_than_tasks(references, slurm, programs, folder):
    plan(folder, 1, COUNTS, "tar-exact", shards=16)
    submit(slurm, programs, folder, QDIMD_TASKS=5)
    slurm.wait()
    assert len(list(folder.glob("qd-imd-[0-9]*_*.log"))) == 5
    assert_merged(folder, references("tar-exact", COUNTS))


def test_a_hundred_shards_in_an_array_as_large_as_slurm_allows(references, slurm, programs, folder):
    plan(folder, 1, COUNTS, "files", shards=100)
    said = submit(slurm, programs, folder)
    assert " for the shards 0-99\n" in said
    slurm.wait()
    assert len(list(folder.glob("qd-imd-[0-9]*_*.log"))) == MAX_ARRAY_SIZE
    assert_merged(folder, references("files", COUNTS))


def test_damage_in_the_middle_of_a_job_is_found_and_repaired(references, slurm, programs, folder):
    """Also a worker of another version: the first attempt of shard 0."""
    plan(folder, 7, COUNTS, "files", shards=16)
    other, version = other_version(folder)
    program = script(folder, f"""
if [ "$SLURM_ARRAY_TASK_ID ${{SLURM_RESTART_COUNT:-0}}" = "0 0" ]; then {other} "$@"
else
    if [ "$SLURM_ARRAY_TASK_ID" = 15 ]; then for _ in {{1..2000}}; do [ -e go ] || sleep 0.1; done; fi
    qd-imd "$@"
fi""")
    submit(slurm, programs, folder, QDIMD_PROGRAM=program)
    slurm.wait_for(lambda: status(folder)["complete"] == 15, "15 shards", 300)
    assert f"but this is qd-imd {version}" in log(folder)
    damage_shards(folder, COUNTS, "files")
    (folder / "go").touch()
    slurm.wait()
    assert "shards: 12 complete, 1 missing (3), 3 damaged (2,4-5; " in log(folder, "qd-imd-merge-*.log")
    expected = {str(task): [0] for task in range(16)} | {str(task): [0, 0] for task in [2, 3, 4, 5]} | {"0": [1, 0]}
    expected |= {"status": [0, 0], "merge": [75, 0]}
    assert calls(folder) == expected
    assert_merged(folder, references("files", COUNTS))


def test_a_failure_is_requeued_and_in_the_end_the_merge_names_what_is_missing(slurm, programs, folder):
    plan(folder, 7, COUNTS, "vectors", shards=16)
    program = script(folder, 'if [ "${SLURM_ARRAY_TASK_ID:-}" = 6 ]; then (exit 75); else qd-imd "$@"; fi')
    submit(slurm, programs, folder, QDIMD_PROGRAM=program, QDIMD_RESTARTS=1)
    slurm.wait()
    found = calls(folder)
    # Two attempts of the first array, and two of the second, because the first completed others.
    assert found.pop("6") == [75] * 4
    assert found == {str(task): [0] for task in range(16) if task != 6} | {"status": [0, 0, 0], "merge": [75, 75]}
    messages = log(folder, "qd-imd-merge-*.log")
    assert "1 missing (6)" in messages and "gave up after 2 arrays; missing or damaged: 6" in messages
    assert status(folder)["rerun"] == "6"


def test_invalid_options_are_not_requeued(slurm, programs, folder):
    plan(folder, 7, COUNTS, "vectors", shards=16)
    program = script(folder, 'qd-imd "$@"')
    # By hand, with indices that the plan does not have.
    submit(slurm, programs, folder, "sbatch", "--array=14-17", batch_file(programs), "masks", QDIMD_PROGRAM=program)
    slurm.wait()
    assert calls(folder) == {"14": [0], "15": [0], "16": [64], "17": [64]}
    assert "--shard is 16; expected 0 to 15" in log(folder)
    # An array of which every task fails like that ends with the first merge.
    program = script(folder, '[ "$1" != export ] || set -- export --wrong; qd-imd "$@"')
    (folder / "calls.txt").unlink()
    submit(slurm, programs, folder, QDIMD_PROGRAM=program)
    slurm.wait()
    assert calls(folder) == {str(task): [64] for task in range(14)} | {"status": [0, 0], "merge": [75]}


def test_damage_that_only_a_merge_finds_is_repaired(references, slurm, programs, folder):
    """A file with other contents whose change is older than its record, as after a failure of a disk."""
    plan(folder, 7, COUNTS, "lama", shards=16)
    run("export", "--plan", "masks", "--shard", "0-14", cwd=folder)
    # Before the damage: afterward, the file could change its owner later than its record.
    give_to_user(folder)
    path = recorded_file(folder, 9)
    path.write_bytes(b"x" * path.stat().st_size)
    kept = record(folder, 9)
    kept.write_bytes(kept.read_bytes())
    assert status(folder)["rerun"] == "15"
    program = script(folder, '[ "${SLURM_ARRAY_TASK_ID:-}" != 15 ] || [ -e failed ] || { touch failed; set -- --version; }\n'
                             'qd-imd "$@"')
    said = submit(slurm, programs, folder, QDIMD_PROGRAM=program)
    assert " for the shards 15\n" in said
    slurm.wait()
    # The first task has not generated its shard; both are generated after the first merge.
    assert "1 missing (15), 1 damaged (9; " in log(folder, "qd-imd-merge-*.log")
    assert_merged(folder, references("lama", COUNTS))


def test_a_batch_process_that_is_killed_is_submitted_again_by_the_merge(references, slurm, programs, folder):
    plan(folder, 7, COUNTS, "exact", shards=16)
    program = script(folder, 'if [ "${SLURM_ARRAY_TASK_ID:-}" = 3 ] && [ ! -e killed ]; then touch killed; kill -KILL $PPID; fi\n'
                             'qd-imd "$@"')
    # What is left of the killed task must not complete the shard.
    program.write_text(program.read_text().replace("kill -KILL $PPID", "kill -KILL $PPID; exit 1"))
    submit(slurm, programs, folder, QDIMD_PROGRAM=program)
    slurm.wait()
    assert "1 missing (3)" in log(folder, "qd-imd-merge-*.log")
    assert_merged(folder, references("exact", COUNTS))


def test_the_commands_of_the_page_run(slurm, programs, folder):
    [block] = [block for block in split_page(ROOT / "docs" / "cluster.md")[0] if "qd-imd.sbatch" in block.text]
    shutil.copytree(DRAWINGS, folder / "drawings")
    (folder / "cluster").mkdir()
    shutil.copy(BATCH_FILE, folder / "cluster")
    submit(slurm, programs, folder, "bash", "-ec", block.text)
    slurm.wait()
    run("verify", "masks", cwd=folder)
    assert json.loads((folder / "masks" / "dataset.json").read_text())["seed"] == 0
