"""Measures what Spark costs per shard, and its speed beside that of one export; used by the benchmark of clusters.

    python Benchmarks/scale_spark.py .build/release/qd-imd [--quick]

It starts a standalone Spark on this machine, and needs pyspark and Java. Each measurement starts a driver, as `spark-submit`
does; its time without any shard is reported, too.
"""

import argparse
import json
import os
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

master, cores, *plan = sys.argv[1:]
spark = (
    SparkSession.builder.master(master).config("spark.ui.enabled", "false").config("spark.log.level", "OFF")
    .config("spark.cores.max", cores).config("spark.executor.memory", "512m").getOrCreate())
if plan:
    qd_imd.spark.export(spark, *plan)
else:
    spark.sparkContext.parallelize([0], 1).count()
spark.stop()
"""


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
        self._drive(folder / "masks")

    def start_seconds(self):
        """The time of a driver, with its executors, that does nothing."""
        start = time.perf_counter()
        self._drive()
        return time.perf_counter() - start

    def _drive(self, *arguments):
        environment = self.cluster.environment | {"SPARK_LOCAL_IP": "127.0.0.1"}
        subprocess.run(
            [sys.executable, "-c", DRIVER, self.cluster.url, str(CORES), *map(str, arguments)], env=environment, check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        self.cluster.stop()


def measure(program, scratch, is_quick):
    """Core seconds of Spark per shard, and the speed of a large export by Spark as a share of that of one process."""
    scratch = Path(scratch)
    bank = scratch / "drawings.bank"
    engine = SparkEngine(program, scratch)

    def timed(action, *arguments):
        start = time.perf_counter()
        action(*arguments)
        return time.perf_counter() - start

    def run(*arguments):
        subprocess.run([engine.program, *map(str, arguments), "--quiet"], check=True)

    def plan(count, size, *options):
        shutil.rmtree(scratch / "run", ignore_errors=True)
        (scratch / "run").mkdir()
        run("plan", bank, "--output", scratch / "run" / "masks", "--train", count, "--test", 0, "--masks-per-shard", size,
            *options)

    def planned(count, size, *options):
        plan(count, size, *options)
        engine.generate(scratch / "run")

    try:
        run("index", DRAWINGS, "--output", bank)
        shards = 40 if is_quick else 400
        start = [engine.start_seconds() for _ in range(1 if is_quick else 3)]
        small = []
        for _ in range(1 if is_quick else 3):
            plan(shards, 1, *TAR, "--tar", 1)
            small.append(timed(engine.generate, scratch / "run"))
        count, size = (100_000, 10_000) if is_quick else (1_000_000, 10_000)
        seconds = {"export": [], "Spark": []}
        for _ in range(1 if is_quick else 2):
            seconds["export"].append(timed(
                run, "export", bank, "--output", scratch / "export", "--train", count, "--test", 0, "--tar", size, *TAR))
            shutil.rmtree(scratch / "export")
            seconds["Spark"].append(timed(planned, count, size, "--tar", size, *TAR))
            shutil.rmtree(scratch / "run")
    finally:
        engine.stop()
    return {
        "start_seconds": statistics.median(start),
        "core_seconds_per_shard": (statistics.median(small) - statistics.median(start)) * CORES / shards,
        "masks": count,
        "seconds": {name: statistics.median(values) for name, values in seconds.items()},
        "relative": statistics.median(
            base / value for base, value in zip(seconds["export"], seconds["Spark"])),
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
