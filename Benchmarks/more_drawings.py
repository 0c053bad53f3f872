"""Makes larger sources from given drawings, repeated with new keys.

    python more_drawings.py DRAWINGS OUTPUT --strokes N
"""

import argparse
import json
import re
import shutil
from pathlib import Path

KEY = re.compile(rb'("key_id"\s*:\s*")(\d+)(")')


def read_lines(drawings):
    """Yields file names and lines; the first lines of all files come first."""
    files = [drawings] if drawings.is_file() else sorted(drawings.rglob("*.ndjson"))
    texts = [(path.name, path.read_bytes().splitlines()) for path in files]
    for index in range(max((len(lines) for _, lines in texts), default=0)):
        for name, lines in texts:
            if index < len(lines) and lines[index].strip():
                yield name, lines[index]


def with_key(line, number):
    """Replaces the key by one of the same length as real ones: drawings with the same key count once."""
    return KEY.sub(lambda match: match[1] + b"%d" % (4 * 10**15 + number) + match[3], line)


def write_drawings(drawings, folder, stroke_count):
    """Writes files of `stroke_count` strokes in total, named as before; returns their size in bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    lines = list(read_lines(drawings))
    counts = [len(json.loads(line)["drawing"]) for _, line in lines]
    left, number, texts = stroke_count, 0, {}
    while left > 0:
        for (name, line), count in zip(lines, counts):
            if left <= 0:
                break
            texts.setdefault(name, []).append(with_key(line, number))
            left -= count
            number += 1
    return sum((folder / name).write_bytes(b"\n".join(texts[name]) + b"\n") for name in texts)


def write_large_file(drawings, path, byte_count):
    """Writes one file of at least `byte_count` bytes; returns its size in bytes."""
    lines = list(read_lines(drawings))
    number = 0
    with open(path, "wb") as file:
        while file.tell() < byte_count:
            file.writelines(with_key(line, number + index) + b"\n" for index, (_, line) in enumerate(lines))
            number += len(lines)
        return file.tell()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("drawings", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--strokes", type=int, required=True)
    options = parser.parse_args()
    write_drawings(options.drawings, options.output, options.strokes)
