"""Measures what shards and schedulers cost, and writes docs/benchmarks-cluster.md and a table of docs/cluster.md.

The schedulers run on this machine. Slurm and Spark are started by the code of the tests; Slurm needs
root.
"""

import argparse
import ctypes
import json
import os
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

import cluster_pages
from measured_run import run_measured
from spark_engine import SparkEngine

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "Tests" / "Cluster"))
from slurm import Slurm  # noqa: E402

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
    """The seconds, and the processor time, of everything that this process and the daemons start."""

    def __init__(self, slurm, spark):
        self.slurm, self.spark = slurm, spark
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
                      for process in self.slurm.processes.values())
        return ended.ru_utime + ended.ru_stime + running / os.sysconf("SC_CLK_TCK") + self.spark.processor_seconds()

    def time(self, function, *arguments):
        start, processor = time.perf_counter(), self.processor_time()
        function(*arguments)
        return Time(time.perf_counter() - start, self.processor_time() - processor)


class Benchmark:
    def __init__(self, program, scratch, slurm, spark, sizes):
        self.program, self.scratch, self.slurm, self.spark, self.sizes = program, Path(scratch), slurm, spark, sizes
        self.clock = Clock(slurm, spark)
        self.spark_starts = []
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

    def with_slurm(self, folder, tasks=1000):
        self.shell(f"QDIMD_TASKS={tasks} {ROOT}/cluster/qd-imd.sbatch masks", folder)
        self.slurm.wait(3600, interval=0.5)

    def timed_with_spark(self, function, *arguments):
        """The time of what a driver does that has started."""
        self.spark_starts.append(self.clock.time(self.spark.start))
        try:
            return self.clock.time(function, *arguments)
        finally:
            self.spark.end()

    def overhead(self):
        """The time per shard of one mask, all schedulers in turn."""
        count = self.sizes.overhead_shards
        engines = {"none": self.with_loop, "GNU parallel": self.with_parallel, "Slurm": self.with_slurm,
                   "Spark": self.spark.generate}
        times = {name: [] for name in engines}
        for _ in range(self.sizes.rounds):
            for name, make in engines.items():
                folder = self.scratch / "overhead"
                self.plan(folder, count, 1)
                measure = self.timed_with_spark if name == "Spark" else self.clock.time
                found = measure(make, folder)
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

        tasks = count // size // 10
        several = f"Slurm, {tasks} tasks"
        times = {"one `export`": [], "GNU parallel": [], "Slurm": [], several: [], "Spark": []}
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
            times[several].append(self.clock.time(plan_and_generate, lambda folder: self.with_slurm(folder, tasks)))
            self.check(folder, count)
            times["Spark"].append(self.timed_with_spark(plan_and_generate, self.spark.generate))
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
            "status": status, "merge": merge, "spark_start": median(self.spark_starts),
            "core_microseconds": {"exact": median(base).cpu_seconds / count * 1e6, "cairo": cairo.cpu_seconds / small * 1e6}}


def median(times):
    """The run with the median processor time."""
    return sorted(times, key=lambda time: time.cpu_seconds)[len(times) // 2]


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
        spark = SparkEngine(arguments.program, scratch)
        try:
            benchmark = Benchmark(arguments.program, scratch, slurm.start(), spark, sizes)
            many = benchmark.many_shards()
            print(many, flush=True)
            overhead = benchmark.overhead()
            print(overhead, flush=True)
            million = benchmark.million()
        finally:
            spark.stop()
            slurm.stop()
    print(cluster_pages.page(many, overhead, million), cluster_pages.costs(many, million), sep="\n")
    if arguments.write:
        cluster_pages.write(many, overhead, million)


if __name__ == "__main__":
    main()
