"""What the tests of exports share that are interrupted, damaged, or run at the same time."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from conftest import FIXTURES, PROGRAM, export, tree

DRAWINGS = FIXTURES / "drawings"
# The random cases follow from the seed, so a failure can be repeated.
SEED = int(os.environ.get("QDIMD_TEST_SEED", "0"))
COUNTS = ["--train", 26, "--test", 10]

# Every format, layout, and rasterizer; each with more than one shard.
VARIANTS = {
    "files": [],
    "exact": ["--backend", "exact", "--formats", "png,json", "--checksums"],
    "vectors": ["--formats", "json"],
    "images": ["--formats", "png,svg", "--checksums"],
    "tar": ["--tar", 4],
    "tar-exact": ["--tar", 7, "--backend", "exact", "--checksums"],
    "webdataset": ["--layout", "webdataset", "--tar", 6],
    "layouts": ["--layout", "qd-imd,buckets,flat,huggingface,lama,mat,webdataset", "--checksums", "--coco", "--croissant"],
    "lama": ["--layout", "lama", "--image-list", "images.txt"],
}

# For tests that stop the program at its system calls.
needs_strace = pytest.mark.skipif(sys.platform != "linux", reason="strace is only on Linux")
# What gives a file or a folder its name.
NAMING = "rename,renameat,renameat2,link,linkat"


def command(*arguments):
    return [str(argument) for argument in [PROGRAM, *arguments]]


def start(*arguments, **options):
    """Starts the program in the background."""
    return subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def cases(normal, variable):
    """The number of random cases: `normal`, or what the environment says."""
    return int(os.environ.get(variable, normal))


def without_plan(files):
    """A merge keeps its plan, an export does not."""
    return {name: data for name, data in files.items() if name != "plan.json"}


def prepare(folder, images=10):
    """A working folder: lists of paths contain the output as it is named, so all outputs have the name `masks`.

    It has a list of as many images as there are test masks.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "images.txt").write_text("".join(f"photo-{index}.jpg\n" for index in range(images)))
    return folder


class References:
    """The dataset of each variant, from one undisturbed export."""

    def __init__(self, folder):
        self.folder = folder
        self.trees = {}
        self.seconds = {}

    def path(self, variant):
        self[variant]
        return self.folder / variant / "masks"

    def __getitem__(self, variant):
        if variant not in self.trees:
            folder = prepare(self.folder / variant)
            begun = time.monotonic()
            export(DRAWINGS, "masks", *COUNTS, *VARIANTS[variant], cwd=folder)
            self.seconds[variant] = time.monotonic() - begun
            self.trees[variant] = tree(folder / "masks")
        return self.trees[variant]


def interrupt(process, rng, longest):
    """Interrupts a process at a random time in one of the ways that processes are interrupted."""
    way = rng.choice(["kill", "kill", "kill", "interrupt", "terminate", "stop"])
    time.sleep(rng.uniform(0, longest))
    if way == "stop":
        process.send_signal(signal.SIGSTOP)
        time.sleep(rng.uniform(0, 0.05))
        process.send_signal(signal.SIGCONT)
        if rng.random() < 0.5:
            time.sleep(rng.uniform(0, longest))
            process.kill()
    else:
        process.send_signal({"kill": signal.SIGKILL, "interrupt": signal.SIGINT, "terminate": signal.SIGTERM}[way])
    process.communicate()
    return process.returncode


def killed_at(number, *arguments, calls=NAMING, **options):
    """Runs the program, and kills it before a thread makes its call `number` of `calls`; whether it was killed."""
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={calls}",
         "-e", f"inject={calls}:signal=KILL:when={number}", *command(*arguments)],
        capture_output=True, text=True, **options)
    assert done.returncode in [0, -9, 137], done.stderr
    return done.returncode != 0


def generator(*parts):
    return random.Random(f"{SEED} {parts}")


def difference(found, expected):
    """The names that differ, for the message of a failed test."""
    return {
        "missing": sorted(expected.keys() - found.keys())[:5],
        "foreign": sorted(found.keys() - expected.keys())[:5],
        "changed": sorted(name for name in found.keys() & expected.keys() if found[name] != expected[name])[:5],
    }


def assert_same(found, expected, context=""):
    assert found == expected, f"{context}: {difference(found, expected)}"
