"""Nothing of a source is lost or counted twice, and nothing unreadable is skipped, in whichever form it comes."""

import gzip
import json
import os
import random
import subprocess
import time

import pytest
from conftest import PROGRAM, export, run, tree
from processes import killed_at, needs_strace

COUNTS = ["--train", 30, "--test", 10, "--formats", "json"]
CHANGED = "was changed while it was read; expected a file that stays the same"


def record(word, key, **members):
    drawing = [[[key % 200, 255 - key % 100], [0, key % 256]], [[5, 6, 70], [1, 200, 3]]]
    values = {"word": word, "countrycode": "US", "timestamp": "2017-03-05 02:52:36.19922 UTC", "recognized": True,
              "key_id": str(key), "drawing": drawing, **members}
    return json.dumps(values, separators=(",", ":")) + "\n"


def forms(folder, text):
    """The same drawings as text, gzipped, and as a bank."""
    folder.mkdir(exist_ok=True)
    (folder / "cat.ndjson").write_text(text)
    (folder / "cat.ndjson.gz").write_bytes(gzip.compress(text.encode()))
    run("index", folder / "cat.ndjson", "--output", folder / "cat.bank", "--quiet", "--overwrite")
    return [folder / "cat.ndjson", folder / "cat.ndjson.gz", folder / "cat.bank"]


def exported(source, output, *options):
    export(source, output, *COUNTS, *options)
    manifest = json.loads((output / "dataset.json").read_text())
    vectors = {name: data for name, data in tree(output).items() if name.startswith("vectors/")}
    return manifest["source"]["categories"], manifest["source"]["drawings"], vectors


def assert_agree(folder, text, *options):
    found = [exported(path, folder / f"from-{path.name}", *options, "--overwrite") for path in forms(folder, text)]
    assert found[0] == found[1] == found[2]
    return found[0][:2]


@pytest.mark.parametrize("end", [0, 1])
def test_categories_after_the_limit_of_the_first(tmp_path, end):
    words = ["cat"] * 1000 + ["dog"] * 300 + ["bus"] * 300 + ["cat"] * end
    text = "".join(record(word, key) for key, word in enumerate(words))
    assert assert_agree(tmp_path, text) == (3, 1600)


@pytest.mark.parametrize("seed", range(12))
def test_file_gzip_and_bank_agree_on_any_mixture(tmp_path, seed):
    random.seed(seed)
    words = []
    for _ in range(random.randrange(1, 12)):
        words += [random.choice(["cat", "dog", "The Eiffel Tower", "café"])] * random.choice([1, 2, 30, 200])
    words += ["bus"]
    lines = []
    for key, word in enumerate(words):
        line = record(word, random.choice([key, key, 7]))
        lines.append(random.choice([line, line, json.dumps(json.loads(line)) + "\n", line[:-1] + "\r\n", "\n" + line]))
    limit = random.choice([1, 2, 25, 1000, 2**63 - 1])
    assert_agree(tmp_path, "".join(lines), "--drawings-per-file", limit)
    options = ["--drawings-per-file", limit, "--exclude-words", words[0], "--test", 0]
    assert_agree(tmp_path, "".join(lines), *options)


@pytest.mark.parametrize("name", ["dog.ndjson", "dog.ndjson.gz", "dog.bin", "Dog.NDJSON"])
def test_what_looks_like_drawings_and_cannot_be_read_is_an_error(tmp_path, name):
    folder = tmp_path / "drawings"
    folder.mkdir()
    (folder / "cat.ndjson").write_text(record("cat", 1) + record("bus", 2))
    path = folder / name
    for make, problem in [(lambda: path.symlink_to("nothing"), "is a link to nothing; expected a file"),
                          (lambda: os.mkfifo(path), "is a pipe, a socket, or a device; expected a file"),
                          (lambda: path.symlink_to("/dev/zero"), "is a pipe, a socket, or a device; expected a file")]:
        make()
        for command in [["inspect", folder], ["index", folder, "--output", tmp_path / "x.bank"],
                        ["export", folder, "--output", tmp_path / "x", *COUNTS]]:
            assert run(*command, exit_code=1).stderr == f"{path}: {problem}\n"
        path.unlink()
    run("inspect", folder)


