"""Makes a dataset of the shards of a plan in an object store.

    python -m qd_imd.merge s3://bucket/masks

If a shard is missing or damaged, it says which, and exits with 75. With tar files (`--tar`, or the layout `webdataset`
alone), nothing is copied: the objects of the shards are those of the dataset, and only what describes it is written,
dataset.json last. Other layouts are downloaded, merged, and uploaded.
"""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from . import _command
from ._library import Error
from ._program import Unavailable, run_program
from ._records import CHECKSUMS, MANIFEST, PARTIAL, PLAN, Plan, Record
from ._store import THREADS, Store
from .shard import drawings, workspace
from .status import survey_planned

__all__ = ["Unavailable", "merge", "verify"]


def merge(
    destination: str,
    *,
    source: str | os.PathLike[str] | None = None,
    storage_options: Mapping[str, Any] | None = None,
    read: bool = False,
) -> bool:
    """Verifies the shards of a plan in an object store, and makes the dataset of them.

    It does nothing if the dataset is complete, and can be repeated after an interruption.

    >>> qd_imd.merge.merge("s3://bucket/masks")  # doctest: +SKIP

    Args:
        destination: The URL of the dataset's folder, such as ``s3://bucket/masks``.
        source: The path or URL of the drawings or of a stroke bank, if they are not where the plan says.
        storage_options: Options of the file system, such as ``{"endpoint_url": …}``.
        read: Whether all objects are read and compared with their SHA-256, also where the store says the same about
            their contents as when they were uploaded.

    Returns:
        Whether it made the dataset; False if that was complete before.

    Raises:
        Unavailable: if shards are missing or damaged, with their numbers, or the store fails.
        Error: if there is no plan, or the drawings are not those of the plan.
    """
    plan = _command.read_plan(destination, storage_options)
    return merge_planned(plan, destination, source=source, storage_options=storage_options, read=read)


def merge_planned(
    plan: Plan,
    destination: str,
    *,
    source: str | os.PathLike[str] | None = None,
    storage_options: Mapping[str, Any] | None = None,
    read: bool = False,
) -> bool:
    """The same for a plan that was read."""
    store = Store(destination, storage_options)
    status = survey_planned(plan, store, "contents" if read else "full")
    if not status.merged:
        status.check(store.url)
        with workspace(plan) as folder, drawings(plan, store, source, storage_options, folder) as bank:
            for shard, content in status.records.items():
                (folder / plan.record(shard)).write_bytes(content)
            if plan.tar_folder is not None:
                dataset = folder / "manifest"
                run_program("merge", folder, "--manifest", dataset, "--source", bank, "--quiet")
            else:
                dataset = folder
                _download(plan, status.records, store, folder)
                run_program("merge", folder, "--no-sync", "--source", bank, "--quiet")
            _publish(dataset, store)
    # Records of workers that were late are removed, too.
    store.remove(PARTIAL)
    return not status.merged


def _download(plan: Plan, records: Mapping[int, bytes], store: Store, folder: pathlib.Path) -> None:
    """Copies the files of all shards into a workspace, where the program compares them with their records."""
    places = []
    for shard, content in records.items():
        record = Record.parse(content, plan, shard)
        places += [plan.place(record, file.path) for file in record.files]

    def download(place: str) -> None:
        try:
            store.download(place, folder / place)
        except FileNotFoundError:
            # Another process has just merged them, or removed them.
            raise Unavailable(f"{store.name(place)}: no such object; expected the file of a shard") from None

    with ThreadPoolExecutor(THREADS) as threads:
        for _ in threads.map(download, places):
            pass


def _publish(dataset: pathlib.Path, store: Store) -> None:
    """Uploads a dataset, or what describes one."""
    store.upload_all(
        (path, path.relative_to(dataset).as_posix(), None) for path in _files(dataset) if path.name != MANIFEST)
    store.upload(dataset / MANIFEST, MANIFEST)


def _files(dataset: pathlib.Path) -> Iterator[pathlib.Path]:
    """The files of a dataset, and not what the program keeps beside them."""
    for folder, folders, names in os.walk(dataset):
        if pathlib.Path(folder) == dataset:
            folders[:] = [name for name in folders if not name.startswith(".")]
            names = [name for name in names if name != PLAN and (not name.startswith(".") or name in CHECKSUMS)]
        yield from (pathlib.Path(folder, name) for name in sorted(names))


def verify(destination: str, *, storage_options: Mapping[str, Any] | None = None) -> list[str]:
    """Compares all files of a dataset in an object store with the SHA-256 from when they were generated.

    >>> qd_imd.merge.verify("s3://bucket/masks")  # doctest: +SKIP
    []

    Args:
        destination: The URL of the dataset's folder, such as ``s3://bucket/masks``.
        storage_options: Options of the file system, such as ``{"endpoint_url": …}``.

    Returns:
        What is wrong with the files that are missing or damaged, a line each.

    Raises:
        Error: if there is no dataset.
    """
    store = Store(destination, storage_options)
    lists = [content for _, content in store.read_all(CHECKSUMS) if content is not None]
    if store.info(MANIFEST) is None or not lists:
        raise Error(f"{store.url}: contains no {MANIFEST} with a list of checksums; expected a dataset")

    def problem(line: str) -> str | None:
        expected, _, path = line.partition("  ")
        try:
            _, found = store.sha256(path)
        except FileNotFoundError:
            return f"{store.name(path)}: no such object; expected one with the SHA-256 {expected}"
        return None if found == expected else f"{store.name(path)}: has the SHA-256 {found}; expected {expected}"

    with ThreadPoolExecutor(THREADS) as threads:
        found = threads.map(problem, lists[0].decode().splitlines())
        return [message for message in found if message is not None]


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = _command.parser("merge", __doc__)
    parser.add_argument("destination", help="URL of the dataset's folder")
    parser.add_argument("--source", metavar="PATH", help="drawings or bank, if they are not where the plan says")
    parser.add_argument(
        "--verify", action="store_true",
        help="read all objects and compare their SHA-256, also those of a dataset that was merged before")
    parser.add_argument("--quiet", "-q", action="store_true", help="only print errors")
    given = parser.parse_args(arguments)

    def act() -> int:
        is_new = merge(given.destination, source=given.source, read=given.verify)
        problems = verify(given.destination) if given.verify and not is_new else []
        for problem in problems:
            print(problem, file=sys.stderr)
        if problems:
            return 1
        if not given.quiet:
            print(f"{given.destination.rstrip('/')}: merged", file=sys.stderr)
        return 0

    return _command.run(act)


if __name__ == "__main__":
    sys.exit(main())
