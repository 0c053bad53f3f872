"""After a power cut, what a record or a dataset.json vouches for is on the disk: the order of the system calls.

A file system may lose data, and names in folders, that were not flushed, in any combination. So, before a record gets its
name, everything that it names must have been flushed, and its folder, with all folders above; the same for the dataset
before dataset.json gets its name.
"""

import json
import re
import subprocess

import pytest
from conftest import run
from processes import COUNTS, DRAWINGS, VARIANTS, command, needs_strace, prepare

pytestmark = needs_strace

CALLS = ("open,openat,creat,write,pwrite64,writev,pwritev,copy_file_range,sendfile,ftruncate,fsync,fdatasync,syncfs,sync,"
         "rename,renameat,renameat2,mkdir,mkdirat,link,linkat,unlink,unlinkat,rmdir")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
DESCRIPTOR = re.compile(r"\(\d+<([^>]*)>")
DIGEST = re.compile(r"[0-9a-f]{64} (\d+) (\S+)")


def calls(log):
    """The completed calls of all threads, in the order in which they ended: name, arguments, result."""
    unfinished = {}
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"(\d+) +(.*)", line)
        if not match:
            continue
        thread, text = match.groups()
        if text.endswith("<unfinished ...>"):
            unfinished[thread] = text.removesuffix("<unfinished ...>").rstrip()
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", text)
        if resumed:
            text = unfinished.pop(thread) + resumed.group(1)
        match = re.match(r"(\w+)(\(.*)\) += (-?\d+)", text)
        if match and int(match.group(3)) >= 0:
            yield match.groups()


class Disk:
    """What a power cut could undo."""

    def __init__(self, root):
        self.root = root
        # Files with data, and folders with names, that are not on the disk. Without the lock: its text is only for messages.
        self.files, self.folders = set(), set()
        self.records = 0
        self.published = False
        self.texts = {}

    def path(self, name):
        return str((self.root / name).absolute()) if not name.startswith("/") else name

    @staticmethod
    def folder(path):
        return path.rpartition("/")[0]

    def moved(self, old, new):
        def renamed(paths):
            return {new + path[len(old):] if path == old or path.startswith(old + "/") else path for path in paths}

        self.files.discard(new)
        self.files, self.folders = renamed(self.files), renamed(self.folders)
        self.folders |= {self.folder(old), self.folder(new)}
        if old in self.texts:
            self.texts[new] = self.texts.pop(old)

    def apply(self, name, arguments):
        opened = DESCRIPTOR.match(arguments)
        strings = [self.path(text) for text in STRING.findall(arguments)] if "write" not in name else []
        if name in ["fsync", "fdatasync"]:
            self.files.discard(opened.group(1))
            self.folders.discard(opened.group(1))
        elif name in ["syncfs", "sync"]:
            self.files, self.folders = set(), set()
        elif name in ["open", "openat", "creat"] and "O_CREAT" in arguments:
            self.folders.add(self.folder(strings[-1]))
        elif name in ["write", "pwrite64", "writev", "pwritev", "ftruncate", "copy_file_range", "sendfile"]:
            # A file without a name is only for the process that has it open.
            is_named = opened and "(deleted)" not in arguments[:opened.end() + len("(deleted)")]
            if is_named and opened.group(1).startswith(str(self.root)) and not opened.group(1).endswith(".qd-imd-lock"):
                self.files.add(opened.group(1))
                if "/records/" in opened.group(1):
                    text = "".join(STRING.findall(arguments)).encode().decode("unicode_escape")
                    self.texts[opened.group(1)] = self.texts.get(opened.group(1), "") + text
        elif name in ["mkdir", "mkdirat", "unlink", "unlinkat", "rmdir"]:
            self.folders.add(self.folder(strings[-1]))
            self.files.discard(strings[-1])
        elif name in ["link", "linkat"]:
            self.folders.add(self.folder(strings[1]))
            if strings[0] in self.files:
                self.files.add(strings[1])
        elif name in ["rename", "renameat", "renameat2"]:
            self.check_rename(*strings[:2])
            self.moved(*strings[:2])

    def check_rename(self, old, new):
        if re.search(r"/records/\d+\.txt$", new):
            self.check_record(old, new)
        elif new == self.path("masks/dataset.json"):
            self.check_publication()

    def check_record(self, old, new):
        assert old not in self.files, f"{new}: the record gets its name before it is on the disk"
        workspace = new.partition("/records/")[0]
        head, *lines = self.texts[old].splitlines()
        run_folder = f"{workspace}/runs/{json.loads(head)['run']}"
        names = [match.group(2) for match in map(DIGEST.fullmatch, lines) if match]
        assert len(names) == json.loads(head)["files"] > 0
        for name in names:
            path = f"{run_folder}/{name}"
            assert path not in self.files, f"{path}: is recorded before it is on the disk"
            while path != workspace:
                path = self.folder(path)
                assert path not in self.folders, f"{path}: a name in it is recorded before it is on the disk"
        self.records += 1

    def check_publication(self):
        output = self.path("masks")
        assert self.files == set(), "data that is not on the disk when dataset.json gets its name"
        # Of what remains of the export, nothing matters to the dataset.
        dirty = {path for path in self.folders
                 if (path + "/").startswith(output + "/") and ".qd-imd-partial" not in path}
        assert not dirty, "names that are not on the disk when dataset.json gets its name"
        self.published = True


