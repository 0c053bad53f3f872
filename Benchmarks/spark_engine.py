"""A standalone Spark on this machine, as one of the schedulers of the benchmark on clusters; needs pyspark and Java."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "Tests" / "Cluster"))
from spark_cluster import Cluster  # noqa: E402

CORES = os.cpu_count()

DRIVER = """
import sys
from pyspark.sql import SparkSession
import qd_imd.spark

# In jobs of minutes, Java's optimizing compiler takes more time than it saves.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
master, cores = sys.argv[1:]
spark = (
    SparkSession.builder.master(master).config("spark.ui.enabled", "false").config("spark.log.level", "OFF")
    .config("spark.cores.max", cores).config("spark.executor.cores", cores).config("spark.executor.memory", "512m")
    .config("spark.driver.extraJavaOptions", JAVA).config("spark.executor.extraJavaOptions", JAVA).getOrCreate())
spark.sparkContext.parallelize([0], 1).count()
print("started", flush=True)
for plan in sys.stdin:
    qd_imd.spark.export(spark, plan.rstrip("\\n"))
    print("done", flush=True)
spark.stop()
"""


class SparkEngine:
    """Its master and workers run until `stop`, a driver with its executor from `start` to `end`."""

    def __init__(self, program, scratch):
        folder = Path(scratch) / "spark"
        folder.mkdir()
        os.environ["PYTHONPATH"] = str(ROOT / "Python" / "src")
        os.environ["PATH"] = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        self.cluster = Cluster(folder)
        self.driver = None

    def start(self):
        """Starts a driver and an executor."""
        self.driver = subprocess.Popen(
            [sys.executable, "-c", DRIVER, self.cluster.url, str(CORES)],
            env=self.cluster.environment | {"SPARK_LOCAL_IP": "127.0.0.1"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self._expect("started")

    def generate(self, folder):
        """Generates the shards of the plan in `folder`/masks, and merges them."""
        print(folder / "masks", file=self.driver.stdin, flush=True)
        self._expect("done")

    def processor_seconds(self):
        """The processor time of all its processes until now, without that of drivers that ended."""
        return self.cluster.processor_seconds(*([] if self.driver is None else [self.driver.pid]))

    def _expect(self, word):
        line = self.driver.stdout.readline()
        assert line == f"{word}\n", f"Spark's driver says {line!r}; expected {word}"

    def end(self):
        """Ends the driver, and waits for the end of its executor."""
        self.driver.communicate()
        self.driver = None
        while self.cluster.executors():
            time.sleep(0.1)

    def stop(self):
        if self.driver is not None:
            self.driver.kill()
        self.cluster.stop()
