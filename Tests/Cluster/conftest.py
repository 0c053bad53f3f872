"""What the tests on clusters share: the program, reference datasets, and the tests of exports in many processes."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build" / "release" / "qd-imd"
FIXTURES = ROOT / "fixtures"
DRAWINGS = FIXTURES / "drawings"
PACKAGE = ROOT / "Python" / "src"
BATCH_FILE = ROOT / "cluster" / "qd-imd.sbatch"

# The variants and comparisons of the tests of the program, which find the names above in this module.
sys.path.append(str(ROOT / "Tests" / "EndToEnd"))
# The package finds the program on the PATH; processes that the tests start find both.
sys.path.insert(0, str(PACKAGE))
os.environ["PYTHONPATH"] = str(PACKAGE)
os.environ["PATH"] = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"


def run(*arguments, exit_code=0, **options):
    """Runs the program, and checks its exit code."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == exit_code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def export(source, output, *arguments, **options):
    return run("export", source, "--output", output, "--quiet", *arguments, **options)


def tree(folder):
    """Every file below a folder with its bytes, hidden ones too."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}


def status(folder):
    return json.loads(run("status", "masks", "--json", cwd=folder).stdout)


def record(folder, shard):
    """The completion record of a shard."""
    [workspace] = folder.glob("masks/.qd-imd-partial/????????????????")
    return workspace / "records" / f"{shard:05}.txt"


def recorded_file(folder, shard):
    """The first file that a shard's record names."""
    path = record(folder, shard)
    lines = path.read_text().splitlines()
    return path.parents[1] / "runs" / json.loads(lines[0])["run"] / lines[1].split(" ", 2)[2]


class References:
    """The dataset of each variant from one process, with SHA256SUMS."""

    def __init__(self, folder):
        self.folder = folder
        self.trees = {}

    def __call__(self, variant, counts):
        from processes import VARIANTS, prepare

        key = (variant, *map(str, counts))
        if key not in self.trees:
            folder = prepare(self.folder / str(len(self.trees)), counts[-1])
            export(DRAWINGS, "masks", *counts, *VARIANTS[variant], "--checksums", cwd=folder)
            self.trees[key] = tree(folder / "masks")
            assert "SHA256SUMS" in self.trees[key]
        return self.trees[key]


@pytest.fixture(scope="session")
def references(tmp_path_factory):
    return References(tmp_path_factory.mktemp("references"))


def plan(folder, masks_per_shard, counts, variant, shards=None):
    """Plans the dataset of a variant, with as many shards as the test is about."""
    from processes import VARIANTS, prepare

    prepare(folder, counts[-1])
    run("plan", DRAWINGS, "--output", "masks", "--quiet", "--masks-per-shard", masks_per_shard, *counts, *VARIANTS[variant],
        "--checksums", cwd=folder)
    assert shards is None or status(folder)["shards"] == shards


def assert_merged(folder, expected):
    """The merged dataset has the files of one export, SHA256SUMS among them."""
    from processes import assert_same, without_plan

    found = without_plan(tree(folder / "masks"))
    assert found.get("SHA256SUMS") == expected["SHA256SUMS"]
    assert_same(found, expected)


def workers(folder):
    """The processes of the program that generate shards of a plan, of whichever scheduler, with what they generate."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().split(b"\0")
                if command[0].endswith(b"qd-imd") and b"--plan" in command and (entry / "cwd").resolve() == folder:
                    variables = (entry / "environ").read_bytes().split(b"\0")
                    index = [value for value in variables
                             if value.startswith((b"SLURM_ARRAY_TASK_ID=", b"JOB_COMPLETION_INDEX="))]
                    found[int(entry.name)] = (*command, *index)
            except OSError:
                pass  # It has ended.
    return found


class Killer(threading.Thread):
    """Kills processes of the program in a folder at random, until it has killed `count`; each of another shard."""

    def __init__(self, folder, count, rng):
        super().__init__(daemon=True)
        self.folder, self.count, self.rng = folder.resolve(), count, rng
        self.killed = []

    def run(self):
        deadline = time.monotonic() + 120
        while len(self.killed) < self.count and time.monotonic() < deadline:
            candidates = {process: work for process, work in workers(self.folder).items() if work not in self.killed}
            if candidates:
                process = self.rng.choice(list(candidates))
                time.sleep(self.rng.uniform(0, 0.02))
                try:
                    os.kill(process, 9)
                except ProcessLookupError:
                    continue
                self.killed.append(candidates[process])
            time.sleep(self.rng.uniform(0, 0.05))
