"""Files that were damaged between an interruption and --resume, before a merge, or in a finished dataset.

Each case is repaired or reported by name, and no damaged dataset is published. QDIMD_DAMAGES=1000 tries more cases,
QDIMD_TEST_SEED=1 others.
"""

import json
import re
import shutil
import subprocess
import sys

import pytest
from conftest import export, run, tree
from processes import (
    COUNTS, DRAWINGS, VARIANTS, References, assert_same, cases, command, generator, killed_at, prepare, without_plan)

DAMAGES = cases(100, "QDIMD_DAMAGES")
PARTIAL = "masks/.qd-imd-partial/"
# The same cases in folders with several times as many files.
LAYOUTS = pytest.param("layouts", marks=pytest.mark.thorough)


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    return References(tmp_path_factory.mktemp("references"))


def attempt(*arguments, folder):
    done = subprocess.run(command(*arguments), capture_output=True, text=True, timeout=300, cwd=folder)
    # Neither a crash nor a signal.
    assert done.returncode in [0, 1, 75], f"{arguments}: exit code {done.returncode}\n{done.stderr}"
    assert done.returncode == 0 or done.stderr.strip(), "an error without a message"
    return done


def change_bytes(path, rng):
    data = bytearray(path.read_bytes())
    way = rng.choice(["empty", "flip", "flip", "shorten", "lengthen", "zero"])
    if way == "empty" or not data:
        data = bytearray(b"" if data else b"x")
    elif way == "flip":
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif way == "shorten":
        del data[rng.randrange(len(data)):]
    elif way == "lengthen":
        data += data[:rng.randrange(1, 100)]
    else:
        # A file system that lost data returns zeros, with the right length.
        start = rng.randrange(len(data))
        data[start:] = bytes(len(data) - start)
        if bytes(data) == path.read_bytes():
            data[0] ^= 1
    path.write_bytes(data)
    return way


def change_lines(path, rng):
    lines = path.read_bytes().splitlines(True)
    way = rng.choice(["remove line", "duplicate line", "exchange lines", "flip in line"])
    place = rng.randrange(len(lines))
    if way == "remove line":
        del lines[place]
    elif way == "duplicate line":
        lines.insert(place, lines[place])
    elif way == "exchange lines" and len(set(lines)) > 1:
        other = rng.choice([index for index in range(len(lines)) if lines[index] != lines[place]])
        lines[place], lines[other] = lines[other], lines[place]
    else:
        way = "flip in line"
        line = bytearray(lines[place])
        line[rng.randrange(len(line))] ^= 1 << rng.randrange(7)
        lines[place] = bytes(line)
    path.write_bytes(b"".join(lines))
    return way


def damage(folder, rng, choose=lambda name: True):
    """Damages one file, and returns what was done to which: the names that a message may mention."""
    files = sorted(
        str(path.relative_to(folder)) for path in folder.glob("masks/**/*")
        if path.is_file() and path.name != ".qd-imd-lock" and choose(str(path.relative_to(folder))))
    # Each kind of file as often as any other.
    kinds = {}
    for name in files:
        kinds.setdefault((name.count("/"), name.rpartition(".")[2], "records" in name, "runs" in name), []).append(name)
    name = rng.choice(kinds[rng.choice(sorted(kinds))])
    path = folder / name
    way = rng.choice(["change", "change", "lines", "remove", "foreign", "duplicate", "replace"])
    if way == "lines" and path.suffix in [".txt", ".jsonl", ".json", ""] and path.read_bytes().count(b"\n") > 1:
        return change_lines(path, rng), [name]
    if way == "remove":
        path.unlink()
        return way, [name]
    if way == "foreign":
        foreign = path.with_name(rng.choice(["thesis.txt", f"{path.name}.bak", f"copy of {path.name}", "99999_train.png"]))
        if foreign.exists():
            change_bytes(foreign, rng)
            return "change", [str(foreign.relative_to(folder))]
        foreign.write_bytes(b"mine")
        return way, [str(foreign.relative_to(folder))]
    others = [other for other in files if other != name and other.rpartition(".")[2] == name.rpartition(".")[2]
              and (folder / other).read_bytes() != path.read_bytes()]
    if way in ["duplicate", "replace"] and others:
        # Another complete file of this export, in the place of this one; a link to it, or its only copy.
        other = folder / rng.choice(others)
        path.unlink()
        if way == "duplicate":
            shutil.copy(other, path)
        else:
            other.rename(path)
        return way, [name, str(other.relative_to(folder))]
    return change_bytes(path, rng), [name]


