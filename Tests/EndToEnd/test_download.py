"""Drawings out of a bucket that misbehaves: the right bytes under the final name, or an error that says why."""

import hashlib
import os
import shutil
import signal
import ssl
import subprocess
import threading
import time
from pathlib import Path

import pytest
from bucket_server import (
    Bucket,
    breaks_after,
    hangs_up,
    is_silent,
    says,
    sends,
    sends_garbage,
    serving,
)
from conftest import FIXTURES, PROGRAM, run

CAT = "full/simplified/cat.ndjson"
TOWER = "full/simplified/The Eiffel Tower.ndjson"
SHIRT = "full/simplified/t-shirt.ndjson"
# A tenth of a second between tries, one second for a silent server.
HASTE = ("--retry-delay", 0.02, "--timeout", 1)


def packed_record(strokes):
    head = bytes(range(15)) + len(strokes).to_bytes(2, "little")
    return head + b"".join(n.to_bytes(2, "little") + bytes(2 * n) for n in strokes)


def bundled_files():
    files = {f"full/simplified/{path.name}": path.read_bytes() for path in (FIXTURES / "drawings").glob("*.ndjson")}
    files["full/binary/cat.bin"] = b"".join(packed_record([3, 300, 1 + n % 50]) for n in range(60))
    files["full/raw/cat.ndjson"] = b'{"word":"cat"}\n' * 500
    return files


def real_files():
    folder = os.environ.get("QUICKDRAW_DIR")
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix in {".ndjson", ".bin"}) if folder else []
    return {f"full/{path.relative_to(folder).parts[0]}/{path.name}": path.read_bytes() for path in paths}


@pytest.fixture
def bucket():
    return Bucket(bundled_files())


@pytest.fixture
def base(bucket):
    with serving(bucket) as address:
        yield address


@pytest.fixture
def output(tmp_path):
    return tmp_path / "drawings"


@pytest.fixture
def download(base, output):
    def download(*arguments, haste=HASTE, **options):
        return run("download", *arguments, "--output", output, "--base-url", base, *haste, **options)

    return download


def names(folder):
    """All but the attribution."""
    return sorted(path.name for path in folder.iterdir() if path.name != "ATTRIBUTION.txt") if folder.exists() else []


def address(base, name):
    return f"{base}/quickdraw_dataset/{name.replace(' ', '%20')}"


# What it is for.


def test_words_are_fetched_under_their_own_names(download, bucket, output):
    said = download("The Eiffel Tower", "t-shirt", "cat", "cat")
    assert names(output) == ["The Eiffel Tower.ndjson", "cat.ndjson", "t-shirt.ndjson"]
    for name in (TOWER, SHIRT, CAT):
        assert (output / name.split("/")[-1]).read_bytes() == bucket.files[name]
    assert said.stdout == ""
    assert said.stderr == f"{output}: 3 files fetched, 0.3 MB\n"


def test_all_words_over_several_pages_of_the_listing(download, bucket, output):
    download("--all")
    wanted = {name.split("/")[-1]: data for name, data in bucket.files.items() if name.startswith("full/simplified/")}
    assert {name: (output / name).read_bytes() for name in names(output)} == wanted
    assert len([request for request in bucket.requests if not request.name]) == 4
    attribution = (output / "ATTRIBUTION.txt").read_text()
    assert all(word in attribution for word in ("Quick, Draw! Dataset", "Google, Inc.", "CC BY 4.0"))


@pytest.mark.skipif(not real_files(), reason="no real drawings (QUICKDRAW_DIR)")
@pytest.mark.parametrize("form", ["simplified", "raw", "binary"])
def test_real_drawings(form, tmp_path):
    files = real_files()
    with serving(Bucket(files, page_size=50)) as base:
        run("download", "--all", "--form", form, "--output", tmp_path, "--base-url", base, "--connections", 3)
    wanted = {name.split("/")[-1]: data for name, data in files.items() if name.startswith(f"full/{form}/")}
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == wanted


