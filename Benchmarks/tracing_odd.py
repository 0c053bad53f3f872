"""Chapter: images that are no usual masks: each is traced, or refused, in bounded time."""

import json
import subprocess

import numpy as np
from images import iou
from measured_run import RunError
from PIL import Image
from report import megabytes
from tracing_run import OTHER_SEED, pixels, ratio

# Seconds of processor time that no image may take.
LIMIT = 120


def odd(run, claims):
    rows, longest = [], 0
    (run.folder / "odd").mkdir()
    for index, (name, image) in enumerate(images().items()):
        path = run.folder / "odd" / f"{index:02}.png"
        Image.fromarray(image).save(path, compress_level=1)
        rows.append([name, *outcome(run, path, image)])
        longest = max(longest, float(rows[-1][-2]))
    run.report.heading("Other images")
    run.report.text("With the defaults, one job.")
    run.report.table(["image", "result", "vertices", "seconds", "peak memory"], rows)
    claims.at_most(f"{len(rows)} other images, up to 4096×4096 px: no crash; processor time", longest, LIMIT,
                   "{:.1f} s".format)


def images():
    """By name: arrays of 0 and 255, but for the gray one."""
    random = np.random.default_rng([OTHER_SEED, 99])
    y, x = np.mgrid[:512, :512]
    side = np.arange(4096, dtype=np.uint16)
    from_center = np.maximum(abs(x - 256), abs(y - 256))
    values = {
        "1×1, empty": np.zeros((1, 1)), "1×1, all hole": np.ones((1, 1)),
        "1×5000, every other pixel": (np.arange(5000) % 2 == 0)[:, None],
        "5000×1, 1,000 runs": (np.arange(5000) // 5 % 2 == 0)[None], "empty": np.zeros((512, 512)),
        "all hole": np.ones((512, 512)), "one pixel": (x == 200) & (y == 300), "a column at the edge": x == 511,
        "a corner": x + y < 3, "nested squares": from_center // 8 % 2 == 1,
        "nested circles": np.hypot(x - 256, y - 256) // 9 % 2 == 1,
        "checkerboard": (x + y) % 2 == 0, "checkerboard of 3×3 px": (x // 3 + y // 3) % 2 == 0,
        "noise, half of the pixels": random.random((512, 512)) < 0.5,
        "4096×4096, noise, half of the pixels": random.integers(0, 256, (4096, 4096), np.uint8) < 128,
        "4096×4096, noise, 5 % of the pixels": random.integers(0, 256, (4096, 4096), np.uint8) < 13,
        "4096×4096, checkerboard": np.add.outer(side, side) % 2 == 0,
        "4096×4096, checkerboard of 8×8 px": np.add.outer(side // 8, side // 8) % 2 == 0,
        "4096×4096, all hole": np.ones((4096, 4096), np.uint8),
    }
    result = {name: np.asarray(value, np.uint8) * 255 for name, value in values.items()}
    result["gray"] = (x // 2).astype(np.uint8)
    return result


def outcome(run, path, image):
    """What the program makes of an image: the IoU, or why it is refused; vertices, processor time, and peak memory."""
    output = run.folder / "odd" / path.stem
    arguments = ("vectorize", path, "--output", output, "--jobs", 1)
    try:
        process = run.qdimd(*arguments)
    except RunError as error:
        return refused(run, arguments, error.run)
    [result] = json.loads((output / "vectorize.json").read_text())["results"]
    [drawn] = run.drawn(output.relative_to(run.folder)).values()
    assert abs(iou(pixels(drawn), np.minimum(image, 1)) - result["iou"]) < 1e-6
    return [f"IoU {ratio(result['iou'])}", f"{result['vertices']:,}", f"{process.cpu_seconds:.2f}", megabytes(process.peak)]


def refused(run, arguments, process):
    """An error of data is exit code 1, and one line; anything else is a crash."""
    done = subprocess.run([run.program, *map(str, arguments), "--quiet", "--overwrite"], stderr=subprocess.PIPE,
                          text=True)
    [message] = done.stderr.splitlines()
    if done.returncode != 1:
        raise RuntimeError(f"{message}: exit code {done.returncode}; expected 1")
    return [f"refused: {message.partition(': ')[2]}", "–", f"{process.cpu_seconds:.2f}", megabytes(process.peak)]
