"""An export that is planned, generated in shards by any processes, and merged is the same dataset as a single export."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import time

import pytest
from conftest import FIXTURES, export, run, tree
from processes import (
    DRAWINGS, VARIANTS, References, assert_same, command, generator, prepare, start, without_plan)

# These make 1 (without test masks), 3, 16, and 100 shards.
SIZES = {3: 39, 16: 7, 100: 1}
COUNTS = ["--train", 78, "--test", 22]
SCHEDULERS = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "CLOUD_RUN_TASK_INDEX",
              "PBS_ARRAY_INDEX", "SGE_TASK_ID"]


def plan(folder, size, *arguments, source=DRAWINGS, **options):
    run("plan", source, "--output", "masks", "--masks-per-shard", size, "--quiet", *arguments, cwd=folder, **options)


def status(folder):
    return json.loads(run("status", "masks", "--json", cwd=folder).stdout)


def shard(folder, number, *arguments, **options):
    return run("export", "--plan", "masks", "--shard", number, *arguments, cwd=folder, **options)


def merge(folder, **options):
    return run("merge", "masks", cwd=folder, **options)


def merged(folder):
    return without_plan(tree(folder / "masks"))


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    """The dataset of each variant, from one export."""
    base = tmp_path_factory.mktemp("references")
    trees = {}

    def reference(variant, counts=COUNTS, source=DRAWINGS):
        key = (variant, *map(str, counts), str(source))
        if key not in trees:
            folder = prepare(base / str(len(trees)), counts[-1])
            export(source, "masks", *counts, *VARIANTS[variant], cwd=folder)
            trees[key] = tree(folder / "masks")
        return trees[key]

    return reference


@pytest.fixture
def planned(tmp_path):
    """A plan of four shards, 0 to 2 of train, of which none is generated."""
    folder = prepare(tmp_path)
    plan(folder, 10, "--train", 30, "--test", 10)
    return folder


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("count", [3, 16])
def test_shards_in_any_order_make_the_dataset_of_one_export(references, tmp_path, variant, count):
    folder = prepare(tmp_path, COUNTS[-1])
    rng = generator("order", variant, count)
    plan(folder, SIZES[count], *COUNTS, *VARIANTS[variant])
    numbers = list(range(status(folder)["shards"]))
    assert "tar" in " ".join(map(str, VARIANTS[variant])) or len(numbers) == count
    rng.shuffle(numbers)
    for number in numbers:
        shard(folder, number, "--jobs", rng.choice([1, 2]))
    merge(folder)
    assert_same(merged(folder), references(variant))


def test_a_hundred_shards_make_the_dataset_of_one_export(references, tmp_path):
    folder = prepare(tmp_path)
    plan(folder, SIZES[100], *COUNTS)
    numbers = list(range(100))
    generator("hundred").shuffle(numbers)
    for number in numbers:
        shard(folder, number)
    merge(folder)
    assert_same(merged(folder), references("files"))


@pytest.mark.parametrize("variant", ["files", "tar", "layouts"])
def test_one_shard_makes_the_dataset_of_one_export(references, tmp_path, variant):
    folder = prepare(tmp_path)
    plan(folder, 1000, "--train", 40, "--test", 0, *VARIANTS[variant])
    assert status(folder)["shards"] == 1
    shard(folder, 0)
    merge(folder)
    assert_same(merged(folder), references(variant, ["--train", 40, "--test", 0]))


@pytest.mark.parametrize("variant", ["files", "tar", "layouts"])
def test_shards_that_run_twice_in_four_processes_of_which_half_are_killed(references, tmp_path, variant):
    folder = prepare(tmp_path)
    rng = generator("killed", variant)
    plan(folder, 4, *COUNTS, *VARIANTS[variant])
    count = status(folder)["shards"]
    orders = [rng.sample(range(count), count) for _ in range(4)]
    for place in range(count):
        processes = [start("export", "--plan", "masks", "--shard", order[place], "--jobs", 1, cwd=folder)
                     for order in orders]
        for process in processes[:2]:
            time.sleep(rng.uniform(0, 0.03))
            process.kill()
        for process in processes:
            _, errors = process.communicate(timeout=120)
            assert process.returncode in [0, -signal.SIGKILL], errors
    assert status(folder)["rerun"] == ""
    merge(folder)
    assert_same(merged(folder), references(variant))


def test_what_status_says_is_what_shard_accepts(references, tmp_path):
    folder = prepare(tmp_path)
    plan(folder, 7, *COUNTS)
    assert status(folder) == {
        "shards": 16, "complete": 0, "missing": list(range(16)), "damaged": [], "rerun": "0-15", "merged": False}
    shard(folder, "0,2,4-8,10-14")
    record = next(folder.glob("masks/.qd-imd-partial/*/records/00007.txt"))
    record.write_bytes(record.read_bytes()[:-1])
    found = status(folder)
    assert found == {"shards": 16, "complete": 11, "missing": [1, 3, 9, 15], "damaged": [7], "rerun": "1,3,7,9,15",
                     "merged": False}
    done = merge(folder, exit_code=75)
    assert done.stdout == ""
    assert "4 missing (1,3,9,15)" in done.stderr and "1 damaged (7; " in done.stderr
    assert done.stderr.endswith("run qd-imd export --plan masks --shard 1,3,7,9,15\n")
    shard(folder, found["rerun"])
    assert status(folder)["rerun"] == ""
    merge(folder)
    assert status(folder) == {"shards": 16, "complete": 16, "missing": [], "damaged": [], "rerun": "", "merged": True}
    assert_same(merged(folder), references("files"))


def test_status_for_people(planned):
    assert run("status", "masks", cwd=planned).stdout == (
        "0 of 4 shards complete\nmissing: 0-3\nnext: qd-imd export --plan masks --shard 0-3\n")
    shard(planned, "all")
    assert run("status", "masks", cwd=planned).stdout == "4 of 4 shards complete\nnext: qd-imd merge masks\n"
    merge(planned)
    assert run("status", "masks", cwd=planned).stdout == "4 of 4 shards complete\nmerged\n"


def environment(**variables):
    return {name: value for name, value in os.environ.items() if name not in SCHEDULERS} | variables


@pytest.mark.parametrize("variable", SCHEDULERS)
def test_auto_takes_the_index_of_the_scheduler(planned, variable):
    first = 1 if variable == "SGE_TASK_ID" else 0
    shard(planned, "auto", env=environment(**{variable: str(first)}))
    assert status(planned)["missing"] == [1, 2, 3]
    shard(planned, "auto", "--shard-offset", 2, env=environment(**{variable: str(first + 1)}))
    assert status(planned)["missing"] == [1, 2]
    done = shard(planned, "auto", env=environment(**{variable: str(first + 4)}), exit_code=64)
    assert "--shard is 4; expected 0 to 3\n" in done.stderr
    for text in ["-1", "x", "", "1.5", "99999999999999999999"]:
        done = shard(planned, "auto", env=environment(**{variable: text}), exit_code=64)
        assert f'{variable} is "{text}"; expected a number from {first}\n' in done.stderr


def test_auto_without_a_scheduler_is_a_usage_error(planned):
    done = shard(planned, "auto", env=environment(SGE_TASK_ID="undefined"), exit_code=64)
    assert "--shard auto needs the index of a scheduler's task; expected one of SLURM_ARRAY_TASK_ID, " in done.stderr


@pytest.mark.parametrize("arguments", [
    ["export", "--plan", "masks"],
    ["export", "--plan", "masks", "--shard", "x"],
    ["export", "--plan", "masks", "--shard", "3-1"],
    ["export", "--plan", "masks", "--shard", ""],
    ["export", "--plan", "masks", "--shard", "1,,2"],
    ["export", "--plan", "masks", "--shard=-1"],
    ["export", "--plan", "masks", "--shard", "4"],
    ["export", "--plan", "masks", "--shard", "0-4"],
    ["export", "--plan", "masks", "--shard", "99999999999999999999"],
    ["export", "--plan", "masks", "--shard", "0", "--output", "other"],
    ["export", "--plan", "masks", "--shard", "0", "--resume"],
    ["export", "--plan", "masks", "--shard", "0", "--overwrite"],
    ["export", "--plan", "masks", "--shard", "0", "--seed", "1"],
    ["export", "--plan", "masks", "--shard", "0", "--train", "50"],
    ["export", "--plan", "masks", "--shard", "0", "--shard-offset", "1"],
    ["export", "--plan", "masks", "--shard", "auto", "--shard-offset=-1"],
    ["export", DRAWINGS, "--output", "other", "--shard", "0"],
    ["export", DRAWINGS, "--output", "other", "--shard-offset", "0"],
    ["export", DRAWINGS, "--output", "other", "--resume", "--overwrite"],
    ["plan", DRAWINGS, "--output", "other", "--masks-per-shard", "0"],
    ["plan", DRAWINGS, "--output", "other", "--resume", "--overwrite"],
    ["plan", DRAWINGS],
    ["merge"],
    ["status"],
    ["verify"],
], ids=lambda arguments: " ".join(str(part).rpartition("/")[2] for part in arguments))
def test_usage_errors_exit_with_64_and_write_nothing(planned, arguments):
    before = tree(planned)
    run(*arguments, cwd=planned, exit_code=64, env=environment())
    assert tree(planned) == before


def edit(folder, old, new):
    path = folder / "masks" / "plan.json"
    text = path.read_text()
    assert text.count(old) >= 1, text
    path.write_text(text.replace(old, new, 1))


def edit_as_if_planned(folder, old, new):
    """As if the plan had been made like that: its workspace has its name."""
    edit(folder, old, new)
    name = hashlib.sha256((folder / "masks" / "plan.json").read_bytes()).hexdigest()[:16]
    workspace = next(folder.glob("masks/.qd-imd-partial/????????????????"))
    workspace.rename(workspace.with_name(name))


def test_a_plan_of_another_version_is_refused_by_name(planned):
    program = json.loads((planned / "masks" / "plan.json").read_text())["program"]
    edit_as_if_planned(planned, program, "qd-imd 3.9.9")
    for arguments in [["export", "--plan", "masks", "--shard", "0"], ["merge", "masks"], ["status", "masks"]]:
        said = run(*arguments, cwd=planned, exit_code=1).stderr
        assert said == f"masks/plan.json: was made by qd-imd 3.9.9, but this is {program}; expected the same version\n"


def test_a_plan_of_another_renderer_is_refused_by_name(planned):
    shard(planned, "all")
    renderer = json.loads((planned / "masks" / "plan.json").read_text())["renderer"]
    assert renderer.startswith("cairo 1.")
    edit_as_if_planned(planned, renderer, "cairo 1.99.0")
    said = shard(planned, 0, exit_code=1).stderr
    assert said == f"masks/plan.json: uses cairo 1.99.0, but this is {renderer}; expected the same version\n"
    said = export(DRAWINGS, "masks", "--train", 30, "--test", 10, "--resume", cwd=planned, exit_code=1).stderr
    assert said == f"masks/plan.json: uses cairo 1.99.0, but this is {renderer}; expected the same version\n"


@pytest.mark.parametrize("old, new", [('"train": ', '"train": 1'), ('"seed": ', '"seed": 1'), ('"shards": ', '"shards": 1'),
                                      ('"output": "masks', '"output": "others'), ('"masks_per_shard": 10', '"masks_per_shard": 1')])
def test_a_plan_that_was_changed_is_refused_by_name(planned, old, new):
    shard(planned, "0-1")
    text = (planned / "masks" / "plan.json").read_text()
    old, new = (old, new) if old in text else (old.replace(": ", ":"), new.replace(": ", ":"))
    edit(planned, old, new)
    for arguments in [["export", "--plan", "masks", "--shard", "2"], ["merge", "masks"], ["status", "masks"],
                      ["export", DRAWINGS, "--output", "masks", "--train", "30", "--test", "10", "--resume"]]:
        done = subprocess.run(command(*arguments), cwd=planned, capture_output=True, text=True)
        assert done.returncode in [1, 75], f"{arguments}: {done.stdout}{done.stderr}"
        assert "masks/plan.json: " in done.stderr, f"{arguments}: {done.stderr}"
    assert not (planned / "masks" / "dataset.json").exists()


def test_other_drawings_are_refused_by_name(planned, tmp_path):
    other = tmp_path / "drawings"
    shutil.copytree(DRAWINGS, other)
    shard(planned, 0, other)
    path = other / "cat.ndjson"
    path.write_bytes(b"\n".join(path.read_bytes().splitlines()[:-1]) + b"\n")
    said = shard(planned, 1, other, exit_code=1).stderr
    assert said.startswith(f"{other}: has the fingerprint ") and "but masks/plan.json is for " in said
    said = export(other, "masks", "--train", 30, "--test", 10, "--resume", cwd=planned, exit_code=1).stderr
    assert said.startswith("masks/plan.json: this export uses fingerprint ")
    assert status(planned)["complete"] == 1


def test_another_bank_is_refused_by_name(planned, tmp_path):
    bank = planned / "masks" / ".qd-imd-partial" / "drawings.bank"
    run("index", DRAWINGS / "cat.ndjson", DRAWINGS / "sun.ndjson", DRAWINGS / "key.ndjson", "--output", bank, "--overwrite")
    said = shard(planned, 1, exit_code=1).stderr
    assert said.startswith("masks/.qd-imd-partial/drawings.bank: has the fingerprint ") and "masks/plan.json is for " in said
    bank.unlink()
    said = shard(planned, 1, exit_code=1).stderr
    assert said.startswith("masks/.qd-imd-partial/drawings.bank: ") and "no such file" in said.lower()
    # The drawings themselves serve as well.
    shard(planned, "all", DRAWINGS)
    run("merge", "masks", "--source", DRAWINGS, cwd=planned)


def test_a_damaged_bank_makes_no_other_masks(references, tmp_path):
    """It is refused, or the damage is in what the plan does not use."""
    counts = ["--train", 30, "--test", 10]
    clean = prepare(tmp_path / "clean")
    plan(clean, 10, *counts)
    rng = generator("bank")
    refused = 0
    for case in range(16):
        folder = tmp_path / str(case)
        shutil.copytree(clean, folder)
        bank = folder / "masks" / ".qd-imd-partial" / "drawings.bank"
        data = bytearray(bank.read_bytes())
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        bank.write_bytes(data if case % 4 else data[:rng.randrange(len(data))])
        done = subprocess.run(command("export", "--plan", "masks", "--shard", "all"), cwd=folder, capture_output=True, text=True)
        assert done.returncode in [0, 1], done.stderr
        if done.returncode == 1:
            refused += 1
            assert "drawings.bank: " in done.stderr, done.stderr
        else:
            merge(folder)
            assert_same(merged(folder), references("files", counts), f"case {case}")
    assert refused >= 8


def test_a_shard_that_is_late_finds_the_dataset(planned):
    shard(planned, "all")
    merge(planned)
    before = tree(planned / "masks")
    done = shard(planned, 2)
    assert "masks: the shards are merged already\n" in done.stderr
    assert tree(planned / "masks") == before
    done = shard(planned, 9, exit_code=64)
    assert "--shard is 9; expected 0 to 3\n" in done.stderr


@pytest.mark.parametrize("variant", ["tar", "tar-exact", "webdataset"])
def test_the_manifest_of_tar_files_needs_only_their_records(references, tmp_path, variant):
    folder = prepare(tmp_path, COUNTS[-1])
    plan(folder, 39, *COUNTS, *VARIANTS[variant])
    said = run("merge", "masks", "--manifest", "manifest", cwd=folder, exit_code=75).stderr
    assert "shards: 0 complete, " in said and not (folder / "manifest").exists()
    shard(folder, "all")
    for path in folder.glob("masks/.qd-imd-partial/*/runs/*/*/*.tar"):
        path.unlink()
    before = tree(folder / "masks")
    run("merge", "masks", "--manifest", "manifest", cwd=folder)
    expected = {name: data for name, data in references(variant).items() if not name.endswith(".tar")}
    assert_same(tree(folder / "manifest"), expected)
    assert_same(tree(folder / "masks"), before)
    said = run("merge", "masks", "--manifest", "manifest", cwd=folder, exit_code=1).stderr
    assert said.startswith("manifest: ") and len(said.splitlines()) == 1


def test_only_tar_files_can_be_elsewhere(planned):
    shard(planned, "all")
    said = run("merge", "masks", "--manifest", "manifest", cwd=planned, exit_code=1).stderr
    assert said == ("masks/plan.json: has files that only a merge completes; expected tar files, or the layout webdataset "
                    "alone\n")


def test_a_second_merge_changes_nothing(planned):
    shard(planned, "all")
    first = merge(planned).stderr
    before = {path: path.stat().st_mtime_ns for path in planned.rglob("*")}
    assert merge(planned).stderr == first
    assert {path: path.stat().st_mtime_ns for path in planned.rglob("*") if path.name != "masks"} == {
        path: time for path, time in before.items() if path.name != "masks"}
    run("verify", "masks", cwd=planned)


def test_a_shard_that_is_complete_is_not_generated_again(planned):
    shard(planned, "0-1")
    before = tree(planned)
    done = shard(planned, "0-1")
    assert "already complete: shards 0-1\n" in done.stderr
    assert tree(planned) == before


def test_a_merge_without_a_plan(tmp_path):
    said = run("merge", tmp_path / "none", exit_code=1).stderr
    assert said == f"{tmp_path}/none: no such folder; expected one with a plan\n"
    said = run("merge", tmp_path, exit_code=1).stderr
    assert said == f"{tmp_path}/plan.json: no such file; expected the plan of an export: qd-imd plan --output {tmp_path}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["folder", "file", "bank"])
def test_any_source_makes_the_dataset_of_one_export(references, tmp_path, kind):
    folder = prepare(tmp_path)
    source = {"folder": DRAWINGS, "file": tmp_path / "all.ndjson", "bank": tmp_path / "all.bank"}[kind]
    counts = ["--train", 20, "--test", 8]
    if kind == "file":
        source.write_bytes(b"".join(path.read_bytes() for path in sorted(DRAWINGS.iterdir())))
    if kind == "bank":
        run("index", DRAWINGS, "--output", source)
    plan(folder, 6, *counts, source=source)
    for number in [4, 0, 3, 2, 5, 1]:
        shard(folder, number)
    merge(folder)
    assert_same(merged(folder), references("files", counts, source))
    if kind == "bank":
        # A bank stays where it is.
        assert source.exists()


def test_a_bank_of_the_plan_is_found_from_anywhere(tmp_path):
    """A relative source, and workers with other working folders."""
    folder = prepare(tmp_path / "here")
    run("index", DRAWINGS, "--output", folder / "all.bank")
    run("plan", "all.bank", "--output", "masks", "--train", 5, "--test", 2, cwd=folder)
    run("export", "--plan", folder / "masks", "--shard", "all", cwd=tmp_path)
    run("merge", "here/masks", cwd=tmp_path)
    run("verify", "here/masks", cwd=tmp_path)


def test_a_planned_export_is_also_finished_by_an_export_that_resumes(references, tmp_path):
    for variant in ["files", "tar", "layouts"]:
        folder = prepare(tmp_path / variant)
        plan(folder, 7, *COUNTS, *VARIANTS[variant])
        shard(folder, "1,4")
        export(DRAWINGS, "masks", "--resume", *COUNTS, *VARIANTS[variant], cwd=folder)
        assert_same(tree(folder / "masks"), references(variant))


def test_a_plan_is_kept_by_resume_and_replaced_by_overwrite(planned):
    shard(planned, "0-1")
    arguments = ["plan", DRAWINGS, "--output", "masks", "--masks-per-shard", 10, "--train", 30, "--test", 10]
    said = run(*arguments, cwd=planned, exit_code=1).stderr
    assert said == "masks: contains an unfinished export; expected a new or empty folder, --resume, or --overwrite\n"
    run(*arguments, "--resume", cwd=planned)
    assert status(planned)["complete"] == 2
    said = run(*arguments, "--seed", 4, "--resume", cwd=planned, exit_code=1).stderr
    assert said.startswith("masks/plan.json: this export uses seed 0, this command uses 4;")
    run(*arguments, "--overwrite", "--seed", 4, cwd=planned)
    assert status(planned)["complete"] == 0
    shard(planned, "all")
    merge(planned)
    assert json.loads((planned / "masks" / "dataset.json").read_text())["seed"] == 4