def test_the_other_forms(download, bucket, output):
    download("cat", "--form", "binary")
    download("cat", "--form", "raw")
    assert (output / "cat.bin").read_bytes() == bucket.files["full/binary/cat.bin"]
    assert (output / "cat.ndjson").read_bytes() == bucket.files["full/raw/cat.ndjson"]


def test_what_is_fetched_can_be_exported(download, output, tmp_path):
    download("cat", "t-shirt")
    run("export", output, "--output", tmp_path / "masks", "--train", 3, "--test", 3)


def test_a_file_that_is_there_is_not_fetched_again(download, bucket, output):
    download("cat", "t-shirt")
    bucket.requests.clear()
    assert download("cat", "t-shirt", "apple").stderr == f"{output}: 1 file fetched, 0.1 MB; 2 there already\n"
    assert [request.name for request in bucket.file_requests()] == ["full/simplified/apple.ndjson"]


def test_a_file_that_differs_is_replaced_only_if_asked(download, bucket, output):
    output.mkdir()
    mine = output / "cat.ndjson"
    for contents in (b"mine", bytes(len(bucket.files[CAT]))):
        mine.write_bytes(contents)
        said = download("cat", exit_code=1).stderr
        assert said.startswith(f"{output}: 0 files fetched, 0 MB\n{mine}: has ")
        assert said.endswith(f", as {CAT} has, or --overwrite\n") and said.count("\n") == 2
        assert mine.read_bytes() == contents
    assert bucket.file_requests() == []
    download("cat", "--overwrite")
    assert mine.read_bytes() == bucket.files[CAT]


def test_several_files_come_at_once(download, bucket):
    everyone = threading.Barrier(3)

    def waits(handler):
        everyone.wait(timeout=10)
        return False

    bucket.faults = {name: [waits] for name in (CAT, TOWER, SHIRT)}
    download("cat", "The Eiffel Tower", "t-shirt", "--connections", 3, haste=())


def test_dry_run(download, bucket, output):
    done = download("t-shirt", "cat", "--dry-run")
    sizes = {name: len(bucket.files[f"full/simplified/{name}"]) for name in ("cat.ndjson", "t-shirt.ndjson")}
    assert done.stdout == "".join(f"{name}\t{size}\n" for name, size in sizes.items())
    assert done.stderr == f"2 files of {sum(sizes.values()):,} bytes in all\n"
    assert bucket.file_requests() == [] and not output.exists()


@pytest.mark.parametrize(
    "word, near",
    [("catt", ' (near it: cat)'), ("the eiffel tower", " (near it: The Eiffel Tower)"), ("helicopters", "")],
)
def test_an_unknown_word(download, base, output, word, near):
    said = download("cat", word, exit_code=1).stderr
    listing = f"{base}/storage/v1/b/quickdraw_dataset/o?prefix=full/simplified/"
    assert said == f'{listing}: no drawings of "{word}"{near}; wanted a listed word\n'
    assert not output.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("cat", "--all"), ("cat", "--connections", 0), ("cat", "--first-bytes", 0), ("cat", "--timeout", 0),
        ("cat", "--retries", -1), ("cat", "--retry-delay", -1), ("cat", "--base-url", "mirror"),
        ("cat", "--form", "svg"),
    ],
)  # fmt: skip
def test_wrong_usage(arguments, tmp_path):
    run("download", *arguments, "--output", tmp_path, exit_code=64)


# Samples.


def test_a_sample_ends_with_its_last_whole_line(download, bucket, output):
    download("cat", "--first-bytes", 8192)
    head = bucket.files[CAT][:8192]
    assert names(output) == ["cat.first8192.ndjson"]
    assert (output / "cat.first8192.ndjson").read_bytes() == head[: head.rindex(b"\n") + 1]
    assert [request.fields["Range"] for request in bucket.file_requests()] == ["bytes=0-8191"]


