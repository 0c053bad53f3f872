"""The recipes of docs/python.md run and are typed, and its notebook runs."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig

import nbclient
import nbformat
import pytest
from conftest import DRAWINGS, PACKAGE, ROOT

PAGE = ROOT / "docs" / "python.md"
NOTEBOOK = ROOT / "docs" / "python.ipynb"
BLOCKS = {
    PAGE.read_text().count("\n", 0, match.start()) + 2: match[1]
    for match in re.finditer(r"^```python\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
}
RECIPES = ["torch.utils.data", "torchvision.transforms", "datasets", "albumentations", "paper-test"]


# Analyzing all of them takes minutes; pyright reads what it needs.
MYPY = """
[mypy]
strict = True
disallow_subclassing_any = False
[mypy-torch.*,torchvision.*,datasets.*,albumentations.*]
follow_imports = skip
ignore_missing_imports = True
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "drawings").symlink_to(DRAWINGS)
    return tmp_path


@pytest.fixture(scope="module")
def installed():
    """The package among the installed ones: of a module from elsewhere, dill, which Hugging Face's datasets uses, pickles
    the contents instead of the name."""
    path = pathlib.Path(sysconfig.get_paths()["purelib"]) / "qd_imd"
    if path.is_symlink():
        path.unlink()
    path.symlink_to(PACKAGE / "qd_imd")
    yield
    path.unlink()


def test_there_are_the_five_recipes():
    for name in RECIPES:
        assert any(re.search(rf"import {name}|from {name}|\"{name}\"", block) for block in BLOCKS.values()), name


@pytest.mark.parametrize("line", BLOCKS)
def test_every_python_block_runs(line, folder, installed):
    text = BLOCKS[line]
    # As a file, since data loaders start processes that import it.
    (folder / "recipe.py").write_text(("import torchvision_ops\n" if "torchvision" in text else "") + text)
    environment = os.environ | {
        "HF_HUB_OFFLINE": "1", "NO_ALBUMENTATIONS_UPDATE": "1", "PYTHONPATH": str(pathlib.Path(__file__).parent)}
    done = subprocess.run(
        [sys.executable, "recipe.py"], cwd=folder, capture_output=True, text=True, timeout=300, env=environment, check=False)
    assert done.returncode == 0, f"docs/python.md:{line}: {done.stdout}{done.stderr}"


def test_the_recipes_are_typed(folder):
    for line, text in BLOCKS.items():
        (folder / f"line_{line}.py").write_text(text)
    (folder / "mypy.ini").write_text(MYPY)
    programs = pathlib.Path(sys.executable).parent
    files = sorted(folder.glob("line_*.py"))
    mypy = [programs / "mypy", "--config-file", "mypy.ini", *files]
    pyright = [programs / "pyright", "--pythonpath", sys.executable, *files]
    for command in mypy, pyright:
        environment = os.environ | {"MYPYPATH": str(PACKAGE)}
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_notebook_runs_and_shows_images(folder):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "a notebook without outputs is easier to review"
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    kinds = {kind for cell in notebook.cells for output in cell.get("outputs", []) for kind in output.get("data", {})}
    assert {"image/png", "image/svg+xml", "text/html"} <= kinds


def test_the_notebook_is_plain():
    text = NOTEBOOK.read_text()
    assert json.loads(text)["nbformat"] == 4 and text.endswith("\n")
    assert shutil.which("python3")
