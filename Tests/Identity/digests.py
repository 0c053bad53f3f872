"""Hashes of masks: of their vectors, JSON text, pixels, and SVG text."""

import hashlib
import json
import re
from decimal import ROUND_HALF_UP, Decimal

from PIL import Image

Image.MAX_IMAGE_PIXELS = None


def sha256(data):
    return hashlib.sha256(data).digest()


def content(line):
    """A line of JSON Lines without what spelling adds: members sorted, all numbers as Double."""
    return json.dumps(json.loads(line, parse_int=float), sort_keys=True, separators=(",", ":"))


# Version 2 wrote four decimals; later versions write seven.
UPSCALE = re.compile(rb'(?<="upscale":)[0-9.]+')


def with_version_2s_upscale(text):
    """The text with `upscale` rounded to four decimals, in all ways that the number may be rounded.

    Seven decimals that end in the middle between two numbers of four may stand for a number on either side of it.
    """
    found = UPSCALE.search(text)
    if not found:
        return [text]
    number = Decimal(found[0].decode())
    nearest = number.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    numbers = [nearest, nearest - Decimal("0.0001")] if nearest - number == Decimal("0.00005") else [nearest]
    # Without zeros at the end: 1.5, 2.
    spelled = [f"{number:f}".rstrip("0").rstrip(".").encode() for number in numbers]
    return [text[:found.start()] + number + text[found.end():] for number in spelled]


def read_image(path):
    with Image.open(path) as image:
        image.load()
        return image


def pixel_digest(path):
    """Hashes the decoded pixels with their size and mode."""
    image = read_image(path)
    head = f"{image.mode} {image.width}x{image.height}\n".encode()
    return sha256(head + image.tobytes())


def digests_of_text(text, digest=sha256):
    """The hashes of a text as version 2 may have written it: nearly always a single one."""
    return tuple(digest(line) for line in with_version_2s_upscale(text))


def folder_digest(folder):
    """One hash over the names and bytes of all files below a folder."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        total.update(f"{path.relative_to(folder).as_posix()}\n{len(data)}\n".encode())
        total.update(data)
    return total.hexdigest()