def test_a_sample_ends_with_its_last_whole_record(download, bucket, output):
    download("cat", "--form", "binary", "--first-bytes", 2000)
    whole = [len(packed_record([3, 300, 1 + n % 50])) for n in range(60)]
    end = max(sum(whole[:n]) for n in range(60) if sum(whole[:n]) <= 2000)
    assert (output / "cat.first2000.bin").read_bytes() == bucket.files["full/binary/cat.bin"][:end]


def test_a_sample_is_not_taken_for_the_whole_file(download, bucket, output):
    download("cat", "--first-bytes", 8192)
    assert download("cat").stderr == f"{output}: 1 file fetched, 0.1 MB\n"
    assert (output / "cat.ndjson").read_bytes() == bucket.files[CAT]
    assert names(output) == ["cat.first8192.ndjson", "cat.ndjson"]


def test_a_sample_is_fetched_once(download, bucket, output):
    download("cat", "--first-bytes", 8192)
    assert download("cat", "--first-bytes", 8192).stderr == f"{output}: 0 files fetched, 0 MB; 1 there already\n"
    assert len(bucket.file_requests()) == 1


def test_a_sample_as_long_as_the_file_is_the_file(download, bucket, output):
    download("cat", "--first-bytes", 10_000_000)
    assert names(output) == ["cat.ndjson"]


def test_a_sample_from_a_server_without_ranges(download, bucket, output):
    bucket.ranges = False
    download("cat", "--first-bytes", 8192)
    head = bucket.files[CAT][:8192]
    assert (output / "cat.first8192.ndjson").read_bytes() == head[: head.rindex(b"\n") + 1]


def test_a_sample_without_a_whole_line(download, base, output):
    said = download("cat", "--first-bytes", 10, exit_code=1).stderr
    assert said.endswith(f"{address(base, CAT)}: the first 10 bytes hold no whole drawing; wanted more bytes\n")
    assert names(output) == []


# What goes wrong and passes: the right bytes in the end.

BUNDLED = bundled_files()
DAMAGED = BUNDLED[CAT][:50_000] + b"#" + BUNDLED[CAT][50_001:]
PASSING = {
    "broken in the middle": [breaks_after(40_000), breaks_after(1)],
    "broken at once": [breaks_after(0), hangs_up],
    "not available": [says(503), says(500), says(429, Retry_After="0")],
    "not HTTP": [sends_garbage],
    "silent from the start": [is_silent(3)],
    "silent in the middle": [is_silent(3, after=30_000)],
    "another size": [sends(b"short\n")],
    "wrong bytes": [sends(DAMAGED)],
    "wrong bytes in the first half": [breaks_after(60_000), sends(DAMAGED, entity_tag='"other"')],
    "whole in place of the rest": [breaks_after(40_000), lambda handler: handler.answer(200, BUNDLED[CAT])],
    "another place": [
        breaks_after(40_000),
        lambda handler: handler.answer(206, BUNDLED[CAT][9:], {"Content-Range": "bytes 9-122036/122037"}),
    ],
    "a piece without its place": [lambda handler: handler.answer(206, BUNDLED[CAT])],
    "a short piece": [
        lambda handler: handler.answer(206, BUNDLED[CAT][:99], {"Content-Range": "bytes 0-122036/122037"})
    ],
    "Content-Length too large": [lambda handler: handler.answer(200, BUNDLED[CAT], length=130_000)],
    "Content-Length too small": [lambda handler: handler.answer(200, BUNDLED[CAT], length=100_000)],
    "no such range": [says(416)],
}


@pytest.mark.parametrize("faults", PASSING.values(), ids=PASSING)
def test_what_passes(download, bucket, output, faults):
    bucket.faults = {CAT: list(faults)}
    download("cat", "t-shirt")
    assert bucket.faults[CAT] == []
    assert names(output) == ["cat.ndjson", "t-shirt.ndjson"]
    assert (output / "cat.ndjson").read_bytes() == bucket.files[CAT]


