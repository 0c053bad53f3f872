"""Chapter: images that are turned, mirrored, and shifted; images of what was traced; and several jobs."""

import hashlib
import os
import shutil

import numpy as np
from images import iou
from published_masks import SIDE
from report import megabytes
from tracing_run import MEMORY_SEED, pixels, ratio

MARGIN = 64
SHIFT = (13, 7)
# Each change, and how it is undone. For the shift, the image has a margin.
CHANGES = {
    "turned by 90°": (np.rot90, lambda mask: np.rot90(mask, -1)),
    "mirrored": (np.fliplr, np.fliplr),
    f"shifted by {SHIFT} px": (lambda mask: np.roll(mask, SHIFT, (1, 0)),
                               lambda mask: np.roll(mask, (-SHIFT[0], -SHIFT[1]), (1, 0))),
}
AGAIN = "traced again"
GOALS = dict.fromkeys(CHANGES, 0.9995) | {AGAIN: 0.999}
JOBS = (1, 2, 5)


def changes(run, claims):
    count = min(run.count, 20)
    reached = {name: [] for name in GOALS}
    rows = []
    for kind in run.kinds:
        paths = sorted(run.images(kind).glob("*.png"))[:count]
        masks = [pixels(path) for path in paths]
        once = [pixels(path) for path in list(run.drawn(f"{kind} clean").values())[:count]]
        with_margin = [np.pad(mask, MARGIN) for mask in masks]
        cells = []
        for name, (change, undo) in CHANGES.items():
            is_shift = name.startswith("shifted")
            before = traced(run, f"{kind} margin", with_margin) if is_shift else once
            after = traced(run, f"{kind} {name}", map(change, with_margin if is_shift else masks))
            cells.append([iou(undo(one), other) for one, other in zip(after, before)])
        cells.append(list(map(iou, traced(run, f"{kind} again", once), once)))
        row = [kind]
        for (name, values), cell in zip(reached.items(), cells):
            values += cell
            missed = sum(value < GOALS[name] for value in cell)
            row.append(ratio(min(cell)) + (f" ({missed})" if missed else ""))
        rows.append(row)
    run.report.heading(f"Turned, mirrored, shifted, and traced again: {count} masks of each kind")
    run.report.text(
        "With the defaults. The lowest IoU of what is traced from the changed image, changed back, and what is traced from the",
        f"original; for the shift, both have a margin of {MARGIN} px. The last column: the lowest IoU of what is traced, and",
        "what is traced from its image. In parentheses: how many masks miss the goal.")
    run.report.table(["masks", *GOALS], rows)
    for name, values in reached.items():
        claims.at_least(f"{len(values):,} masks, {name}: IoU, lowest", min(values), GOALS[name], ratio)


def traced(run, name, masks):
    run.trace(run.save(name, masks), f"{name} traced", jobs=os.cpu_count())
    return [pixels(path) for path in run.drawn(f"{name} traced").values()]


def jobs(run, claims):
    folder = run.folder / "every kind"
    folder.mkdir()
    count = max(run.count // 20, 2)
    for kind in run.kinds:
        for path in sorted(run.images(kind).glob("*.png"))[:count]:
            shutil.copy(path, folder / f"{kind} {path.name}")
    runs = {number: run.trace(folder, f"{number} jobs", jobs=number) for number in JOBS}
    digests = {number: digest(run.folder / f"{number} jobs") for number in JOBS}
    masks = len(next(iter(runs.values()))[1])
    same = sum(value == digests[1] for value in digests.values())
    claims.add(f"{masks:,} masks of every kind, {', '.join(map(str, JOBS))} jobs: the same bytes", len(JOBS), same,
               same == len(JOBS))
    many = 10 * run.count
    images = run.export("many", MEMORY_SEED, many) / "train"
    process, _ = run.trace(images, "many traced", jobs=2)
    rows = [[f"{masks:,} of every kind", number, megabytes(measured.peak)] for number, (measured, _) in runs.items()]
    rows.append([f"{many:,} of this program", 2, megabytes(process.peak)])
    run.report.heading("Memory")
    run.report.table([f"masks of {SIDE}×{SIDE} px or less", "jobs", "peak memory"], rows)
    claims.at_most(f"{many:,} own masks, 2 jobs: peak memory", process.peak, 200e6, megabytes)
    peak = max(measured.peak for measured, _ in runs.values())
    claims.at_most(f"{masks:,} masks of every kind, up to {max(JOBS)} jobs: peak memory", peak, 200e6, megabytes)


def digest(folder):
    """Of the names and bytes of all files of a folder."""
    result = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            result.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            result.update(path.read_bytes())
    return result.digest()
