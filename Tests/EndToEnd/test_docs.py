"""The documentation is true: every code block of README, docs/ and the articles runs and prints what it says.

The blocks of a page run from top to bottom in one folder, in which `drawings` are the bundled ones:

- ```sh runs and succeeds.
- ```console runs what follows `$ ` and prints the other lines. A line of `…` stands for any lines; durations and rates
  may differ.
- ```json is parsed; a mask is validated by the program's schema.
- ```python runs.
- ```swift compiles and runs in test_external_package.py.
- ```text and ```xml are for reading only.

A block that cannot run has `<!-- not run: reason -->` on the line before.
"""

import json
import os
import re
import shutil
import subprocess
import sys

import jsonschema
import pytest
from markdown import ARTICLES, GENERATED, PAGES, RUN_ELSEWHERE, anchors, links, name, split_page

from conftest import FIXTURES, PROGRAM, ROOT, run

ALL_PAGES = [*PAGES, *ARTICLES]
FOR_READING = {"text", "xml"}
# How many blocks are not run, so that they cannot become more unnoticed.
NOT_RUN = {"README.md": 1, "docs/cluster.md": 1, "docs/sources.md": 2}

DURATION = re.compile(r"\b[\d,.]+(?= (s|ms)\b)|\b[\d,.]+(?= (a second|masks/s))")
BENCHMARK = re.compile(
    r"([\d,]*\d(?:\.\d+)?)\s*(?:(?:×|times)(?= (?:faster|the speed|as fast|OpenCV|Pillow))|masks/s|masks (?:a|per) second|"
    r"[MG]B/s|[MG]B (?:a|per) second|µs|ms\b)")


def pages(*languages):
    """Pages with blocks of these languages that run."""
    def has_some(page):
        return any(block.is_run and block.language in languages for block in split_page(page)[0])
    found = [page for page in ALL_PAGES if page not in RUN_ELSEWHERE and has_some(page)]
    return pytest.mark.parametrize("page", found, ids=name)


def execute(folder, *command):
    """Runs a command with the program on the PATH; its messages count as output."""
    environment = os.environ | {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "COLUMNS": "80"}
    return subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)


def check_sh(block, folder):
    done = execute(folder, "bash", "-ec", block.text)
    assert done.returncode == 0, done.stdout


def check_console(block, folder):
    for session in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, expected = session.partition("\n")
        printed = execute(folder, "bash", "-c", command).stdout
        assert matches(expected, printed), f"$ {command}\n{printed}"


def matches(expected, printed):
    """Whether the lines are the same but for durations, and for any lines where `…` is expected."""
    pattern = "".join(
        "(?:.*\n)*" if line == "…" else re.escape(DURATION.sub("#", line)) + r"[ ]*\n"
        for line in expected.splitlines())
    lines = "".join(DURATION.sub("#", line) + "\n" for line in printed.splitlines())
    return re.fullmatch(pattern, lines)


def check_json(block, _):
    value = json.loads(block.text)
    if str(value.get("format", "")).startswith("qd-imd-mask/"):
        jsonschema.Draft202012Validator(json.loads(run("schema").stdout)).validate(value)


def check_python(block, folder):
    done = execute(folder, sys.executable, "-c", block.text)
    assert done.returncode == 0, done.stdout


CHECKS = {"sh": check_sh, "console": check_console, "json": check_json, "python": check_python}


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FIXTURES / "drawings", tmp_path / "drawings")
    return tmp_path


@pages(*CHECKS)
def test_every_command_of_a_page_does_what_the_page_says(page, folder):
    for block in split_page(page)[0]:
        if block.is_run and block.language in CHECKS:
            try:
                CHECKS[block.language](block, folder)
            except Exception as error:
                pytest.fail(f"{name(page)}:{block.line}: {error}", pytrace=False)


def test_every_block_says_its_language_and_few_are_not_run():
    not_run = {}
    for page in ALL_PAGES:
        for block in split_page(page)[0]:
            place = f"{name(page)}:{block.line}"
            assert block.language in {*CHECKS, *FOR_READING, "swift"}, f"{place}: {block.language!r}"
            if not block.is_run:
                not_run[name(page)] = not_run.get(name(page), 0) + 1
    assert not_run == NOT_RUN


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"], ids=name)
def test_every_relative_link_leads_somewhere(page):
    for link in links(split_page(page)[1]):
        if re.match(r"https?://|mailto:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if target in GENERATED:
            continue
        assert target.exists(), f"{name(page)}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{name(page)}: {link}"


def measured():
    """All numbers of docs/benchmarks.json, which `make bench` writes."""
    path = ROOT / "docs" / "benchmarks.json"
    numbers = []

    def visit(value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for element in value:
                visit(element)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            numbers.append(value)
    if path.exists():
        visit(json.loads(path.read_text()))
    return numbers


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_speed_was_measured(page):
    numbers = measured()
    for text in BENCHMARK.findall("\n".join(split_page(page)[1])):
        digits = text.replace(",", "")
        places = len(digits.partition(".")[2])
        assert any(round(number, places) == float(digits) for number in numbers), f"{name(page)}: {text}"


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150
