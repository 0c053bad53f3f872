"""The libraries that people otherwise draw masks with: each makes a PNG of a mask, with the library's defaults.

    python peers.py PEER MASKS.jsonl SVG_FOLDER --size N [--limit N] [--seconds S] [--exact FOLDER]

draws the first masks, one after the other, and prints one line of JSON: how many, the seconds that they took from
strokes (or SVG text) to PNG in memory, the mean bytes, the peak memory, and the mean IoU with the images in `--exact`.
The library's own input (arrays, tuples, paths at the right scale) is prepared before the clock starts. A peer that is
not installed is reported as missing.
"""

import argparse
import importlib
import io
import json
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from measured_run import own_peak, peak_bytes


class Mask:
    """A mask at the scale of its image."""

    def __init__(self, record, size, svg_folder):
        scale = size / record["canvas"][0]
        self.id = record["id"]
        self.size = size
        self.strokes = [
            (stroke["width"] * scale, [(x * scale, y * scale) for x, y in stroke["points"]])
            for stroke in record["strokes"]]
        self.svg = (svg_folder / f"{self.id}.svg").read_text()


class Pillow:
    """`ImageDraw.line` with round joints, whole widths, and `save`."""
    name, module = "Pillow `line` and `save`", "PIL.Image"

    def __init__(self):
        from PIL import Image, ImageDraw
        self.image, self.draw = Image, ImageDraw

    def prepare(self, mask):
        return [(max(1, round(width)), points if len(points) > 1 else points * 2) for width, points in mask.strokes]

    def png(self, mask, strokes):
        image = self.image.new("L", (mask.size, mask.size))
        draw = self.draw.Draw(image)
        for width, points in strokes:
            draw.line(points, fill=255, width=width, joint="curve")
        file = io.BytesIO()
        image.save(file, "PNG")
        return file.getvalue()


class OpenCV:
    """`polylines` in sixteenths of a pixel, whole widths, and `imencode`."""
    name, module = "OpenCV `polylines` and `imencode`", "cv2"

    def __init__(self):
        import cv2
        import numpy
        cv2.setNumThreads(1)
        self.cv2, self.numpy = cv2, numpy

    def prepare(self, mask):
        numpy = self.numpy
        return [
            (max(1, round(width)), numpy.round(numpy.array(points) * 16).astype(numpy.int32))
            for width, points in mask.strokes]

    def png(self, mask, strokes):
        image = self.numpy.zeros((mask.size, mask.size), self.numpy.uint8)
        for width, points in strokes:
            self.cv2.polylines(image, [points], False, 255, width, self.cv2.LINE_8, 4)
        return self.cv2.imencode(".png", image)[1].tobytes()


class PyCairo:
    """One path per stroke, round caps and joins, on an 8-bit surface, and `write_to_png`."""
    name, module = "pycairo `stroke` and `write_to_png`", "cairo"

    def __init__(self):
        import cairo
        self.cairo = cairo

    def prepare(self, mask):
        return [(width, points if len(points) > 1 else points * 2) for width, points in mask.strokes]

    def png(self, mask, strokes):
        surface = self.cairo.ImageSurface(self.cairo.FORMAT_A8, mask.size, mask.size)
        context = self.cairo.Context(surface)
        context.set_line_cap(self.cairo.LINE_CAP_ROUND)
        context.set_line_join(self.cairo.LINE_JOIN_ROUND)
        for width, points in strokes:
            context.set_line_width(width)
            context.move_to(*points[0])
            for point in points[1:]:
                context.line_to(*point)
            context.stroke()
        file = io.BytesIO()
        surface.write_to_png(file)
        return file.getvalue()


class Skia:
    """One path per stroke, round caps and joins, on an 8-bit gray surface, and `encodeToData`."""
    name, module = "skia-python `drawPath` and `encodeToData`", "skia"

    def __init__(self):
        import skia
        self.skia = skia

    def prepare(self, mask):
        skia = self.skia
        strokes = []
        for width, points in mask.strokes:
            paint = skia.Paint(
                Color=skia.ColorWHITE, Style=skia.Paint.kStroke_Style, StrokeWidth=width, AntiAlias=True,
                StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join)
            strokes.append((paint, [skia.Point(*point) for point in (points if len(points) > 1 else points * 2)]))
        return strokes

    def png(self, mask, strokes):
        skia = self.skia
        surface = skia.Surface.MakeRaster(
            skia.ImageInfo.Make(mask.size, mask.size, skia.kGray_8_ColorType, skia.kOpaque_AlphaType))
        with surface as canvas:
            canvas.clear(skia.ColorBLACK)
            for paint, points in strokes:
                # Paths are immutable in new versions, and polygons are there in all.
                canvas.drawPath(skia.Path.Polygon(points, False), paint)
        return bytes(surface.makeImageSnapshot().encodeToData())


