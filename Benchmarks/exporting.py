"""Chapter: whole datasets on all cores, as they grow and as their sources grow."""

from concurrent.futures import ThreadPoolExecutor

from more_drawings import write_drawings
from workplace import figure, median, megabytes, table

TAR = ["--formats", "png,json", "--tar", 10_000]
# What a mask takes in a tar, in bytes: PNG, JSON, and their heads and padding.
TAR_BYTES = 7_000


def exporting(place, claims):
    against_one_core(place, claims)
    growing_set(place, claims)
    growing_pool(place)


def pipeline(place, backend, seconds=1.0):
    """Masks a second on one core, in memory, from strokes to JSON text and PNG; by the clock, by processor time."""
    [line] = place.micro("pipeline", place.drawings, "--backend", backend, "--seconds", seconds)
    return line["masks"] / line["seconds"], line["masks"] / line["cpu_seconds"]


def pipelines_at_once(place, backend):
    """The sum of the rates of as many processes as there are cores, all at the same time."""
    with ThreadPoolExecutor(place.cores) as threads:
        return sum(threads.map(lambda _: pipeline(place, backend, 2.0)[0], range(place.cores)))


def against_one_core(place, claims):
    count = 12_000 if place.is_quick else 60_000
    print(f"\n## Export of {count:,} masks, PNG and JSON in tars, {place.cores} cores\n")
    print("One core: composing, JSON text, raster and PNG in one process in memory. At once: a process of that a core,")
    print("all at the same time; less than cores × one core if something else runs, or cores share. The export reads")
    print("the drawings, measures hole ratios, and writes files, too. By work: one core's processor time for a mask, by")
    print("the export's of all cores.\n")
    rows = []
    for backend in ["exact", "cairo"]:
        ones, at_once, rates, shares, works, peaks = [], [], [], [], [], []
        for _ in range(place.rounds):
            before = pipeline(place, backend)
            at_once.append(pipelines_at_once(place, backend))
            run = place.export(count, *TAR, "--backend", backend)
            after = pipeline(place, backend)
            ones.append((before[0] + after[0]) / 2)
            rates.append(count / run.seconds)
            shares.append(rates[-1] / (place.cores * ones[-1]))
            works.append(count / run.cpu_seconds / ((before[1] + after[1]) / 2))
            peaks.append(run.peak)
        of_at_once = median(rate / total for rate, total in zip(rates, at_once))
        rows.append([
            backend, figure(median(ones)), figure(median(at_once)), figure(median(rates)), f"{median(shares):.0%}",
            f"{of_at_once:.0%}", f"{median(works):.0%}", megabytes(max(peaks))])
        name = f"export of {count:,} ({backend}, tar)"
        claims.at_least(f"{name}, by {place.cores} cores × one core", median(shares), 0.85, "{:.0%}".format)
        claims.at_least(f"{name}, by {place.cores} processes at once", of_at_once, 0.85, "{:.0%}".format)
        claims.at_least(f"{name}, by work a mask", median(works), 0.85, "{:.0%}".format)
        claims.at_most(f"{name}, peak memory", max(peaks), 300e6, megabytes)
    table(
        ["backend", "one core, masks/s", "at once", "export", "by cores × one core", "by at once", "by work",
         "peak memory"], rows)


def growing_set(place, claims):
    print(f"\n## Export as the set grows, {place.cores} cores\n")
    scale = 10 if place.is_quick else 1
    rows = []
    small, large = 60_000 // scale, 600_000 // scale
    if place.has_room(large * TAR_BYTES):
        ratio = ten_times(place, rows, "PNG (exact) and JSON in tars", small, large, [*TAR, "--backend", "exact"])
        claims.add(
            f"export of {large:,} (exact, tar), by {small:,}", "9 to 11 × the time", f"{ratio:.2f} ×",
            9 <= ratio <= 11)
    else:
        rows.append([f"PNG (exact) and JSON in tars: no room for {large:,}; SCRATCH=folder gives some"] + ["–"] * 4)
    for count in [1_000, 10_000] if not place.is_quick else [1_000]:
        runs = [place.export(count, "--formats", "json") for _ in range(place.rounds)]
        rows.append(row("JSON", count, runs))
    small, large = 100_000 // scale, 1_000_000 // scale
    ratio = ten_times(place, rows, "JSON", small, large, ["--formats", "json"])
    claims.add(
        f"export of {large:,} (JSON), by {small:,}", "9 to 11 × the time", f"{ratio:.2f} ×", 9 <= ratio <= 11)
    table(["what", "masks", "seconds", "µs a mask", "peak memory"], rows)


def row(name, count, runs):
    seconds = median(run.seconds for run in runs)
    return [
        name, f"{count:,}", f"{seconds:.2f}", f"{seconds / count * 1e6:.1f}",
        megabytes(max(run.peak for run in runs))]


def ten_times(place, rows, name, small, large, options):
    """Exports a large set, and small ones before and after it; gives the ratio of their times."""
    before = [place.export(small, *options) for _ in range(2)]
    whole = place.export(large, *options)
    after = [place.export(small, *options) for _ in range(2)]
    rows += [row(name, small, before + after), row(name, large, [whole])]
    return whole.seconds / median(run.seconds for run in before + after)


def growing_pool(place):
    print(f"\n## Export as the pool of strokes grows, JSON, {place.cores} cores\n")
    print("µs a mask: of the difference of two exports, without start and reading.\n")
    small, large = (2_000, 12_000) if place.is_quick else (10_000, 60_000)
    rows = []
    for strokes in [1_000, 10_000, 100_000] + [1_000_000] * (not place.is_quick):
        source = place.folder / "source"
        size = write_drawings(place.drawings, source, stroke_count=strokes)
        options = ["--formats", "json", "--drawings-per-file", 10_000_000, "--strokes-per-drawing", 1_000_000]
        costs, starts, peaks = [], [], []
        for _ in range(min(3, place.rounds)):
            first = place.export(small, *options, source=source)
            second = place.export(large, *options, source=source)
            costs.append((second.seconds - first.seconds) / (large - small))
            starts.append(max(0, first.seconds - costs[-1] * small))
            peaks.append(second.peak)
        rows.append([
            f"{strokes:,}", megabytes(size), f"{median(starts):.2f}", f"{median(costs) * 1e6:.1f}",
            megabytes(max(peaks))])
    table(["strokes", "ndjson", "start and reading, s", "µs a mask", "peak memory"], rows)
