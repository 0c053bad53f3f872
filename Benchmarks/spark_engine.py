"""Measures what Spark costs per shard, and its speed beside that of one export; used by the benchmark of clusters.

    python Benchmarks/scale_spark.py .build/release/qd-imd [--quick]

It starts a standalone Spark on this machine, and needs pyspark and Java. Each measurement starts a driver, as `spark-submit`
does; what that takes without any shard is reported, too. Processor time is that of all of Spark's processes and of the
programs that they start, without those of executors and workers that Spark replaced: compare it with the durations.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "Tests" / "Cluster"))
from spark_cluster import Cluster  # noqa: E402

DRAWINGS = ROOT / "fixtures" / "drawings"
CORES = os.cpu_count()
TAR = ["--formats", "png,json", "--backend", "exact"]

DRIVER = """
import sys
from pyspark.sql import SparkSession
import qd_imd.spark

# In jobs of minutes, Java's optimizing compiler takes more time than it saves.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
master, cores, *plan = sys.argv[1:]
spark = (
    SparkSession.builder.master(master).config("spark.ui.enabled", "false").config("spark.log.level", "OFF")
    .config("spark.cores.max", cores).config("spark.executor.cores", cores).config("spark.executor.memory", "512m")
    .config("spark.driver.extraJavaOptions", JAVA).config("spark.executor.extraJavaOptions", JAVA).getOrCreate())
if plan:
    qd_imd.spark.export(spark, *plan)
else:
    spark.sparkContext.parallelize([0], 1).count()
print("done", flush=True)
sys.stdin.readline()
spark.stop()
"""


class Measured:
    """The duration and the processor time of something, in seconds."""

    def __init__(self, seconds, processor):
        self.seconds, self.processor = seconds, processor


class SparkEngine:
    """A standalone Spark, as one of the schedulers of the benchmark."""

    def __init__(self, program, scratch):
        folder = Path(scratch) / "spark"
        folder.mkdir()
        os.environ["PYTHONPATH"] = str(ROOT / "Python" / "src")
        self.program = Path(program).resolve()
        os.environ["PATH"] = f"{self.program.parent}{os.pathsep}{os.environ['PATH']}"
        self.cluster = Cluster(folder)

    def generate(self, folder):
        """Generates the shards of the plan in `folder`/masks, and merges them."""
        return self._drive(folder / "masks")

    def start(self):
        """A driver, with its executors, that does nothing."""
        return self._drive()

    def _drive(self, *arguments):
        environment = self.cluster.environment | {"SPARK_LOCAL_IP": "127.0.0.1"}
        # Until the executors of the job before have ended.
        time.sleep(3)
        before, start = self.cluster.processor_seconds(), time.perf_counter()
        with subprocess.Popen(
                [sys.executable, "-c", DRIVER, self.cluster.url, str(CORES), *map(str, arguments)], env=environment,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as driver:
            assert driver.stdout.readline() == "done\n", "Spark's driver failed"
            seconds = time.perf_counter() - start
            # While all processes are there.
            processor = self.cluster.processor_seconds(driver.pid) - before
            driver.communicate("\n")
        return Measured(seconds, processor)

    def stop(self):
        self.cluster.stop()


def run(program, *arguments):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([program, *map(str, arguments), "--quiet"], check=True)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Measured(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(program, scratch, is_quick):
    """What Spark costs per shard, and the speed of a large export by Spark as a share of that of one process."""
    scratch = Path(scratch)
    bank, folder = scratch / "drawings.bank", scratch / "run"
    engine = SparkEngine(program, scratch)
    program = engine.program

    def plan(count, size, *options):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return run(program, "plan", bank, "--output", folder / "masks", "--train", count, "--test", 0, "--masks-per-shard",
                   size, *TAR, *options)

    try:
        run(program, "index", DRAWINGS, "--output", bank)
        rounds = 1 if is_quick else 3
        # Shards of one mask: what they cost without Spark is subtracted.
        shards = 40 if is_quick else 400
        overhead, starts = [], []
        for _ in range(rounds):
            start = engine.start()
            plan(shards, 1, "--tar", 1)
            job = engine.generate(folder)
            plan(shards, 1, "--tar", 1)
            alone = [run(program, "export", "--plan", folder / "masks", "--shard", shard, "--jobs", 1)
                     for shard in range(shards)]
            alone.append(run(program, "merge", folder / "masks"))
            starts.append(start)
            overhead.append((job.processor - start.processor - sum(part.processor for part in alone)) / shards)
        count, size = (100_000, 10_000) if is_quick else (1_000_000, 10_000)
        exports, jobs = [], []
        for _ in range(1 if is_quick else 2):
            exports.append(run(program, "export", bank, "--output", scratch / "export", "--train", count, "--test", 0, "--tar",
                               size, *TAR))
            shutil.rmtree(scratch / "export")
            planned, job = plan(count, size, "--tar", size), engine.generate(folder)
            jobs.append(Measured(planned.seconds + job.seconds, planned.processor + job.processor))
            shutil.rmtree(folder)
    finally:
        engine.stop()

    def median(values, name):
        return statistics.median(getattr(value, name) for value in values)

    return {
        "start_seconds": median(starts, "seconds"),
        "start_core_seconds": median(starts, "processor"),
        "core_seconds_per_shard": statistics.median(overhead),
        "masks": count,
        "seconds": {"export": median(exports, "seconds"), "Spark": median(jobs, "seconds")},
        "core_seconds": {"export": median(exports, "processor"), "Spark": median(jobs, "processor")},
        "relative": statistics.median(first.seconds / second.seconds for first, second in zip(exports, jobs)),
        "relative_core_seconds": statistics.median(
            first.processor / second.processor for first, second in zip(exports, jobs)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qd-imd-spark-") as scratch:
        print(json.dumps(measure(arguments.program, scratch, arguments.quick), indent=2))


if __name__ == "__main__":
    main()
