"""Processes that use one output folder at the same time: one of them makes the dataset, the others say who that is."""

import re
import signal
import subprocess
import sys
import time

import pytest
from conftest import export, run, tree
from processes import (
    COUNTS, DRAWINGS, VARIANTS, References, assert_same, command, generator, prepare, start, without_plan)

BUSY = re.compile(
    r"masks: another process is using this folder: (exporting|planning|merging) on \S+, process \d+; "
    r"try again when it has finished\n")
# Enough for all processes to meet.
MANY = ["--train", 400, "--test", 200, "--jobs", 1]


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    return References(tmp_path_factory.mktemp("references"))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = prepare(tmp_path_factory.mktemp("many"))
    export(DRAWINGS, "masks", *MANY, cwd=folder)
    return tree(folder / "masks")


def finish(processes, allowed):
    """Waits for all, and returns their exit codes and messages."""
    results = []
    for process in processes:
        output, errors = process.communicate(timeout=300)
        assert process.returncode in allowed, errors
        results.append((process.returncode, errors))
    return results


@pytest.mark.parametrize("count", [2, 4, 8])
@pytest.mark.parametrize("option", [[], ["--resume"], ["--overwrite"]], ids=["new", "resume", "overwrite"])
def test_of_processes_with_one_output_one_makes_the_dataset_and_the_others_name_it(many, tmp_path, count, option):
    folder = prepare(tmp_path)
    processes = [start("export", DRAWINGS, "--output", "masks", "--quiet", *option, *MANY, cwd=folder) for _ in range(count)]
    # One that starts late finds a dataset, and refuses it without an option.
    results = finish(processes, [0, 75] if option else [0, 1, 75])
    assert any(code == 0 for code, _ in results)
    if not option:
        assert sum(code == 0 for code, _ in results) == 1
    for code, errors in results:
        if code == 75:
            assert BUSY.fullmatch(errors), errors
        elif code == 1:
            assert errors.startswith("masks: contains a dataset;"), errors
    assert_same(tree(folder / "masks"), many)


