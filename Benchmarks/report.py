"""What a run prints, kept as Markdown tables and as figures for other documents."""

import json


class Report:
    def __init__(self):
        self.lines = []
        # Every figure by a path such as masks/512/exact-8/per_second.
        self.figures = {}

    def heading(self, title):
        self._say(f"\n## {title}\n")

    def text(self, *lines):
        for line in lines:
            self._say(line)
        self._say("")

    def table(self, head, rows):
        """Prints a Markdown table; all columns but the first contain figures."""
        self._say("| " + " | ".join(head) + " |")
        self._say("| --- |" + " ---: |" * (len(head) - 1))
        for row in rows:
            self._say("| " + " | ".join(map(str, row)) + " |")
        self._say("")

    def figure(self, path, value):
        """Keeps a figure for the JSON file, with four significant digits or all integer digits."""
        if isinstance(value, float):
            value = round(value) if abs(value) >= 1000 else float(f"{value:.4g}")
        self.figures[path] = value

    def _say(self, line):
        print(line, flush=True)
        self.lines.append(line)

    def write(self, folder, title, about, facts):
        """Writes benchmarks.md and benchmarks.json; nothing in them depends on the date or on a path."""
        folder.mkdir(exist_ok=True)
        (folder / "benchmarks.md").write_text(page(title, about, self.lines))
        value = {**facts, "figures": dict(sorted(self.figures.items()))}
        (folder / "benchmarks.json").write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def page(title, *parts):
    """A page of these lines, with single empty lines between its parts."""
    text = "\n".join([f"# {title}", "", *(line for part in parts for line in part)]).rstrip() + "\n"
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def significant(value):
    """A number with three significant digits, or with all of its integer digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def times(value):
    return f"{value:,.2f} ×"


def percent(value):
    return f"{value:.0%}"


def megabytes(byte_count):
    return f"{byte_count / 1e6:,.1f} MB" if byte_count < 100e6 else f"{byte_count / 1e6:,.0f} MB"
