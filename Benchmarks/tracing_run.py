"""What every chapter of the benchmark of tracing needs: the program, a folder, the number of masks, and the report."""

import json

import cv2
import numpy as np
from measured_run import run_measured
from PIL import Image
from published_masks import GENERATORS, like_qd_imd

# No parameter of the program was chosen with these masks.
OWN_SEED, MEMORY_SEED, OTHER_SEED = 535_353, 535_354, 535_355
# Like this program's, and like those of others.
OWN, QD_IMD = "this program's", "like QD-IMD's"


class TracingRun:
    """`count` is the number of masks of each kind; of this program's own, there are five times as many."""

    def __init__(self, program, drawings, folder, count, report):
        self.program, self.drawings, self.folder, self.count, self.report = program, drawings, folder, count, report
        self.own_count = 5 * count

    @property
    def kinds(self):
        return [OWN, *GENERATORS, QD_IMD]

    def qdimd(self, *arguments):
        """Runs the program and returns its time and memory."""
        return run_measured(self.program, *arguments, "--quiet")

    def images(self, kind):
        """The folder with the images of a kind, which are made when they are needed first."""
        if kind == OWN:
            return self.export("own", OWN_SEED, self.own_count) / "train"
        folder = self.folder / kind
        if not folder.exists():
            if kind == QD_IMD:
                self.images(OWN)
                masks = (like_qd_imd(mask) for mask in list(self.vectors("own").values())[:self.count])
            else:
                random = np.random.default_rng([OTHER_SEED, list(GENERATORS).index(kind)])
                masks = (GENERATORS[kind](random) for _ in range(self.count))
            self.save(kind, masks)
        return folder

    def export(self, name, seed, count):
        """Masks of this program, in a folder of that name."""
        folder = self.folder / name
        if not folder.exists():
            self.qdimd("export", self.drawings, "--output", folder, "--seed", seed, "--train", count, "--test", 0,
                       "--formats", "png,json", "--backend", "exact")
        return folder

    def save(self, name, masks):
        """Writes masks as PNGs into a folder of that name, which it returns."""
        folder = self.folder / name
        folder.mkdir()
        for index, mask in enumerate(masks):
            Image.fromarray(np.asarray(mask, np.uint8) * 255).save(folder / f"{index:05}.png", compress_level=1)
        return folder

    def trace(self, images, name, *options, jobs=1):
        """Traces images; returns the measured run, and the result of each mask."""
        output = self.folder / name
        run = self.qdimd("vectorize", images, "--output", output, "--jobs", jobs, *options)
        return run, json.loads((output / "vectorize.json").read_text())["results"]

    def vectors(self, folder):
        """The masks of a folder as JSON, by name, in their order."""
        return {mask["id"]: mask for path in sorted((self.folder / folder / "vectors").glob("*.jsonl"))
                for mask in map(json.loads, path.read_text().splitlines())}

    def drawn(self, folder, scale=1):
        """The masks of a folder at a multiple of their size, as paths by name."""
        output = self.folder / f"{folder} × {scale}"
        if not output.exists():
            self.qdimd("rasterize", self.folder / folder / "vectors", "--output", output, "--scale", scale,
                       "--backend", "exact", "--bit-depth", 1)
        return {path.stem: path for path in sorted(output.rglob("*.png"))}


def pixels(path):
    """The pixels of a PNG of black and white: 1 is hole."""
    return np.minimum(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), 1)


def column(results, key="iou"):
    return np.array([result[key] for result in results])


def ratio(value):
    return f"{value:.4f}"


def pixel_width(value):
    return f"{value:.3f} px"