class SVGPeer:
    """A renderer of the SVG that `export` writes."""

    def prepare(self, mask):
        return mask.svg


class CairoSVG(SVGPeer):
    name, module = "CairoSVG, of our SVG", "cairosvg"

    def __init__(self):
        import cairosvg
        self.cairosvg = cairosvg

    def png(self, mask, svg):
        return self.cairosvg.svg2png(svg.encode(), output_width=mask.size, output_height=mask.size)


class Resvg(SVGPeer):
    name, module = "resvg-py, of our SVG", "resvg_py"

    def __init__(self):
        import resvg_py
        self.resvg = resvg_py

    def png(self, mask, svg):
        return bytes(self.resvg.svg_to_bytes(
            svg_string=svg, width=mask.size, height=mask.size, skip_system_fonts=True))


class RsvgConvert(SVGPeer):
    name, module = "rsvg-convert, of our SVG, one process per mask", None

    def __init__(self):
        if shutil.which("rsvg-convert") is None:
            raise ImportError("no program rsvg-convert")

    def png(self, mask, svg):
        side = str(mask.size)
        return subprocess.run(
            ["rsvg-convert", "--width", side, "--height", side], input=svg.encode(), check=True,
            stdout=subprocess.PIPE).stdout


PEERS = {
    "opencv": OpenCV, "pillow": Pillow, "pycairo": PyCairo, "skia": Skia, "resvg": Resvg, "cairosvg": CairoSVG,
    "rsvg": RsvgConvert,
}


def read_masks(path, size, svg_folder, limit):
    with open(path) as lines:
        return [Mask(json.loads(line), size, svg_folder) for line, _ in zip(lines, range(limit))]


def measure(peer, masks, seconds_limit, kept_count):
    """Draws until the masks or the seconds run out; returns the report, and the first files."""
    seconds, byte_count, count, kept = 0.0, 0, 0, []
    # The first call of a library loads parts of it; beside a huge image that is negligible.
    if masks[0].size <= 4096:
        peer.png(masks[0], peer.prepare(masks[0]))
    for mask in masks:
        strokes = peer.prepare(mask)
        start = time.perf_counter()
        png = peer.png(mask, strokes)
        seconds += time.perf_counter() - start
        count += 1
        byte_count += len(png)
        if len(kept) < kept_count:
            kept.append((mask, png))
        if seconds > seconds_limit:
            break
    children = peak_bytes(resource.getrusage(resource.RUSAGE_CHILDREN))
    peak = children if peer.module is None else own_peak()
    report = {"masks": count, "seconds": seconds, "bytes": byte_count / count, "peak": peak}
    return report, kept


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("masks", type=Path)
    parser.add_argument("svg_folder", type=Path)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--exact", type=Path)
    parser.add_argument("--compared", type=int, default=0)
    options = parser.parse_args()
    kind = PEERS[options.peer]
    try:
        if kind.module:
            importlib.import_module(kind.module)
        peer = kind()
    except Exception as error:
        print(json.dumps({"missing": f"{error}".splitlines()[0] if f"{error}" else type(error).__name__}))
        return
    masks = read_masks(options.masks, options.size, options.svg_folder, options.limit)
    try:
        report, kept = measure(peer, masks, options.seconds, options.compared)
    except Exception as error:
        print(json.dumps({"missing": f"fails at this size: {type(error).__name__}: {error}".splitlines()[0]}))
        return
    if options.exact and kept:
        from images import mean_iou
        report["iou"] = mean_iou([(io.BytesIO(png), options.exact / f"{mask.id}.png") for mask, png in kept])
    print(json.dumps(report))


if __name__ == "__main__":
    sys.exit(main())
