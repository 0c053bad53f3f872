"""The files by which the processes of an export find each other: its plan, and the completion records of its shards.

The program writes them; this module reads what is needed to move files.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from typing import Any

from ._library import Error

PLAN = "plan.json"
PARTIAL = ".qd-imd-partial"
"""The folder of everything that an unfinished export has written."""
MANIFEST = "dataset.json"
"""The file whose presence means that the dataset is complete."""
CHECKSUMS = ("SHA256SUMS", ".qd-imd-checksums")
"""The lists of a dataset's files with their SHA-256, of which it has one."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """A plan, as ``qd-imd plan`` wrote it."""

    content: bytes
    """Its file."""
    folder: str
    """The path or URL of the folder where it was found."""

    def __post_init__(self) -> None:
        if not str(self._json.get("format", "")).startswith("qd-imd-plan/") or self.shards < 0:
            raise Error(f"{self.folder}/{PLAN}: not a plan; expected the plan of an export: qd-imd plan")

    @functools.cached_property
    def _json(self) -> dict[str, Any]:
        try:
            value = json.loads(self.content)
        except ValueError:
            value = None
        return value if isinstance(value, dict) else {}

    @functools.cached_property
    def id(self) -> str:
        """The name of the folder of its shards."""
        return hashlib.sha256(self.content).hexdigest()[:16]

    @property
    def shards(self) -> int:
        """The number of its shards."""
        count = self._json.get("shards")
        return count if isinstance(count, int) else -1

    @property
    def bank(self) -> str | None:
        """The path of its stroke bank, absolute or relative to its folder."""
        bank = self._json.get("bank")
        return str(bank["path"]) if isinstance(bank, dict) and "path" in bank else None

    @property
    def bank_fingerprint(self) -> str:
        """The fingerprint of its stroke bank."""
        bank = self._json.get("bank")
        return str(bank.get("fingerprint")) if isinstance(bank, dict) else ""

    @functools.cached_property
    def tar_folder(self) -> str | None:
        """The folder of the tar files that its shards write as they are in the dataset; None if they write others."""
        value = self._json
        if "tar" in value:
            return "tar"
        layouts = [layout.get("name") for layout in value.get("layouts", [])]
        merged = {"coco", "croissant"} & set(value.get("extras", []))
        return "webdataset" if layouts == ["webdataset"] and not merged else None

    def made(self, manifest: bytes) -> bool:
        """Whether a ``dataset.json`` can be that of the plan: what both say is the same, except for the format."""
        try:
            value = json.loads(manifest)
        except ValueError:
            return False
        plan = self._json
        return isinstance(value, dict) and all(
            value[name] == plan[name] for name in plan if name in value and name != "format")

    @property
    def records(self) -> str:
        """The folder of the completion records, relative to that of the dataset."""
        return f"{PARTIAL}/{self.id}/records"

    @property
    def tags(self) -> str:
        """The folder of what the store said about the files of each shard, relative to that of the dataset."""
        return f"{PARTIAL}/{self.id}/tags"

    def record(self, shard: int) -> str:
        """The completion record of a shard, relative to the folder of the dataset."""
        return f"{self.records}/{shard:05}.txt"

    def tag(self, shard: int) -> str:
        """What the store said about the files of a shard, relative to the folder of the dataset."""
        return f"{self.tags}/{shard:05}.json"

    def place(self, record: Record, path: str) -> str:
        """Where a file of a shard is, relative to the folder of the dataset."""
        if self.tar_folder is not None:
            return path
        return f"{PARTIAL}/{self.id}/runs/{record.run}/{path}"


@dataclasses.dataclass(frozen=True)
class RecordedFile:
    """A file of a complete shard."""

    path: str
    size: int
    sha256: str


@dataclasses.dataclass(frozen=True)
class Record:
    """The completion record of a shard: a line of JSON, a line for each file, and the SHA-256 of all lines before."""

    run: str
    files: tuple[RecordedFile, ...]

    @classmethod
    def parse(cls, content: bytes, plan: Plan, shard: int) -> Record:
        """Reads a record.

        Raises:
            ValueError: if it is incomplete, was changed, or is that of another plan or shard; the message says which.
        """
        end = len(content) - 65
        corrupt = ValueError("is incomplete or was changed; expected a completion record as it was written")
        if end <= 0 or content[end:] != hashlib.sha256(content[:end]).hexdigest().encode() + b"\n":
            raise corrupt
        try:
            head, *lines = content[:end].decode().splitlines()
            value = json.loads(head)
            found, run = (value["plan"], value["shard"]), str(value["run"])
            parts = [line.split(" ", 2) for line in lines]
            files = tuple(RecordedFile(path, int(size), sha256) for sha256, size, path in parts)
        except (ValueError, KeyError, TypeError):
            raise corrupt from None
        if found != (plan.id, shard):
            raise ValueError(f"is the record of another shard; expected shard {shard}")
        if "/" in run or not all(_is_inside(path) for path in [run, *(file.path for file in files)]):
            raise corrupt
        return cls(run, files)


def _is_inside(path: str) -> bool:
    """Whether a path stays in its folder."""
    return all(part not in {"", ".", ".."} for part in path.split("/"))


def numbers_text(numbers: list[int]) -> str:
    """Shards as ``--shard`` accepts them: ``3,7,9-10``."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
