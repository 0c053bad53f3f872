"""--overwrite replaces a dataset: its own files only, completely or not at all."""

import os
import shutil
import subprocess

import pytest
from conftest import export, run, tree
from processes import (
    COUNTS, DRAWINGS, VARIANTS, References, assert_same, cases, command, generator, interrupt, killed_at, needs_strace,
    prepare, start)

INTERRUPTIONS = cases(12, "QDIMD_INTERRUPTIONS")


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    return References(tmp_path_factory.mktemp("references"))


@pytest.fixture(scope="module")
def previous(tmp_path_factory):
    """A dataset of another seed and size, with everything in it that an export writes."""
    folder = prepare(tmp_path_factory.mktemp("previous"))
    export(DRAWINGS, "masks", "--train", 30, "--test", 4, "--seed", 5, *VARIANTS["layouts"], cwd=folder)
    return folder / "masks"


USERS = {
    "notes.txt": b"beside it",
    "train/my.png": b"my image",
    "train/.hidden": b"hidden",
    "train/99999_train.png": b"like one of its own",
    "train/old/00000_train.png": b"a copy",
    "test/a/b/c/deep.txt": b"deep",
    "svg/index.html": b"a page",
    "vectors/train.jsonl.gz": b"compressed",
    "lama/train/notes.txt": b"in a layout",
    "mine/data.bin": b"a folder beside it",
}


def add_users_files(masks):
    for name, data in USERS.items():
        (masks / name).parent.mkdir(parents=True, exist_ok=True)
        (masks / name).write_bytes(data)
    outside = masks.parent / "outside"
    outside.mkdir()
    (outside / "precious.txt").write_text("precious")
    (masks / "train" / "link.png").symlink_to(outside / "precious.txt")
    (masks / "train" / "linked").symlink_to(outside)
    (masks / "svg" / "broken").symlink_to("nowhere")


def assert_users_files(masks):
    for name, data in USERS.items():
        assert (masks / name).read_bytes() == data, name
    assert os.readlink(masks / "train" / "link.png") == str(masks.parent / "outside" / "precious.txt")
    assert os.readlink(masks / "train" / "linked") == str(masks.parent / "outside")
    assert os.readlink(masks / "svg" / "broken") == "nowhere"
    assert (masks.parent / "outside" / "precious.txt").read_text() == "precious"


def own_files(masks):
    linked = ["train/link.png", "train/linked/precious.txt"]
    return {name: data for name, data in tree(masks).items() if name not in USERS and name not in linked}


@pytest.mark.parametrize("variant", ["files", "tar", "layouts", "vectors"])
def test_the_users_files_stay_and_only_the_old_datasets_go(references, previous, tmp_path, variant):
    folder = prepare(tmp_path)
    shutil.copytree(previous, folder / "masks")
    add_users_files(folder / "masks")
    export(DRAWINGS, "masks", "--overwrite", *COUNTS, *VARIANTS[variant], cwd=folder)
    assert_users_files(folder / "masks")
    assert_same(own_files(folder / "masks"), references[variant])


def test_a_users_list_of_checksums_stays(references, tmp_path):
    folder = prepare(tmp_path)
    export(DRAWINGS, "masks", *COUNTS, "--seed", 3, cwd=folder)
    (folder / "masks" / "SHA256SUMS").write_text("0" * 64 + "  train/00000_train.png\n")
    export(DRAWINGS, "masks", *COUNTS, "--overwrite", cwd=folder)
    found = tree(folder / "masks")
    assert found.pop("SHA256SUMS").startswith(b"000")
    assert_same(found, references["files"])
    run("verify", "masks", cwd=folder, exit_code=1)
    said = export(DRAWINGS, "masks", *COUNTS, "--overwrite", "--checksums", cwd=folder, exit_code=1).stderr
    assert said == "masks/SHA256SUMS: is not part of the dataset in masks; expected no such file or folder\n"
    assert (folder / "masks" / "SHA256SUMS").exists()


def test_a_users_folder_that_the_new_dataset_needs_is_refused(references, tmp_path):
    folder = prepare(tmp_path)
    export(DRAWINGS, "masks", *COUNTS, "--formats", "json", cwd=folder)
    (folder / "masks" / "train").mkdir()
    (folder / "masks" / "train" / "thesis.txt").write_text("mine")
    before = tree(folder / "masks")
    said = export(DRAWINGS, "masks", *COUNTS, "--overwrite", cwd=folder, exit_code=1).stderr
    assert said == "masks/train: is not part of the dataset in masks; expected no such file or folder\n"
    assert tree(folder / "masks") == before


