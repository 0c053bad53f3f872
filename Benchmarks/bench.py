"""Times the program on a folder of drawings, beside what people draw masks with otherwise, and prints tables.

    make bench [DRAWINGS=folder]

Every figure is the median of several runs. Figures of two machines cannot be compared; ratios within one run can.
"""

import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

ROUNDS = 3
MASKS = 4000
PEER_MASKS = 400


def main():
    program, drawings = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    # A file system in memory, where there is one: a disk's speed is not the program's.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        bench = Bench(program, drawings, Path(folder))
        bench.exports()
        bench.peers()
        bench.reading()


class Bench:
    def __init__(self, program, drawings, folder):
        self.program, self.drawings, self.folder = program, drawings, folder
        self.cores = os.cpu_count()

    def run(self, *arguments):
        start = time.perf_counter()
        subprocess.run([self.program, *map(str, arguments), "--quiet"], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    def exporting(self, count, *options):
        """The seconds that an export of `count` masks takes."""
        output = self.folder / "masks"
        seconds = self.run("export", self.drawings, "--output", output, "--train", count, "--test", 0, *options)
        shutil.rmtree(output)
        return seconds

    def rate(self, *options):
        """Masks a second: the difference of two exports, so that start and reading do not count."""
        rates = []
        for _ in range(ROUNDS):
            small = self.exporting(MASKS // 8, *options)
            rates.append((MASKS - MASKS // 8) / (self.exporting(MASKS, *options) - small))
        return statistics.median(rates)

    def exports(self):
        print(f"\nexport of 512×512 masks, masks a second\n\n| what | one core | {self.cores} cores |\n| --- | ---: | ---: |")
        for name, options in [
            ("vectors only (JSON)", ["--formats", "json"]),
            ("JSON and PNG by cairo", ["--formats", "json,png"]),
            ("JSON and PNG by the exact rule", ["--formats", "json,png", "--backend", "exact"]),
            ("JSON, SVG and PNG by cairo", []),
        ]:
            one, all_cores = (self.rate(*options, "--jobs", jobs) for jobs in [1, self.cores])
            print(f"| {name} | {one:,.0f} | {all_cores:,.0f} |")

    def peers(self):
        output = self.folder / "masks"
        self.run("export", self.drawings, "--output", output, "--train", PEER_MASKS, "--test", 0, "--formats", "json")
        masks = [json.loads(line) for line in open(output / "vectors" / "train.jsonl")]
        shutil.rmtree(output)
        ours = {
            "qd-imd, exact": self.rate("--formats", "png", "--backend", "exact", "--jobs", 1),
            "qd-imd, cairo": self.rate("--formats", "png", "--jobs", 1),
        }
        others = {"OpenCV polylines + imencode": draw_by_opencv, "Pillow draw + save": draw_by_pillow}
        for name, draw in others.items():
            start = time.perf_counter()
            for mask in masks:
                draw(mask)
            ours[name] = len(masks) / (time.perf_counter() - start)
        slowest = min(ours.values())
        print("\none core, strokes to 8-bit PNG (qd-imd composes and writes files, too)\n")
        print("| what | masks a second | ratio |\n| --- | ---: | ---: |")
        for name, rate in ours.items():
            print(f"| {name} | {rate:,.0f} | {rate / slowest:.1f} |")

    def reading(self):
        path = self.folder / "large.ndjson"
        with open(path, "wb") as file:
            while file.tell() < 200e6:
                for source in sorted(self.drawings.rglob("*.ndjson")):
                    file.write(source.read_bytes().rstrip(b"\n") + b"\n")
        seconds = statistics.median(self.run("inspect", path, "--jobs", 1) for _ in range(ROUNDS))
        size = path.stat().st_size
        lines = path.read_bytes().splitlines()[: 100_000]
        start = time.perf_counter()
        for line in lines:
            json.loads(line)
        python_rate = sum(map(len, lines)) / (time.perf_counter() - start)
        print("\nndjson, one core, MB a second\n\n| what | MB/s |\n| --- | ---: |")
        print(f"| qd-imd inspect, all drawings of {size / 1e6:,.0f} MB | {size / seconds / 1e6:,.0f} |")
        print(f"| Python's json.loads, line by line | {python_rate / 1e6:,.0f} |")


def draw_by_opencv(mask):
    picture = np.zeros((512, 512), np.uint8)
    for stroke in mask["strokes"]:
        points = np.round(np.array(stroke["points"]) * 16).astype(np.int32)
        cv2.polylines(picture, [points], False, 255, max(1, round(stroke["width"])), cv2.LINE_8, 4)
    cv2.imencode(".png", picture)


def draw_by_pillow(mask):
    picture = Image.new("L", (512, 512))
    draw = ImageDraw.Draw(picture)
    for stroke in mask["strokes"]:
        points = [tuple(point) for point in stroke["points"]]
        draw.line(points if len(points) > 1 else points * 2, fill=255, width=round(stroke["width"]), joint="curve")
    picture.save(io.BytesIO(), "PNG")


if __name__ == "__main__":
    main()
