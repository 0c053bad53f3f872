"""Measures what shards and schedulers cost, and writes docs/benchmarks-cluster.md and a table of docs/cluster.md.

The schedulers run on this machine. Slurm is started by the code of the tests, which needs root.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from machine import machine_line
from measured_run import run_measured

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "Tests" / "Cluster"))
from slurm import Slurm  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks-cluster.md"
COST_PAGE = ROOT / "docs" / "cluster.md"
DRAWINGS = ROOT / "fixtures" / "drawings"
CORES = os.cpu_count()
TAR = ["--formats", "png,json", "--backend", "exact"]


class Benchmark:
    def __init__(self, program, scratch, is_quick):
        self.program, self.scratch, self.is_quick = program, Path(scratch), is_quick
        self.bank = self.scratch / "drawings.bank"
        self.measure("index", DRAWINGS, "--output", self.bank)
        self.environment = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}"}

    def measure(self, *arguments):
        return run_measured(self.program, *arguments)

    def shell(self, command, folder):
        subprocess.run(["bash", "-ec", command], cwd=folder, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def plan(self, folder, train, test, masks_per_shard, *options):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return self.measure("plan", self.bank, "--output", folder / "masks", "--train", train, "--test", test,
                            "--masks-per-shard", masks_per_shard, "--quiet", *options)

    def many_shards(self, *options):
        """Plan, status, and merge with shards of one mask each, from a hundred processes."""
        count = 2_000 if self.is_quick else 100_000
        folder = self.scratch / "many"
        masks = folder / "masks"
        result = {"shards": count}
        plan = self.plan(folder, count, 0, 1, *options)
        result["plan_seconds"], result["plan_bytes"] = plan.seconds, (masks / "plan.json").stat().st_size
        result["status_missing_seconds"] = self.measure("status", masks, "--json").seconds
        step = count // 100
        start = time.perf_counter()
        with ThreadPoolExecutor(CORES) as threads:
            list(threads.map(lambda first: self.measure(
                "export", "--plan", masks, "--shard", f"{first}-{first + step - 1}", "--jobs", 1, "--quiet"),
                range(0, count, step)))
        result["export_seconds"] = time.perf_counter() - start
        status = self.measure("status", masks, "--json")
        result["status_seconds"], result["status_peak"] = status.seconds, status.peak
        merge = self.measure("merge", masks, "--quiet")
        result["merge_seconds"], result["merge_peak"] = merge.seconds, merge.peak
        self.check(folder, count)
        return result

    def check(self, folder, count):
        """The dataset is complete, and its folder is removed."""
        manifest = json.loads((folder / "masks" / "dataset.json").read_text())
        assert manifest["train"] == count, manifest
        shutil.rmtree(folder)

    # Each of these generates the shards of a plan in a folder.

    def with_program(self, folder):
        """A process per shard, as many at a time as there are cores, and nothing else: the lower bound of a scheduler."""
        shards = json.loads((folder / "masks" / "plan.json").read_text())["shards"]
        with ThreadPoolExecutor(CORES) as threads:
            list(threads.map(lambda shard: subprocess.run(
                [self.program, "export", "--plan", "masks", "--shard", str(shard), "--jobs", "1", "--quiet"], cwd=folder,
                check=True), range(shards)))

    def with_parallel(self, folder):
        self.shell("qd-imd status masks --json | jq '.missing[], .damaged[]' | "
                   "parallel --retries 4 'qd-imd export --plan masks --shard {} --jobs 1 --quiet'", folder)

    def with_slurm(self, folder):
        """An array and the merge, which the batch file submits."""
        environment = self.slurm.environment | {"PATH": self.environment["PATH"]}
        subprocess.run([ROOT / "cluster" / "qd-imd.sbatch", "masks"], cwd=folder, env=environment, check=True,
                       stdout=subprocess.DEVNULL)
        self.slurm.wait(3600)

    def overhead(self):
        """The time of a scheduler per shard, in core seconds, for shards of one mask; all schedulers in turn."""
        count = 40 if self.is_quick else 400
        engines = {"none": self.with_program, "GNU parallel": self.with_parallel, "Slurm": self.with_slurm}
        seconds = {name: [] for name in engines}
        for _ in range(1 if self.is_quick else 3):
            for name, generate in engines.items():
                folder = self.scratch / "overhead"
                self.plan(folder, count, 0, 1)
                start = time.perf_counter()
                generate(folder)
                seconds[name].append((time.perf_counter() - start) * CORES / count)
                if name != "Slurm":
                    self.measure("merge", folder / "masks", "--quiet")
                self.check(folder, count)
        return {name: statistics.median(values) for name, values in seconds.items()}

    def million(self):
        """From a bank to a merged dataset with each scheduler, beside one export; in turn."""
        count, size = (20_000, 1_000) if self.is_quick else (1_000_000, 10_000)
        folder = self.scratch / "million"
        options = ["--tar", size, *TAR]
        seconds = {name: [] for name in ["export", "GNU parallel", "Slurm"]}
        result = {"masks": count, "masks_per_shard": size, "shards": count // size}
        merges, status, processor = [], [], []
        for _ in range(1 if self.is_quick else 2):
            for name in seconds:
                start = time.perf_counter()
                if name == "export":
                    shutil.rmtree(folder, ignore_errors=True)
                    folder.mkdir()
                    measured = self.measure("export", self.bank, "--output", folder / "masks", "--train", count, "--test", 0,
                                            "--quiet", *options)
                    processor.append(measured.cpu_seconds)
                else:
                    self.plan(folder, count, 0, size, *options)
                    if name == "Slurm":
                        self.with_slurm(folder)
                    else:
                        self.with_parallel(folder)
                        status.append(self.measure("status", folder / "masks", "--json").seconds)
                        merge = self.measure("merge", folder / "masks", "--quiet")
                        merges.append(merge.seconds)
                        result["merge_peak"] = merge.peak
                seconds[name].append(time.perf_counter() - start)
                files = [path for path in (folder / "masks").rglob("*") if path.is_file() and path.name != "plan.json"]
                result["files"], result["bytes"] = len(files), sum(path.stat().st_size for path in files)
                self.check(folder, count)
        result["seconds"] = {name: statistics.median(values) for name, values in seconds.items()}
        result["relative"] = {name: statistics.median(base / value for base, value in zip(seconds["export"], values))
                              for name, values in seconds.items()}
        result["merge_seconds"], result["status_seconds"] = statistics.median(merges), statistics.median(status)
        result["core_microseconds"] = {"exact": statistics.median(processor) / count * 1e6}
        small = count // 20
        cairo = self.measure("export", self.bank, "--output", folder, "--train", small, "--test", 0, "--quiet", "--tar", size,
                             "--formats", "png,json")
        shutil.rmtree(folder)
        result["core_microseconds"]["cairo"] = cairo.cpu_seconds / small * 1e6
        return result


def table(header, rows):
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def duration(seconds):
    if seconds < 120:
        return f"{seconds:.3g} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:,.3g} h"


def size(count):
    for unit, scale in [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]:
        if count >= scale:
            return f"{count / scale:.3g} {unit}"
    return f"{count} bytes"


def costs(many, million):
    """What large datasets cost, in proportion to what was measured."""
    rows = []
    # A merge reads each byte once, and each record; the share of the records is that of the plan with many shards.
    per_shard = many["merge_seconds"] / many["shards"]
    per_byte = (million["merge_seconds"] - per_shard * million["shards"]) / million["bytes"]
    for exponent in [8, 9]:
        masks = 10 ** exponent
        shards = masks // 10_000
        total = million["bytes"] / million["masks"] * masks
        hours = {name: value * masks / 1e6 / 3600 for name, value in million["core_microseconds"].items()}
        rows.append([
            f"10{'⁸' if exponent == 8 else '⁹'}", f"{shards:,}", f"{hours['exact']:,.2g} h", f"{hours['cairo']:,.2g} h",
            size(total), f"{shards + 3:,}", size(many["plan_bytes"]),
            duration(many["status_seconds"] / many["shards"] * shards), duration(per_shard * shards + per_byte * total)])
    return table(["masks", "shards", "core hours, exact", "core hours, cairo", "bytes", "files", "plan.json", "`status`",
                  "`merge`"], rows)


def page(files, tars, million, overhead):
    rows = [[name, *(show(part[key]) for part in [files, tars])] for name, key, show in [
        ("`plan`", "plan_seconds", duration), ("plan.json", "plan_bytes", size),
        ("`status`, all missing", "status_missing_seconds", duration), ("shards, 100 processes", "export_seconds", duration),
        ("`status`, all complete", "status_seconds", duration), ("its memory", "status_peak", size),
        ("`merge`", "merge_seconds", duration), ("its memory", "merge_peak", size)]]
    base = overhead["none"]
    own = {"none": "–"} | {name: f"{(value - base) * 1e3:.1f} ms" for name, value in overhead.items() if name != "none"}
    return f"""# Benchmarks on clusters

