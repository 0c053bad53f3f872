"""A Spark job makes the dataset of one export, whatever happens to its workers, executors, and shards."""

import hashlib
import os
import threading
import time
from pathlib import Path

import pytest
from conftest import DRAWINGS, PROGRAM, export, run, tree
from damage import other_version
from pyspark.sql import SparkSession
from spark_cluster import CORES, HOSTS, Cluster, kill

import qd_imd
import qd_imd.spark

COUNTS = ["--train", 40, "--test", 8, "--checksums"]
SHARDS = 17
PER_SHARD = 3


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    started = Cluster(tmp_path_factory.mktemp("spark"), PROGRAM)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def spark(cluster, tmp_path_factory):
    os.environ |= {name: cluster.environment[name] for name in ("JAVA_HOME", "SPARK_HOME", "PYSPARK_PYTHON")}
    os.environ["SPARK_LOCAL_IP"] = HOSTS[0]
    session = (
        SparkSession.builder.master(cluster.url)
        .config("spark.ui.enabled", "false").config("spark.driver.memory", "512m").config("spark.executor.memory", "512m")
        .config("spark.executor.cores", CORES).config("spark.speculation", "true")
        .config("spark.speculation.interval", "100ms").config("spark.speculation.multiplier", "1.1")
        .config("spark.speculation.quantile", "0.3").config("spark.speculation.minTaskRuntime", "100ms")
        # Workers that the test kills are no fault of the task.
        .config("spark.task.maxFailures", 8).config("spark.local.dir", str(tmp_path_factory.mktemp("local")))
        .config("spark.log.level", "OFF")
        .getOrCreate())
    yield session
    session.stop()


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    """The dataset of one export with each of the options."""
    folder = tmp_path_factory.mktemp("references")
    trees = {}

    def reference(*options):
        if options not in trees:
            output = folder / str(len(trees))
            export(DRAWINGS, output, *COUNTS, *options)
            trees[options] = tree(output)
        return trees[options]

    return reference


@pytest.fixture
def plan(tmp_path):
    def make(*options):
        run("plan", DRAWINGS, "--output", tmp_path / "masks", "--masks-per-shard", PER_SHARD, *COUNTS, *options, "--quiet")
        return tmp_path / "masks"

    return make


def merged(folder):
    files = tree(folder)
    del files["plan.json"]
    return files


def assert_same(found, expected):
    assert set(found) == set(expected)
    assert [name for name in found if found[name] != expected[name]] == []
    assert "SHA256SUMS" in found


@pytest.mark.parametrize("options", [
    (), ("--tar", "3", "--backend", "exact"), ("--layout", "webdataset", "--tar", "3"), ("--layout", "mat,huggingface")])
def test_a_job_makes_the_dataset_of_one_export(spark, references, plan, options):
    masks = plan(*options)
    qd_imd.spark.export(spark, masks)
    assert_same(merged(masks), references(*options))
    # Again, nothing is left to do.
    qd_imd.spark.export(spark, masks / "plan.json")
    assert_same(merged(masks), references(*options))


def test_workers_and_executors_are_killed_while_shards_are_speculated(cluster, spark, references, plan):
    masks = plan("--tar", "3")
    cluster.delay(1)
    begun = cluster.starts
    killed = []
    finished = threading.Event()

    def disturb():
        victims = {"workers": cluster.python_workers, "executors": cluster.executors}
        for kind, count in ("workers", 2), ("executors", 1), ("workers", 2), ("executors", 1):
            # While shards are being generated.
            before = cluster.starts
            while not finished.is_set() and (cluster.starts < before + 2 or len(victims[kind]()) < count):
                time.sleep(0.05)
            for pid in victims[kind]()[:count]:
                kill(pid)
                killed.append(kind)

    disturber = threading.Thread(target=disturb)
    disturber.start()
    try:
        target = qd_imd.spark.Target.read(masks)
        tasks = qd_imd.spark.tasks(spark.sparkContext, target, target.rerun())
        # An RDD is evaluated again by every action.
        assert [tasks.count(), tasks.count()] == [SHARDS, SHARDS]
    finally:
        finished.set()
        disturber.join()
        cluster.delay(0)
    assert sorted(killed) == ["executors"] * 2 + ["workers"] * 4
    assert cluster.starts - begun > 2 * SHARDS
    qd_imd.spark.export(spark, masks)
    assert_same(merged(masks), references("--tar", "3"))


