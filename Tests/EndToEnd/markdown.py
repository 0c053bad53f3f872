"""The documentation as a list of code blocks, links and prose."""

import re
from dataclasses import dataclass

from conftest import ROOT

ARTICLES = sorted((ROOT / "Sources" / "QDIMD" / "QDIMD.docc").glob("*.md"))
# Generated from docs/benchmarks.json.
GENERATED = ROOT / "docs" / "benchmarks.md"
PAGES = [ROOT / "README.md", *(page for page in sorted((ROOT / "docs").glob("*.md")) if page != GENERATED)]

NOT_RUN = re.compile(r"<!-- not run: .+ -->$")


@dataclass
class Block:
    """A fenced code block."""

    language: str
    text: str
    line: int
    is_run: bool


def name(page):
    return str(page.relative_to(ROOT))


def split_page(page):
    """The blocks of a page, and its prose: the lines outside of them."""
    blocks, prose, current, before = [], [], None, ""
    for number, line in enumerate(page.read_text().splitlines(), 1):
        if current is None and line.startswith("```"):
            current = Block(line[3:].strip(), "", number, is_run=not NOT_RUN.match(before))
        elif current is not None and line == "```":
            blocks.append(current)
            current = None
        elif current is not None:
            current.text += line + "\n"
        else:
            prose.append(line)
        before = line
    assert current is None, f"{name(page)}:{current.line}: a code block without an end"
    return blocks, prose


def links(prose):
    """The targets of links and images."""
    return re.findall(r"\]\(<?([^)>]+)>?\)", "\n".join(prose))


def anchors(page):
    """What a link into the page can name, by GitHub's rule."""
    headings = [line.lstrip("#").strip() for line in split_page(page)[1] if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
