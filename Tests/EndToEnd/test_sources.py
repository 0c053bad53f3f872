"""What is used of a source: filters, corrupt records that are skipped, and what inspect reports."""

import gzip
import json
import math
import struct

import numpy
import pytest
from bank_reader import read_bank
from conftest import FIXTURES, export, run, tree

MASKS = FIXTURES / "masks"

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
    assert (f"filtered out: 2 words, {dropped['stroke_length']:,} strokes by length, "
            f"{dropped['stroke_extent']:,} strokes by extent\n") in said
    spec = manifest(tmp_path / "masks")["spec"]
    assert {name: spec[name] for name in list(spec)[8:]} == {
        "exclude_words": ["cat", "cup"], "min_stroke_length": 20, "max_stroke_extent": 200}
    said = run("index", bundled, "--output", tmp_path / "strokes.bank", *options).stderr
    assert "filtered out: 2 words, " in said


def test_without_filters_nothing_of_them_is_recorded(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 3, "--test", 1)
    assert list(manifest(tmp_path / "masks")["spec"])[-1] == "strokes_per_drawing"
    assert list(manifest(tmp_path / "masks")["source"]) == ["fingerprint", "categories", "drawings", "strokes"]


def test_a_filtered_export_is_resumed_by_the_same_filters_alone(bundled, tmp_path):
    export(bundled, tmp_path / "masks", *COUNTS, "--exclude-words", "cat")
    done = tree(tmp_path / "masks")
    export(bundled, tmp_path / "masks", *COUNTS, "--exclude-words", "cat", "--resume")
    assert tree(tmp_path / "masks") == done
    for options, difference in [
        (["--exclude-words", "cup"], 'exclude_words ["cat"], this command uses ["cup"]'),
        ([], 'exclude_words ["cat"], this command uses none'),
        (["--exclude-words", "cat", "--recognized"], "no recognized, this command uses true"),
    ]:
        said = export(bundled, tmp_path / "masks", *COUNTS, *options, "--resume", exit_code=1).stderr
        assert f"this export uses {difference}; expected the same settings, or another output folder" in said
    assert tree(tmp_path / "masks") == done


