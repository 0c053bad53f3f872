"""A download that is killed, or meets what another one left."""

import hashlib
import signal
import subprocess
import time

import pytest
from bucket_server import is_silent
from conftest import PROGRAM
from download_setup import CAT, base, bucket, download, names, output  # noqa: F401 (fixtures)


def start(base, output, *arguments):
    command = [PROGRAM, "download", *arguments, "--output", output, "--base-url", base]
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for_part(output, size):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for path in output.glob(".*.part") if output.exists() else []:
            if path.stat().st_size >= size:
                return path
        time.sleep(0.01)
    raise AssertionError(f"{size} bytes did not come")


@pytest.mark.parametrize("killed_by", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_killed_in_the_middle(download, base, bucket, output, killed_by):
    bucket.faults = {CAT: [is_silent(20, after=70_000)]}
    process = start(base, output, "cat")
    wait_for_part(output, 70_000)
    process.send_signal(killed_by)
    process.communicate(timeout=60)
    assert len(names(output)) == 1
    bucket.requests.clear()
    download("cat")
    assert [request.fields["Range"] for request in bucket.file_requests()] == ["bytes=70000-122036"]
    assert names(output) == ["cat.ndjson"]
    assert (output / "cat.ndjson").read_bytes() == bucket.files[CAT]


def test_killed_and_changed_before_it_goes_on(download, base, bucket, output):
    bucket.faults = {CAT: [is_silent(20, after=70_000)]}
    process = start(base, output, "cat")
    wait_for_part(output, 70_000)
    process.kill()
    process.communicate(timeout=60)
    bucket.files[CAT] = bucket.files[CAT].replace(b"a", b"b")
    bucket.requests.clear()
    download("cat")
    assert [request.fields["Range"] for request in bucket.file_requests()] == ["bytes=0-122036"]
    assert names(output) == ["cat.ndjson"]
    assert (output / "cat.ndjson").read_bytes() == bucket.files[CAT]


def test_a_part_that_was_damaged_comes_anew(download, base, bucket, output):
    output.mkdir()
    part = output / f".cat.ndjson.{hashlib.md5(bucket.files[CAT]).hexdigest()}.part"
    for damaged in (b"#" * 1000, b"#" * 122_037, b"#" * 200_000):
        part.write_bytes(damaged)
        download("cat", "--overwrite")
        assert names(output) == ["cat.ndjson"]
        assert (output / "cat.ndjson").read_bytes() == bucket.files[CAT]
        (output / "cat.ndjson").unlink()


def test_two_at_the_same_file(download, base, bucket, output):
    bucket.faults = {CAT: [is_silent(2, after=70_000)]}
    first = start(base, output, "cat")
    part = wait_for_part(output, 70_000)
    said = download("cat", "--quiet", exit_code=1).stderr
    assert said == f"{part}: is being written by another process\n"
    assert first.communicate(timeout=20)[1].endswith(b": downloaded 1 file, 0.1 MB\n")
    assert names(output) == ["cat.ndjson"]
    assert (output / "cat.ndjson").read_bytes() == bucket.files[CAT]
