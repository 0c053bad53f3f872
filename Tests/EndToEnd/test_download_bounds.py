"""Whatever a server sends, and however slowly: bounded memory, bounded time, and no processor time for waiting."""

import itertools
import json
import subprocess
import tempfile
import time

import pytest
from bucket_server import FILES, LISTING, says
from download_setup import CAT, HASTE, address, base, bucket, names, output  # noqa: F401 (fixtures)
from measured import measured


def never_stops(handler):
    """Sends no length, and bytes until the program hangs up."""
    handler.close_connection = True
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(bytes(1 << 16))
    except OSError:
        pass


def drips(pause):
    """Sends a byte now and then."""

    def fault(handler):
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Content-Length", "122037")
        handler.end_headers()
        try:
            for _ in range(122037):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass

    return fault


def endless_header(handler):
    handler.close_connection = True
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"X-More: " + b"x" * 1000 + b"\r\n")
    except OSError:
        pass


def redirects_forever(prefix):
    numbers = itertools.count()
    return lambda handler: says(302, Location=f"{prefix}{next(numbers)}")(handler)


def told(arguments, seconds):
    """A download's exit code, what it said, and what it cost."""
    with tempfile.TemporaryFile("w+") as said:
        cost = measured(arguments, seconds, stdout=subprocess.DEVNULL, stderr=said)
        said.seek(0)
        return cost.code, said.read(), cost


BOUNDED = {
    "no length, and no end": (CAT, never_stops, "has MD5 "),
    "a listing without an end": ("listing", never_stops, "has more than 16777216 bytes; expected a page of the listing"),
    "a slow file": (CAT, drips(0.2), "fewer than 100 bytes per second for 1 s after "),
    "a slow listing": ("listing", drips(0.2), "fewer than 100 bytes per second for 1 s, 2 times in a row"),
    "a header without an end": (CAT, endless_header, "the connection broke"),
    "a file that is redirected without end": (CAT, redirects_forever(FILES), "redirected too many times"),
    "a listing that is redirected without end": (
        "listing", redirects_forever(LISTING + "/"), "redirected too many times"),
}


@pytest.mark.parametrize("name, fault, problem", BOUNDED.values(), ids=BOUNDED)
def test_a_server_costs_neither_memory_nor_time(base, bucket, output, name, fault, problem):
    bucket.always = {name: fault}
    if "redirected" in problem:
        # Every address that is redirected to is redirected, too.
        spared = "listing" if name == CAT else CAT
        bucket.always = type("All", (dict,), {"get": lambda self, key: None if key == spared else fault})()
    arguments = ["download", "cat", "--output", output, "--base-url", base, "--quiet", *HASTE, "--retries", 1]
    code, said, cost = told(arguments, 30)
    assert code == 1 and problem in said and said.count("\n") == 1
    assert cost.processor < 2 and cost.memory < 100 << 20
    assert names(output) == [] or all(not file.endswith(".ndjson") for file in names(output))


def test_a_listing_has_a_last_page(base, bucket, output):
    tokens = itertools.count(1)
    page = lambda handler: handler.answer(200, json.dumps({"items": [], "nextPageToken": str(next(tokens))}).encode())
    bucket.always = {"listing": page}
    code, said, _ = told(["download", "cat", "--output", output, "--base-url", base, *HASTE], 30)
    assert code == 1 and said.endswith(": has more than 100 pages\n")
    assert len(bucket.requests) == 100


def test_waiting_takes_no_processor_time(base, bucket, output):
    bucket.always = {CAT: lambda handler: time.sleep(6)}
    arguments = ["download", "cat", "--output", output, "--base-url", base, "--quiet", "--retries", 0, "--timeout", 5]
    code, said, cost = told(arguments, 30)
    assert code == 1 and said == f"{address(base, CAT)}: no answer for 5 s\n"
    assert cost.processor < 0.5


@pytest.mark.parametrize("size", ["9223372036854775807", "9223372036854775808", "1099511627777", "-1", "1e3", "NaN", ""])
@pytest.mark.parametrize("option", [["--dry-run"], ["--first-bytes", "9223372036854775807"], []])
def test_a_listed_size_beyond_any_file(base, bucket, output, size, option):
    bucket.listed = {name: {"size": size} for name in bucket.files}
    arguments = ["download", "--all", "--output", output, "--base-url", base, *option]
    code, said, _ = told(arguments, 30)
    assert code == 1 and f'size is "{size}"; expected a number of bytes, at most 1099511627776' in said
    assert names(output) == []


def test_a_file_that_is_listed_twice(base, bucket, output):
    pages = itertools.cycle([{"nextPageToken": "2"}, {}])
    item = bucket.page("full/simplified/cat", None)["items"][0]
    bucket.always = {
        "listing": lambda handler: handler.answer(200, json.dumps({"items": [item], **next(pages)}).encode())}
    code, said, _ = told(["download", "cat", "--output", output, "--base-url", base, *HASTE], 30)
    assert code == 1 and said.endswith(f": lists {CAT} twice\n")