@pytest.mark.skipif(sys.platform != "linux", reason="mount namespaces are only on Linux")
@pytest.mark.parametrize("option", [["--resume"], ["--overwrite"]], ids=["resume", "overwrite"])
def test_two_hosts_with_their_own_mounts_do_not_share_an_output(many, tmp_path, option):
    """Each in its own mount and host name namespace, with the folder mounted at another path."""
    folder = prepare(tmp_path / "shared")
    processes = []
    for host in ["node-a", "node-b"]:
        mount = tmp_path / host
        mount.mkdir()
        script = f'hostname {host} && mount --bind "$0" "$1" && cd "$1" && shift && exec "$@"'
        processes.append(subprocess.Popen(
            ["unshare", "--map-root-user", "--mount", "--uts", "sh", "-c", script, str(folder), str(mount),
             *command("export", DRAWINGS, "--output", "masks", "--quiet", *option, *MANY)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        deadline = time.monotonic() + 60
        while not (folder / "masks" / ".qd-imd-lock").exists() and time.monotonic() < deadline and host == "node-a":
            time.sleep(0.005)
    (_, first), (code, second) = finish(processes, [0, 75])
    assert first == "" and code == 75
    assert re.fullmatch(
        r"masks: another process is using this folder: exporting on node-a, process \d+; "
        r"try again when it has finished\n", second)
    assert_same(tree(folder / "masks"), many)


def stop_when(process, condition):
    """Stops a process as soon as the condition holds; false if it ended before."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        if condition():
            process.send_signal(signal.SIGSTOP)
            return True
    raise AssertionError("the process did not come so far")


def exists(folder, *patterns):
    """Whether one of the patterns matches in the folder of all workspaces."""
    try:
        return any(any((folder / "masks" / ".qd-imd-partial").glob(pattern)) for pattern in patterns)
    except FileNotFoundError:
        # A folder was moved meanwhile.
        return False


# How far an export has come.
STAGES = {
    "planning": lambda folder: (folder / "masks" / "plan.json").exists(),
    "generating": lambda folder: exists(folder, "*/runs/*/train/*.png"),
    "recording": lambda folder: exists(folder, "*/records/*.txt"),
    "merging": lambda folder: exists(folder, "*/merge-*/dataset/vectors"),
    "layouts": lambda folder: exists(folder, "*/merge-*/dataset/lama"),
    "listing": lambda folder: exists(folder, "*/merge-*/dataset/SHA256SUMS"),
    "swapping": lambda folder: (folder / "masks" / "train").exists(),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stalled_process_does_not_change_the_dataset_that_another_one_finished(references, tmp_path, stage):
    """Its lock is gone, as on a mount whose locks expire."""
    expected = references["layouts"]
    arguments = ["export", DRAWINGS, "--output", "masks", "--resume", *COUNTS, *VARIANTS["layouts"]]
    for attempt in range(2):
        folder = prepare(tmp_path / str(attempt))
        stalled = start(*arguments, cwd=folder)
        if stop_when(stalled, lambda: STAGES[stage](folder)):
            (folder / "masks" / ".qd-imd-lock").unlink(missing_ok=True)
            run(*arguments, cwd=folder)
            assert_same(tree(folder / "masks"), expected)
            stalled.send_signal(signal.SIGCONT)
            _, errors = stalled.communicate(timeout=120)
            assert stalled.returncode in [0, 75], errors
            assert stalled.returncode == 0 or "another process has taken over" in errors, errors
        else:
            stalled.communicate()
        assert_same(tree(folder / "masks"), expected)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stalled_process_that_continues_before_the_other_one_has_finished_spoils_nothing(references, tmp_path, stage):
    expected = references["layouts"]
    arguments = ["export", DRAWINGS, "--output", "masks", "--resume", *COUNTS, *VARIANTS["layouts"]]
    rng = generator("takeover", stage)
    for attempt in range(3):
        folder = prepare(tmp_path / str(attempt))
        stalled = start(*arguments, cwd=folder)
        if not stop_when(stalled, lambda: STAGES[stage](folder)):
            stalled.communicate()
            continue
        (folder / "masks" / ".qd-imd-lock").unlink(missing_ok=True)
        other = start(*arguments, cwd=folder)
        time.sleep(rng.uniform(0, references.seconds["layouts"]))
        stalled.send_signal(signal.SIGCONT)
        _, errors = other.communicate(timeout=120)
        assert other.returncode == 0, errors
        stalled.communicate(timeout=120)
        assert_same(tree(folder / "masks"), expected)


def test_a_stalled_process_leaves_a_new_export_alone(references, tmp_path):
    """It is replaced by an export with other settings while it is stopped."""
    expected = references["tar"]
    for stage in ["generating", "recording", "swapping"]:
        # Until it is caught at that stage: a loaded machine may look too late.
        for attempt in range(20):
            folder = prepare(tmp_path / f"{stage}{attempt}")
            stalled = start("export", DRAWINGS, "--output", "masks", "--resume", *COUNTS, cwd=folder)
            if stop_when(stalled, lambda: STAGES[stage](folder)):
                break
            stalled.communicate()
        else:
            pytest.fail(f"no export was caught {stage}")
        (folder / "masks" / ".qd-imd-lock").unlink(missing_ok=True)
        export(DRAWINGS, "masks", "--overwrite", *COUNTS, *VARIANTS["tar"], cwd=folder)
        stalled.send_signal(signal.SIGCONT)
        stalled.communicate(timeout=120)
        assert stalled.returncode != 0 or stage == "swapping"
        if stalled.returncode != 0:
            assert_same(tree(folder / "masks"), expected)


def test_of_two_plans_at_the_same_time_one_is_made(tmp_path):
    for attempt in range(5):
        folder = prepare(tmp_path / str(attempt))
        plans = [start("plan", DRAWINGS, "--output", "masks", *COUNTS, cwd=folder) for _ in range(3)]
        codes = []
        for code, errors in finish(plans, [0, 1, 75]):
            codes.append(code)
            assert code != 75 or BUSY.fullmatch(errors), errors
            assert code != 1 or errors.startswith("masks: contains an unfinished export;"), errors
        assert codes.count(0) == 1
        run("export", "--plan", "masks", "--shard", "all", cwd=folder)
        run("merge", "masks", cwd=folder)


@pytest.mark.parametrize("variant", ["files", "tar", "layouts"])
def test_merges_at_the_same_time_while_shards_are_generated_again(references, tmp_path, variant):
    """Workers that are late, or run twice, do not disturb a merge, nor does it disturb them."""
    expected = references[variant]
    rng = generator("merges", variant)
    for attempt in range(4):
        folder = prepare(tmp_path / str(attempt))
        run("plan", DRAWINGS, "--output", "masks", "--masks-per-shard", 4, *COUNTS, *VARIANTS[variant], cwd=folder)
        first = start("export", "--plan", "masks", "--shard", "all", cwd=folder)
        workers = [start("export", "--plan", "masks", "--shard", "all", "--jobs", 1, cwd=folder) for _ in range(3)]
        finish([first], [0])
        time.sleep(rng.uniform(0, 0.05))
        merges = [start("merge", "masks", cwd=folder) for _ in range(2)]
        for code, errors in finish(merges, [0, 75]):
            assert code == 0 or BUSY.fullmatch(errors), errors
        for code, errors in finish(workers, [0, 75]):
            assert code == 0 or "the export was finished or replaced by another process" in errors, errors
        assert_same(without_plan(tree(folder / "masks")), expected)
        assert not list(folder.glob("masks/.qd-imd-partial"))


def test_a_merge_while_shards_are_missing_changes_nothing(references, tmp_path):
    folder = prepare(tmp_path)
    run("plan", DRAWINGS, "--output", "masks", "--masks-per-shard", 1, *COUNTS, cwd=folder)
    worker = start("export", "--plan", "masks", "--shard", "all", "--jobs", 1, cwd=folder)
    codes = set()
    while worker.poll() is None:
        done = subprocess.run(command("merge", "masks"), cwd=folder, capture_output=True, text=True)
        codes.add(done.returncode)
        if done.returncode == 0:
            break
    worker.communicate()
    assert codes <= {0, 75}
    assert worker.returncode == 0
    run("merge", "masks", cwd=folder)
    assert_same(without_plan(tree(folder / "masks")), references["files"])
