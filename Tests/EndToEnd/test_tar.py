"""Masks in tar files: read by Python's tarfile and GNU tar, the same masks as in single files, whole after any kill."""

import io
import json
import random
import re
import resource
import subprocess
import tarfile
import time

import pytest
from conftest import FIXTURES, PROGRAM, export, run, tree

COUNTS = ["--train", 1100, "--test", 300]


@pytest.fixture(scope="module")
def tars(bundled, tmp_path_factory):
    output = tmp_path_factory.mktemp("tars") / "masks"
    export(bundled, output, *COUNTS, "--tar", 400, "--jobs", 1)
    return output


@pytest.fixture(scope="module")
def files(bundled, tmp_path_factory):
    output = tmp_path_factory.mktemp("files") / "masks"
    export(bundled, output, *COUNTS)
    return output


def test_a_dataset_of_tars_has_no_single_files(tars):
    assert sorted(tree(tars)) == [".qd-imd-checksums", "dataset.json", "preview.png"] + [
        f"tar/{name}.tar" for name in ["test-00000", "train-00000", "train-00001", "train-00002"]]
    assert json.loads((tars / "dataset.json").read_text())["tar"] == 400


def test_tarfile_finds_the_files_of_the_dataset(tars, files):
    lines = {split: (files / "vectors" / f"{split}.jsonl").read_bytes().splitlines(True) for split in ["train", "test"]}
    for split, counts in [("train", [400, 400, 300]), ("test", [300])]:
        index = 0
        for number, count in enumerate(counts):
            with tarfile.open(tars / "tar" / f"{split}-{number:05}.tar", "r:") as archive:
                members = archive.getmembers()
                assert len(members) == 3 * count
                for place in range(0, len(members), 3):
                    name = f"{index:05}_{split}"
                    for member, ending, content in zip(members[place:place + 3], ["png", "json", "svg"], [
                        (files / split / f"{name}.png").read_bytes(), lines[split][index],
                        (files / "svg" / split / f"{name}.svg").read_bytes(),
                    ]):
                        assert member.name == f"{name}.{ending}"
                        assert (member.mode, member.uid, member.gid, member.uname, member.gname) == (0o644, 0, 0, "", "")
                        assert (member.mtime, member.type) == (0, tarfile.REGTYPE)
                        assert archive.extractfile(member).read() == content
                    index += 1


def test_the_bytes_are_those_that_tarfile_writes(tars):
    path = tars / "tar" / "test-00000.tar"
    again = io.BytesIO()
    with tarfile.open(path, "r:") as archive:
        for member in archive:
            again.write(member.tobuf(format=tarfile.USTAR_FORMAT))
            data = archive.extractfile(member).read()
            again.write(data + bytes(-len(data) % 512))
    again.write(bytes(1024))
    assert again.getvalue() == path.read_bytes()


