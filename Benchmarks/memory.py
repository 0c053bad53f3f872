"""Chapter: time and memory of a process that draws a huge image, beside rsvg-convert."""

import shutil

from bench_run import median
from measured_run import run_measured
from report import megabytes

SIDE = 16_384


def memory(run, claims, comparison):
    masks = run.folder / "one-mask"
    run.qdimd("export", run.drawings, "--output", masks, "--train", 1, "--test", 0, "--formats", "json,svg")
    mask = run.folder / "mask.json"
    mask.write_bytes((masks / "vectors" / "train.jsonl").read_bytes())
    run.report.heading(f"A process that draws one mask at {SIDE:,}×{SIDE:,} px")
    bases = [run_measured(run.program, "--version") for _ in range(run.rounds)]
    base = max(measured.peak for measured in bases)
    rows = [row("qd-imd --version", bases, base)]
    beyond_base = None
    for backend, depth in [("exact", 1), ("exact", 8), ("cairo", 1), ("cairo", 8)]:
        output = run.folder / "huge.png"
        measurements = []
        for _ in range(run.rounds):
            measurements.append(run.qdimd(
                "rasterize", mask, "--output", output, "--size", SIDE, "--backend", backend, "--bit-depth", depth))
            output.unlink()
        if (backend, depth) == ("exact", 1):
            beyond_base = max(measured.peak for measured in measurements) - base
        rows.append(row(f"qd-imd rasterize, {backend}, {depth}-bit", measurements, base))
        path = f"memory/{SIDE}/{backend}-{depth}"
        run.report.figure(f"{path}/seconds", median(measured.seconds for measured in measurements))
        run.report.figure(f"{path}/peak_bytes", max(measured.peak for measured in measurements))
    rows += rsvg(run, masks / "svg" / "train" / "00000_train.svg")
    run.report.table(["what", "seconds", "peak memory", "above its base"], rows)
    claims.at_most("exact, 1-bit PNG at 16,384²: memory above the program's base", beyond_base, 64e6, megabytes)


def rsvg(run, svg):
    """The same mask with rsvg-convert, from our SVG."""
    if shutil.which("rsvg-convert") is None:
        return [["rsvg-convert: missing"] + ["–"] * 3]
    base = run_measured("rsvg-convert", "--version")
    measured = run_measured(
        "rsvg-convert", "--width", SIDE, "--height", SIDE, "--output", run.folder / "huge.png", svg)
    return [
        row("rsvg-convert --version", [base], base.peak), row("rsvg-convert, of our SVG", [measured], base.peak)]


def row(name, measurements, base):
    peak = max(measured.peak for measured in measurements)
    seconds = median(measured.seconds for measured in measurements)
    return [name, f"{seconds:.3f}", megabytes(peak), megabytes(max(0, peak - base))]
