"""A bucket that misbehaves: the right bytes in the end, or an error that says what and where, and no wrong file."""

import hashlib
import resource
import ssl
import subprocess

import pytest
from bucket_server import Bucket, breaks_after, hangs_up, is_silent, says, sends, sends_garbage, serving
from conftest import run
from download_setup import (  # noqa: F401 (fixtures)
    CAT,
    HASTE,
    SHIRT,
    address,
    base,
    bucket,
    bundled_files,
    download,
    names,
    output,
)


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
    "another MD5 at its head": [lambda handler: handler.answer(200, BUNDLED[CAT], {"x-goog-hash": f"md5={'A' * 22}=="})],
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
    "not there": (says(404), "404 Not Found; expected 200 or 206"),
    "forbidden": (says(403), "403 Forbidden; expected 200 or 206"),
    "broken at once": (hangs_up, "the connection broke before an answer, 3 times in a row"),
    "not HTTP": (sends_garbage, "the answer is not HTTP, 3 times in a row"),
    "silent": (is_silent(3), "no answer for 1 s, 3 times in a row"),
    "another size": (sends(b"short\n"), "has 6 bytes; expected 122037, as listed, 3 times"),
    "wrong bytes": (
        sends(DAMAGED, entity_tag='"x"'),
        f"has MD5 {hashlib.md5(DAMAGED).hexdigest()}; "
        f"expected {hashlib.md5(BUNDLED[CAT]).hexdigest()}, as listed, 3 times",
    ),
    "redirected nowhere": (says(302), "status 302; expected 200 or 206"),
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
    assert said == f"{address(base, CAT)}: has MD5 {found}; expected {'0' * 32}, as listed, 3 times\n"
    assert names(output) == []


def test_a_file_that_is_bad_does_not_keep_the_others(download, base, bucket, output):
    bucket.always = {CAT: says(404)}
    said = download("cat", "t-shirt", "apple", "--connections", 1, exit_code=1).stderr
    assert said == (
        f"{output}: downloaded 2 files, 0.1 MB\n{address(base, CAT)}: 404 Not Found; expected 200 or 206\n"
    )  # fmt: skip
    assert names(output) == ["apple.ndjson", "t-shirt.ndjson"]


def test_a_server_that_goes_away_is_not_asked_for_every_file(download, base, bucket, output):
    for name in bucket.files:
        bucket.always[name] = hangs_up
    said = download("--all", "--quiet", "--retries", 1, "--connections", 2, exit_code=1).stderr.splitlines()
    assert "the connection broke before an answer, 2 times in a row" in said[0]
    assert said[-1].endswith(" files not attempted; run the same command again to resume")
    assert len(bucket.file_requests()) <= 8


LISTINGS = {
    "not JSON": (says(200, b"<html>"), "not JSON: "),
    "no listing": (says(200, b"[]"), "not a JSON object; expected a bucket's listing\n"),
    "empty": (says(200, b"{}"), "lists no drawings; expected some\n"),
    "not there": (says(404), "404 Not Found; expected 200 and the bucket's listing\n"),
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
    assert download("cat", exit_code=1).stderr == f"{output}: cannot be created: File exists\n"


def test_a_disk_that_is_full(base, bucket, output):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    said = run(
        "download", "cat", "--output", output, "--base-url", base, *HASTE, "--quiet", exit_code=1, preexec_fn=limit
    ).stderr
    assert said.endswith("cannot be written: File too large\n") and said.count("\n") == 1
    assert all(name.startswith(".cat.ndjson.") for name in names(output))


# Secure connections.


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