def test_gnu_tar_lists_and_extracts(tars, files, tmp_path):
    path = tars / "tar" / "train-00002.tar"
    done = subprocess.run(["tar", "--utc", "-tvf", path], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    listed = done.stdout.splitlines()
    assert len(listed) == 900
    assert listed[0].split()[:2] == ["-rw-r--r--", "0/0"] and "1970-01-01 00:00 00800_train.png" in listed[0]
    done = subprocess.run(["tar", "-xf", path, "-C", tmp_path], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    for index in range(800, 1100):
        name = f"{index:05}_train"
        assert (tmp_path / f"{name}.png").read_bytes() == (files / "train" / f"{name}.png").read_bytes()


def test_only_the_formats_asked_for_are_in_the_tars(bundled, tmp_path):
    export(bundled, tmp_path / "a", "--train", 3, "--test", 0, "--formats", "json,png", "--tar", 1)
    names = []
    for number in range(3):
        with tarfile.open(tmp_path / "a" / "tar" / f"train-{number:05}.tar") as archive:
            names += archive.getnames()
    assert names == [f"0000{index}_train.{kind}" for index in range(3) for kind in ["png", "json"]]
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == [".qd-imd-checksums", "dataset.json", "preview.png", "tar"]


@pytest.mark.parametrize("jobs", [2, 7, 64])
def test_the_number_of_jobs_changes_nothing(bundled, tars, tmp_path, jobs):
    export(bundled, tmp_path / "masks", *COUNTS, "--tar", 400, "--jobs", jobs)
    assert tree(tmp_path / "masks") == tree(tars)


@pytest.mark.parametrize("seed", range(4))
def test_an_export_that_is_killed_resumes_to_the_same_bytes(bundled, tars, tmp_path, seed):
    output = tmp_path / "masks"
    rng = random.Random(seed)
    command = [PROGRAM, "export", bundled, "--output", output, "--resume", "--quiet", *COUNTS, "--tar", 400]
    for _ in range(4):
        process = subprocess.Popen([str(part) for part in command])
        time.sleep(rng.uniform(0.02, 0.3))
        process.kill()
        process.wait()
    export(bundled, output, "--resume", *COUNTS, "--tar", 400)
    assert tree(output) == tree(tars)


def test_a_full_disk_is_an_error_and_the_export_goes_on_afterwards(bundled, tars, tmp_path):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    output = tmp_path / "masks"
    said = export(bundled, output, *COUNTS, "--tar", 400, "--jobs", 2, exit_code=1, preexec_fn=limit).stderr
    assert re.fullmatch(
        rf"{output}/.qd-imd-partial/[0-9a-f]+/runs/[^/]+/tar/train-00000.tar: cannot be written: File too large\n", said)
    export(bundled, output, "--resume", *COUNTS, "--tar", 400)
    assert tree(output) == tree(tars)


def test_other_commands_read_datasets_of_tars(tars, files, tmp_path):
    assert run("diff", tars, files).stdout.startswith("1,400 same, 0 different, 0 missing, 0 extra, 0 failed\n")
    assert run("diff", tars / "tar", files).stdout.startswith("1,400 same, ")
    run("rasterize", tars, "--output", tmp_path / "drawn", "--quiet")
    drawn = tree(tmp_path / "drawn")
    assert drawn == {name: data for name, data in tree(files).items() if name.startswith(("train/", "test/"))}
    run("rasterize", tars / "tar" / "train-00002.tar", "--output", tmp_path / "one", "--quiet")
    assert sorted(tree(tmp_path / "one")) == [f"{index:05}_train.png" for index in range(800, 1100)]
    assert run("inspect", tars).stdout == run("inspect", files).stdout
    assert "masks         300\n" in run("inspect", tars / "tar" / "test-00000.tar").stdout


@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tars_of_others_are_read(tmp_path, format):
    long = "deep/" * 30 + "mask"
    with tarfile.open(tmp_path / "x.tar", "w", format=format) as archive:
        for name in ["a.png", "a.json", "dir/b.json", "notes.txt"] + ([] if format == tarfile.USTAR_FORMAT else
                                                                      [long + ".json"]):
            source = FIXTURES / "masks" / ("00000_train.png" if name.endswith("png") else "00000_train.json")
            archive.add(source, name)
    run("rasterize", tmp_path / "x.tar", "--output", tmp_path / "out", "--quiet")
    png = (FIXTURES / "masks" / "00000_train.png").read_bytes()
    wanted = {"a.png": png, "dir/b.png": png}
    if format != tarfile.USTAR_FORMAT:
        wanted[long + ".png"] = png
    assert tree(tmp_path / "out") == wanted


def test_a_member_that_leads_elsewhere_is_refused(tmp_path):
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        archive.add(FIXTURES / "masks" / "00000_train.json", "../evil.json")
    said = run("rasterize", tmp_path / "x.tar", "--output", tmp_path / "out", exit_code=1).stderr
    assert said == f'{tmp_path}/x.tar: has a member "../evil.json"; expected a relative path\n'
    assert not (tmp_path / "evil.png").exists()


def test_a_damaged_tar_is_an_error_in_one_line_and_never_a_crash(tars, tmp_path):
    whole = (tars / "tar" / "test-00000.tar").read_bytes()[:20 * 512]
    rng = random.Random(1)
    for attempt in range(100):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            # Mostly in headers.
            data[rng.choice([rng.randrange(len(data)), rng.randrange(512)])] = rng.randrange(256)
        if rng.random() < 0.5:
            header = bytearray(data[:512])
            header[148:156] = b" " * 8
            data[148:156] = b"%06o\0 " % sum(header)
        (tmp_path / "x.tar").write_bytes(data)
        done = subprocess.run([PROGRAM, "inspect", tmp_path / "x.tar"], capture_output=True, timeout=60)
        assert done.returncode in {0, 1}, attempt
        assert len(done.stderr.splitlines()) == done.returncode, (attempt, done.stderr)


def test_wrong_usage(bundled, tmp_path):
    for number, message in [("0", "--tar is 0; expected at least 1"), ("x", "The value 'x' is invalid for '--tar <n>'")]:
        said = run("export", bundled, "--output", tmp_path / "out", "--tar", number, exit_code=64).stderr
        assert message in said
