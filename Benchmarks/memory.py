"""Chapter: what a process of a huge picture takes, beside rsvg-convert."""

import shutil

from measured_run import run_measured
from workplace import median, megabytes, table

SIDE = 16_384


def memory(place, claims):
    masks = place.folder / "one-mask"
    place.qdimd("export", place.drawings, "--output", masks, "--train", 1, "--test", 0, "--formats", "json,svg")
    mask = place.folder / "mask.json"
    mask.write_bytes((masks / "vectors" / "train.jsonl").read_bytes())
    print(f"\n## A process that draws one mask at {SIDE:,}×{SIDE:,} px\n")
    bases = [run_measured(place.program, "--version") for _ in range(place.rounds)]
    base = max(run.peak for run in bases)
    rows = [row("qd-imd --version", bases, base)]
    reached = None
    for backend, depth in [("exact", 1), ("exact", 8), ("cairo", 1), ("cairo", 8)]:
        output = place.folder / "huge.png"
        runs = []
        for _ in range(place.rounds):
            runs.append(place.qdimd(
                "rasterize", mask, "--output", output, "--size", SIDE, "--backend", backend, "--bit-depth", depth))
            output.unlink()
        if (backend, depth) == ("exact", 1):
            reached = max(run.peak for run in runs) - base
        rows.append(row(f"qd-imd rasterize, {backend}, {depth}-bit", runs, base))
    rows += rsvg(place, masks / "svg" / "train" / "00000_train.svg")
    table(["what", "seconds", "peak memory", "beyond its base"], rows)
    claims.at_most("exact + 1-bit at 16,384²: memory beyond the program's base", reached, 64e6, megabytes)


def rsvg(place, svg):
    """The same mask by rsvg-convert, out of our SVG."""
    if shutil.which("rsvg-convert") is None:
        return [["rsvg-convert: missing"] + ["–"] * 3]
    base = run_measured("rsvg-convert", "--version")
    run = run_measured(
        "rsvg-convert", "--width", SIDE, "--height", SIDE, "--output", place.folder / "huge.png", svg)
    return [row("rsvg-convert --version", [base], base.peak), row("rsvg-convert, of our SVG", [run], base.peak)]


def row(name, runs, base):
    peak = max(run.peak for run in runs)
    return [name, f"{median(run.seconds for run in runs):.3f}", megabytes(peak), megabytes(max(0, peak - base))]
