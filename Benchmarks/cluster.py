"""Measures what shards and schedulers cost, and writes docs/benchmarks-cluster.md and a table of docs/cluster.md.

The schedulers run on this machine. Slurm is started by the code of the tests, which needs root.
"""

import argparse
import ctypes
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
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
EXACT = ["--formats", "png,json", "--backend", "exact"]
PR_SET_CHILD_SUBREAPER = 36

# By the clock, and of the processors.
Time = namedtuple("Time", ["seconds", "cpu_seconds"])
Sizes = namedtuple("Sizes", ["many_shards", "overhead_shards", "masks", "masks_per_shard", "rounds"])
FULL = Sizes(many_shards=100_000, overhead_shards=100, masks=1_000_000, masks_per_shard=10_000, rounds=3)
QUICK = Sizes(many_shards=500, overhead_shards=20, masks=20_000, masks_per_shard=1_000, rounds=1)


class Clock:
    """The seconds, and the processor time, of everything that this process starts, Slurm's jobs included."""

    def __init__(self, daemons):
        self.daemons = daemons
        # The daemons leave their jobs to the nearest process that collects orphans; else, it would be that with number 1.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def processor_time(self):
        try:
            while os.waitpid(-1, os.WNOHANG)[0] != 0:
                pass
        except ChildProcessError:
            pass
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        running = sum(sum(map(int, Path(f"/proc/{process.pid}/stat").read_text().rpartition(") ")[2].split()[11:15]))
                      for process in self.daemons.values())
        return ended.ru_utime + ended.ru_stime + running / os.sysconf("SC_CLK_TCK")

    def time(self, function, *arguments):
        start, processor = time.perf_counter(), self.processor_time()
        function(*arguments)
        return Time(time.perf_counter() - start, self.processor_time() - processor)


