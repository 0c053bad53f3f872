"""Chapter: this version and the previous one, drawing and exporting the same masks in turn."""

from bench_run import median
from comparison import in_turn
from report import significant

WAYS = {
    "exact": "exact raster alone, 512×512 px",
    "exact-8": "exact raster and 8-bit PNG, in memory",
    "exact-1": "exact raster and 1-bit PNG, in memory",
    "cairo": "cairo raster alone",
    "cairo-8": "cairo raster and 8-bit PNG, in memory",
}


def versions(run, claims, comparison):
    if run.previous:
        drawn_masks(run, comparison)
        whole_exports(run, comparison)
    steps(run)


def drawn_masks(run, comparison):
    output = run.folder / "compared"
    run.qdimd("export", run.drawings, "--output", output, "--train", 1000, "--test", 0, "--formats", "json")

    def rate(version, way):
        [line] = version.micro(
            "masks", output / "vectors" / "train.jsonl", "--size", 512, "--seconds", 0.15, "--ways", way)
        return line["masks"] / line["seconds"]

    for way, what in WAYS.items():
        pairs = in_turn(run, run.pairs, lambda version: rate(version, way))
        comparison.add(f"masks/{way}", f"{what}, one core", "masks/s", pairs)


def whole_exports(run, comparison):
    count = 12_000 if run.is_quick else 60_000

    def compare(path, what, *options):
        pairs = in_turn(run, min(run.pairs, 5), lambda version: version.export(count, *options))
        comparison.add(path, what, "masks/s", [[count / one.seconds for one in pair] for pair in pairs])
        # Other programs on the machine hardly change the processor time.
        comparison.add(
            f"{path}/work", f"{what}, processor time of a mask", "µs",
            [[one.cpu_seconds / count * 1e6 for one in pair] for pair in pairs], False)

    for jobs in range(1, min(run.cores, 2) + 1):
        cores = "one core" if jobs == 1 else "two cores"
        compare(f"export/json/{jobs}", f"export of {count:,}, vectors only (`--formats json`), {cores}",
                "--formats", "json", "--jobs", jobs)
    compare("export/tar", f"export of {count:,}, exact, PNG and JSON, `--tar 10000`, {run.cores} cores",
            "--backend", "exact", "--formats", "png,json", "--tar", 10_000)


def steps(run):
    run.report.heading("Each step of a mask alone, 512×512 px, one core")
    seen = {id(version): {} for version in run.versions}
    for _ in range(run.rounds):
        for version in run.versions:
            for line in version.micro("steps", run.drawings):
                seen[id(version)].setdefault(line["step"], []).append(line["microseconds"])
    rows = []
    for step, values in seen[id(run)].items():
        row = [step]
        for version in run.versions:
            has_step = step in seen[id(version)]
            row.append(significant(median(seen[id(version)][step])) if has_step else "–")
        rows.append(row)
        run.report.figure(f"steps/{step}/microseconds", median(values))
    run.report.table(["step"] + [f"{version.version}, µs a mask" for version in run.versions], rows)