def test_a_break_costs_only_what_had_not_come(download, bucket):
    bucket.faults = {CAT: [breaks_after(40_000), breaks_after(40_000)]}
    download("cat")
    starts = [request.fields["Range"].split("=")[1].split("-")[0] for request in bucket.file_requests()]
    assert starts == ["0", "40000", "80000"]
    tag = f'"{hashlib.md5(bucket.files[CAT]).hexdigest()}"'
    assert [request.fields.get("If-Range") for request in bucket.file_requests()] == [None, tag, tag]


def test_a_server_without_ranges_sends_the_whole_again(download, bucket, output):
    bucket.ranges = False
    bucket.faults = {CAT: [breaks_after(40_000)]}
    download("cat")
    assert (output / "cat.ndjson").read_bytes() == bucket.files[CAT]


def test_progress_gives_new_tries(download, bucket, output):
    bucket.faults = {CAT: [says(503), says(503), breaks_after(50_000), says(503), says(503)]}
    download("cat", "--retries", 3)
    bucket.faults = {SHIRT: [says(503)] * 4}
    download("t-shirt", "--retries", 3, exit_code=1)


def test_the_same_beginning_again_and_again_is_no_progress(download, bucket):
    bucket.ranges = False
    bucket.always = {CAT: breaks_after(50_000)}
    download("cat", "--retries", 3, exit_code=1)
    assert len(bucket.file_requests()) == 4


@pytest.mark.parametrize("count", [0, 60_000], ids=["before it comes", "in the middle"])
def test_a_file_that_changes(download, bucket, output, count):
    newer = b'{"word":"cat","key_id":"1","drawing":[[[0,255],[0,255]]]}\n' * 2000

    def changes(handler):
        breaks_after(count)(handler)
        bucket.files[CAT] = newer

    bucket.faults = {CAT: [changes]}
    download("cat")
    assert names(output) == ["cat.ndjson"]
    assert (output / "cat.ndjson").read_bytes() == newer


def test_a_listing_that_comes_at_the_third_try(download, bucket, output):
    bucket.faults = {"listing": [says(503), hangs_up]}
    download("cat")
    assert names(output) == ["cat.ndjson"]


# What goes wrong and stays so: an error that says what and where, and nothing under the final name.

ALL = "of 122037 bytes"
LASTING = {
    "not available": (says(503), "503 Service Unavailable, 3 times in a row"),
    "not there": (says(404), "404 Not Found; wanted 200 or 206"),
    "forbidden": (says(403), "403 Forbidden; wanted 200 or 206"),
    "broken at once": (hangs_up, "the connection broke before an answer, 3 times in a row"),
    "not HTTP": (sends_garbage, "the answer is not HTTP, 3 times in a row"),
    "silent": (is_silent(3), "no answer for 1 s, 3 times in a row"),
    "another size": (sends(b"short\n"), "has 6 bytes; wanted 122037, as listed, 3 times"),
    "wrong bytes": (
        sends(DAMAGED, entity_tag='"x"'),
        f"has MD5 {hashlib.md5(DAMAGED).hexdigest()}; "
        f"wanted {hashlib.md5(BUNDLED[CAT]).hexdigest()}, as listed, 3 times",
    ),
    "redirected nowhere": (says(302), "status 302; wanted 200 or 206"),
}


@pytest.mark.parametrize("fault, problem", LASTING.values(), ids=LASTING)
def test_what_lasts(download, base, bucket, output, fault, problem):
    bucket.always = {CAT: fault}
    said = download("cat", "t-shirt", "--retries", 2, "--quiet", "--connections", 1, exit_code=1).stderr
    assert said.splitlines()[0] == f"{address(base, CAT)}: {problem}"
    assert "cat.ndjson" not in names(output)


def test_a_wrong_md5_in_the_listing(download, base, bucket, output):
    bucket.listed = {CAT: {"md5Hash": "AAAAAAAAAAAAAAAAAAAAAA=="}}
    said = download("cat", "--quiet", exit_code=1).stderr
    found = hashlib.md5(bucket.files[CAT]).hexdigest()
    assert said == f"{address(base, CAT)}: has MD5 {found}; wanted {'0' * 32}, as listed, 3 times\n"
    assert names(output) == []