Generated by `make bench-cluster`; do not edit. Files in memory, flushed as on a disk.

{machine_line()}.

## {files['shards']:,} shards of one mask each

{table(["what", "a file per mask", "`--tar 1`"], rows)}
## The time of a scheduler

Core seconds per shard, of a plan with shards of one mask, with as many at a time as there are cores. None: processes that a
loop starts. Slurm includes the submission and the merge.

{table(["scheduler", "per shard", "of it the scheduler's own"],
       [[name, f"{value * 1e3:.1f} ms", own[name]] for name, value in overhead.items()])}
## {million['masks']:,} masks, from a stroke bank to a merged dataset

PNG and JSON in tar files, backend exact, {million['shards']} shards of {million['masks_per_shard']:,} masks, {CORES} cores:
plan, shards, and merge, beside one `export`, in turn.

{table(["with", "seconds", "masks/s", "speed relative to one export"],
       [[name, f"{value:.1f}", f"{million['masks'] / value:,.0f}", f"{million['relative'][name]:.0%}"]
        for name, value in million["seconds"].items()])}
`status` takes {duration(million['status_seconds'])}, and `merge`, which compares {size(million['bytes'])} with their SHA-256,
{duration(million['merge_seconds'])} and {size(million['merge_peak'])} of memory.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=lambda path: Path(path).resolve())
    parser.add_argument("--quick", action="store_true", help="fewer masks")
    parser.add_argument("--write", action="store_true", help="write the pages in docs")
    parser.add_argument("--scratch", default="/dev/shm", help="folder for files, in memory by default")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qd-imd-bench-", dir=arguments.scratch) as scratch:
        benchmark = Benchmark(arguments.program, scratch, arguments.quick)
        benchmark.slurm = Slurm(Path(scratch) / "slurm", nodes=1, slots=CORES)
        try:
            benchmark.slurm.start()
            files, tars = benchmark.many_shards(), benchmark.many_shards("--tar", 1, *TAR)
            overhead = benchmark.overhead()
            million = benchmark.million()
        finally:
            benchmark.slurm.stop()
    text, cost = page(files, tars, million, overhead), costs(tars, million)
    print(text, cost, sep="\n")
    if arguments.write:
        PAGE.write_text(text)
        before, marker, after = re.split(r"(<!-- Benchmarks/cluster\.py writes .*? -->\n)", COST_PAGE.read_text())
        COST_PAGE.write_text(f"{before}{marker}\n{cost}\n{cost_notes()}\n{after[after.index('## '):]}")


def cost_notes():
    return ("In proportion to [what was measured](benchmarks-cluster.md): PNG and JSON of 512×512 px in tar files, shards of\n"
            "10,000 masks, files in memory. `merge` and `status` run on as many cores as they have there; on slower storage, a\n"
            "merge takes as long as reading all bytes once. The plan has the same size for any number of masks.\n")


if __name__ == "__main__":
    main()
