"""Measures how closely `qd-imd vectorize` traces masks whose strokes are known, and masks like those of others.

A full run writes docs/benchmarks-tracing.md.
"""

import argparse
import json
import platform
import tempfile
from collections import namedtuple
from pathlib import Path

import numpy as np
from measured_run import run_measured
from PIL import Image
from published_masks import GENERATORS, SIDE, like_qd_imd, one_box
from stroke_match import StrokeMatch

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks-tracing.md"
Sizes = namedtuple("Sizes", ["own", "others", "turned", "memory"])
FULL = Sizes(own=1000, others=200, turned=50, memory=2000)
QUICK = Sizes(own=20, others=6, turned=3, memory=40)
# The figures of no other run depend on these.
OWN_SEED, OTHER_SEED = 31_001, 31_002
SCALE = 4


class Benchmark:
    def __init__(self, program, drawings, scratch, sizes):
        self.program, self.drawings, self.scratch, self.sizes = program, drawings, Path(scratch), sizes
        self.lines = []

    def run(self, *arguments):
        return run_measured(self.program, *arguments, "--quiet")

    def trace(self, images, name, *options):
        """Traces images, with the options in one job; returns the measured run, and the result of each mask."""
        output = self.scratch / name
        run = self.run("vectorize", images, "--output", output, "--jobs", 1, *options)
        return run, json.loads((output / "vectorize.json").read_text())["results"]

    def vectors(self, folder):
        return {mask["id"]: mask for path in sorted((self.scratch / folder / "vectors").glob("*.jsonl"))
                for mask in map(json.loads, path.read_text().splitlines())}

    def drawn(self, folder, scale):
        """The masks of a folder at a multiple of their size, by name."""
        output = self.scratch / f"{folder}-{scale}"
        self.run("rasterize", self.scratch / folder / "vectors", "--output", output, "--scale", scale, "--backend", "exact")
        for path in sorted(output.rglob("*.png")):
            yield path.stem, pixels(path)

    def save(self, name, masks):
        folder = self.scratch / name
        folder.mkdir()
        for index, mask in enumerate(masks):
            Image.fromarray(mask.astype(np.uint8) * 255).save(folder / f"{index:05}.png")
        return folder

    def say(self, *lines):
        for line in lines:
            print(line, flush=True)
            self.lines.append(line)

    def table(self, head, rows):
        self.say("| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1))
        for row in rows:
            self.say("| " + " | ".join(map(str, row)) + " |")
        self.say("")


def pixels(path):
    return np.asarray(Image.open(path)) > 0


def iou(one, other):
    either = (one | other).sum()
    return (one & other).sum() / either if either else 1


def has_slit(large, image):
    """Whether a pixel at the larger size is no hole although its pixel is, with all eight neighbors."""
    padded = np.pad(image, 1, mode="edge")
    height, width = image.shape
    core = np.logical_and.reduce([padded[y:y + height, x:x + width] for y in range(3) for x in range(3)])
    return (core.repeat(SCALE, 0).repeat(SCALE, 1) & ~large).any()


def column(results, key="iou"):
    return np.array([result[key] for result in results])


def ratio(value):
    return f"{value:.4f}"


def own_masks(benchmark):
    """Masks of this program, whose strokes are known."""
    count = benchmark.sizes.own
    benchmark.run("export", benchmark.drawings, "--output", benchmark.scratch / "own", "--seed", OWN_SEED, "--train", count,
                  "--test", 0, "--formats", "png,json", "--backend", "exact")
    images = benchmark.scratch / "own" / "train"
    benchmark.say(f"## Masks of this program, {count:,}", "", "Their strokes are known.", "")
    rows, runs = [], {}
    truth = benchmark.vectors("own")
    for name, options in {"pixels": ["--fidelity", "pixels"], "clean": [], "clean, strokes": ["--shapes", "strokes"]}.items():
        run, results = benchmark.trace(images, f"own-{name}", *options)
        match = StrokeMatch()
        traced = benchmark.vectors(f"own-{name}")
        for key, mask in truth.items():
            match.add(mask, traced[key])
        values = column(results)
        errors = np.array(match.width_errors)
        runs[name] = [
            ratio(values.mean()), ratio(np.quantile(values, 0.05)), ratio(values.min()),
            ratio(column(results, "iou_1px").mean()), f"{match.strokes_per_true:.2f}", f"{match.recall:.3f}",
            f"{match.precision:.3f}", f"{match.found / match.true:.3f}", f"{match.visible_found / match.visible:.3f}",
            f"{np.median(errors):.3f} px", f"{np.quantile(errors, 0.95):.2f} px", f"{count / run.cpu_seconds:.1f}"]
    names = ["IoU, mean", "IoU, 5th percentile", "IoU, lowest", "IoU with a tolerance of 1 px, mean",
             "strokes and outlines per true stroke", "recall by length", "precision by length", "strokes found",
             "visible strokes found", "error of the width, median", "error of the width, 95th percentile",
             "masks per second on one core"]
    rows = [[name, *(values[index] for values in runs.values())] for index, name in enumerate(names)]
    agreement, slits = [], 0
    for (_, true), (name, large) in zip(benchmark.drawn("own", SCALE), benchmark.drawn("own-pixels", SCALE)):
        agreement.append(iou(true, large))
        slits += has_slit(large, pixels(images / f"{name}.png"))
    rows += [[f"IoU with the true vectors at {SCALE * SIDE:,} px, mean", ratio(np.mean(agreement)), "", ""],
             [f"masks with slits at {SCALE * SIDE:,} px", slits, "", ""]]
    benchmark.table(["", *(f"`{name}`" for name in ["--fidelity pixels", "--fidelity clean", "--shapes strokes"])], rows)
    benchmark.say(
        "A pixel of the path of a stroke counts for recall or precision if a stroke of the same width (to 0.5 px) passes",
        "within 1 px. A stroke is found if the mean distance to a traced one is below half its width; it is visible if 5 % of",
        "its pixels are no other stroke's.", "")


def others(benchmark):
    """Masks like those that others publish, and boxes."""
    count = benchmark.sizes.others
    benchmark.say(f"## Masks like those of others, {count} of each kind", "",
                  "Options: the defaults, `--fidelity clean --shapes mixed`.", "")
    rows = []
    for index, (name, make) in enumerate(GENERATORS.items()):
        random = np.random.default_rng([OTHER_SEED, index])
        rows.append(row(benchmark, name, benchmark.save(name, (make(random) for _ in range(count)))))
    masks = list(benchmark.vectors("own").values())[:count]
    rows.append(row(benchmark, "like QD-IMD's", benchmark.save("qd-imd", map(like_qd_imd, masks))))
    benchmark.table(["masks", "IoU, mean", "lowest", "at least .995", "with 1 px tolerance, mean", "lowest",
                     "strokes per mask", "outlines per mask", "masks per second on one core"], rows)
    match = StrokeMatch()
    traced = list(benchmark.vectors("qd-imd-traced").values())
    for true, mask in zip(masks, traced):
        match.add(true, mask)
    random = np.random.default_rng(OTHER_SEED)
    _, results = benchmark.trace(benchmark.save("box", (one_box(random) for _ in range(count))), "box-traced")
    exact = sum(result["vertices"] == 4 and result["iou"] == 1 for result in results)
    benchmark.say(
        f"- Masks like QD-IMD's: {match.strokes_per_true:.2f} strokes and outlines per true stroke.",
        f"- An axis-parallel box: four vertices and exactly its pixels in {exact} of {count}.", "")


def row(benchmark, name, images):
    run, results = benchmark.trace(images, f"{images.name}-traced")
    values, tolerant = column(results), column(results, "iou_1px")
    return [name, ratio(values.mean()), ratio(values.min()), f"{(values >= 0.995).mean():.0%}", ratio(tolerant.mean()),
            ratio(tolerant.min()), f"{column(results, 'strokes').mean():.1f}", f"{column(results, 'outlines').mean():.1f}",
            f"{len(results) / run.cpu_seconds:.1f}"]


TURNS = {
    "turned by 90°": (lambda mask: np.rot90(mask), lambda mask: np.rot90(mask, -1)),
    "mirrored": (np.fliplr, np.fliplr),
    "shifted by (13, 7) px": (lambda mask: np.pad(mask, ((7, 0), (13, 0))), lambda mask: mask[7:, 13:]),
}


def invariants(benchmark):
    """Turned, mirrored, and shifted images; and images of what was traced."""
    count = benchmark.sizes.turned
    benchmark.say(f"## Turned, mirrored, shifted, and traced again, {count} of each kind", "",
                  "The lowest IoU of what is traced from the changed image, changed back, and what is traced from the",
                  "original; the last column: the IoU of what is traced from the image of that, and that.", "")
    rows = []
    kinds = {"own": sorted((benchmark.scratch / "own" / "train").glob("*.png")),
             **{name: sorted((benchmark.scratch / name).glob("*.png")) for name in [*GENERATORS, "qd-imd"]}}
    for name, paths in kinds.items():
        masks = [pixels(path) for path in paths[:count]]
        base = traced_images(benchmark, f"{name} base", masks)
        cells = []
        for title, (change, undo) in TURNS.items():
            changed = traced_images(benchmark, f"{name} {title}", map(change, masks))
            cells.append(min(iou(undo(one), other) for one, other in zip(changed, base)))
        again = traced_images(benchmark, f"{name} again", base)
        cells.append(min(map(iou, again, base)))
        rows.append([name.replace("qd-imd", "like QD-IMD's"), *map(ratio, cells)])
    benchmark.table(["masks", *TURNS, "traced again"], rows)


def traced_images(benchmark, name, masks):
    benchmark.trace(benchmark.save(name, masks), f"{name}-traced")
    return [mask for _, mask in benchmark.drawn(f"{name}-traced", 1)]


def memory(benchmark):
    images = benchmark.scratch / "many"
    benchmark.run("export", benchmark.drawings, "--output", images, "--seed", OWN_SEED + 1, "--train",
                  benchmark.sizes.memory, "--test", 0, "--formats", "png")
    run, _ = benchmark.trace(images / "train", "many-traced")
    benchmark.say(f"Memory: {run.peak / 2**20:.0f} MiB at most, {benchmark.sizes.memory:,} masks of {SIDE}×{SIDE} px.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("drawings", type=Path)
    parser.add_argument("--quick", action="store_true", help="few masks; writes no page")
    arguments = parser.parse_args()
    sizes = QUICK if arguments.quick else FULL
    with tempfile.TemporaryDirectory() as scratch:
        benchmark = Benchmark(arguments.program.resolve(), arguments.drawings.resolve(), scratch, sizes)
        benchmark.say(
            "# Benchmarks of tracing", "",
            f"Written by `make bench-tracing` on {platform.machine()}, Python {platform.python_version()}. Masks are of",
            f"{SIDE}×{SIDE} px; no figure was used to choose a parameter of the program. [Vectorizing](vectorizing.md) describes",
            "the method. IoU compares images drawn by the exact rasterizer.", "")
        own_masks(benchmark)
        others(benchmark)
        invariants(benchmark)
        memory(benchmark)
    if not arguments.quick:
        PAGE.write_text("\n".join(benchmark.lines).rstrip() + "\n")


if __name__ == "__main__":
    main()
