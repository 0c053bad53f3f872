"""The stroke bank: the same masks as from the drawings, the same bytes every time, corruption reported by section."""

import calendar
import json
import struct
import time

import pytest
from bank_reader import read_bank
from conftest import export, run, tree

COUNTS = ["--train", 1500, "--test", 500]


def index(*sources_and_options, **options):
    return run("index", *sources_and_options, **options)


@pytest.fixture(scope="module")
def bank(source, tmp_path_factory):
    path = tmp_path_factory.mktemp("bank") / "strokes.bank"
    index(source, "--output", path, "--quiet")
    return path


def records(source):
    """All drawings of ndjson files, each key of a word once, by words and in the order of the files."""
    drawings = {}
    for path in sorted(source.rglob("*.ndjson"), key=lambda path: [part.encode() for part in path.parts]):
        for line in path.read_bytes().splitlines():
            drawing = json.loads(line)
            moment = time.strptime(drawing["timestamp"].split(".")[0].removesuffix(" UTC"), "%Y-%m-%d %H:%M:%S")
            drawing["timestamp"] = calendar.timegm(moment)
            drawings.setdefault(drawing["word"].encode(), {}).setdefault(drawing["key_id"], drawing)
    return [drawing for word in sorted(drawings) for drawing in drawings[word].values()]


@pytest.mark.parametrize("options", [[], ["--strokes-per-drawing", 3, "--drawings-per-file", 20], [
    "--strokes-per-drawing", 1000]], ids=["one stroke", "three strokes", "all strokes"])
def test_a_bank_gives_the_masks_of_its_folder(source, bank, tmp_path, options):
    # Images and SVG follow from the vectors, and are compared of fewer masks.
    for name, formats in {"vectors": [*COUNTS, "--formats", "json"], "all": ["--train", 150, "--test", 50]}.items():
        export(source, tmp_path / "folder" / name, *formats, *options)
        export(bank, tmp_path / "bank" / name, *formats, *options)
    assert tree(tmp_path / "bank") == tree(tmp_path / "folder")


def test_an_independent_reader_finds_the_drawings_of_the_ndjson(source, bank):
    found = read_bank(bank.read_bytes())
    wanted = records(source)
    names = found[0].keys()
    assert found == [{name: drawing[name] for name in names} for drawing in wanted]


def test_the_number_of_jobs_changes_nothing(source, bank, tmp_path):
    for attempt, jobs in enumerate([1, 2, 7]):
        index(source, "--output", tmp_path / f"{attempt}.bank", "--jobs", jobs, "--quiet")
        assert (tmp_path / f"{attempt}.bank").read_bytes() == bank.read_bytes()
    assert len(list(tmp_path.iterdir())) == 3


def test_the_same_drawings_twice_are_the_same_bank(source, bank, tmp_path):
    said = index(source, source, "--output", tmp_path / "twice.bank").stderr
    assert " drawings with a repeated key\n" in said
    assert (tmp_path / "twice.bank").read_bytes() == bank.read_bytes()


def test_drawings_of_all_words_in_one_file_are_the_same_bank(source, bank, tmp_path):
    lines = [json.dumps(drawing) + "\n" for drawing in (
        json.loads(line) for path in sorted(source.rglob("*.ndjson"), key=lambda path: [p.encode() for p in path.parts])
        for line in path.read_bytes().splitlines())]
    # Every tenth line first: the words change with nearly every line, and the order within one is the files' own.
    by_word = {}
    for line in lines:
        by_word.setdefault(json.loads(line)["word"], []).append(line)
    mixed = [words[i] for i in range(max(map(len, by_word.values()))) for words in by_word.values() if i < len(words)]
    (tmp_path / "mixed.ndjson").write_text("".join(mixed))
    index(tmp_path / "mixed.ndjson", "--output", tmp_path / "mixed.bank", "--quiet")
    assert (tmp_path / "mixed.bank").read_bytes() == bank.read_bytes()


def test_a_bank_is_recognized_by_its_first_bytes_not_by_its_name(bank, tmp_path):
    (tmp_path / "cat.ndjson").write_bytes(bank.read_bytes())
    export(tmp_path / "cat.ndjson", tmp_path / "masks", "--train", 5, "--test", 5)


