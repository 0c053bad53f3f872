"""What the commands of this package have in common."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from ._library import Error
from ._program import UNAVAILABLE, USAGE, Unavailable
from ._records import PLAN, Plan
from ._store import Store, is_url

# The index that a scheduler assigned to a task, and that of its first task; as `qd-imd export --shard auto` has it.
_INDICES = (
    ("SLURM_ARRAY_TASK_ID", 0), ("JOB_COMPLETION_INDEX", 0), ("AWS_BATCH_JOB_ARRAY_INDEX", 0),
    ("CLOUD_RUN_TASK_INDEX", 0), ("PBS_ARRAY_INDEX", 0), ("SGE_TASK_ID", 1),
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser(name: str, description: str | None) -> argparse.ArgumentParser:
    """A parser that exits with 64 for what the same command would meet again."""
    return _Parser(
        prog=f"python -m qd_imd.{name}", description=description, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit codes: 0 success; 1 failure; 64 invalid arguments, which fail again; 75 try again later.")


def run(action: Callable[[], int]) -> int:
    """Runs a command, and returns its exit code; errors are one line."""
    try:
        return action()
    except Unavailable as error:
        code, message = UNAVAILABLE, str(error)
    except ValueError as error:
        code, message = USAGE, str(error)
    except (Error, OSError) as error:
        code, message = 1, str(error)
    print(message, file=sys.stderr)
    return code


def read_plan(place: str, options: Mapping[str, Any] | None = None) -> Plan:
    """Reads a plan.

    Args:
        place: The path or URL of its file or folder.
        options: The options of the file system, for a URL.
    """
    folder = place[:-len(PLAN)].rstrip("/") or "." if place.endswith(PLAN) else place.rstrip("/") or "/"
    if is_url(folder):
        content = Store(folder, options).read(PLAN)
    else:
        try:
            with open(os.path.join(folder, PLAN), "rb") as file:
                content = file.read()
        except (FileNotFoundError, NotADirectoryError):
            content = None
    if content is None:
        raise Error(f"{folder}/{PLAN}: no such file; expected the plan of an export: qd-imd plan --output {folder}")
    return Plan(content, folder)


def parse_shards(text: str, plan: Plan, offset: int | None = None) -> list[int]:
    """The shards that ``--shard`` would accept: a number, several (``3,7,9-10``), ``all``, or ``auto``."""
    if text == "all":
        return list(range(plan.shards))
    if text == "auto":
        numbers = [_assigned_index() + (offset or 0)]
    else:
        numbers = []
        for part in text.split(","):
            first, dash, last = part.partition("-")
            ends = [first, last if dash else first]
            if not all(end.isascii() and end.isdigit() for end in ends) or int(ends[0]) > int(ends[1]):
                raise ValueError(f"the shard is {text!r}; expected a number from 0, several (3,7,9-10), all, or auto")
            if int(ends[1]) < plan.shards:
                numbers += range(int(ends[0]), int(ends[1]) + 1)
            else:
                numbers.append(int(ends[1]))
    if max(numbers) >= plan.shards:
        raise ValueError(f"the shard is {max(numbers)}; expected 0 to {plan.shards - 1}")
    return sorted(set(numbers))


def _assigned_index() -> int:
    for name, first in _INDICES:
        value = os.environ.get(name)
        # Grid Engine sets it to `undefined` outside an array.
        if value is None or value == "undefined":
            continue
        if not (value.isascii() and value.isdigit() and int(value) >= first):
            raise ValueError(f"{name} is {value!r}; expected a number from {first}")
        return int(value) - first
    names = ", ".join(name for name, _ in _INDICES)
    raise ValueError(f"auto needs the index of a scheduler's task; expected one of {names}")