def test_unknown_words_are_an_error_that_names_near_ones(bundled, bank, tmp_path):
    for command in [["export", bundled, *COUNTS], ["index", bundled]]:
        said = run(*command, "--output", tmp_path / "output", "--words", "catt,cup", exit_code=1).stderr
        assert said == f'{bundled}: no drawings of "catt"; did you mean cat?\n'
    said = export(bank, tmp_path / "output", "--exclude-words", "no such word", exit_code=1).stderr
    assert said == f'{bank}: no drawings of "no such word"; expected words of the source\n'
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("options, problem", [
    (["--words", "cat,"], "the list of --words is empty or has an empty element; expected at least one"),
    (["--countries", "DEU"], '"DEU" is not a country; expected two letters, as in DE'),
    (["--min-stroke-length", 5, "--max-stroke-length", 3],
     "the largest stroke length is 3; expected 5 to 1000000000"),
    (["--min-stroke-extent=-1"], "the smallest stroke extent is -1; expected 0 to 1000000000"),
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


# Damage

def damage(folder):
    """A folder with damage of every kind; gives what is whole, file by file, and what is to be said."""
    folder.mkdir()
    line = '{"word":"%s","key_id":"%d","drawing":[[[1,200],[2,%d]]]}\n'
    record = struct.Struct("<Q2sBIHH4B")
    whole = {}
    lines = [line % ("cat", key, key % 256) for key in range(1, 10)]
    (folder / "a.ndjson").write_text("".join(lines[:3] + ["{\n"] + lines[3:] + ["[]\n", lines[0][:-9]]))
    whole["a.ndjson"] = list(range(1, 10))
    (folder / "dog.bin").write_bytes(b"".join(
        record.pack(key, b"DE", 1, 0, 1, 2, 1, 200, 2, 200) for key in range(1, 6))[:-1])
    whole["dog.bin"] = list(range(1, 5))
    lines = [line % ("cup", key, key % 256) for key in range(1, 4001)]
    # Stored as they are, so that all lines but those of the last buffer are there before the damage.
    (folder / "cup.ndjson.gz").write_bytes(gzip.compress("".join(lines).encode(), 0)[:-8])
    whole["cup.ndjson.gz"] = list(range(1, 4001))
    return whole, [
        (f"{folder}/a.ndjson: skipped 3 corrupt records; first: {folder}/a.ndjson:4: not JSON: "),
        (f"{folder}/cup.ndjson.gz: skipped 1 corrupt record: {folder}/cup.ndjson.gz: cannot be read "
         "after byte "),
        (f"{folder}/dog.bin: skipped 1 corrupt record: {folder}/dog.bin: byte 92: record 5: cut off after "
         "22 bytes; expected at least 23\n"),
    ]


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_damage_is_skipped_when_asked_for_and_reported(tmp_path, jobs):
    whole, said = damage(tmp_path / "drawings")
    options = ["--jobs", jobs, "--skip-damaged"]
    found = [
        run("index", tmp_path / "drawings", "--output", tmp_path / "strokes.bank", "--quiet", *options).stderr,
        export(tmp_path / "drawings", tmp_path / "masks", *COUNTS, "--drawings-per-file", 10000, *options).stderr,
        run("inspect", tmp_path / "drawings", "--quiet", *options).stderr,
    ]
    for lines in found:
        assert lines == found[0]
        assert len(lines.splitlines()) == len(said)
        for line, start in zip(lines.splitlines(True), said):
            assert line.startswith(start)
    assert manifest(tmp_path / "masks")["source"]["damaged"] == 5
    assert manifest(tmp_path / "masks")["spec"]["skip_damaged"] is True
    count = sum(map(len, whole.values()))
    assert manifest(tmp_path / "masks")["source"]["drawings"] == count
    told = json.loads(run("inspect", tmp_path / "drawings", "--json", *options).stdout)
    assert (told["drawings"], told["damaged"]) == (count, 5)
    assert json.loads(run("inspect", tmp_path / "strokes.bank", "--json").stdout)["drawings"] == count


def test_damage_ends_everything_unless_it_is_passed_over(tmp_path):
    damage(tmp_path / "drawings")
    for name, place in [("a.ndjson", ":4: not JSON: "), ("dog.bin", ": byte 92: record 5: cut off after 22 bytes"),
                        ("cup.ndjson.gz", ": cannot be read after byte ")]:
        path = tmp_path / "drawings" / name
        for command in [["index", path, "--output", tmp_path / "x"], ["inspect", path],
                        ["export", path, "--output", tmp_path / "y", "--train", 5, "--test", 0,
                         "--drawings-per-file", 9999]]:
            assert run(*command, "--quiet", exit_code=1).stderr.startswith(f"{path}{place}")


def test_damage_in_a_file_that_is_read_in_pieces_has_its_line(tmp_path):
    line = '{"word":"cat","key_id":"%d","drawing":[[[1,200],[2,%d]]]}\n'
    lines = [line % (key, key % 256) for key in range(400_000)]
    damaged = [170_000, 170_001, 399_999]
    for number in damaged:
        lines[number] = lines[number][:30] + "\n"
    path = tmp_path / "cat.ndjson"
    path.write_text("".join(lines))
    assert path.stat().st_size > 20_000_000
    found = set()
    for jobs in [1, 2, 5]:
        said = run("index", path, "--output", tmp_path / f"{jobs}.bank", "--jobs", jobs, "--skip-damaged").stderr
        assert (f"{path}: skipped 3 corrupt records; first: {path}:170001: not JSON: ") in said
        assert "399,997 drawings in 1 category, " in said
        found.add((tmp_path / f"{jobs}.bank").read_bytes())
    assert len(found) == 1
    assert run("index", path, "--output", tmp_path / "x", exit_code=1).stderr.startswith(f"{path}:170001: not JSON: ")


def test_a_damaged_bank_is_an_error_whatever_is_asked_for(bank, tmp_path):
    data = bytearray(bank.read_bytes())
    data[-5] ^= 1
    (tmp_path / "strokes.bank").write_bytes(data)
    for command in [["inspect"], ["export", "--output", tmp_path / "x"]]:
        said = run(command[0], tmp_path / "strokes.bank", *command[1:], "--skip-damaged", exit_code=1).stderr
        assert said.startswith(f'{tmp_path}/strokes.bank: section "checksums" is corrupt')


# What inspect tells

def measures(drawings):
    strokes = [stroke for drawing in drawings for stroke in drawing["drawing"]]
    return {
        "strokes_per_drawing": numpy.array([len(drawing["drawing"]) for drawing in drawings]),
        "points_per_stroke": numpy.array([len(stroke[0]) for stroke in strokes]),
        "stroke_length": numpy.array([length(stroke) for stroke in strokes]),
        "stroke_extent": numpy.array([extent(stroke) for stroke in strokes]),
    }


def assert_is(found, values, name):
    """Whole numbers up to 2,047 are exact, lengths right to 0.1 % and half a hundredth."""
    for key, wanted in [("p5", numpy.percentile(values, 5)), ("median", numpy.percentile(values, 50)),
                        ("p95", numpy.percentile(values, 95)), ("max", values.max()), ("mean", values.mean())]:
        slack = 0.001 * wanted + 0.0051 if name == "stroke_length" else 1e-6
        if key in ("max", "mean"):
            slack = 0.0051
        assert abs(found[key] - wanted) <= slack, (name, key, found[key], wanted)


@pytest.mark.parametrize("jobs", [1, 3])
def test_inspect_reports_what_numpy_finds(source, bank, jobs):
    every = [drawing for path in files(source) for drawing in read(path)]
    unique = list({(drawing["word"], drawing["key_id"]): drawing for drawing in reversed(every)}.values())
    for path, drawings in [(source, unique), (bank, unique)]:
        found = json.loads(run("inspect", path, "--json", "--by-category", "--jobs", jobs, "--quiet").stdout)
        of_all = measures(drawings)
        assert found["drawings"] == len(drawings)
        assert found["strokes"] == of_all["strokes_per_drawing"].sum()
        assert found["points"] == of_all["points_per_stroke"].sum()
        for name, values in of_all.items():
            assert_is(found[name], values, name)
        by_word = {}
        for drawing in drawings:
            by_word.setdefault(drawing["word"], []).append(drawing)
        assert [row["word"] for row in found["by_category"]] == sorted(by_word, key=str.encode)
        assert found["categories"] == len(by_word)
        for row in found["by_category"]:
            of_word = measures(by_word[row["word"]])
            assert row["drawings"] == len(by_word[row["word"]])
            assert row["strokes"] == of_word["strokes_per_drawing"].sum()
            assert row["points"] == of_word["points_per_stroke"].sum()
            for name, values in of_word.items():
                wanted = numpy.percentile(values, 50)
                assert abs(row[f"median_{name}"] - wanted) <= 0.001 * wanted + 0.0051


def test_inspect_prints_a_table_and_a_row_a_category(bundled):
    lines = run("inspect", bundled).stdout.splitlines()
    assert lines[4:7] == ["points        201,189", "", "                        p5  median    p95     max   mean"]
    assert [line[:16] for line in lines[7:11]] == [
        "strokes per draw", "points per strok", "stroke length   ", "stroke extent   "]
    rows = run("inspect", bundled, "--by-category").stdout.splitlines()
    assert rows[:12] == lines
    assert rows[13].split() == ("medians drawings strokes strokes per drawing points per stroke stroke length "
                                "stroke extent").split()
    assert len(rows) == 14 + 24 and len({len(row) for row in rows[13:]}) == 1


def test_strokes_that_were_left_out_of_a_bank_do_not_count(bundled, tmp_path):
    said = run("index", bundled, "--output", tmp_path / "strokes.bank", "--min-stroke-length", 50).stderr
    found = json.loads(run("inspect", tmp_path / "strokes.bank", "--json").stdout)
    every = measures([drawing for path in files(bundled) for drawing in read(path)])
    kept = every["stroke_length"] >= 50
    assert found["strokes"] == kept.sum() and f"{kept.sum():,} strokes, " in said
    assert found["points"] == every["points_per_stroke"][kept].sum()
    assert_is(found["stroke_extent"], every["stroke_extent"][kept], "stroke_extent")
    drawings = read_bank((tmp_path / "strokes.bank").read_bytes())
    assert sum(len(x) > 0 for drawing in drawings for x, _ in drawing["drawing"]) == kept.sum()


def test_rows_are_of_drawings_alone_and_csv_of_masks(bundled):
    said = run("inspect", MASKS, "--by-category", exit_code=1).stderr
    assert said == f"{MASKS}/00000_test.svg: is a mask of this program; expected drawings\n"
    said = run("inspect", bundled, "--csv", exit_code=1).stderr
    assert said == f"{bundled}: contains drawings; --csv needs masks\n"