def test_names_that_are_not_utf8_are_read(tmp_path):
    folder = tmp_path / "drawings"
    folder.mkdir()
    (folder / "cat.ndjson").write_text(record("cat", 1))
    with open(os.fsencode(folder) + b"/caf\xe9.ndjson", "w") as file:
        file.write(record("café", 2))
    below = os.fsencode(folder) + b"/\xff\xfe"
    os.mkdir(below)
    with open(below + b"/dog.ndjson", "w") as file:
        file.write(record("dog", 3))
    assert json.loads(run("inspect", folder, "--json").stdout)["categories"] == 3
    with open(os.fsencode(folder) + b"/caf\xe9.bin", "wb") as file:
        file.write(bytes(range(1, 9)) + b"US\1\0\0\0\0\1\0\1\0\5\5")
    done = subprocess.run([PROGRAM, "inspect", folder], capture_output=True)
    assert done.returncode == 1 and b": has no category in its name; expected one as in cat.bin" in done.stderr


@pytest.mark.parametrize("name", ["cat.bin", "cat.ndjson"])
def test_zeros_are_no_drawings(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(bytes(1700))
    for command in [["inspect", path], ["index", path, "--output", tmp_path / "x.bank"],
                    ["export", path, "--output", tmp_path / "x", *COUNTS]]:
        said = run(*command, exit_code=1).stderr
        assert said == f"{path}: byte 0: record 1: nothing but zeros; expected a drawing\n"


@pytest.mark.parametrize("name", ["cat.ndjson", "mask.png", "mask.svg", "mask.json"])
def test_a_pipe_without_a_writer_is_an_error(tmp_path, name):
    path = tmp_path / name
    os.mkfifo(path)
    said = run("inspect", path, exit_code=1).stderr
    assert said.startswith(f"{path}: ") and "pipe" in said or "neither a file nor a folder" in said


def test_a_pipe_with_a_slow_writer_is_read(tmp_path):
    mask = tmp_path / "mask.json"
    mask.write_text('{"format":"qd-imd-mask/1","canvas":[8,8],"strokes":[{"width":4,"points":[[4,4]]}]}\n')
    os.mkfifo(tmp_path / "pipe.json")
    writer = subprocess.Popen(["sh", "-c", f"(sleep 1; cat '{mask}'; sleep 1) > '{tmp_path}/pipe.json'"])
    run("rasterize", tmp_path / "pipe.json", "--output", tmp_path / "mask.png")
    assert writer.wait() == 0
    assert (tmp_path / "mask.png").exists()


@pytest.mark.parametrize("make", [os.link, os.symlink, lambda old, new: new.write_bytes(old.read_bytes())],
                         ids=["hard link", "symbolic link", "copy"])
def test_a_file_that_is_there_twice_counts_once(tmp_path, make):
    folder = tmp_path / "drawings"
    folder.mkdir()
    (folder / "a.ndjson").write_text("".join(record("cat", key) for key in range(50)) + record("dog", 1))
    once = json.loads(run("inspect", folder, "--json").stdout)
    make(folder / "a.ndjson", folder / "b.ndjson")
    done = run("inspect", folder, "--json")
    twice = json.loads(done.stdout)
    assert "skipped 51 drawings with a repeated key" in done.stderr
    assert (twice.pop("repeated_keys"), twice.pop("files"), once.pop("files")) == (51, 2, 1)
    assert twice == once
    said = run("index", folder, "--output", tmp_path / "x.bank").stderr
    assert "51 drawings in 2 categories" in said and "skipped 51 drawings with a repeated key" in said


# Inputs that change.

def write_much(path, count):
    lines = [record("cat" if key % 2 else "dog", key) for key in range(1000)]
    tail = lines[0][lines[0].index('","drawing"'):]
    with path.open("w") as file:
        for key in range(count):
            word = "cat" if key % 2 else "dog"
            file.write(f'{{"word":"{word}","key_id":"{key}{tail}')


@pytest.mark.parametrize("command", ["index", "inspect"])
def test_drawings_that_are_written_while_they_are_read(tmp_path, command):
    path = tmp_path / "cat.ndjson"
    write_much(path, 200_000)
    options = ["--output", tmp_path / "x.bank"] if command == "index" else []
    process = subprocess.Popen(
        [PROGRAM, command, path, *options, "--quiet", "--jobs", "1"], stderr=subprocess.PIPE, text=True,
        stdout=subprocess.DEVNULL)
    while process.poll() is None:
        os.utime(path)
        time.sleep(0.002)
    assert (process.returncode, process.stderr.read()) == (1, f"{path}: {CHANGED}\n")
    assert [entry.name for entry in tmp_path.iterdir()] == ["cat.ndjson"]


@pytest.mark.parametrize("size", [0, 4096, 100_000])
def test_a_bank_that_is_cut_off_while_it_is_used(tmp_path, size):
    write_much(tmp_path / "cat.ndjson", 20_000)
    bank = tmp_path / "cat.bank"
    run("index", tmp_path / "cat.ndjson", "--output", bank, "--quiet")
    process = subprocess.Popen(
        [PROGRAM, "export", bank, "--output", tmp_path / "masks", "--train", "2000000", "--test", "10", "--formats",
         "json", "--drawings-per-file", "10000", "--quiet"],
        stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not any(tmp_path.glob("masks/.qd-imd-partial/*/runs/*/*/*")):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    os.truncate(bank, size)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (1, f"{bank}: {CHANGED}\n")


# One output of several runs.

def test_two_runs_that_write_one_bank(tmp_path):
    write_much(tmp_path / "cat.ndjson", 30_000)
    bank = tmp_path / "cat.bank"
    arguments = [PROGRAM, "index", tmp_path / "cat.ndjson", "--output", bank, "--quiet", "--overwrite"]
    for _ in range(3):
        processes = [subprocess.Popen(arguments, stderr=subprocess.PIPE) for _ in range(4)]
        assert [process.wait() for process in processes] == [0] * 4
        assert "30,000" in run("inspect", bank).stdout
        assert sorted(entry.name for entry in tmp_path.iterdir()) == ["cat.bank", "cat.ndjson"]


@needs_strace
def test_what_a_killed_run_left_is_removed_by_the_next_one_and_nothing_else(tmp_path):
    write_much(tmp_path / "cat.ndjson", 1_000)
    bank = tmp_path / "cat.bank"
    others = [".cat.bank.mine.partial", ".other.partial", ".cat.bank.partial", "cat.bank.partial"]
    for name in others:
        (tmp_path / name).write_text("mine")
    arguments = ["index", tmp_path / "cat.ndjson", "--output", bank, "--quiet"]
    # Killed before the bank gets its own name.
    assert killed_at(1, *arguments)
    assert {entry.name for entry in tmp_path.iterdir()} > {"cat.ndjson", *others}
    assert not bank.exists()
    run(*arguments)
    assert {entry.name for entry in tmp_path.iterdir()} == {"cat.bank", "cat.ndjson", *others}


def test_a_bank_does_not_replace_its_source(tmp_path):
    path = tmp_path / "cat.ndjson"
    path.write_text(record("cat", 1))
    os.link(path, tmp_path / "same.bank")
    before = path.read_bytes()
    for output in [path, tmp_path / "same.bank", tmp_path / ".." / tmp_path.name / "cat.ndjson"]:
        said = run("index", tmp_path, "--output", output, "--overwrite", exit_code=1).stderr
        assert said == f"{output}: is one of the sources, {path}; expected another file\n"
    assert path.read_bytes() == before
