"""Exports masks with Apache Spark: a task for each shard of a plan.

    from pyspark.sql import SparkSession
    import qd_imd.spark

    spark = SparkSession.builder.getOrCreate()
    qd_imd.spark.export(spark, "/shared/masks")

The executors need this package with its program: installed, or in an archive (`spark.archives`).
"""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import _command
from ._library import Error
from ._program import Unavailable, run_program
from ._records import Plan, numbers_text
from ._store import Store, is_url
from .merge import merge_planned
from .shard import export_planned
from .status import survey_planned

__all__ = ["Unavailable", "export"]


def export(
    spark: Any,
    plan: str | os.PathLike[str],
    destination: str | None = None,
    *,
    source: str | os.PathLike[str] | None = None,
    storage_options: Mapping[str, Any] | None = None,
    rounds: int = 3,
) -> None:
    """Generates the shards of a plan in the tasks of a Spark job, and merges them to a dataset.

    Nothing is lazy: when it returns, the dataset is complete. A task that fails is repeated by Spark
    (``spark.task.maxFailures``). Shards can be generated twice, also at the same time, as with ``spark.speculation``.

    Args:
        spark: A ``SparkSession``, or its ``SparkContext``.
        plan: The path or URL of a plan, or of the folder with it.
        destination: The URL of the dataset's folder in an object store, such as ``s3://bucket/masks``. By default, that
            of the plan: a URL, or a path that the executors share.
        source: The path or URL of the drawings or of a stroke bank, if they are not where the plan says.
        storage_options: Options of the file system, such as ``{"endpoint_url": …}``.
        rounds: How often shards that the merge finds damaged are generated again, before it fails.

    Raises:
        ValueError: if an argument, or an option of the plan, is invalid on this machine or on an executor.
        Unavailable: if shards are still missing or damaged, with their numbers.
        Error: if there is no plan, or it is not for this version, these drawings, or this version of cairo.
    """
    context = getattr(spark, "sparkContext", spark)
    target = Target.read(plan, destination, source, storage_options)
    for remaining in reversed(range(max(rounds, 1))):
        numbers = target.rerun()
        if numbers:
            run_tasks(context, target, numbers)
        try:
            target.merge()
            return
        except Unavailable:
            # What was damaged in the meantime.
            if remaining == 0:
                raise


@dataclasses.dataclass(frozen=True)
class Target:
    """A plan, with what tasks and the merge need to know to carry it out; it is sent to the executors."""

    plan: Plan
    place: str
    """The path or URL of the dataset's folder."""
    source: str | None
    options: dict[str, Any]

    @classmethod
    def read(
        cls, plan: str | os.PathLike[str], destination: str | None = None, source: str | os.PathLike[str] | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Target:
        """Reads a plan; the arguments are those of ``export``."""
        found = _command.read_plan(os.fspath(plan), options)
        place = found.folder if destination is None else destination
        # Executors have other working folders.
        if not is_url(place):
            place = os.path.abspath(place)
        if not is_url(found.folder):
            found = dataclasses.replace(found, folder=os.path.abspath(found.folder))
        return cls(found, place, None if source is None else os.fspath(source), dict(options or {}))

    @property
    def is_shared(self) -> bool:
        """Whether the folder is that of the plan, in which the program itself generates and merges."""
        return self.place == self.plan.folder and not is_url(self.place)

    def rerun(self) -> list[int]:
        """The shards that are not complete."""
        if not self.is_shared:
            return survey_planned(self.plan, Store(self.place, self.options), "quick").rerun
        status = json.loads(run_program("status", self.place, "--json"))
        return sorted(status["missing"] + status["damaged"])

    def generate(self, shard: int) -> None:
        """Generates a shard, if it is not complete."""
        if self.is_shared:
            arguments = [] if self.source is None else [self.source]
            run_program("export", "--plan", self.place, "--shard", str(shard), "--jobs", "1", "--quiet", *arguments)
        else:
            export_planned(self.plan, [shard], self.place, source=self.source, storage_options=self.options)

    def merge(self) -> None:
        """Makes the dataset."""
        if self.is_shared:
            arguments = [] if self.source is None else ["--source", self.source]
            run_program("merge", self.place, "--quiet", *arguments)
        else:
            merge_planned(self.plan, self.place, source=self.source, storage_options=self.options)


def tasks(context: Any, target: Target, numbers: list[int]) -> Any:
    """The tasks, each for a shard, as an RDD of their outcomes: the shard, and why no task can generate it."""
    sent = context.broadcast(target)
    return context.parallelize(numbers, len(numbers)).mapPartitions(functools.partial(_generate, sent))


def _generate(sent: Any, numbers: Iterable[int]) -> Iterator[tuple[int, str | None]]:
    for number in numbers:
        try:
            sent.value.generate(number)
        except ValueError as error:
            # Spark would repeat it.
            yield number, str(error)
        else:
            yield number, None


def run_tasks(context: Any, target: Target, numbers: list[int]) -> None:
    """Generates shards, and makes sure that Spark returned the outcome of every task.

    Raises:
        ValueError: if a shard cannot be generated by any task.
        Error: if a task failed as often as Spark repeats it.
    """
    try:
        outcomes = tasks(context, target, numbers).collect()
    except Exception as error:
        # Spark's error contains the task's as text.
        messages = re.findall(r"^(?:\S*: )?qd_imd\.(\S+): (.+)$", str(error), re.MULTILINE)
        if messages:
            name, message = messages[-1]
            raise (Unavailable if name.endswith(Unavailable.__name__) else Error)(message) from error
        raise
    for _, problem in outcomes:
        if problem is not None:
            raise ValueError(problem)
    lost = sorted(set(numbers) - {number for number, _ in outcomes})
    if lost:
        raise Unavailable(f"Spark returned nothing for the shards {numbers_text(lost)}; expected an outcome of each")