def test_inspect_reports_what_is_in_a_bank_and_checks_all_of_it(bank, tmp_path):
    assert "all checksums match" in run("inspect", bank).stdout
    damaged = bytearray(bank.read_bytes())
    offset, length = struct.unpack_from("<2Q", damaged, 64 + 16 * 3)
    damaged[offset + length - 1] ^= 1
    (tmp_path / "strokes.bank").write_bytes(damaged)
    said = run("inspect", tmp_path / "strokes.bank", exit_code=1).stderr
    assert said.startswith(f'{tmp_path}/strokes.bank: section "points" is corrupt at byte ')
    assert "; expected " in said


def test_a_damaged_bank_is_refused_by_the_name_of_the_section(bank, tmp_path):
    damaged = bytearray(bank.read_bytes())
    for number, name in enumerate(["categories", "drawings", "counts", "points", "checksums"]):
        offset, length = struct.unpack_from("<2Q", damaged, 64 + 16 * number)
        changed = damaged.copy()
        changed[offset:offset + length] = bytes(255 - byte for byte in changed[offset:offset + length])
        (tmp_path / "strokes.bank").write_bytes(changed)
        said = export(tmp_path / "strokes.bank", tmp_path / name, "--train", 50, "--test", 50,
                      "--strokes-per-drawing", 2, exit_code=1).stderr
        assert said.startswith(f'{tmp_path}/strokes.bank: section "{name}" is corrupt at byte '), said
        assert not (tmp_path / name / "dataset.json").exists()


def test_a_truncated_bank_is_refused_by_the_name_of_the_section(bank, tmp_path):
    data = bank.read_bytes()
    for number, name in enumerate(["categories", "drawings", "counts", "points", "checksums"]):
        offset, length = struct.unpack_from("<2Q", data, 64 + 16 * number)
        (tmp_path / "strokes.bank").write_bytes(data[:offset + length // 2])
        said = export(tmp_path / "strokes.bank", tmp_path / "masks", exit_code=1).stderr
        assert said == (f'{tmp_path}/strokes.bank: section "{name}" is cut off: the file has {offset + length // 2} '
                        f"bytes; expected {len(data)}\n")


def test_an_existing_file_is_replaced_only_when_asked_for(bundled, tmp_path):
    (tmp_path / "strokes.bank").write_text("mine")
    said = index(bundled, "--output", tmp_path / "strokes.bank", exit_code=1).stderr
    assert said == f"{tmp_path}/strokes.bank: already exists; expected a new file, or --overwrite\n"
    assert (tmp_path / "strokes.bank").read_text() == "mine"
    index(bundled, "--output", tmp_path / "strokes.bank", "--overwrite")
    assert "all checksums match" in run("inspect", tmp_path / "strokes.bank").stdout


def test_a_failure_leaves_nothing_behind(bundled, tmp_path):
    source = tmp_path / "drawings"
    source.mkdir()
    for path in bundled.iterdir():
        (source / path.name).write_bytes(path.read_bytes())
    (source / "zebra.ndjson").write_text('{"word":"zebra"}\n')
    (tmp_path / "output").mkdir()
    said = index(source, "--output", tmp_path / "output" / "strokes.bank", "--quiet", exit_code=1).stderr
    assert said == f'{source}/zebra.ndjson:1: no "key_id"; expected word, key_id, and drawing\n'
    assert not list((tmp_path / "output").iterdir())


def test_the_same_drawings_as_bin_give_the_same_bank(source, bank, tmp_path):
    """The binary form has the word in its file's name only, and drops no more of a drawing than a bank does."""
    folder = tmp_path / "binary"
    folder.mkdir()
    for drawing in records(source):
        with open(folder / f"{drawing['word']}.bin", "ab") as file:
            file.write(struct.pack("<Q2sBIH", int(drawing["key_id"]), drawing["countrycode"].encode(),
                                   drawing["recognized"], drawing["timestamp"], len(drawing["drawing"])))
            for x, y in drawing["drawing"]:
                file.write(struct.pack("<H", len(x)) + bytes(x) + bytes(y))
    index(*sorted(folder.iterdir()), "--output", tmp_path / "strokes.bank", "--quiet")
    assert (tmp_path / "strokes.bank").read_bytes() == bank.read_bytes()