def is_named(names, errors):
    """Whether the errors name a damaged file: by its path, its shard, or the folder without its dataset."""
    for name in names:
        last = name.rpartition("/")[2]
        if last in errors or "masks: contains" in errors and last in ["dataset.json", "plan.json"]:
            return True
        if "records" in name and re.search(rf"\b{int(re.search('[0-9]+', last + '0').group())}\b", errors):
            return True
        # Without the description of a swap, what it moved is not known as the dataset's: that is named, and stays.
        if (last == "moved.txt" or "/previous/" in name) and re.search("is not part of the dataset|is in the place of", errors):
            return True
    return False


def without_foreign(files, expected, names):
    """The files of a dataset without those that somebody else put there."""
    # In the previous dataset, which was moved aside, it is the user's, and returns to its place.
    foreign = {re.sub("^masks/(.qd-imd-partial/.*/previous/)?", "", name) for name in names} - expected.keys()
    return {name: data for name, data in files.items() if name not in foreign}


def killed_states(references, tmp_path_factory, variant, option, before=None):
    """The folder of an export after it was killed before each of its renames."""
    if sys.platform != "linux":
        pytest.skip("strace is only on Linux")
    base = tmp_path_factory.mktemp(f"states-{variant}")
    states = []
    number = 2
    while True:
        folder = prepare(base / str(number))
        if before is not None:
            shutil.copytree(before, folder / "masks", symlinks=True)
        if not killed_at(number, "export", DRAWINGS, "--output", "masks", "--jobs", 1, *option, *COUNTS,
                         *VARIANTS[variant], calls="rename", cwd=folder):
            return states
        states.append(folder)
        number += 1


