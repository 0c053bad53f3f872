"""A folder in an object store, or in another file system that fsspec opens."""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import os
import pathlib
import posixpath
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from ._library import Error
from ._program import Unavailable
from ._records import MANIFEST, Plan, RecordedFile

Result = TypeVar("Result")

# Here an object appears as a whole or not at all, also under a name that exists. Elsewhere, it is renamed.
_ATOMIC = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "oci", "r2", "tos"}
# What a store says about an object's contents; the last two can also depend on how it was written.
_TAGS = ("md5Hash", "content_md5", "ETag", "etag")
# In parts of this size, larger files get the MD5 of the MD5s of their parts as a tag.
_PART = 50 << 20
_BLOCK = 1 << 20
THREADS = 8
"""The number of objects that are read or written at a time."""
# Errors that a second attempt does not change, by the names of their classes: those of libraries that may be missing.
_PERMANENT = {
    "InvalidRegionError", "NoCredentialsError", "ParamValidationError", "PartialCredentialsError", "ProfileNotFound",
}


def is_url(place: str) -> bool:
    """Whether a place is one of fsspec's, and not a path."""
    return "://" in place


class Store:
    """A folder, named by its URL or path."""

    def __init__(self, url: str, options: Mapping[str, Any] | None = None) -> None:
        self.url = url.rstrip("/") if len(url) > 1 else url
        try:
            fsspec = importlib.import_module("fsspec")
        except ImportError:
            raise Error("fsspec: not installed; expected qd-imd[fsspec], or qd-imd[s3] for s3://") from None
        try:
            # Another process may have changed what this one listed.
            self._system, self._root = fsspec.core.url_to_fs(
                self.url, **{"use_listings_cache": False, **(options or {})})
        except (ImportError, ValueError) as error:
            raise Error(
                f"{self.url}: {_line(error)}; expected qd-imd[s3] for s3://, or fsspec's package for it") from None
        self._root = self._root.rstrip("/")
        protocol = self._system.protocol
        self._protocols = {protocol} if isinstance(protocol, str) else set(protocol)

    def name(self, path: str) -> str:
        """The URL of a file, for messages."""
        return f"{self.url}/{path}" if path else self.url

    def _path(self, path: str) -> str:
        return f"{self._root}/{path}" if path else str(self._root)

    def _call(self, path: str, action: Callable[[], Result]) -> Result:
        """Does something with a file.

        Raises:
            FileNotFoundError: if it does not exist.
            Error: if that is not allowed.
            Unavailable: if the store fails in another way.
        """
        try:
            return action()
        except (FileNotFoundError, Error):
            raise
        except Exception as error:  # Of any of fsspec's libraries.
            message = f"{self.name(path)}: {_line(error)}; expected access to it"
            if isinstance(error, PermissionError) or type(error).__name__ in _PERMANENT:
                raise Error(message) from error
            raise Unavailable(message) from error

    # Reading

    def read(self, path: str) -> bytes | None:
        """The contents of a file; None if it does not exist."""
        try:
            return self._call(path, lambda: bytes(self._system.cat_file(self._path(path))))
        except FileNotFoundError:
            return None

    def read_all(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """The contents of small files, some at a time."""
        with ThreadPoolExecutor(THREADS) as threads:
            names = list(paths)
            yield from zip(names, threads.map(self.read, names))

    def files(self, folder: str) -> dict[str, dict[str, Any]]:
        """What the store says about all files below a folder, by their paths in this one."""
        def find() -> dict[str, dict[str, Any]]:
            found: dict[str, dict[str, Any]] = self._system.find(self._path(folder), detail=True)
            start = len(self._root) + 1
            return {path[start:]: info for path, info in found.items() if info.get("type") == "file"}

        try:
            return self._call(folder, find)
        except FileNotFoundError:
            return {}

    def info(self, path: str) -> dict[str, Any] | None:
        """What the store says about a file; None if it does not exist."""
        try:
            return self._call(path, lambda: dict(self._system.info(self._path(path))))
        except FileNotFoundError:
            return None

    def sha256(self, path: str) -> tuple[int, str]:
        """The size and SHA-256 of a file, which is read."""
        def read() -> tuple[int, str]:
            digest, size = hashlib.sha256(), 0
            with self._system.open(self._path(path), "rb", block_size=8 * _BLOCK) as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
            return size, digest.hexdigest()

        return self._call(path, read)

    def download(self, path: str, target: pathlib.Path) -> None:
        """Copies a file to a local path."""
        target.parent.mkdir(parents=True, exist_ok=True)
        self._call(path, lambda: self._system.get_file(self._path(path), os.fspath(target)))

    def problem(
        self, path: str, file: RecordedFile, info: Mapping[str, Any] | None, known_tag: str | None
    ) -> str | None:
        """Why an object is not the file that a shard recorded; None if it is.

        Its contents are read, unless the store says the same about it as when it was uploaded.

        Args:
            path: Where it is.
            file: The file.
            info: What the store says about it; None if it does not exist.
            known_tag: What the store said about its contents when it was uploaded.
        """
        if info is None:
            return f"{self.name(path)}: no such object; expected {file.size} bytes"
        if info["size"] != file.size:
            return f"{self.name(path)}: has {info['size']} bytes; expected {file.size}"
        if known_tag is not None and known_tag == tag(info):
            return None
        try:
            _, digest = self.sha256(path)
        except FileNotFoundError:
            return f"{self.name(path)}: no such object; expected {file.size} bytes"
        if digest != file.sha256:
            return f"{self.name(path)}: has the SHA-256 {digest}; expected {file.sha256}, as its record states"
        return None

    # Writing

    def write(self, path: str, content: bytes) -> None:
        """Writes a small file, which appears as a whole."""
        self._call(path, lambda: self._appear(path, lambda place: self._system.pipe_file(place, content)))

    def upload(self, source: pathlib.Path, path: str, sha256: str | None = None) -> str | None:
        """Copies a local file, which appears as a whole, and makes sure that it has arrived.

        Args:
            source: The local file.
            path: Where it goes.
            sha256: Its SHA-256, if it is known; it must be that file then.

        Returns:
            What the store says about its contents; None if it says nothing.
        """
        size, digest, tags = _digests(source)
        if sha256 is not None and digest != sha256:
            raise Unavailable(f"{source}: has the SHA-256 {digest}; expected {sha256}, as its record states")
        self._call(
            path, lambda: self._appear(path, lambda place: self._system.put_file(os.fspath(source), place)))
        info = self.info(path)
        if info is None or info["size"] != size:
            found = "no such object" if info is None else f"has {info['size']} bytes"
            raise Unavailable(f"{self.name(path)}: {found} after its upload; expected {size} bytes")
        found_tag = tag(info)
        if found_tag not in tags:
            try:
                _, found_digest = self.sha256(path)
            except FileNotFoundError:
                found_digest = "of nothing"
            if found_digest != digest:
                raise Unavailable(
                    f"{self.name(path)}: has the SHA-256 {found_digest} after its upload; expected {digest}")
        return found_tag

    def upload_all(
        self, files: Iterable[tuple[pathlib.Path, str, str | None]]
    ) -> dict[str, str]:
        """Uploads files, some at a time, and returns what the store says about them, by their places."""
        with ThreadPoolExecutor(THREADS) as threads:
            jobs = [(path, threads.submit(self.upload, source, path, sha256)) for source, path, sha256 in files]
            try:
                tags = {path: job.result() for path, job in jobs}
            except BaseException:
                for _, job in jobs:
                    job.cancel()
                raise
        return {path: found for path, found in tags.items() if found is not None}

    def _appear(self, path: str, write: Callable[[str], object]) -> None:
        target = self._path(path)
        if self._protocols & _ATOMIC:
            write(target)
            return
        folder, name = posixpath.split(target)
        temporary = posixpath.join(folder, f".{name}.{uuid.uuid4().hex}")
        self._system.makedirs(folder, exist_ok=True)
        try:
            write(temporary)
            if self._protocols & {"file", "local"}:
                with open(temporary, "rb") as file:
                    os.fsync(file.fileno())
                os.replace(temporary, target)
            else:
                self._replace(temporary, target)
        except BaseException:
            if self._system.exists(temporary):
                self._system.rm_file(temporary)
            raise

    def _replace(self, temporary: str, target: str) -> None:
        try:
            self._system.mv(temporary, target)
        except Exception:
            # Some rename only to names that are free; what was there is the same file, or a damaged one.
            if not self._system.exists(target) or not self._system.exists(temporary):
                raise
            self._system.rm_file(target)
            self._system.mv(temporary, target)

    def remove(self, folder: str) -> None:
        """Removes a folder with everything in it; one that does not exist is removed already."""
        def remove() -> None:
            if self._system.exists(self._path(folder)):
                self._system.rm(self._path(folder), recursive=True)

        try:
            self._call(folder, remove)
        except FileNotFoundError:
            # Another process removes it at the same time.
            pass


def is_merged(store: Store, plan: Plan) -> bool:
    """Whether a folder contains the dataset of a plan.

    Raises:
        Error: if it contains that of another plan.
    """
    content = store.read(MANIFEST)
    if content is None:
        return False
    if not plan.made(content):
        raise Error(f"{store.name(MANIFEST)}: is the dataset of another plan; expected an empty folder")
    return True


def tag(info: Mapping[str, Any]) -> str | None:
    """What a store says about an object's contents; None if it says nothing."""
    for key in _TAGS:
        if info.get(key):
            return str(info[key]).strip('"')
    return None


def parse_tags(content: bytes | None) -> dict[str, str]:
    """What a store said about the files of a shard; nothing if that is not known."""
    try:
        value = json.loads(content or b"{}")
    except ValueError:
        return {}
    return {str(key): str(entry) for key, entry in value.items()} if isinstance(value, dict) else {}


def _digests(source: pathlib.Path) -> tuple[int, str, set[str]]:
    """The size of a file, its SHA-256, and what stores say about such contents."""
    sha256, md5, parts, size = hashlib.sha256(), _md5(), [], 0
    with open(source, "rb") as file:
        while block := file.read(_BLOCK):
            if size % _PART == 0:
                parts.append(_md5())
            for digest in sha256, md5, parts[-1]:
                digest.update(block)
            size += len(block)
    joined = _md5()
    for part in parts:
        joined.update(part.digest())
    tags = {md5.hexdigest(), base64.b64encode(md5.digest()).decode(), f"{joined.hexdigest()}-{len(parts)}"}
    return size, sha256.hexdigest(), tags


def _md5() -> Any:
    return hashlib.md5(usedforsecurity=False)


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