class Benchmark:
    def __init__(self, program, scratch, slurm, sizes):
        self.program, self.scratch, self.slurm, self.sizes = program, Path(scratch), slurm, sizes
        self.clock = Clock(slurm.processes)
        self.bank = self.scratch / "drawings.bank"
        self.measure("index", DRAWINGS, "--output", self.bank, "--quiet")
        self.environment = slurm.environment | {"PATH": f"{program.parent}:{os.environ['PATH']}"}

    def measure(self, *arguments):
        return run_measured(self.program, *arguments)

    def shell(self, command, folder):
        subprocess.run(["bash", "-ec", command], cwd=folder, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def plan(self, folder, count, masks_per_shard, *options):
        folder.mkdir()
        return self.measure("plan", self.bank, "--output", folder / "masks", "--train", count, "--test", 0,
                            "--masks-per-shard", masks_per_shard, "--quiet", *options)

    def check(self, folder, count):
        """The dataset is complete, and its folder is removed."""
        assert json.loads((folder / "masks" / "dataset.json").read_text())["splits"]["train"]["masks"] == count
        shutil.rmtree(folder)

    def many_shards(self):
        """Plan, status, and merge with shards of one mask each, which a hundred processes generate."""
        count = self.sizes.many_shards
        folder = self.scratch / "many"
        masks = folder / "masks"
        result = {"shards": count, "plan": self.plan(folder, count, 1, "--tar", 1, *EXACT),
                  "plan_bytes": (masks / "plan.json").stat().st_size, "status_missing": self.measure("status", masks, "--json")}
        step = count // 100
        with ThreadPoolExecutor(CORES) as threads:
            list(threads.map(lambda first: self.measure(
                "export", "--plan", masks, "--shard", f"{first}-{first + step - 1}", "--jobs", 1, "--quiet"),
                range(0, count, step)))
        result["status"] = self.measure("status", masks, "--json")
        result["merge"] = self.merge(folder)
        self.check(folder, count)
        return result

    # Each of these makes the dataset of a plan in a folder.

    def with_loop(self, folder):
        """A process per shard, as many at a time as there are cores, and nothing else."""
        shards = json.loads((folder / "masks" / "plan.json").read_text())["shards"]
        with ThreadPoolExecutor(CORES) as threads:
            list(threads.map(lambda shard: subprocess.run(
                [self.program, "export", "--plan", "masks", "--shard", str(shard), "--jobs", "1", "--quiet"], cwd=folder,
                check=True), range(shards)))
        self.merge(folder)

    def with_parallel(self, folder):
        self.shards_with_parallel(folder)
        self.merge(folder)

    def shards_with_parallel(self, folder):
        self.shell("qd-imd status masks --json | jq '.missing[], .damaged[]' | "
                   "parallel --retries 4 'qd-imd export --plan masks --shard {} --jobs 1 --quiet'", folder)

    def merge(self, folder):
        return self.measure("merge", folder / "masks", "--quiet")

    def with_slurm(self, folder):
        self.shell(f"{ROOT}/cluster/qd-imd.sbatch masks", folder)
        self.slurm.wait(3600, interval=0.5)

    def overhead(self):
        """The time per shard of one mask, all schedulers in turn."""
        count = self.sizes.overhead_shards
        engines = {"none": self.with_loop, "GNU parallel": self.with_parallel, "Slurm": self.with_slurm}
        times = {name: [] for name in engines}
        for _ in range(self.sizes.rounds):
            for name, make in engines.items():
                folder = self.scratch / "overhead"
                self.plan(folder, count, 1)
                found = self.clock.time(make, folder)
                times[name].append(Time(found.seconds * CORES / count, found.cpu_seconds / count))
                self.check(folder, count)
        return {name: median(values) for name, values in times.items()}

    def million(self):
        """From a bank to a merged dataset with each scheduler, beside one export; in turn."""
        count, size = self.sizes.masks, self.sizes.masks_per_shard
        folder = self.scratch / "million"
        options = ["--tar", size, *EXACT]

        def export():
            self.measure("export", self.bank, "--output", folder / "masks", "--train", count, "--test", 0, "--quiet", *options)

        def plan_and_generate(generate):
            self.plan(folder, count, size, *options)
            generate(folder)

        times = {"one `export`": [], "GNU parallel": [], "Slurm": []}
        for _ in range(self.sizes.rounds):
            folder.mkdir()
            times["one `export`"].append(self.clock.time(export))
            files = [path for path in (folder / "masks").rglob("*") if path.is_file()]
            size_in_bytes = sum(path.stat().st_size for path in files)
            self.check(folder, count)
            # Its steps are also measured alone.
            shards = self.clock.time(plan_and_generate, self.shards_with_parallel)
            status, merge = self.measure("status", folder / "masks", "--json"), self.merge(folder)
            times["GNU parallel"].append(Time(shards.seconds + merge.seconds, shards.cpu_seconds + merge.cpu_seconds))
            self.check(folder, count)
            times["Slurm"].append(self.clock.time(plan_and_generate, self.with_slurm))
            self.check(folder, count)
        base = times["one `export`"]
        small = count // 20
        folder.mkdir()
        cairo = self.measure("export", self.bank, "--output", folder / "masks", "--train", small, "--test", 0, "--quiet",
                             "--tar", size, "--formats", "png,json")
        self.check(folder, small)
        return {
            "masks": count, "masks_per_shard": size, "shards": count // size, "bytes": size_in_bytes,
            "times": {name: median(values) for name, values in times.items()},
            "speeds": {name: statistics.median(one.seconds / value.seconds for one, value in zip(base, values))
                       for name, values in times.items()},
            "efficiency": {name: statistics.median(one.cpu_seconds / value.cpu_seconds for one, value in zip(base, values))
                           for name, values in times.items()},
            "status": status, "merge": merge,
            "core_microseconds": {"exact": median(base).cpu_seconds / count * 1e6, "cairo": cairo.cpu_seconds / small * 1e6}}


def median(times):
    """The run with the median processor time."""
    return sorted(times, key=lambda time: time.cpu_seconds)[len(times) // 2]


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
    """What large datasets cost, in proportion to what was measured; a merge, by its bytes and by its records."""
    rows = []
    per_shard = many["merge"].cpu_seconds / many["shards"]
    per_byte = max(0, million["merge"].cpu_seconds - per_shard * million["shards"]) / million["bytes"]
    for masks, name in [(10 ** 8, "10⁸"), (10 ** 9, "10⁹")]:
        shards = masks // 10_000
        total = million["bytes"] / million["masks"] * masks
        hours = {name: value * masks / 1e6 / 3600 for name, value in million["core_microseconds"].items()}
        rows.append([
            name, f"{shards:,}", f"{hours['exact']:,.3g} h", f"{hours['cairo']:,.3g} h", size(total), f"{shards:,}",
            size(many["plan_bytes"]), duration(many["status"].cpu_seconds / many["shards"] * shards),
            duration(per_shard * shards + per_byte * total)])
    return table(["masks", "shards", "exact", "cairo", "bytes", "tar files", "plan.json", "`status`", "`merge`"], rows)


COST_NOTES = """\
In proportion to [what was measured](benchmarks-cluster.md): PNG and JSON of 512×512 px in tar files, shards of 10,000 masks.
All times are those of one core; `status` and `merge` use all cores of their machine. On slow storage, a merge takes as long as
it takes to read all bytes once. The plan has the same size for any number of masks.
"""


def page(many, million, overhead):
    steps = [[name, duration(many[key].seconds), duration(many[key].cpu_seconds), size(many[key].peak)] for name, key in [
        ("`plan`", "plan"), ("`status`, all missing", "status_missing"), ("`status`, all complete", "status"),
        ("`merge`", "merge")]]
    none = overhead["none"]
    engines = [[name, milliseconds(value.cpu_seconds),
                "–" if name == "none" else milliseconds(value.cpu_seconds - none.cpu_seconds), milliseconds(value.seconds)]
               for name, value in overhead.items()]
    runs = [[name, f"{value.seconds:.1f}", f"{million['masks'] / value.seconds:,.0f}", f"{million['speeds'][name]:.0%}",
             f"{million['efficiency'][name]:.0%}"] for name, value in million["times"].items()]
    status, merge = million["status"], million["merge"]
    return f"""# Benchmarks on clusters

Generated by `make bench-cluster`; do not edit. Files are in memory, and flushed as on a disk.

{machine_line()}.
{load_line()}
## {many['shards']:,} shards of one mask each

A tar file per shard. The plan has {size(many['plan_bytes'])}.

{table(["command", "seconds", "processor time", "peak memory"], steps)}
## Schedulers, per shard

Plans with shards of one mask, as many at a time as there are cores, and the merge. None: processes that a loop starts. Core
time: seconds by the clock times cores.

{table(["scheduler", "processor time", "of it the scheduler's own", "core time"], engines)}
## {million['masks']:,} masks, from a stroke bank to a merged dataset

PNG and JSON in tar files, backend exact, {million['shards']} shards of {million['masks_per_shard']:,} masks, {CORES} cores:
plan, shards, and merge, in turn with one `export`. Efficiency: the processor time of the export relative to that of all
processes; for Slurm, that includes its daemons, and asking them for the end of the jobs.

{table(["with", "seconds", "masks/s", "speed relative to one export", "efficiency"], runs)}
`status` takes {duration(status.seconds)}. `merge`, which compares {size(million['bytes'])} with their SHA-256, takes
{duration(merge.seconds)}, {duration(merge.cpu_seconds)} of processor time, and {size(merge.peak)} of memory.
"""


def load_line():
    """What to think of times by the clock if something else was running."""
    load = os.getloadavg()[2]
    return "" if load < CORES + 2 else f"""
Other programs were running: the load average was {load:.0f}. Processor times can be compared; times by the clock, and speeds
by the clock, only roughly.
"""


def milliseconds(seconds):
    return f"{seconds * 1e3:.1f} ms"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=lambda path: Path(path).resolve())
    parser.add_argument("--quick", action="store_true", help="fewer masks")
    parser.add_argument("--rounds", type=int, help="rounds in which schedulers take turns")
    parser.add_argument("--write", action="store_true", help="write the pages in docs")
    parser.add_argument("--scratch", default="/dev/shm", help="folder for files, in memory by default")
    arguments = parser.parse_args()
    sizes = QUICK if arguments.quick else FULL
    if arguments.rounds is not None:
        sizes = sizes._replace(rounds=arguments.rounds)
    with tempfile.TemporaryDirectory(prefix="qd-imd-bench-", dir=arguments.scratch) as scratch:
        # Slurm's daemons have users of their own.
        os.chmod(scratch, 0o755)
        slurm = Slurm(Path(scratch) / "slurm", nodes=1, slots=CORES)
        try:
            benchmark = Benchmark(arguments.program, scratch, slurm.start(), sizes)
            many = benchmark.many_shards()
            print(many, flush=True)
            overhead = benchmark.overhead()
            print(overhead, flush=True)
            million = benchmark.million()
        finally:
            slurm.stop()
    text, cost = page(many, million, overhead), costs(many, million)
    print(text, cost, sep="\n")
    if arguments.write:
        PAGE.write_text(text)
        before, marker, after = re.split(r"(<!-- Benchmarks/cluster\.py writes .*? -->\n)", COST_PAGE.read_text())
        COST_PAGE.write_text(f"{before}{marker}\n{cost}\n{COST_NOTES}\n{after[after.index('## '):]}")


if __name__ == "__main__":
    main()