@pytest.mark.parametrize("variant", ["files", "tar", LAYOUTS])
def test_damage_between_a_kill_and_resume_is_repaired_or_reported(references, tmp_path_factory, tmp_path, variant):
    expected = references[variant]
    states = killed_states(references, tmp_path_factory, variant, [])
    assert len(states) >= 5
    rng = generator("resumed", variant)
    outcomes = {"repaired": 0, "reported": 0}
    for case in range(DAMAGES // 8):
        state = rng.choice(states)
        folder = tmp_path / str(case)
        shutil.copytree(state, folder, symlinks=True)
        way, names = damage(folder, rng)
        context = f"case {case}: {way} of {names} after a kill before rename {state.name}"
        arguments = ["export", DRAWINGS, "--output", "masks", "--resume", *COUNTS, *VARIANTS[variant]]
        done = attempt(*arguments, folder=folder)
        if done.returncode == 0:
            outcomes["repaired"] += 1
            assert_same(without_foreign(tree(folder / "masks"), expected, names), expected, context)
        else:
            outcomes["reported"] += 1
            assert is_named(names, done.stderr), f"{context}: {done.stderr}"
            # After the last rename, it is a finished dataset, whose manifest and list are not repaired.
            assert not (folder / "masks" / "dataset.json").exists() or names[0].endswith(
                ("dataset.json", "SHA256SUMS", ".qd-imd-checksums")) or "masks/dataset.json" in names, context
            if not re.search("contains files but no dataset|is not part of the dataset", done.stderr):
                run(*[a if a != "--resume" else "--overwrite" for a in arguments], cwd=folder)
                assert_same(without_foreign(tree(folder / "masks"), expected, names), expected, context)
        shutil.rmtree(folder)
    assert outcomes["repaired"] > outcomes["reported"], outcomes


@pytest.mark.parametrize("variant", ["files", "tar", LAYOUTS])
def test_damage_before_a_merge_is_repaired_or_reported(references, tmp_path, variant):
    expected = references[variant]
    rng = generator("merged", variant)
    state = prepare(tmp_path / "state")
    run("plan", DRAWINGS, "--output", "masks", "--masks-per-shard", 4, *COUNTS, *VARIANTS[variant], cwd=state)
    for shard in ["0-3", "4", "5-9"]:
        if json.loads(run("status", "masks", "--json", cwd=state).stdout)["shards"] > int(shard.partition("-")[0]):
            last = json.loads(run("status", "masks", "--json", cwd=state).stdout)["shards"] - 1
            first, _, end = shard.partition("-")
            run("export", "--plan", "masks", "--shard", f"{first}-{min(int(end or first), last)}", cwd=state)
    assert json.loads(run("status", "masks", "--json", cwd=state).stdout)["rerun"] == ""
    for case in range(DAMAGES // 8):
        folder = tmp_path / str(case)
        shutil.copytree(state, folder, symlinks=True)
        way, names = damage(folder, rng)
        context = f"case {case}: {way} of {names}"
        status = attempt("status", "masks", "--json", folder=folder)
        merge = attempt("merge", "masks", folder=folder)
        if merge.returncode == 0:
            assert status.returncode == 0 and json.loads(status.stdout)["rerun"] == "", context
        elif status.returncode == 0 and merge.returncode == 75:
            assert is_named(names, merge.stderr), f"{context}: {merge.stderr}"
            assert is_named(names, status.stderr) or json.loads(status.stdout)["missing"], f"{context}: {status.stderr}"
            assert not (folder / "masks" / "dataset.json").exists()
            run("export", "--plan", "masks", "--shard", json.loads(status.stdout)["rerun"], cwd=folder)
            run("merge", "masks", cwd=folder)
        else:
            # The plan or its bank.
            assert is_named(names, merge.stderr), f"{context}: {merge.stderr}"
            assert not (folder / "masks" / "dataset.json").exists()
            assert names[0].endswith(("plan.json", "drawings.bank")), context
            done = attempt("plan", DRAWINGS, "--output", "masks", "--overwrite", "--masks-per-shard", 4, *COUNTS,
                           *VARIANTS[variant], folder=folder)
            assert done.returncode == 0, f"{context}: {done.stderr}"
            run("export", "--plan", "masks", "--shard", "all", cwd=folder)
            run("merge", "masks", cwd=folder)
        found = without_foreign(without_plan(tree(folder / "masks")), expected, names)
        assert_same(found, expected, context)
        shutil.rmtree(folder)


@pytest.mark.parametrize("variant", ["files", "tar", LAYOUTS, "exact"])
def test_damage_in_a_finished_dataset_is_reported_by_verify_and_repaired_by_resume(references, tmp_path, variant):
    expected = references[variant]
    rng = generator("finished", variant)
    arguments = ["export", DRAWINGS, "--output", "masks", *COUNTS, *VARIANTS[variant]]
    for case in range(DAMAGES // 16):
        folder = prepare(tmp_path / str(case))
        shutil.copytree(references.path(variant), folder / "masks")
        way, names = damage(folder, rng)
        context = f"case {case}: {way} of {names}"
        verify = attempt("verify", "masks", folder=folder)
        is_foreign_beside = way == "foreign" and names[0].count("/") == 1
        if is_foreign_beside:
            # Beside the dataset's folders, other files are not the dataset's business.
            assert verify.returncode == 0 or names[0] in verify.stderr, f"{context}: {verify.stderr}"
        else:
            assert verify.returncode == 1, context
            # A checksum that was changed is no longer that of its file, which is then the one that is named.
            assert is_named(names, verify.stderr) or names[0].endswith(("SHA256SUMS", ".qd-imd-checksums")) and (
                "has the SHA-256" in verify.stderr or "is not part of the dataset" in verify.stderr), (
                    f"{context}: {verify.stderr}")
        resume = attempt(*arguments, "--resume", folder=folder)
        if resume.returncode != 0:
            assert is_named(names, resume.stderr), f"{context}: {resume.stderr}"
            assert any(name.endswith(("dataset.json", "SHA256SUMS", ".qd-imd-checksums")) for name in names), context
            shutil.rmtree(folder)
            continue
        assert_same(without_foreign(tree(folder / "masks"), expected, names), expected, context)
        if way == "foreign":
            assert (folder / names[0]).read_bytes() == b"mine", context
        shutil.rmtree(folder)


@pytest.mark.parametrize("variant", ["files", LAYOUTS])
def test_damage_while_one_dataset_replaces_another_is_repaired_or_reported(references, tmp_path_factory, tmp_path, variant):
    """The previous dataset has the same files with other contents: none of them gets into the new one."""
    expected = references[variant]
    previous = prepare(tmp_path / "previous")
    export(DRAWINGS, "masks", *COUNTS, "--seed", 7, *VARIANTS[variant], cwd=previous)
    states = killed_states(references, tmp_path_factory, variant, ["--overwrite"], previous / "masks")
    rng = generator("replaced", variant)
    for case in range(DAMAGES // 16):
        state = rng.choice(states[len(states) // 3:])
        folder = tmp_path / str(case)
        shutil.copytree(state, folder, symlinks=True)
        way, names = damage(folder, rng, lambda name: name.startswith(PARTIAL))
        context = f"case {case}: {way} of {names} after a kill before rename {state.name}"
        arguments = ["export", DRAWINGS, "--output", "masks", "--resume", *COUNTS, *VARIANTS[variant]]
        done = attempt(*arguments, folder=folder)
        if done.returncode == 0:
            found = without_foreign(tree(folder / "masks"), expected, names)
            if names[0].endswith("/previous/SHA256SUMS"):
                # Without an intact list, files of its layouts cannot be told from the user's: they stay, and verify names them.
                foreign = found.keys() - expected.keys()
                assert not foreign or f"masks/{min(foreign)}: is not part of the dataset" in run(
                    "verify", "masks", cwd=folder, exit_code=1).stderr, context
                found = {name: data for name, data in found.items() if name in expected}
            assert_same(found, expected, context)
        else:
            assert is_named(names, done.stderr), f"{context}: {done.stderr}"
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["SHA256SUMS", ".qd-imd-checksums"])
def test_a_line_that_is_missing_in_the_list_of_checksums_is_noticed_and_repaired(tmp_path, name):
    """Also that of a file whose existence only the list states: one of a layout."""
    prepare(tmp_path)
    arguments = ["export", DRAWINGS, "--output", "masks", *COUNTS, "--layout", "flat,qd-imd"]
    arguments += ["--checksums"] if name == "SHA256SUMS" else []
    run(*arguments, cwd=tmp_path)
    expected = tree(tmp_path / "masks")
    path = tmp_path / "masks" / name
    lines = path.read_bytes().splitlines(True)
    assert json.loads(expected["dataset.json"])["files"] == len(lines) == len(expected) - 1
    path.write_bytes(b"".join(line for line in lines if b"  flat/train.flist\n" not in line))
    message = f"masks/{name}: names {len(lines) - 1} files; expected {len(lines)}, as dataset.json states\n"
    assert message in run("verify", "masks", cwd=tmp_path, exit_code=1).stderr
    run(*arguments, "--resume", cwd=tmp_path)
    found = tree(tmp_path / "masks")
    # As far as the list says, the file was the user's, whose files are kept.
    assert found.pop("flat/train.flist.kept") == expected["flat/train.flist"]
    assert_same(found, expected, name)