def trace(folder, *arguments):
    log = folder / "calls.txt"
    subprocess.run(
        ["strace", "-f", "-qq", "-y", "-s", "1000000", "-e", f"trace={CALLS}", "-o", log, *command(*arguments)],
        check=True, cwd=folder, capture_output=True)
    disk = Disk(folder)
    publication = None
    for name, arguments, _ in calls(log):
        was_published = disk.published
        disk.apply(name, arguments)
        if disk.published and not was_published:
            publication = "renamed"
        elif publication == "renamed" and name == "fsync" and DESCRIPTOR.match(arguments).group(1) == disk.path("masks"):
            publication = "flushed"
        elif publication == "renamed":
            # Nothing of the export is removed until its name is on the disk.
            assert "/runs/" not in arguments or name.startswith("unlink") is False, arguments
    assert publication in [None, "flushed"], "the output folder is not flushed after dataset.json gets its name"
    return disk


SMALL = ["--train", 3, "--test", 1]
LARGE = ["--train", 300, "--test", 20]


@pytest.mark.parametrize("counts", [SMALL, COUNTS], ids=["small", "usual"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_an_export_flushes_before_it_vouches(tmp_path, variant, counts):
    folder = prepare(tmp_path)
    if variant == "lama":
        (folder / "images.txt").write_text("".join(f"photo-{index}.jpg\n" for index in range(counts[3])))
    disk = trace(folder, "export", DRAWINGS, "--output", "masks", *counts, *VARIANTS[variant])
    assert disk.records >= 2 and disk.published


@pytest.mark.parametrize("counts", [SMALL, COUNTS], ids=["small", "usual"])
@pytest.mark.parametrize("variant", ["files", "tar", "vectors", "layouts"])
def test_shards_and_a_merge_flush_before_they_vouch(tmp_path, variant, counts):
    folder = prepare(tmp_path)
    trace(folder, "plan", DRAWINGS, "--output", "masks", "--masks-per-shard", 1, *counts, *VARIANTS[variant])
    assert trace(folder, "export", "--plan", "masks", "--shard", "0", "--jobs", 1).records == 1
    disk = trace(folder, "export", "--plan", "masks", "--shard", "all")
    assert disk.records == json.loads(run("status", "masks", "--json", cwd=folder).stdout)["shards"] - 1
    assert trace(folder, "merge", "masks").published


def test_an_overwriting_export_flushes_before_it_vouches(tmp_path):
    folder = prepare(tmp_path)
    run("export", DRAWINGS, "--output", "masks", *COUNTS, cwd=folder)
    disk = trace(folder, "export", DRAWINGS, "--output", "masks", "--overwrite", *COUNTS, "--tar", 5)
    assert disk.published


def test_a_plan_is_on_the_disk_before_it_has_its_name(tmp_path):
    folder = prepare(tmp_path)
    log = folder / "calls.txt"
    subprocess.run(
        ["strace", "-f", "-qq", "-y", "-e", f"trace={CALLS}", "-o", log,
         *command("plan", DRAWINGS, "--output", "masks", *COUNTS)], check=True, cwd=folder, capture_output=True)
    disk = Disk(folder)
    named = False
    for name, arguments, _ in calls(log):
        if name.startswith("rename") and arguments.rstrip().endswith('plan.json"'):
            named = True
            assert disk.files == set()
        disk.apply(name, arguments)
    assert named


def test_without_sync_nothing_is_flushed(tmp_path):
    folder = prepare(tmp_path)
    log = folder / "calls.txt"
    run("plan", DRAWINGS, "--output", "masks", "--masks-per-shard", 4, *COUNTS, cwd=folder)
    subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync,syncfs", "-o", log,
         *command("export", "--plan", "masks", "--shard", "all", "--no-sync")], check=True, cwd=folder, capture_output=True)
    assert log.read_text() == ""
