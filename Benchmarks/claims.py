"""The goals that the program sets itself, and whether it meets them."""


class Claims:
    def __init__(self, report):
        self.report = report
        self.rows = []

    def add(self, claim, goal, measured, is_met):
        """Adds a claim; `is_met` is None where it could not be measured."""
        self.rows.append((claim, goal, measured, "–" if is_met is None else "yes" if is_met else "**no**"))

    def at_least(self, claim, value, limit, form):
        """`value` is None where it could not be measured."""
        self._add(claim, "≥", value, limit, form, lambda: value >= limit)

    def at_most(self, claim, value, limit, form):
        self._add(claim, "≤", value, limit, form, lambda: value <= limit)

    def _add(self, claim, sign, value, limit, form, test):
        self.add(
            claim, f"{sign} {form(limit)}", "not measured" if value is None else form(value),
            None if value is None else test())

    def print(self):
        self.report.heading("Claims")
        self.report.table(["claim", "goal", "measured", "met"], self.rows)
