"""Chapter: the cost of masks with a given hole ratio, relative to that of unconstrained ones."""

from bench_run import median
from report import significant, times

BORDERS = ["touching", "free"]
RATIOS = ["0.01...0.1", "0.1...0.2", "0.2...0.3", "0.3...0.4", "0.4...0.5", "0.5...0.6"]


def ratios(run, claims, comparison):
    run.report.heading("Masks with a given hole ratio, default export (cairo; PNG, JSON, SVG)")
    run.report.text(
        "Processor time of a mask, without start and reading: from the difference of two exports. Relative: to that of",
        "an unconstrained mask, measured before and after it.")
    head = ["border", "hole ratio"]
    for version in run.versions:
        head += [f"{version.version}, µs a mask", "relative"]
    rows, found = [], []
    for border in BORDERS:
        for ratio in RATIOS:
            bucket = Bucket(run, border, ratio)
            found.append(bucket)
            rows.append([border, ratio, *bucket.cells()])
            run.report.figure(f"hole_ratio/{border}/{ratio}/relative", bucket.relative(run))
            claims.at_most(
                f"mean cost of a mask, {border}, hole ratio {ratio}: relative to an unconstrained one",
                bucket.relative(run), 4, times)
    run.report.table(head, rows)
    compare(run, found, comparison)


class Bucket:
    """The costs of masks of one border and hole ratio, in every version, the versions in turn."""

    def __init__(self, run, border, ratio):
        self.run, self.name = run, f"{border}, hole ratio {ratio}"
        self.costs = {id(version): [] for version in run.versions}
        self.free_costs = {id(version): [] for version in run.versions}
        self.shares = {id(version): [] for version in run.versions}
        for _ in range(run.rounds):
            for version in run.versions:
                before = cost(version)
                own = cost(version, "--border", border, "--hole-ratio", ratio)
                free = (before + cost(version)) / 2
                self.costs[id(version)].append(own)
                self.free_costs[id(version)].append(free)
                self.shares[id(version)].append(own / free)

    def cost(self, version):
        return median(self.costs[id(version)])

    def relative(self, version):
        return median(self.shares[id(version)])

    def cells(self):
        return [
            cell for version in self.run.versions
            for cell in (significant(self.cost(version)), times(self.relative(version)))]


def compare(run, buckets, comparison):
    """Adds the most expensive bucket of each version, and the unconstrained masks of all rounds."""
    worst = [max(buckets, key=lambda bucket: bucket.relative(version)) for version in run.versions]
    run.report.figure("hole_ratio/worst/name", worst[-1].name)
    run.report.figure("hole_ratio/worst/relative", worst[-1].relative(run))
    if run.previous is None:
        return

    def pairs(values, sources):
        return list(zip(*(values(source)[id(version)] for source, version in zip(sources, run.versions))))

    unconstrained = [pair for bucket in buckets for pair in pairs(lambda one: one.free_costs, [bucket, bucket])]
    comparison.add(
        "export/default", "default export, unconstrained mask, processor time", "µs", unconstrained, False)
    comparison.add(
        "hole_ratio/cost", f"default export, {worst[-1].name}, processor time", "µs",
        pairs(lambda one: one.costs, [worst[-1], worst[-1]]), False)
    comparison.add(
        "hole_ratio/relative", "most expensive hole ratio of each, relative to an unconstrained mask", "×",
        pairs(lambda one: one.shares, worst), False)


def cost(version, *options):
    """µs a mask, without start and reading."""
    small, large = 6, 306 if version.is_quick else 1206
    seconds = version.export(large, *options).cpu_seconds - version.export(small, *options).cpu_seconds
    return seconds / (large - small) * 1e6
