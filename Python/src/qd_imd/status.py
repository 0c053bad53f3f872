"""Lists the shards of a plan that are complete, missing, or damaged in an object store.

    python -m qd_imd.status s3://bucket/masks

An object is complete if it is there with the size in its shard's record, and the store says the same about its contents
as when it was uploaded; if the store says nothing, `python -m qd_imd.merge` reads it.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

from . import _command
from ._library import Error
from ._program import Unavailable
from ._records import Plan, Record, numbers_text
from ._store import THREADS, Store, is_merged, parse_tags

__all__ = ["Status", "Unavailable", "survey"]

# As many as a scheduler shows.
_PROBLEMS = 10


@dataclasses.dataclass
class Status:
    """Which shards of a plan are complete."""

    shards: int
    """The number of shards of the plan."""
    missing: list[int] = dataclasses.field(default_factory=list)
    """The shards without a completion record."""
    damaged: list[int] = dataclasses.field(default_factory=list)
    """The shards of which a file or the record is not as it was written."""
    problems: list[str] = dataclasses.field(default_factory=list)
    """What is wrong with the first damaged shards."""
    merged: bool = False
    """Whether the dataset is complete."""
    records: dict[int, bytes] = dataclasses.field(default_factory=dict, repr=False)
    """The records of the complete shards."""

    @property
    def complete(self) -> int:
        """The number of complete shards."""
        return self.shards - len(self.missing) - len(self.damaged)

    @property
    def rerun(self) -> list[int]:
        """The shards that have to be generated, again or for the first time."""
        return sorted(self.missing + self.damaged)

    def to_json(self) -> str:
        """The same as ``qd-imd status --json``."""
        value = {
            "shards": self.shards, "complete": self.complete, "missing": self.missing, "damaged": self.damaged,
            "rerun": numbers_text(self.rerun), "merged": self.merged,
        }
        return json.dumps(value, separators=(",", ":"))

    def check(self, url: str) -> None:
        """Makes sure that all shards are complete.

        Raises:
            Unavailable: with the shards that are not.
        """
        if not self.rerun:
            return
        parts = [f"{self.complete} complete"]
        if self.missing:
            parts.append(f"{len(self.missing)} missing ({_short(self.missing)})")
        if self.damaged:
            parts.append(f"{len(self.damaged)} damaged ({_short(self.damaged)}; {self.problems[0]})")
        raise Unavailable(
            f"{url}: shards: {', '.join(parts)}; expected all, "
            f"run python -m qd_imd.shard {url} {_short(self.rerun)}")


def survey(destination: str, *, storage_options: Mapping[str, Any] | None = None) -> Status:
    """Examines the shards of a plan in an object store.

    >>> qd_imd.status.survey("s3://bucket/masks").rerun  # doctest: +SKIP

    Args:
        destination: The URL of the dataset's folder, such as ``s3://bucket/masks``.
        storage_options: Options of the file system, such as ``{"endpoint_url": …}``.

    Raises:
        Error: if there is no plan, or the store cannot be read.
    """
    plan = _command.read_plan(destination, storage_options)
    return survey_planned(plan, Store(destination, storage_options), "quick")


Scrutiny = Literal["quick", "full", "contents"]
"""Which objects are read and compared with their SHA-256: those about which the store says something new, also those
about which it says nothing, or all."""


def survey_planned(plan: Plan, store: Store, scrutiny: Scrutiny) -> Status:
    """The same for a plan that was read."""
    status = Status(plan.shards)
    if is_merged(store, plan):
        status.merged = True
        return status
    objects = {}
    for folder in [plan.tar_folder, f"{plan.records.rpartition('/')[0]}"]:
        if folder is not None:
            objects.update(store.files(folder))
    found = [shard for shard in range(plan.shards) if plan.record(shard) in objects]
    present = set(found)
    status.missing = [shard for shard in range(plan.shards) if shard not in present]
    records = dict(zip(found, (content for _, content in store.read_all(map(plan.record, found)))))
    tags = dict(zip(found, (content for _, content in store.read_all(map(plan.tag, found)))))

    def problem(shard: int) -> str | None:
        return shard_problem(store, plan, shard, records[shard], tags[shard], objects.get, scrutiny)

    with ThreadPoolExecutor(THREADS) as threads:
        for shard, message in zip(found, threads.map(problem, found)):
            content = records[shard]
            if message is None and content is not None:
                status.records[shard] = content
                continue
            status.damaged.append(shard)
            if message is not None and len(status.problems) < _PROBLEMS:
                status.problems.append(message)
    return status


def shard_problem(
    store: Store,
    plan: Plan,
    shard: int,
    content: bytes | None,
    tags: bytes | None,
    info: Callable[[str], Mapping[str, Any] | None],
    scrutiny: Scrutiny,
) -> str | None:
    """Why a shard is not complete; None if it is.

    Args:
        store: The folder of the dataset.
        plan: The plan.
        shard: The number of the shard.
        content: Its record; None if there is none.
        tags: What the store said about its files; None if that is not known.
        info: What the store says about a file now; None if there is none.
        scrutiny: Which objects are read.
    """
    name = store.name(plan.record(shard))
    if content is None:
        return f"{name}: no such object; expected a record"
    try:
        record = Record.parse(content, plan, shard)
    except ValueError as error:
        return f"{name}: {error}"
    known = parse_tags(tags)
    for file in record.files:
        place = plan.place(record, file.path)
        found = info(place)
        known_tag = None if scrutiny == "contents" else known.get(file.path)
        if scrutiny == "quick" and known_tag is None and found is not None and found["size"] == file.size:
            continue
        message = store.problem(place, file, found, known_tag)
        if message is not None:
            return message
    return None


def _short(numbers: list[int]) -> str:
    text = numbers_text(numbers)
    return text if len(text) <= 200 else text[:200].rpartition(",")[0] + ",…"


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = _command.parser("status", __doc__)
    parser.add_argument("destination", help="URL of the dataset's folder")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(arguments)

    def act() -> int:
        status = survey(given.destination)
        for problem in status.problems:
            print(problem, file=sys.stderr)
        if given.json:
            print(status.to_json())
            return 0
        print(f"{status.complete} of {status.shards} shards complete")
        for name, numbers in ("missing", status.missing), ("damaged", status.damaged):
            if numbers:
                print(f"{name}: {numbers_text(numbers)}")
        if status.merged:
            print("merged")
        elif status.rerun:
            print(f"next: python -m qd_imd.shard {given.destination} {numbers_text(status.rerun)}")
        else:
            print(f"next: python -m qd_imd.merge {given.destination}")
        return 0

    return _command.run(act)


if __name__ == "__main__":
    sys.exit(main())
