"""Downloads from a bucket: names, formats, samples, and existing files."""

import threading

import pytest
from bucket_server import Bucket, breaks_after, serving
from conftest import run
from download_setup import (  # noqa: F401 (fixtures)
    CAT,
    SHIRT,
    TOWER,
    address,
    base,
    bucket,
    download,
    names,
    output,
    packed_record,
    real_files,
)


# What it is for.


def test_words_are_downloaded_under_their_own_names(download, bucket, output):
    said = download("The Eiffel Tower", "t-shirt", "cat", "cat")
    assert names(output) == ["The Eiffel Tower.ndjson", "cat.ndjson", "t-shirt.ndjson"]
    for name in (TOWER, SHIRT, CAT):
        assert (output / name.split("/")[-1]).read_bytes() == bucket.files[name]
    assert said.stdout == ""
    assert said.stderr == f"{output}: downloaded 3 files, 0.3 MB\n"


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
    files = {name: data for name, data in real_files().items() if name.startswith(f"full/{form}/")}
    if not files:
        pytest.skip(f"no {form} drawings among the real ones")
    with serving(Bucket(files, page_size=50)) as base:
        run("download", "--all", "--form", form, "--output", tmp_path, "--base-url", base, "--connections", 3)
    wanted = {name.split("/")[-1]: data for name, data in files.items()}
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == wanted


def test_the_other_forms(download, bucket, output):
    download("cat", "--form", "binary")
    download("cat", "--form", "raw")
    assert (output / "cat.bin").read_bytes() == bucket.files["full/binary/cat.bin"]
    assert (output / "cat.ndjson").read_bytes() == bucket.files["full/raw/cat.ndjson"]


def test_a_large_file_comes_in_pieces(download, bucket, output):
    bucket.files[CAT] = b'{"word":"cat"}\n' * 2_500_000
    bucket.faults = {CAT: [lambda handler: False, breaks_after(1_000_000)]}
    download("cat")
    assert (output / "cat.ndjson").read_bytes() == bucket.files[CAT]
    ranges = [request.fields["Range"] for request in bucket.file_requests()]
    piece = 1 << 24
    starts = [0, piece, piece + 1_000_000, 2 * piece + 1_000_000]
    ends = [min(start + piece, len(bucket.files[CAT])) - 1 for start in starts]
    assert ranges == [f"bytes={start}-{end}" for start, end in zip(starts, ends)]


def test_an_empty_file(download, bucket, output):
    bucket.files["full/simplified/nothing.ndjson"] = b""
    download("nothing")
    assert (output / "nothing.ndjson").read_bytes() == b""


def test_what_is_downloaded_can_be_exported(download, output, tmp_path):
    download("cat", "t-shirt")
    run("export", output, "--output", tmp_path / "masks", "--train", 3, "--test", 3)


def test_a_file_that_is_there_is_not_downloaded_again(download, bucket, output):
    download("cat", "t-shirt")
    bucket.requests.clear()
    assert download("cat", "t-shirt", "apple").stderr == f"{output}: downloaded 1 file, 0.1 MB; 2 already complete\n"
    assert [request.name for request in bucket.file_requests()] == ["full/simplified/apple.ndjson"]


def test_a_file_that_differs_is_replaced_only_if_asked(download, bucket, output):
    output.mkdir()
    mine = output / "cat.ndjson"
    for contents in (b"mine", bytes(len(bucket.files[CAT]))):
        mine.write_bytes(contents)
        said = download("cat", exit_code=1).stderr
        assert said.startswith(f"{output}: downloaded 0 files, 0 MB\n{mine}: has ")
        assert said.endswith(f", as {CAT} has, or --overwrite\n") and said.count("\n") == 2
        assert mine.read_bytes() == contents
    assert bucket.file_requests() == []
    download("cat", "t-shirt", "--connections", 1, exit_code=1)
    assert names(output) == ["cat.ndjson", "t-shirt.ndjson"]
    download("cat", "--overwrite")
    assert mine.read_bytes() == bucket.files[CAT]


def test_several_files_are_downloaded_concurrently(download, bucket):
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
    assert done.stderr == f"2 files, {sum(sizes.values()):,} bytes in total\n"
    assert bucket.file_requests() == [] and not output.exists()


@pytest.mark.parametrize(
    "word, hint",
    [
        ("catt", "did you mean cat?"), ("the eiffel tower", "did you mean The Eiffel Tower?"),
        ("helicopters", "expected a listed word"),
    ],
)
def test_an_unknown_word(download, base, output, word, hint):
    said = download("cat", word, exit_code=1).stderr
    listing = f"{base}/storage/v1/b/quickdraw_dataset/o?prefix=full/simplified/"
    assert said == f'{listing}: no drawings of "{word}"; {hint}\n'
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
    assert download("cat").stderr == f"{output}: downloaded 1 file, 0.1 MB\n"
    assert (output / "cat.ndjson").read_bytes() == bucket.files[CAT]
    assert names(output) == ["cat.first8192.ndjson", "cat.ndjson"]


def test_a_sample_is_downloaded_once(download, bucket, output):
    download("cat", "--first-bytes", 8192)
    assert download("cat", "--first-bytes", 8192).stderr == f"{output}: downloaded 0 files, 0 MB; 1 already complete\n"
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
    problem = "the first 10 bytes do not contain a complete drawing; expected a longer sample"
    assert said.endswith(f"{address(base, CAT)}: {problem}\n")
    assert names(output) == []
