"""Drawings in all forms in which people have them make the same masks, and what cannot be read is named."""

import io
import json
import pickle
import tarfile
import zipfile

import numpy
import pytest
from conftest import export, run
from drawing_forms import (COUNTS, WORDS, archive, binary, drawings, gzipped, kaggle_csv, ndjson, npy_of_pickle, npz,
                           numeric_keys, object_array, offsets, python2_pickle, raw, strokes_jsonl, vectors, write)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    write(folder / "drawings", {f"{word}.ndjson": ndjson(drawings(word, 40)) for word in WORDS})
    return vectors(folder / "drawings", folder / "masks")


FORMS = {
    "numeric keys": lambda word: {f"{word}.ndjson": numeric_keys(drawings(word, 40))},
    "csv": lambda word: {f"{word}.csv": kaggle_csv(drawings(word, 40))},
    "csv of pandas": lambda word: {f"{word}.csv": kaggle_csv(drawings(word, 40), "\n", ("false", "true"))},
    "csv with newlines in quotes": lambda word: {f"{word}.csv": kaggle_csv(drawings(word, 40), booleans="01", indent=1)},
    "csv of some columns": lambda word: {f"{word}.csv": kaggle_csv(drawings(word, 40), columns=["key_id", "drawing"])},
    "csv with a mark": lambda word: {f"{word}.csv": b"\xef\xbb\xbf" + kaggle_csv(drawings(word, 40))},
    "csv.gz": lambda word: {f"{word}.csv.gz": gzipped(kaggle_csv(drawings(word, 40)))},
    "jsonl": lambda word: {f"{word}.jsonl": ndjson(drawings(word, 40))},
    "zip of ndjson": lambda word: {f"{word}.zip": archive({f"a/{word}.ndjson": ndjson(drawings(word, 40))})},
    "stored zip of csv": lambda word: {
        f"{word}.zip": archive({f"{word}.csv": kaggle_csv(drawings(word, 40))}, zipfile.ZIP_STORED)},
    "zip of jsonl": lambda word: {f"{word}.zip": archive({f"{word}.jsonl": ndjson(drawings(word, 40)), "a.jsonl": b"{}"})},
    "streamed zip of bin": lambda word: {
        f"{word[0]}.zip": archive({f"{word}.bin": binary(drawings(word, 40)), "README.md": b"no drawings",
                                      "__MACOSX/._cat.bin": b"x"}, streamed=True)},
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_drawings_in_any_form_make_the_same_masks(form, expected, tmp_path):
    folder = tmp_path / "drawings"
    for word in WORDS:
        write(folder, FORMS[form](word))
    assert vectors(folder, tmp_path / "masks") == expected


def test_one_zip_of_all_categories_is_a_source_for_every_command(expected, tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(archive({f"{word}.csv": kaggle_csv(drawings(word, 40)) for word in sorted(WORDS)}))
    assert vectors(path, tmp_path / "masks") == expected
    run("index", path, "--output", tmp_path / "all.bank", "--quiet")
    assert vectors(tmp_path / "all.bank", tmp_path / "from-bank") == expected
    run("plan", path, "--output", tmp_path / "planned", *COUNTS[:-1], "--quiet")
    summary = json.loads(run("inspect", path, "--json", "--by-category").stdout)
    assert summary["drawings"] == 160 and {one["word"] for one in summary["by_category"]} == set(WORDS)


def test_raw_csv_is_simplified_as_raw_ndjson_is(tmp_path):
    for word in WORDS:
        found = [raw(one) for one in drawings(word, 40)]
        write(tmp_path / "a", {f"{word}.ndjson": ndjson(found)})
        write(tmp_path / "b", {f"{word}.csv": kaggle_csv(found)})
    assert vectors(tmp_path / "a", tmp_path / "1") == vectors(tmp_path / "b", tmp_path / "2")


def python2(found):
    arrays = [offsets(one["drawing"]) for one in found]
    return archive({"test.npy": npy_of_pickle(len(arrays), python2_pickle(arrays))})


def pickled(protocol):
    def write(found):
        arrays = object_array([offsets(one["drawing"]) for one in found])
        return archive({"train.npy": npy_of_pickle(len(arrays), pickle.dumps(arrays, protocol))}, zipfile.ZIP_STORED)
    return write


SKETCHES = {
    "savez_compressed": npz, "savez": lambda found: npz(found, save=numpy.savez), "python 2": python2,
    "big-endian": lambda found: npz(found, ">i4"), "floats": lambda found: npz(found, "<f4"),
    "moved": lambda found: npz([one | {"drawing": [[[0, 255], [0, 255]]] + one["drawing"]} for one in found],
                               shift=(-100, 3000)),
    **{f"protocol {number}": pickled(number) for number in (2, 3, 4, 5)},
}


@pytest.mark.parametrize("form", SKETCHES)
def test_arrays_of_sketch_rnn_make_the_masks_of_their_strokes(form, tmp_path):
    for word in WORDS:
        found = drawings(word, 40)
        write(tmp_path / "a", {f"{word}.npz": SKETCHES[form](found)})
        if form == "moved":
            found = [one | {"drawing": [[[0, 255], [0, 255]]] + one["drawing"]} for one in found]
        # The same strokes without a key have the same hash, whatever they are read from.
        write(tmp_path / "b", {f"{word}.csv": kaggle_csv(found, columns=["word", "drawing"])})
    assert vectors(tmp_path / "a", tmp_path / "1") == vectors(tmp_path / "b", tmp_path / "2")


def test_strokes_of_any_numbers_are_scaled_as_raw_drawings_are(tmp_path):
    """The smallest and the largest power of two, and a box elsewhere, change nothing."""
    for word in WORDS:
        found = [raw(one) for one in drawings(word, 40)]
        write(tmp_path / "a", {f"{word}.csv": kaggle_csv(found, columns=["word", "drawing"])})
        write(tmp_path / "b", {f"{word}.jsonl": strokes_jsonl(found)})
        for name, scale in [("c", 2.0**-60), ("d", 2.0**900)]:
            scaled = [one | {"drawing": [[[x * scale for x in axis] for axis in stroke[:2]] for stroke in one["drawing"]]}
                      for one in found]
            write(tmp_path / name, {f"{word}.jsonl": strokes_jsonl(scaled)})
    expected = vectors(tmp_path / "a", tmp_path / "masks")
    for name in "bcd":
        assert vectors(tmp_path / name, tmp_path / f"masks-{name}") == expected


def test_strokes_may_have_keys_and_need_no_word(tmp_path):
    """A drawing that fills its box is simplified to itself where no point is on the way between others."""
    line = {"strokes": [[[0, 255], [0, 255]], [[0, 255], [255, 0]]], "key_id": 17}
    write(tmp_path / "a", {"my tablet.jsonl": (json.dumps(line) + "\n").encode()})
    summary = json.loads(run("inspect", tmp_path / "a", "--json", "--by-category").stdout)
    assert [one["word"] for one in summary["by_category"]] == ["my tablet"] and summary["points"] == 4


def tar():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as out:
        out.addfile(tarfile.TarInfo("cat.ndjson"))
    return file.getvalue()


def bad_pickle(data, count=1):
    return archive({"train.npy": npy_of_pickle(count, data)})


NUMPY_BITMAP = io.BytesIO()
numpy.save(NUMPY_BITMAP, numpy.zeros((4, 784), dtype="uint8"))

#: File name, bytes, and what the message contains.
REFUSED = {
    "hdf5": ("cat.h5", b"\x89HDF\r\n\x1a\n" + bytes(500), "HDF5 is not a form of Quick, Draw! drawings; expected .ndjson"),
    "parquet": ("cat.parquet", b"PAR1" + b"\x15\x04" * 300, "Parquet is not a form"),
    "arrow": ("cat.arrow", b"ARROW1\0\0" + bytes(500), "Arrow is not a form"),
    "numpy_bitmap": ("cat.npy", NUMPY_BITMAP.getvalue(), "NumPy's array of numbers (numpy_bitmap) is not a form"),
    "tfrecord": ("cat.tfrecord", bytes.fromhex("0500000000000000ea b2 04 3e".replace(" ", "")) + b"abcdefghij", "TFRecord"),
    "sqlite": ("cat.db", b"SQLite format 3\0" + bytes(100), "SQLite is not"),
    "pdf": ("cat.ndjson", b"%PDF-1.7\n" + b"x" * 100, "PDF is not"),
    "png": ("cat.ndjson", b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG is not"),
    "7z": ("cat.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100), "7z is not"),
    "rar": ("cat.rar", b"Rar!\x1a\x07\x01" + bytes(100), "RAR is not"),
    "xz": ("cat.ndjson.xz", b"\xfd7zXZ\0" + bytes(100), "xz is not"),
    "zstd": ("cat.ndjson.zst", b"\x28\xb5\x2f\xfd" + bytes(100), "Zstandard is not"),
    "bzip2": ("cat.ndjson.bz2", b"BZh91AY&SY" + bytes(100), "bzip2 is not"),
    "an error page": ("cat.ndjson", b"\n<!DOCTYPE html>\n<html>404</html>\n", "HTML, as of an error page, is not"),
    "git lfs": ("cat.ndjson", b"version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS is not a form of Quick, "
                "Draw! drawings; expected the file itself (git lfs pull)"),
    "a call": ("cat.npz", bad_pickle(b"\x80\x02cos\nsystem\nU\x02ls\x85R."),
               'cat.npz/train.npy: byte 130: the pickle names "os.system"; expected only NumPy\'s arrays'),
    "a call of protocol 4": ("cat.npz", bad_pickle(b"\x80\x04\x8c\x08builtins\x8c\x04eval\x93."), '"builtins.eval"'),
    "an opcode": ("cat.npz", bad_pickle(b"\x80\x02(lp0\n."), "byte 131: the pickle has the opcode 0x6c"),
    "a dictionary": ("cat.npz", bad_pickle(pickle.dumps({"a": 1}, 2)), "the pickle has the opcode 0x7d"),
    "bytes after a pickle": ("cat.npz", bad_pickle(pickle.dumps(object_array([offsets([[[1, 2], [3, 4]]])]), 2) + b"x"),
                             "bytes after the end of the pickle"),
    "stroke-5": ("cat.npz", bad_pickle(pickle.dumps(object_array([numpy.zeros((4, 5), "<i2")]), 2)),
                 "drawing 1: an array of shape (4, 5); expected numbers of shape (points, 3)"),
    "a pen of 2": ("cat.npz", bad_pickle(pickle.dumps(object_array([numpy.full((2, 3), 2, "<i2")]), 2)),
                   "drawing 1: point 0 has a pen of 2.0; expected 0 or 1"),
    "masks": ("masks.npz", archive({"a.npy": NUMPY_BITMAP.getvalue()}), "numpy_bitmap"),
    "zip of nothing": ("cat.zip", archive({"a.txt": b"x"}), 'contains "a.txt"; expected a zip archive of .ndjson'),
    "bzip2 in zip": ("cat.zip", archive({"a.csv": b"x" * 99}, zipfile.ZIP_BZIP2),
                     "cat.zip/a.csv: is compressed with bzip2; expected deflate, or none"),
    "gzip in zip": ("cat.zip", archive({"a.ndjson.gz": b"x"}), 'a gzipped member "a.ndjson.gz"'),
    "a name out of the archive": ("cat.zip", archive({"../a.csv": b"x"}), 'a member "../a.csv"; expected a relative path'),
    "a cut zip": ("cat.zip", archive({"a.csv": b"x" * 99})[:-30], "no end of a zip archive; expected a complete one"),
    "too few fields": ("cat.csv", b"word,key_id,drawing\ncat,1\n", "cat.csv:2: 2 fields; expected 3, as in the first line"),
    "an open quote": ("cat.csv", b'word,key_id,drawing\ncat,1,"[[[1],[2]]]\n', "cat.csv:2: a quote is not closed"),
    "a key of a float": ("cat.csv", b'word,key_id,drawing\ncat,5.1e15,"[[[1],[2]]]"\n', 'cat.csv:2: key_id is "5.1e15"'),
    "no json": ("cat.csv", b"word,key_id,drawing\ncat,1,strokes\n", "cat.csv:2: drawing: "),
    "after newlines": ("cat.csv", b'word,key_id,drawing\ncat,1,"[[[1],\n\n[2]]]"\ncat,2,"[[[1],[]]]"\n',
                       "cat.csv:5: stroke 0 has 1 x values but 0 y values"),
    "other columns": ("cat.csv", b'word,key_id,strokes\ncat,1,"[[[1],[2]]]"\n',
                      'cat.csv:1: no column drawing but "word", "key_id", "strokes"; expected one, and commas between columns'),
    "semicolons": ("cat.csv", b"word;drawing\ncat;1\n", 'cat.csv:1: no column drawing but "word;drawing"; expected one, and'),
    "csv without names": ("cat.csv", b'US,"[[[1],[2]]]",1\n', 'cat.csv:1: no column drawing but "US", "[[[1],[2]]]", "1"'),
    "lines of an old Mac": ("cat.csv", b'word,drawing\rcat,"[[[1],[2]]]"\r',
                            "cat.csv:1: the lines end with CR alone; expected LF, or CR LF"),
    "csv in Latin-1": ("cat.csv", b'word,drawing\ncaf\xe9,"[[[1],[2]]]"\n', "cat.csv:2: the word is not text in UTF-8"),
    "an empty csv": ("cat.csv", b"", "cat.csv: is empty; expected a line with the names of columns"),
    "an empty npz": ("cat.npz", b"", "cat.npz: does not begin with the header of a list of arrays"),
    "an empty svg": ("cat.svg", b"", "cat.svg:1: not XML: no element found"),
    "a list of drawings": ("cat.json", b'[{"word":"cat"}]', "cat.json:1: not a JSON object; expected a drawing in each line"),
    "an object over lines": ("cat.ndjson", b'{\n"word":"cat"}', "keys, etc.; expected a drawing in each line"),
    "UTF-16": ("cat.ndjson", '{"word":"cat"}\n'.encode("utf-16"), "text in UTF-16 is not a form of Quick, Draw! drawings; "
               "expected text in UTF-8"),
    "UTF-16 without a mark": ("cat.csv", "word,drawing,key_id\n".encode("utf-16-be"), "expected text in UTF-8"),
    "gzip twice": ("cat.ndjson.gz", gzipped(gzipped(b"{}\n")), "gzip in gzip is not a form of Quick, Draw! drawings; expected a"
                   " file that is compressed once"),
    "a tar": ("cat.tar", tar(), "expected its files in a folder or a .zip archive"),
    "a gzipped tar": ("cat.ndjson.gz", gzipped(tar()), "expected its files in a folder or a .zip archive"),
    "points as objects": ("cat.jsonl", b'{"word":"cat","strokes":[[{"x":1,"y":2}]]}\n',
                          'cat.jsonl:1: "strokes" does not begin with two arrays of numbers; expected [[[x, …], [y, …]], …]'),
    "InkML": ("cat.inkml", b'<ink xmlns="http://www.w3.org/2003/InkML"></ink>', "cat.inkml: XML is not a form"),
    "a zip in a zip": ("cat.zip", archive({"a.zip": archive({"cat.ndjson": b""})}), 'contains "a.zip"; expected a zip archive'),
    "two columns": ("cat.csv", b"drawing,drawing\n", "cat.csv:1: two columns drawing; expected one"),
    "an array per point": ("cat.jsonl", b'{"word":"cat","strokes":[[[1,2],[3,4],[5,6],[7,8]]]}\n',
                           "cat.jsonl:1: stroke 0 has 4 arrays; expected 2, x and y, or 3, with times (not an array per point)"),
    "a label in place of a word": ("strokes.jsonl", b'{"label":"cat","strokes":[[[1,2],[3,4]]]}\n',
                                   'strokes.jsonl:1: no "word" but "label"; expected the word as "word"'),
    "a number of a class": ("strokes.jsonl", b'{"word":"dog","strokes":[[[1],[3]]]}\n{"strokes":[[[1],[3]]],"class_id":0,"Class":3}\n',
                            'strokes.jsonl:2: no "word" but "Class"; expected the word as "word"'),
    "a column of categories": ("cat.csv", b'categoryName,drawing\ncat,"[[[1],[2]]]"\n',
                               'cat.csv:1: no column word but "categoryName"; expected the words in a column word'),
    "text for a number": ("cat.jsonl", b'{"word":"cat","strokes":[[[1,"2"],[3,4]]]}\n',
                          'cat.jsonl:1: stroke 0 has x = "2"; expected a finite number'),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named(name, tmp_path):
    file, data, message = REFUSED[name]
    path = tmp_path / file
    path.write_bytes(data)
    done = export(path, tmp_path / "masks", *COUNTS, exit_code=1)
    assert message in done.stderr and f"{path}" in done.stderr
    assert len(done.stderr.splitlines()) == 1


EMPTY_ARRAYS = {f"{part}.npy": npy_of_pickle(0, pickle.dumps(object_array([]), 2)) for part in ("train", "valid", "test")}
NO_STROKES = (b'{"word":"cat","countrycode":"US","timestamp":"2017-03-01 20:48:28.3323 UTC","recognized":true,"key_id":"1",'
              b'"drawing":[]}\n')
NOTHING = {
    "an empty file": {"cat.ndjson": b""},
    "blank lines": {"cat.ndjson": b"\n\r\n\n"},
    "an empty binary file": {"cat.bin": b""},
    "columns alone": {"cat.csv": b"word,key_id,drawing\n"},
    "gzipped": {"cat.ndjson.gz": gzipped(b"")},
    "an archive": {"cat.zip": archive({"cat.ndjson": b"", "dog.csv": b"word,drawing\n"})},
    "arrays": {"cat.npz": archive(EMPTY_ARRAYS)},
    "a folder": {"a/cat.ndjson": b"", "a/dog.bin": b"", "a/eel.csv": b"drawing\n"},
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_source_without_drawings_is_an_error(name, tmp_path):
    write(tmp_path, NOTHING[name])
    source = tmp_path / next(iter(NOTHING[name])).split("/")[0]
    for options in [(), ("--skip-damaged",), ("--words", "cat")]:
        outputs = ["--output", tmp_path / "new", *options]
        commands = [["index", source, *outputs], ["export", source, *outputs, *COUNTS], ["plan", source, *outputs, *COUNTS[:4]]]
        if "--words" not in options:
            commands.append(["inspect", source, *options])
        for command in commands:
            done = run(*command, exit_code=1)
            assert (done.stdout, done.stderr) == ("", f"{source}: contains no drawings; expected at least one\n")
        assert not (tmp_path / "new").exists()


def test_drawings_without_strokes_make_no_bank_and_no_masks(tmp_path, bundled):
    (tmp_path / "strokes.jsonl").write_bytes(b"")
    (tmp_path / "none.ndjson").write_bytes(NO_STROKES)
    (tmp_path / "bad.ndjson").write_bytes(b"no\n" + NO_STROKES.replace(b"drawing", b"drawn"))
    for sources, options, message in [
        ([bundled, tmp_path / "strokes.jsonl"], [], f"{tmp_path}/strokes.jsonl: contains no drawings; expected at least one"),
        ([tmp_path / "none.ndjson"], [], f"{tmp_path}/none.ndjson: no drawing has strokes; expected at least one"),
        # Skipping what is corrupt leaves nothing: the first of it says why.
        ([tmp_path / "bad.ndjson"], ["--skip-damaged"], f"{tmp_path}/bad.ndjson:1: "),
        ([bundled], ["--countries", "ZZ"], f"{bundled}: no strokes pass the filters; expected at least one"),
        ([bundled], ["--min-stroke-length", "100000"], f"{bundled}: no strokes pass the filters; expected at least one"),
    ]:
        commands = [["index", *sources, "--output", tmp_path / "x.bank", *options]]
        if len(sources) == 1:
            commands.append(["export", *sources, "--output", tmp_path / "out", *COUNTS, *options])
        for command in commands:
            done = run(*command, exit_code=1)
            assert done.stderr.startswith(message) and done.stderr.count("\n") == 1, (command, done.stderr)
    assert not (tmp_path / "x.bank").exists() and not (tmp_path / "out").exists()


def test_a_changed_byte_in_a_zip_is_found(tmp_path):
    data = archive({"cat.ndjson": ndjson(drawings("cat", 40))}, zipfile.ZIP_STORED)
    place = data.index(b'"drawing":[[[') + 14
    changed = bytes([data[place] ^ 1])
    (tmp_path / "cat.zip").write_bytes(data[:place] + changed + data[place + 1:])
    done = run("index", tmp_path / "cat.zip", "--output", tmp_path / "cat.bank", "--quiet", exit_code=1)
    assert "cat.zip/cat.ndjson" in done.stderr and "CRC-32" in done.stderr


def test_corrupt_records_are_skipped_in_all_forms(tmp_path):
    found = drawings("cat", 40)
    lines = kaggle_csv(found, "\n").splitlines()
    lines[7] = b"x"
    arrays = [offsets(one["drawing"]) for one in found]
    arrays[5] = numpy.zeros((2, 4), "<i2")
    write(tmp_path / "a", {
        "cat.csv": b"\n".join(lines) + b"\n", "dog.npz": bad_pickle(pickle.dumps(object_array(arrays), 2), 40)})
    done = run("inspect", tmp_path / "a", "--skip-damaged", "--json")
    assert json.loads(done.stdout)["drawings"] == 78
    assert "cat.csv:8: " in done.stderr and "dog.npz/train.npy: drawing 6: " in done.stderr


def test_a_zip64_archive_is_read(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        with out.open("cat.ndjson", "w", force_zip64=True) as member:
            member.write(ndjson(drawings("cat", 3)))
        for index in range(66_000):
            out.writestr(f"x/{index}", b"")
    (tmp_path / "cat.zip").write_bytes(file.getvalue())
    assert json.loads(run("inspect", tmp_path / "cat.zip", "--json").stdout)["drawings"] == 3
