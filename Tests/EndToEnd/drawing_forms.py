"""The same drawings in each form in which people have them, written by others: csv, json, zipfile, NumPy, pickle."""

import csv
import gzip
import io
import json
import pickletools
import struct
import zipfile

import numpy
from conftest import export, tree

WORDS = ["cat", "The Eiffel Tower", "t-shirt", "bus"]
COUNTS = ["--train", 12, "--test", 4, "--formats", "json", "--backend", "exact", "--no-sync"]


def vectors(source, output, *options):
    """The JSON Lines of an export of some masks."""
    export(source, output, *COUNTS, *options)
    return {name: data for name, data in tree(output).items() if name.startswith("vectors/")}


def write(folder, files):
    """Writes bytes, or text, under names in a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def drawings(word, count, seed=0):
    """Simplified drawings as in Google's ndjson."""
    random = numpy.random.default_rng([seed, *word.encode()])
    found = []
    for index in range(count):
        strokes = [random.integers(0, 256, (2, random.integers(2, 12))).tolist() for _ in range(random.integers(1, 6))]
        found.append({
            "word": word, "countrycode": str(random.choice(["US", "DE", "JP"])),
            "timestamp": f"2017-03-{10 + index % 20} 21:12:07.26604 UTC", "recognized": bool(random.integers(0, 2)),
            "key_id": str(5_000_000_000_000_000 + 7919 * index), "drawing": strokes})
    return found


def raw(drawing):
    """The same drawing with times, larger, and elsewhere."""
    return drawing | {"drawing": [[[3.5 * x - 20 for x in xs], [3.5 * y + 7 for y in ys], list(range(len(xs)))]
                                  for xs, ys in drawing["drawing"]]}


def ndjson(found):
    return "".join(json.dumps(one, separators=(",", ":")) + "\n" for one in found).encode()


def numeric_keys(found):
    return ndjson([one | {"key_id": int(one["key_id"])} for one in found])


def kaggle_csv(found, terminator="\r\n", booleans=("False", "True"), columns=None, indent=None):
    """As Kaggle's files: columns in alphabetical order, times without UTC."""
    text = io.StringIO()
    columns = columns or ["countrycode", "drawing", "key_id", "recognized", "timestamp", "word"]
    writer = csv.DictWriter(text, columns, lineterminator=terminator, extrasaction="ignore")
    writer.writeheader()
    for one in found:
        writer.writerow(one | {
            "drawing": json.dumps(one["drawing"], indent=indent), "recognized": booleans[one["recognized"]],
            "timestamp": one["timestamp"].removesuffix(" UTC")})
    return text.getvalue().encode()


def binary(found):
    """As Google's .bin files."""
    out = b""
    for one in found:
        out += struct.pack("<Q2sBIH", int(one["key_id"]), one["countrycode"].encode(), one["recognized"], 1489957927,
                           len(one["drawing"]))
        for xs, ys in one["drawing"]:
            out += struct.pack(f"<H{len(xs)}B{len(ys)}B", len(xs), *xs, *ys)
    return out


def offsets(strokes, dtype="<i2"):
    """sketch-rnn's stroke-3: Δx, Δy, and 1 after the last point of a stroke."""
    points = [(x, y, index == len(xs) - 1) for xs, ys in strokes for index, (x, y) in enumerate(zip(xs, ys))]
    array = numpy.array(points, dtype=numpy.int64)
    array[1:, :2] -= array[:-1, :2].copy()
    return array.astype(dtype)


def object_array(arrays):
    found = numpy.empty(len(arrays), dtype=object)
    for index, array in enumerate(arrays):
        found[index] = array
    return found


def npz(found, dtype="<i2", save=numpy.savez_compressed, shift=(0, 0)):
    """train, valid, and test, as sketch-rnn's files."""
    arrays = []
    for one in found:
        array = offsets(one["drawing"], dtype)
        array[0, :2] += numpy.array(shift, dtype=array.dtype)
        arrays.append(array)
    file = io.BytesIO()
    thirds = len(arrays) // 2, len(arrays) * 3 // 4
    save(file, train=object_array(arrays[:thirds[0]]), valid=object_array(arrays[thirds[0]:thirds[1]]),
         test=object_array(arrays[thirds[1]:]))
    return file.getvalue()


def short_string(data):
    """A string of Python 2 in a pickle."""
    return b"U" + bytes([len(data)]) + data if len(data) < 256 else b"T" + struct.pack("<I", len(data)) + data


def python2_pickle(arrays):
    """What Python 2 writes for an object array of int16 arrays, protocol 2, opcode by opcode."""
    reconstruct = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85" + short_string(b"b") + b"\x87R"

    def dtype(name, order, size, flags):
        return (b"cnumpy\ndtype\n" + short_string(name) + b"K\x00K\x01\x87R(K\x03" + short_string(order)
                + b"NNN" + struct.pack("<BiBi", ord("J"), size, ord("J"), size) + b"K" + bytes([flags]) + b"tb")

    out = b"\x80\x02" + reconstruct + b"q\x01(K\x01" + b"M" + struct.pack("<H", len(arrays)) + b"\x85"
    out += dtype(b"O8", b"|", -1, 63) + b"\x89]q\x02("
    for array in arrays:
        out += reconstruct + b"(K\x01M" + struct.pack("<H", len(array)) + b"K\x03\x86" + dtype(b"i2", b"<", -1, 0)
        out += b"\x89" + short_string(array.astype("<i2").tobytes()) + b"tb"
    out += b"etb."
    pickletools.dis(out, out=io.StringIO())
    return out


def npy_of_pickle(count, pickle):
    header = f"{{'descr': '|O', 'fortran_order': False, 'shape': ({count},), }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + pickle


def archive(members, method=zipfile.ZIP_DEFLATED, streamed=False):
    """A zip archive; a streamed one has sizes after the data."""

    class Unseekable(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError

    file = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return file.getvalue()


def strokes_jsonl(found, **members):
    lines = [{"word": one["word"], "strokes": one["drawing"]} | members for one in found]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def gzipped(data):
    return gzip.compress(data)
