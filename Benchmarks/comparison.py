"""This version beside the previous one: pairs of measurements, taken in turn."""

from bench_run import median
from report import significant, times


class Comparison:
    """The rows that all chapters add to one table."""

    def __init__(self, report):
        self.report = report
        self.rows = []

    def add(self, path, what, unit, pairs, higher_is_better=True):
        """Adds a row of pairs (previous, this).

        The last column is how many times as fast (or, for sizes, as small) this version is: the median of the pairs.
        """
        if not pairs:
            return
        gains = [this / previous if higher_is_better else previous / this for previous, this in pairs]
        previous, this = (median(values) for values in zip(*pairs))
        self.rows.append([what, unit, significant(previous), significant(this), times(median(gains))])
        for name, value in [("previous", previous), ("this", this), ("gain", median(gains))]:
            self.report.figure(f"versions/{path}/{name}", value)

    def print(self, run):
        self.report.heading("This version and the previous one")
        if run.previous is None:
            self.report.text("The previous version is missing: its commit could not be built.")
            return
        self.report.text(
            "Both were measured in this run, in turn, each with its own programs and with the same drawings. The gain",
            "is the median of the pairs: above 1, this version is faster, or its files are smaller.")
        self.report.table(["what", "unit", run.previous.version, run.version, "gain"], self.rows)


def in_turn(run, count, measure):
    """Calls `measure(version)` for the previous version and this one, `count` times; returns pairs of the results."""
    if run.previous is None:
        return []
    return [(measure(run.previous), measure(run)) for _ in range(count)]