def test_a_linked_folder_of_the_dataset_is_replaced_and_its_target_stays(references, previous, tmp_path):
    folder = prepare(tmp_path)
    shutil.copytree(previous, folder / "masks")
    (folder / "masks" / "train").rename(folder / "elsewhere")
    (folder / "masks" / "train").symlink_to(folder / "elsewhere")
    before = tree(folder / "elsewhere")
    export(DRAWINGS, "masks", "--overwrite", *COUNTS, cwd=folder)
    assert_same(tree(folder / "masks"), references["files"])
    assert tree(folder / "elsewhere") == before


def test_the_old_dataset_is_complete_until_the_new_one_is(references, previous, tmp_path):
    """Whenever an overwriting export is killed, the folder has the old dataset, the new one, or no dataset.json."""
    expected, old = references["files"], tree(previous)
    rng = generator("overwritten")
    for attempt in range(INTERRUPTIONS):
        folder = prepare(tmp_path / str(attempt))
        shutil.copytree(previous, folder / "masks")
        process = start("export", DRAWINGS, "--output", "masks", "--overwrite", *COUNTS, cwd=folder)
        interrupt(process, rng, 1.1 * references.seconds["files"])
        assert_old_or_new(folder / "masks", old, expected)
        option = rng.choice(["--resume", "--overwrite"])
        if option == "--resume" and not (folder / "masks" / "plan.json").exists():
            option = "--overwrite"
        export(DRAWINGS, "masks", option, *COUNTS, cwd=folder)
        assert_same(tree(folder / "masks"), expected)
        shutil.rmtree(folder)


def assert_old_or_new(masks, old, new):
    if not (masks / "dataset.json").exists():
        return "none"
    found = {name: data for name, data in tree(masks).items() if not name.startswith((".qd-imd-partial", ".qd-imd-lock"))}
    for expected in [old, new]:
        if found.get("dataset.json") == expected["dataset.json"]:
            different = {name for name in expected if found.get(name) != expected[name]}
            assert not different, sorted(different)[:5]
    return "one"


@needs_strace
@pytest.mark.parametrize("option", ["--resume", "--overwrite", "other"])
def test_a_swap_that_is_killed_before_any_rename_can_be_continued(references, previous, tmp_path, option):
    """And keeps the user's files, whichever export follows."""
    expected, old = references["files"], tree(previous)
    number, stages = {"--resume": 1, "--overwrite": 2, "other": 3}[option], set()
    while True:
        folder = prepare(tmp_path / str(number))
        shutil.copytree(previous, folder / "masks")
        add_users_files(folder / "masks")
        was_killed = killed_at(number, "export", DRAWINGS, "--output", "masks", "--overwrite", "--jobs", 1, *COUNTS,
                               calls="rename,renameat,renameat2", cwd=folder)
        stages.add(assert_old_or_new(folder / "masks", old, expected))
        if was_killed:
            if option == "other":
                export(DRAWINGS, "masks", "--overwrite", *COUNTS, *VARIANTS["tar"], cwd=folder)
            else:
                has_plan = (folder / "masks" / "plan.json").exists()
                is_new = assert_old_or_new(folder / "masks", old, expected) == "one" and tree(
                    folder / "masks")["dataset.json"] == expected["dataset.json"]
                used = option if has_plan or is_new else "--overwrite"
                export(DRAWINGS, "masks", used, *COUNTS, cwd=folder)
        assert_users_files(folder / "masks")
        reference = references["tar"] if option == "other" and was_killed else expected
        assert_same(own_files(folder / "masks"), reference, f"killed before rename {number}")
        shutil.rmtree(folder)
        if not was_killed:
            break
        number += 1 if INTERRUPTIONS >= 200 else 3
    assert stages == {"none", "one"}


@pytest.fixture
def unfinished(previous, tmp_path):
    """A folder while one dataset replaces another: what is in it without its dataset.json is a part of one."""
    folder = prepare(tmp_path)
    shutil.copytree(previous, folder / "masks")
    (folder / "masks" / "dataset.json").unlink()
    (folder / "masks" / ".qd-imd-partial").mkdir()
    return folder


def test_verify_says_that_an_export_is_unfinished(unfinished):
    said = run("verify", "masks", cwd=unfinished, exit_code=1).stderr
    assert said == "masks: contains an unfinished export; expected a dataset\n"


@pytest.mark.parametrize("arguments", [
    ["inspect", "masks"], ["report", "masks", "--output", "report.html"], ["diff", "masks", "masks"]])
def test_readers_of_masks_say_that_an_export_is_unfinished(unfinished, arguments):
    done = subprocess.run(command(*arguments), cwd=unfinished, capture_output=True, text=True)
    assert done.returncode in [1, 2], done.stdout
    assert "masks: contains an unfinished export;" in done.stderr
