"""Runs a program through a case, and hashes what it makes."""

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from digests import content, digests_of_text, pixel_digest, sha256

JOBS = 2
BUNDLED = Path(__file__).resolve().parents[2] / "fixtures" / "drawings"


class ProgramError(Exception):
    """The program did not do what a case asks of it."""


@contextmanager
def scratch_folder():
    """A folder in memory where that has a gigabyte of room."""
    shared = "/dev/shm"
    in_memory = os.path.isdir(shared) and shutil.disk_usage(shared).free > 1e9
    with tempfile.TemporaryDirectory(dir=shared if in_memory else None, prefix="qd-imd-identity-") as folder:
        yield Path(folder)


class Output:
    """What one program made of one case: ids in order, and where the files of each mask are."""

    def __init__(self, case, folder):
        self.case = case
        self.lines = {}
        for split in ["train", "test"]:
            path = folder / "vectors" / f"{split}.jsonl"
            for line in path.read_bytes().splitlines() if path.exists() else []:
                self.lines[json.loads(line)["id"]] = line
        self.folder = folder

    @property
    def ids(self):
        return list(self.lines)

    def png(self, mask):
        if self.case.rasterize:
            return self.folder / "rasterized" / f"{mask}.png"
        return self.folder / mask.split("_")[1] / f"{mask}.png"

    def svg(self, mask):
        return self.folder / "svg" / mask.split("_")[1] / f"{mask}.svg"

    def digests(self, pool):
        """For each kind, the hashes of all masks in order: a tuple of those that a mask may have."""
        pngs = [self.png(mask) for mask in self.ids]
        files = pngs + [self.svg(mask) for mask in self.ids if self.case.has_svg]
        missing = [path for path in files if not path.exists()]
        if missing:
            raise ProgramError(f"{len(missing)} files are missing; the first is {missing[0].relative_to(self.folder)}")
        pixels = pool.map(pixel_digest, pngs, chunksize=50)
        kinds = {
            "vectors": [
                digests_of_text(line, lambda line: sha256(content(line).encode())) for line in self.lines.values()],
            "json": [digests_of_text(line) for line in self.lines.values()],
            "pixels": [(digest,) for digest in pixels],
        }
        if self.case.has_svg:
            kinds["svg"] = [digests_of_text(self.svg(mask).read_bytes()) for mask in self.ids]
        return kinds


class Program:
    def __init__(self, path, drawings, scratch):
        self.path = Path(path).resolve()
        self.drawings = drawings
        self.scratch = scratch
        self.bank = scratch / "drawings.bank"
        self.pool = get_context("fork").Pool(JOBS)

    def run(self, *arguments):
        command = [str(self.path), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise ProgramError(f"{' '.join(command)}: exit code {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    @property
    def version(self):
        return self.run("--version").strip()

    def presets(self):
        """The names of all presets the program has: a line `name: description` each."""
        lines = self.run("presets").splitlines()
        return [line.split(":")[0] for line in lines if ":" in line and not line.startswith(" ")]

    def source(self, case):
        if case.source == "bundled":
            return BUNDLED
        if case.source != "bank":
            return self.drawings / case.source
        if not self.bank.exists():
            self.run("index", self.drawings / "simplified", "--output", self.bank, "--quiet")
        return self.bank

    @contextmanager
    def output(self, case):
        """Runs the case; the files are removed afterwards."""
        folder = Path(tempfile.mkdtemp(dir=self.scratch)) / "masks"
        try:
            common = ["--jobs", JOBS, "--quiet"]
            self.run("export", self.source(case), "--output", folder, *case.export_arguments, *common)
            if case.rasterize:
                self.run(
                    "rasterize", folder / case.rasterized, "--output", folder / "rasterized", *case.rasterize, *common)
            result = Output(case, folder)
            if len(result.ids) != case.train + case.test:
                raise ProgramError(f"{len(result.ids)} masks; expected {case.train + case.test}")
            yield result
        finally:
            shutil.rmtree(folder.parent, ignore_errors=True)
