"""Chapter: ndjson into the stroke pool, beside simdjson's own walk through the same bytes."""

from bench_run import median
from more_drawings import write_large_file
from report import percent, significant


def reading(run, claims, comparison):
    large = run.folder / "large.ndjson"
    size = write_large_file(run.drawings, large, 20e6 if run.is_quick else 200e6)
    small = sorted(run.drawings.rglob("*.ndjson")) if run.drawings.is_dir() else [run.drawings]
    small_size = sum(path.stat().st_size for path in small)
    run.report.heading("ndjson, one core, MB per second of processor time; files in memory")
    run.report.text(
        "simdjson walks through every value on demand with `iterate_many`: without, and with, reading the file into",
        "memory. qd-imd reads, checks every drawing, selects a stroke of each, and keeps it.")
    rows = []
    for path, name, source, paths in [
        ("large", f"one file of {size / 1e6:,.0f} MB", large, [large]),
        ("small", f"{len(small):,} files, {small_size / 1e6:,.1f} MB in all", run.drawings, small),
    ]:
        share = measure(run, path, name, source, paths, rows, comparison)
        claims.at_least(f"ndjson into the pool, {name}: relative to iterate_many", share, 0.60, percent)
    large.unlink()
    run.report.table(
        ["what", "iterate_many", "with reading", *(f"qd-imd {version.version}" for version in run.versions),
         "relative to iterate_many", "to it with reading"], rows)


def measure(run, path, name, source, paths, rows, comparison):
    walks, whole_walks = [], []
    rates = {id(version): [] for version in run.versions}
    for _ in range(max(run.rounds, run.pairs // 2)):
        walk = run.walk(0.4, paths)
        walks.append(walk["bytes"] / walk["walking"] / 1e6)
        whole_walks.append(walk["bytes"] / walk["seconds"] / 1e6)
        for version in run.versions:
            [pool] = version.micro("pool", source, "--seconds", 0.4)
            if pool["drawings"] != walk["drawings"]:
                raise RuntimeError(f"{name}: qd-imd read {pool['drawings']} drawings; simdjson read {walk['drawings']}")
            rates[id(version)].append(pool["bytes"] / pool["cpu_seconds"] / 1e6)

    def relative(version, speeds):
        return [rate / speed for rate, speed in zip(rates[id(version)], speeds)]

    share, whole_share = median(relative(run, walks)), median(relative(run, whole_walks))
    rows.append([
        f"{name} (simdjson for {walk['implementation']})", significant(median(walks)), significant(median(whole_walks)),
        *(significant(median(rates[id(version)])) for version in run.versions), percent(share), percent(whole_share)])
    run.report.figure(f"reading/{path}/megabytes_per_second", median(rates[id(run)]))
    run.report.figure(f"reading/{path}/relative_to_iterate_many", share)
    if run.previous:
        old, new = rates[id(run.previous)], rates[id(run)]
        comparison.add(f"reading/{path}", f"ndjson into the pool, {name}, one core", "MB/s", list(zip(old, new)))
        shares = list(zip(relative(run.previous, walks), relative(run, walks)))
        comparison.add(
            f"reading/{path}/relative", f"ndjson into the pool, {name}, relative to iterate_many", "×", shares)
    return share