def wait_until_none_runs(masks):
    """Waits until no process has generated a shard of a plan for a second."""
    quiet = 0
    while quiet < 10:
        commands = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                commands.append(path.read_bytes())
            except OSError:
                continue
        quiet = 0 if any(b"export" in command and os.fsencode(masks) in command for command in commands) else quiet + 1
        time.sleep(0.1)


def damage_file(masks, workspace):
    record = workspace / "records" / "00003.txt"
    path = next(workspace.glob("runs/*/tar/train-00003.tar"))
    path.write_bytes(bytes(path.stat().st_size))
    assert record.exists()


def remove_record(masks, workspace):
    (workspace / "records" / "00003.txt").unlink()


def other_record(masks, workspace):
    path = workspace / "records" / "00003.txt"
    lines = path.read_text().splitlines(keepends=True)[:-1]
    text = "".join(lines).replace(workspace.name, workspace.name[::-1])
    path.write_text(f"{text}{hashlib.sha256(text.encode()).hexdigest()}\n")


@pytest.mark.parametrize("damage", [damage_file, remove_record, other_record])
def test_what_is_damaged_in_the_middle_of_a_job_is_generated_again(spark, references, plan, monkeypatch, damage):
    masks = plan("--tar", "3")
    [workspace] = masks.glob(".qd-imd-partial/????????????????")
    merges = []
    merge = qd_imd.spark.Target.merge

    def damaged_before(target):
        if not merges:
            # The program of a task that was speculated can still run, and would repair it.
            wait_until_none_runs(masks)
            damage(masks, workspace)
        merges.append(target.rerun())
        merge(target)

    monkeypatch.setattr(qd_imd.spark.Target, "merge", damaged_before)
    qd_imd.spark.export(spark, masks)
    assert merges == [[3], []]
    assert_same(merged(masks), references("--tar", "3"))


def test_a_worker_of_another_version_writes_nothing_and_is_repeated(cluster, spark, references, plan, tmp_path):
    masks = plan("--tar", "3")
    other, _ = other_version(tmp_path)
    cluster.start_once(other)
    begun = cluster.starts
    qd_imd.spark.export(spark, masks)
    assert (cluster.folder / "other-started").exists() and cluster.starts > begun + SHARDS
    assert_same(merged(masks), references("--tar", "3"))


def test_errors_of_tasks_are_those_of_the_program(spark, plan, tmp_path):
    masks = plan("--tar", "3")
    with pytest.raises(qd_imd.Error, match=r"no such file; expected the plan of an export"):
        qd_imd.spark.export(spark, tmp_path)
    # Spark repeats a task whose failure can be the machine's, and then gives up.
    with pytest.raises(qd_imd.Error, match=r"has the fingerprint .*expected the same drawings$"):
        qd_imd.spark.run_tasks(
            spark.sparkContext, qd_imd.spark.Target.read(masks, source=DRAWINGS / "cat.ndjson"), [0])
    # What every task would meet again fails the job at once.
    target = qd_imd.spark.Target.read(masks)
    with pytest.raises(ValueError, match=f"expected 0 to {SHARDS - 1}"):
        qd_imd.spark.run_tasks(spark.sparkContext, target, [SHARDS])


def test_a_job_makes_a_dataset_in_an_object_store(spark, references, plan, tmp_path):
    masks = plan("--tar", "3")
    destination = f"file://{tmp_path}/bucket"
    qd_imd.spark.export(spark, masks, destination)
    assert_same(merged(tmp_path / "bucket"), references("--tar", "3"))
    run("verify", tmp_path / "bucket", "--quiet")