def test_a_file_that_is_bad_does_not_keep_the_others(download, base, bucket, output):
    bucket.always = {CAT: says(404)}
    said = download("cat", "t-shirt", "apple", "--connections", 1, exit_code=1).stderr
    assert said == (
        f"{output}: 2 files fetched, 0.1 MB\n{address(base, CAT)}: 404 Not Found; wanted 200 or 206\n"
    )  # fmt: skip
    assert names(output) == ["apple.ndjson", "t-shirt.ndjson"]


def test_a_server_that_goes_away_is_not_asked_for_every_file(download, base, bucket, output):
    for name in bucket.files:
        bucket.always[name] = hangs_up
    said = download("--all", "--quiet", "--retries", 1, "--connections", 2, exit_code=1).stderr.splitlines()
    assert "the connection broke before an answer, 2 times in a row" in said[0]
    assert said[-1].endswith(" files not fetched; the same command goes on")
    assert len(bucket.file_requests()) <= 8


LISTINGS = {
    "not JSON": (says(200, b"<html>"), "not JSON: "),
    "no listing": (says(200, b"[]"), "not a JSON object; wanted a bucket's listing\n"),
    "empty": (says(200, b"{}"), "lists no drawings; wanted some\n"),
    "not there": (says(404), "404 Not Found; wanted 200 and the bucket's listing\n"),
    "not available": (says(503), "503 Service Unavailable, 2 times in a row\n"),
    "silent": (is_silent(3), "no answer for 1 s, 2 times in a row\n"),
    "without end": (says(200, b'{"nextPageToken":"a"}'), "refers to itself as the next page\n"),
}


@pytest.mark.parametrize("fault, problem", LISTINGS.values(), ids=LISTINGS)
def test_a_listing_that_is_none(download, base, bucket, output, fault, problem):
    bucket.always = {"listing": fault}
    said = download("cat", "--retries", 1, exit_code=1).stderr
    assert said.startswith(f"{base}/storage/v1/b/quickdraw_dataset/o?prefix=full/simplified/")
    assert problem in said and said.count("\n") == 1
    assert not output.exists()


def test_nobody_listens(tmp_path):
    with serving(Bucket({})) as gone:
        pass
    said = run("download", "cat", "--output", tmp_path / "d", "--base-url", gone, "--retries", 0, exit_code=1).stderr
    assert said.endswith(": no connection to the host\n") and said.count("\n") == 1


def test_a_folder_that_cannot_be_written(download, output):
    output.write_text("a file")
    assert download("cat", exit_code=1).stderr == f"{output}: cannot be made a folder: File exists\n"


def test_a_disk_that_is_full(base, bucket, output):
    import resource

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    said = run(
        "download", "cat", "--output", output, "--base-url", base, *HASTE, "--quiet", exit_code=1, preexec_fn=limit
    ).stderr
    assert said.endswith("cannot be written: File too large\n") and said.count("\n") == 1
    assert all(name.startswith(".cat.ndjson.") for name in names(output))


# Interrupted.


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
    process.communicate(timeout=10)
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
    process.communicate(timeout=10)
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
    bucket.faults = {CAT: [is_silent(20, after=70_000)]}
    process = start(base, output, "cat")
    part = wait_for_part(output, 70_000)
    try:
        said = download("cat", "--quiet", exit_code=1).stderr
        assert said == f"{part}: is being written by another process\n"
    finally:
        process.kill()
        process.communicate(timeout=10)


# Secure connections.


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make a certificate")
def test_a_certificate_that_nobody_vouches_for(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(Bucket({}), context) as base:
        said = run("download", "cat", "--output", tmp_path / "d", "--base-url", base, exit_code=1).stderr
    assert ": the host's certificate is not trusted" in said and said.count("\n") == 1
