"""Every number of every option and of every file that is read, at its limits and beyond them, on the built program.

QDIMD_NUMBERS=100000 runs all cases, which takes minutes; QDIMD_TEST_SEED=1 tries others.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import count

import pytest
from bucket_server import serving
from conftest import PROGRAM, run
from number_cases import Case, Templates, all_cases, bucket
from measured import measured
from PIL import Image
from processes import cases, generator

NUMBERS = cases(100, "QDIMD_NUMBERS")
ALLOWED = {0, 1, 2, 64, 75}
SECONDS = 60
MEMORY = 1 << 30


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    return Templates(tmp_path_factory.mktemp("numbers"))


def attempt(case, templates, folder):
    """What is wrong with a run; nothing if all is well."""
    templates.copy(case, folder)
    with serving(bucket(case)) if case.listed is not None else nullcontext() as address:
        arguments = [address if argument == "SERVER" else argument for argument in templates.arguments(case)]
        with open(folder / ".said", "wb") as said, open(folder / ".printed", "wb") as printed:
            try:
                code, _, memory = measured(
                    arguments, SECONDS, cwd=folder, stdout=printed, stderr=said, stdin=subprocess.DEVNULL,
                    env={**os.environ, **case.variables})
            except subprocess.TimeoutExpired:
                return f"is not done after {SECONDS} s"
    errors = (folder / ".said").read_text(errors="replace")
    return problem(case, folder, code, memory, errors)


def problem(case, folder, code, memory, errors):
    if code not in ALLOWED:
        return f"exit code {code}: {errors[-300:]}"
    if memory > MEMORY:
        return f"used {memory >> 20} MiB"
    lines = errors.splitlines()
    if code == 64:
        # The error, and the usage, which ArgumentParser adds.
        lines = [line for line in lines if line.startswith("Error:")]
    if case.arguments[0] == "download":
        # One error for each file, after what was tried.
        lines = [line for line in lines if line.startswith(("http", "Error"))]
    if code == 0 and any(line.startswith("Error") for line in lines):
        return f"an error, but exit code 0: {errors[-300:]}"
    # Some report everything that is wrong, up to a limit.
    limit = {"verify": 103, "diff": 4, "status": 12}.get(case.arguments[0], 1 if code in [1, 64] else 4)
    if code in [1, 64] and not lines and limit == 1 or len(lines) > limit:
        return f"exit code {code} with {len(lines)} error lines: {errors[-300:]}"
    return half_written(case, folder, code)


def half_written(case, folder, code):
    """Under a final name there is a complete file, or none."""
    out = folder / "out"
    for path in [folder / "out.png", *out.glob("**/*.png")]:
        if path.exists():
            with Image.open(path) as image:
                image.load()
    for path in [folder / "out.json", *out.glob("**/*.json")]:
        if path.exists():
            json.loads(path.read_text())
    if (folder / "out.html").exists() and not (folder / "out.html").read_text().rstrip().endswith("</html>"):
        return "half a page"
    if (folder / "out.bank").exists() and run("inspect", folder / "out.bank", "--quiet").returncode:
        return "half a bank"
    if code != 0 and case.arguments[0] in ["export", "rasterize", "index", "report"]:
        written = [path for path in [folder / "out.png", folder / "out.html", folder / "out.bank", out / "dataset.json"]
                   if path.exists()]
        if written:
            return f"exit code {code}, but wrote {written}"
    hidden = [path.name for path in folder.iterdir() if path.name.startswith(".") and path.name not in [".said", ".printed"]]
    return f"left {hidden}" if hidden else None


def some(all_of_them, count):
    """So many random cases; all of them at once would take gigabytes (Vitter's algorithm R)."""
    random, chosen, total = generator("numbers"), [], 0
    for case in all_of_them:
        total += 1
        if len(chosen) < count:
            chosen.append(case)
        elif (position := random.randrange(total)) < count:
            chosen[position] = case
    assert total >= 2000
    return chosen


def test_numbers_at_their_limits_and_beyond(templates, tmp_path):
    help_dump = json.loads(run("--experimental-dump-help").stdout)
    chosen = some(all_cases(templates, help_dump), NUMBERS)
    numbers = count()
    found = []

    def check(case):
        folder = tmp_path / str(next(numbers))
        try:
            wrong = attempt(case, templates, folder)
        except Exception as error:  # an output that nobody can read
            wrong = repr(error)
        subprocess.run(["rm", "-rf", folder], check=True)
        if wrong:
            found.append(f"{case.label}: {wrong}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(check, chosen))
    print(f"{len(chosen)} runs")
    assert not found, f"{len(found)} of {len(chosen)}:\n" + "\n".join(found)


# Numbers with which the program once ended by a trap, or did not end.


def ended(*arguments):
    """A run that ends in one of the ways that are allowed."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode in ALLOWED, done.stderr
    return done


@pytest.mark.parametrize("number", [-1, 2**32, 10**12, 2**63 - 1])
def test_a_dataset_that_claims_any_number_of_masks(templates, tmp_path, number):
    folder = tmp_path / "masks"
    shutil.copytree(templates.folder / "dataset" / "masks", folder)
    text = (folder / "dataset.json").read_text()
    (folder / "dataset.json").write_text(re.sub(r'("train": \{\s*"masks": )2', rf"\g<1>{number}", text))
    said = run("verify", folder, exit_code=1).stderr.splitlines()
    assert f"{folder}/dataset.json: has the SHA-256" in said[0]
    # A list that is right about it does not name the files; a manifest that is none says nothing about them.
    sums = (folder / ".qd-imd-checksums").read_text().splitlines()
    digest = hashlib.sha256((folder / "dataset.json").read_bytes()).hexdigest()
    (folder / ".qd-imd-checksums").write_text("\n".join([f"{digest}  dataset.json", *sums[1:]]) + "\n")
    done = ended("verify", folder)
    assert (done.returncode, "does not name train/00002_train.png" in done.stderr) == ((1, True) if 0 < number <= 10**12 else (0, False))


@pytest.mark.parametrize("number", [-1, 2**63 - 1])
@pytest.mark.parametrize("name", ["masks", "strokes", "hole_ratio_sum", "files"])
def test_a_forged_record_with_any_number(templates, tmp_path, name, number):
    folder = tmp_path / "plan"
    shutil.copytree(templates.folder / "plan", folder)
    for record in (folder / "masks").glob(".qd-imd-partial/*/records/*.txt"):
        text = "".join(record.read_text().splitlines(True)[:-1])
        text = re.sub(rf'"{name}":[0-9]+', f'"{name}":{number}', text)
        record.write_text(f"{text}{hashlib.sha256(text.encode()).hexdigest()}\n")
    found = json.loads(ended("status", folder / "masks", "--json").stdout)
    assert found["complete"] + len(found["damaged"]) == 3
    ended("merge", folder / "masks", "--quiet", "--no-sync")
