"""What is taken of a source: filters, damage that is passed over, and what inspect tells of it."""

import gzip
import json
import math
import struct

import pytest
from conftest import export, run, tree

COUNTS = ["--train", 400, "--test", 200, "--formats", "json"]
FILTERS = {
    "words": ["--words", "cat, The Eiffel Tower,birthday cake"],
    "exclude words": ["--exclude-words", "cat,cup"],
    "countries": ["--countries", "us,DE,ZZ"],
    "recognized": ["--recognized"],
    "length": ["--min-stroke-length", 20.5, "--max-stroke-length", 400],
    "extent": ["--min-stroke-extent", 30, "--max-stroke-extent", 200],
    "all": ["--exclude-words", "cat", "--countries", "US,ZZ", "--recognized", "--min-stroke-length", 10,
            "--max-stroke-extent", 250],
}


def files(source):
    return sorted(source.rglob("*.ndjson"), key=lambda path: [part.encode() for part in path.parts])


def read(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def length(stroke):
    points = list(zip(*stroke))
    return sum(math.sqrt((x - u) ** 2 + (y - v) ** 2) for (x, y), (u, v) in zip(points, points[1:]))


def extent(stroke):
    return max(max(axis) - min(axis) for axis in stroke)


def masks(folder):
    return {name: data for name, data in tree(folder).items() if name.startswith("vectors/")}


def manifest(folder):
    return json.loads((folder / "dataset.json").read_text())


@pytest.fixture(scope="module")
def bank(source, tmp_path_factory):
    path = tmp_path_factory.mktemp("bank") / "all.bank"
    run("index", source, "--output", path, "--quiet")
    return path


@pytest.mark.parametrize("options", FILTERS.values(), ids=FILTERS.keys())
def test_folder_bank_and_filtered_bank_give_the_same_masks(source, bank, tmp_path, options):
    run("index", source, "--output", tmp_path / "filtered.bank", "--quiet", *options)
    for choice in [["--drawings-per-file", 7], ["--strokes-per-drawing", 3]]:
        name = choice[0].strip("-")
        export(source, tmp_path / name / "folder", *COUNTS, *choice, *options)
        export(bank, tmp_path / name / "bank", *COUNTS, *choice, *options)
        export(tmp_path / "filtered.bank", tmp_path / name / "filtered", *COUNTS, *choice)
        found = masks(tmp_path / name / "folder")
        assert len(found) == 2
        assert masks(tmp_path / name / "bank") == found
        assert masks(tmp_path / name / "filtered") == found
        assert manifest(tmp_path / name / "bank")["spec"] == manifest(tmp_path / name / "folder")["spec"]


def test_masks_are_made_of_what_the_filter_takes_by_an_independent_count(source, tmp_path):
    options = ["--exclude-words", "cat", "--countries", "US,ZZ,DE", "--recognized", "--min-stroke-length", 30,
               "--max-stroke-extent", 150]
    export(source, tmp_path / "masks", *COUNTS, *options, "--drawings-per-file", 1000000, "--strokes-per-drawing", 99)
    drawings, taken, dropped = {}, 0, dict.fromkeys(["words", "countries", "recognized", "stroke_length",
                                                      "stroke_extent"], 0)
    excluded = set()
    for path in files(source):
        for drawing in read(path):
            if drawing["word"] == "cat":
                excluded.add("cat")
            elif drawing["countrycode"] not in ("US", "ZZ", "DE"):
                dropped["countries"] += 1
            elif not drawing["recognized"]:
                dropped["recognized"] += 1
            else:
                drawings.setdefault((drawing["word"], drawing["key_id"]), drawing)
    dropped["words"] = len(excluded)
    kept = {}
    for key, drawing in drawings.items():
        numbers = set()
        for number, stroke in enumerate(drawing["drawing"]):
            if length(stroke) < 30:
                dropped["stroke_length"] += 1
            elif extent(stroke) > 150:
                dropped["stroke_extent"] += 1
            else:
                numbers.add(number)
        kept[key] = numbers
        taken += len(numbers)
    found = manifest(tmp_path / "masks")["source"]
    # A drawing that stands in two files counts in both.
    for name in ["words", "countries", "recognized"]:
        assert found["dropped"][name] == dropped[name]
    for name in ["stroke_length", "stroke_extent"]:
        assert found["dropped"][name] >= dropped[name] > 0
    words = {word for (word, _), numbers in kept.items() if numbers}
    assert found["categories"] == len(words)
    assert found["drawings"] == sum(word in words for word, _ in kept)
    assert found["strokes"] == taken
    for line in (tmp_path / "masks" / "vectors" / "train.jsonl").read_text().splitlines():
        for stroke in json.loads(line)["strokes"]:
            origin = stroke["source"]
            assert origin["stroke"] in kept[origin["word"], origin["key_id"]]


def test_what_was_left_out_is_said_and_recorded(bundled, tmp_path):
    options = ["--exclude-words", "cat,cup", "--min-stroke-length", 20, "--max-stroke-extent", 200]
    said = run("export", bundled, "--output", tmp_path / "masks", *COUNTS, *options).stderr
    dropped = manifest(tmp_path / "masks")["source"]["dropped"]
    assert dropped.keys() == {"words", "stroke_length", "stroke_extent"} and dropped["words"] == 2
    assert (f"left out: 2 words, {dropped['stroke_length']:,} strokes by their length, "
            f"{dropped['stroke_extent']:,} strokes by their extent\n") in said
    spec = manifest(tmp_path / "masks")["spec"]
    assert {name: spec[name] for name in list(spec)[8:]} == {
        "exclude_words": ["cat", "cup"], "min_stroke_length": 20, "max_stroke_extent": 200}
    said = run("index", bundled, "--output", tmp_path / "strokes.bank", *options).stderr
    assert "left out: 2 words, " in said


def test_without_filters_nothing_of_them_is_recorded(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 3, "--test", 1)
    assert list(manifest(tmp_path / "masks")["spec"])[-1] == "strokes_per_drawing"
    assert list(manifest(tmp_path / "masks")["source"]) == ["fingerprint", "categories", "drawings", "strokes"]


def test_a_filtered_export_is_gone_on_with_by_the_same_filters_alone(bundled, tmp_path):
    export(bundled, tmp_path / "masks", *COUNTS, "--exclude-words", "cat")
    done = tree(tmp_path / "masks")
    export(bundled, tmp_path / "masks", *COUNTS, "--exclude-words", "cat", "--resume")
    assert tree(tmp_path / "masks") == done
    for options, difference in [
        (["--exclude-words", "cup"], 'exclude_words = ["cat"], not ["cup"]'),
        ([], 'exclude_words = ["cat"], not nothing'),
        (["--exclude-words", "cat", "--recognized"], "recognized = nothing, not true"),
    ]:
        said = export(bundled, tmp_path / "masks", *COUNTS, *options, "--resume", exit_code=1).stderr
        assert f"was begun with {difference}; wanted the same, or another folder" in said
    assert tree(tmp_path / "masks") == done


def test_unknown_words_are_an_error_that_names_near_ones(bundled, bank, tmp_path):
    for command in [["export", bundled, *COUNTS], ["index", bundled]]:
        said = run(*command, "--output", tmp_path / "output", "--words", "catt,cup", exit_code=1).stderr
        assert said == f'{bundled}: no drawings of "catt" (near it: cat); wanted words of the source\n'
    said = export(bank, tmp_path / "output", "--exclude-words", "no such word", exit_code=1).stderr
    assert said == f'{bank}: no drawings of "no such word"; wanted words of the source\n'
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("options, problem", [
    (["--words", "cat,"], "the list of --words has nothing in it, or nothing at a place; wanted some"),
    (["--countries", "DEU"], 'a country is "DEU"; wanted two letters, as in DE'),
    (["--min-stroke-length", 5, "--max-stroke-length", 3],
     "the largest stroke length is 3; wanted 5 to 1000000000"),
    (["--min-stroke-extent=-1"], "the smallest stroke extent is -1; wanted 0 to 1000000000"),
])
def test_filters_that_cannot_be_are_wrong_usage(bundled, tmp_path, options, problem):
    for command in ["export", "index"]:
        assert problem in run(command, bundled, "--output", tmp_path / "output", *options, exit_code=64).stderr


def test_files_of_words_that_are_not_taken_are_not_read(tmp_path):
    """A file of one word is told by its first drawings and its last; damage between them is nobody's business."""
    folder = tmp_path / "drawings"
    folder.mkdir()
    for word in ["cat", "dog", "bus"]:
        line = json.dumps({"word": word, "key_id": "%d", "drawing": [[[1, 200], [2, 200]]]}) + "\n"
        lines = [line % key for key in range(300)]
        if word == "dog":
            lines[200] = "damaged\n"
        (folder / f"{word}.ndjson").write_text("".join(lines))
    (folder / "zebra.bin").write_bytes(struct.pack("<Q2sBIH", 7, b"DE", 1, 0, 9))
    options = ["--exclude-words", "dog,zebra"]
    export(folder, tmp_path / "masks", *COUNTS, *options)
    assert manifest(tmp_path / "masks")["source"]["dropped"] == {"words": 2}
    run("index", folder, "--output", tmp_path / "strokes.bank", *options)
    said = run("index", folder, "--output", tmp_path / "all.bank", exit_code=1).stderr
    assert said.startswith(f"{folder}/dog.ndjson:201: not JSON: ")


def test_words_mixed_in_a_file_are_filtered_one_by_one(bundled, tmp_path):
    lines = [line for path in files(bundled) for line in path.read_text().splitlines(True)]
    mixed = tmp_path / "mixed.ndjson"
    mixed.write_text("".join(lines[i::97][j] for i in range(97) for j in range(len(lines[i::97]))))
    (tmp_path / "mixed.ndjson.gz").write_bytes(gzip.compress(mixed.read_bytes()))
    for name in ["mixed.ndjson", "mixed.ndjson.gz"]:
        run("index", tmp_path / name, "--output", tmp_path / f"{name}.bank", "--quiet", "--words", "cat,cup,apple")
    run("index", mixed, "--output", tmp_path / "all.bank", "--quiet")
    export(tmp_path / "all.bank", tmp_path / "wanted", *COUNTS, "--words", "cat,cup,apple")
    for number, place in enumerate(["mixed.ndjson.bank", "mixed.ndjson.gz.bank"]):
        export(tmp_path / place, tmp_path / f"{number}", *COUNTS)
        assert masks(tmp_path / f"{number}") == masks(tmp_path / "wanted")
    export(mixed, tmp_path / "file", *COUNTS, "--words", "cat,cup,apple")
    assert masks(tmp_path / "file") == masks(tmp_path / "wanted")
