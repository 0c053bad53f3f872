"""Draws docs/vectorized.png: a mask, its traced strokes in color, and a part at four times the size beside the pixels.

    docs/make_vectorized_image.py PROGRAM DRAWINGS
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

SIDE, GAP, PART = 256, 8, 64
COLORS = ["#e69f00", "#56b4e9", "#f0e442", "#cc79a7", "#009e73", "#d55e00", "#3f8fd2", "#bbbbbb"]


def strokes_in_color(mask, scale):
    """The strokes at twice the scale, then reduced: smooth lines."""
    side = 2 * SIDE * scale
    image = Image.new("RGB", (side, side), "#0b0b0c")
    draw = ImageDraw.Draw(image)
    factor = side / mask["canvas"][0]
    for index, stroke in enumerate(mask["strokes"]):
        points = [(x * factor, y * factor) for x, y in stroke["points"]]
        color, radius = COLORS[index % len(COLORS)], stroke["width"] * factor / 2
        if stroke.get("fill"):
            draw.polygon(points, fill=color)
            continue
        draw.line(points, fill=color, width=round(2 * radius))
        for x, y in points:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)
    return image.resize((SIDE * scale, SIDE * scale), Image.Resampling.LANCZOS)


def main(program, drawings):
    target = Path(__file__).resolve().parent / "vectorized.png"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        subprocess.run(
            [program, "export", drawings, "--output", folder / "own", "--size", str(SIDE), "--train", "8", "--test", "0",
             "--seed", "4", "--formats", "png", "--quiet"], check=True)
        source = folder / "own" / "train" / "00007_train.png"
        subprocess.run([program, "vectorize", source, "--output", folder / "mask.json", "--quiet"], check=True)
        subprocess.run(
            [program, "rasterize", folder / "mask.json", "--output", folder / "large.png", "--scale", "4", "--antialias",
             "--quiet"], check=True)
        pixels = Image.open(source).convert("RGB")
        mask = json.loads((folder / "mask.json").read_text())
        large = Image.open(folder / "large.png").convert("RGB")
    # The part with the most boundary.
    gray = pixels.convert("L")
    places = [(x, y) for x in range(0, SIDE - PART + 1, 16) for y in range(0, SIDE - PART + 1, 16)]
    left, top = min(places, key=lambda place: abs(sum(
        gray.crop((*place, place[0] + PART, place[1] + PART)).histogram()[255:]) - PART * PART * 0.4))
    part = (left, top, left + PART, top + PART)
    tiles = [
        pixels, strokes_in_color(mask, 1), pixels.crop(part).resize((SIDE, SIDE), Image.Resampling.NEAREST),
        large.crop([4 * value for value in part]),
    ]
    image = Image.new("RGB", (4 * SIDE + 3 * GAP, SIDE), "white")
    for index, tile in enumerate(tiles):
        image.paste(tile, (index * (SIDE + GAP), 0))
    image.quantize(64).save(target, optimize=True)


main(*sys.argv[1:])
