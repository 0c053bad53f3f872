"""Hashes of masks: of their vectors, JSON text, pixels, and SVG text."""

import hashlib
import json

from PIL import Image

Image.MAX_IMAGE_PIXELS = None


def sha256(data):
    return hashlib.sha256(data).digest()


def content(line):
    """A line of JSON Lines without what spelling adds: members sorted, all numbers as Double."""
    return json.dumps(json.loads(line, parse_int=float), sort_keys=True, separators=(",", ":"))


def read_image(path):
    with Image.open(path) as image:
        image.load()
        return image


def pixel_digest(path):
    """Hashes the decoded pixels with their size and mode."""
    image = read_image(path)
    head = f"{image.mode} {image.width}x{image.height}\n".encode()
    return sha256(head + image.tobytes())


def file_digest(path):
    return sha256(path.read_bytes())


def folder_digest(folder):
    """One hash over the names and bytes of all files below a folder."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        total.update(f"{path.relative_to(folder).as_posix()}\n{len(data)}\n".encode())
        total.update(data)
    return total.hexdigest()
