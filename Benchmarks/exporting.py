"""Chapter: whole datasets on all cores, as they grow and as their sources grow."""

from concurrent.futures import ThreadPoolExecutor

from bench_run import median
from more_drawings import write_drawings
from report import megabytes, percent, significant, times

TAR = ["--formats", "png,json", "--tar", 10_000]
# The bytes of a mask in a tar file: PNG, JSON, and their headers and padding.
TAR_BYTES = 7_000


def exporting(run, claims, comparison):
    against_one_core(run, claims)
    growing_set(run, claims)
    growing_pool(run)


def pipeline(run, backend, seconds=1.0):
    """Masks per second on one core, in memory, from strokes to JSON text and PNG; by the clock, by processor time."""
    [line] = run.micro("pipeline", run.drawings, "--backend", backend, "--seconds", seconds)
    return line["masks"] / line["seconds"], line["masks"] / line["cpu_seconds"]


def concurrent_pipelines(run, backend):
    """The sum of the rates of as many processes as there are cores, all running concurrently."""
    with ThreadPoolExecutor(run.cores) as threads:
        return sum(threads.map(lambda _: pipeline(run, backend, 2.0)[0], range(run.cores)))


def against_one_core(run, claims):
    count = 12_000 if run.is_quick else 60_000
    run.report.heading(f"Export of {count:,} masks, PNG and JSON in tar files, {run.cores} cores")
    run.report.text(
        "One core: composition, JSON text, raster, and PNG in one process in memory. Concurrent: one such process per",
        "core, all running concurrently; less than cores × one core if something else runs, or if cores share",
        "resources. The export also reads the drawings, measures hole ratios, and writes files. Relative to work: the",
        "processor time of a mask on one core, divided by the export's on all cores.")
    rows = []
    for backend in ["exact", "cairo"]:
        ones, concurrent, rates, shares, works, peaks = [], [], [], [], [], []
        for _ in range(run.rounds):
            before = pipeline(run, backend)
            concurrent.append(concurrent_pipelines(run, backend))
            measured = run.export(count, *TAR, "--backend", backend)
            after = pipeline(run, backend)
            ones.append((before[0] + after[0]) / 2)
            rates.append(count / measured.seconds)
            shares.append(rates[-1] / (run.cores * ones[-1]))
            works.append(count / measured.cpu_seconds / ((before[1] + after[1]) / 2))
            peaks.append(measured.peak)
        of_concurrent = median(rate / total for rate, total in zip(rates, concurrent))
        rows.append([
            backend, significant(median(ones)), significant(median(concurrent)), significant(median(rates)),
            percent(median(shares)), percent(of_concurrent), percent(median(works)), megabytes(max(peaks))])
        path = f"export/{backend}"
        run.report.figure(f"{path}/masks", count)
        run.report.figure(f"{path}/per_second", median(rates))
        run.report.figure(f"{path}/one_core_per_second", median(ones))
        run.report.figure(f"{path}/relative_to_concurrent", of_concurrent)
        run.report.figure(f"{path}/relative_to_work", median(works))
        run.report.figure(f"{path}/peak_bytes", max(peaks))
        name = f"export of {count:,} ({backend}, tar)"
        claims.at_least(f"{name}: relative to {run.cores} cores × one core", median(shares), 0.85, percent)
        claims.at_least(f"{name}: relative to {run.cores} concurrent processes", of_concurrent, 0.85, percent)
        claims.at_least(f"{name}: relative to work", median(works), 0.85, percent)
        claims.at_most(f"{name}: peak memory", max(peaks), 300e6, megabytes)
    run.report.table(
        ["backend", "one core, masks/s", "concurrent", "export", "relative to cores × one core",
         "relative to concurrent", "relative to work", "peak memory"], rows)


def growing_set(run, claims):
    run.report.heading(f"Export as the dataset grows, {run.cores} cores")
    scale = 10 if run.is_quick else 1
    rows = []
    small, large = 60_000 // scale, 600_000 // scale
    if run.has_room(large * TAR_BYTES):
        ratio = ten_times(
            run, rows, "PNG (exact) and JSON in tar files", small, large, [*TAR, "--backend", "exact"])
        claims.at_most(f"export of {large:,} (exact, tar): time relative to {small:,}", ratio, 11, times)
    else:
        rows.append(
            [f"PNG (exact) and JSON in tar files: no room for {large:,}; use SCRATCH=folder"] + ["–"] * 4)
    for count in [1_000, 10_000] if not run.is_quick else [1_000]:
        measurements = [run.export(count, "--formats", "json") for _ in range(run.rounds)]
        rows.append(row("JSON", count, measurements))
    small, large = 100_000 // scale, 1_000_000 // scale
    ratio = ten_times(run, rows, "JSON", small, large, ["--formats", "json"])
    claims.at_most(f"export of {large:,} (JSON): time relative to {small:,}", ratio, 11, times)
    run.report.table(["what", "masks", "seconds", "µs a mask", "peak memory"], rows)


def row(name, count, measurements):
    seconds = median(measured.seconds for measured in measurements)
    return [
        name, f"{count:,}", f"{seconds:.2f}", f"{seconds / count * 1e6:.1f}",
        megabytes(max(measured.peak for measured in measurements))]


def ten_times(run, rows, name, small, large, options):
    """Exports a large dataset, and small ones before and after it; returns the ratio of their times."""
    before = [run.export(small, *options) for _ in range(2)]
    whole = run.export(large, *options)
    after = [run.export(small, *options) for _ in range(2)]
    rows += [row(name, small, before + after), row(name, large, [whole])]
    run.report.figure(f"export/{large}/{'tar' if '--tar' in options else 'json'}/seconds", whole.seconds)
    run.report.figure(f"export/{large}/{'tar' if '--tar' in options else 'json'}/peak_bytes", whole.peak)
    return whole.seconds / median(measured.seconds for measured in before + after)


def growing_pool(run):
    run.report.heading(f"Export as the stroke pool grows, JSON, {run.cores} cores")
    run.report.text("µs a mask: from the difference of two exports, without start and reading.")
    small, large = (2_000, 12_000) if run.is_quick else (10_000, 60_000)
    rows = []
    for strokes in [1_000, 10_000, 100_000] + [1_000_000] * (not run.is_quick):
        source = run.folder / "source"
        size = write_drawings(run.drawings, source, stroke_count=strokes)
        options = ["--formats", "json", "--drawings-per-file", 10_000_000, "--strokes-per-drawing", 1_000_000]
        costs, starts, peaks = [], [], []
        for _ in range(min(3, run.rounds)):
            first = run.export(small, *options, source=source)
            second = run.export(large, *options, source=source)
            costs.append((second.seconds - first.seconds) / (large - small))
            starts.append(max(0, first.seconds - costs[-1] * small))
            peaks.append(second.peak)
        rows.append([
            f"{strokes:,}", megabytes(size), f"{median(starts):.2f}", f"{median(costs) * 1e6:.1f}",
            megabytes(max(peaks))])
        run.report.figure(f"pool/{strokes}/microseconds", median(costs) * 1e6)
        run.report.figure(f"pool/{strokes}/start_seconds", median(starts))
    run.report.table(["strokes", "ndjson", "start and reading, s", "µs a mask", "peak memory"], rows)
