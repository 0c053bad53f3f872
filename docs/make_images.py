"""Draws the rows of masks in docs/recipes.md: each preset, and each bucket of the papers' test set.

    docs/make_images.py PROGRAM DRAWINGS
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

TILE, GAP, LABEL, COLUMNS = 96, 4, 130, 8


def masks(program, drawings, folder, *options):
    subprocess.run(
        [program, "export", drawings, "--output", folder, "--size", "384", "--formats", "png", "--quiet", *options],
        check=True)
    paths = sorted(folder.glob("train/*")) + sorted(folder.glob("test/*"))
    return [Image.open(path).resize((TILE, TILE), Image.Resampling.LANCZOS) for path in paths]


def sheet(rows, path):
    width = LABEL + COLUMNS * (TILE + GAP)
    image = Image.new("L", (width, len(rows) * (TILE + GAP) - GAP), 255)
    draw = ImageDraw.Draw(image)
    for y, (label, tiles) in enumerate(rows):
        draw.text((2, y * (TILE + GAP) + TILE // 2 - 6), label, fill=60, font_size=13)
        for x, tile in enumerate(tiles):
            image.paste(tile, (LABEL + x * (TILE + GAP), y * (TILE + GAP)))
    image.quantize(16).save(path, optimize=True)


def main(program, drawings):
    here = Path(__file__).resolve().parent
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        names = ["qd-imd", "thin", "medium", "thick", "training-mix"]
        count = ["--train", str(COLUMNS), "--test", "0"]
        sheet(
            [(name, masks(program, drawings, folder / name, "--preset", name, *count)) for name in names],
            here / "presets.png")
        paper = masks(
            program, drawings, folder / "paper", "--preset", "paper-test", "--test", str(12 * COLUMNS // 2))
        half = COLUMNS // 2
        sheet(
            [(f"({low}, {high}]", paper[2 * half * row : 2 * half * (row + 1)])
                for row, (low, high) in enumerate(
                    [(0.01, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 0.6)])],
            here / "buckets.png")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
