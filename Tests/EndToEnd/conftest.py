"""What all tests of the built program share: the program, the drawings, one exported dataset."""

import fcntl
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build" / "release" / "qd-imd"
FIXTURES = ROOT / "fixtures"


# They take longest, and so they start first: one that starts last would have the other workers wait for it at the end.
LONGEST = [
    "external_package", "identity", "layouts", "damage", "svg_editors", "witnesses", "soft", "concurrent", "many_points",
    "outputs", "plan", "docs", "report", "overwrite", "interrupted"]


def pytest_collection_modifyitems(items):
    places = {f"test_{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))


# What pytest says itself, but not of the workers of pytest-xdist: how many tests were deselected, such as thorough ones.
DESELECTED = pytest.StashKey()


def pytest_deselected(items):
    output = getattr(items[0].config, "workeroutput", None)
    if output is not None:
        # Once for each option that deselects.
        output["deselected"] = output.get("deselected", 0) + len(items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    node.config.stash[DESELECTED] = getattr(node, "workeroutput", {}).get("deselected", 0)


def pytest_terminal_summary(terminalreporter, config):
    if count := config.stash.get(DESELECTED, 0):
        terminalreporter.write_line(f"{count} deselected ({config.option.markexpr or 'by other options'})")


def drawing_sources():
    """The bundled drawings, and real ones where the caller names a folder of them."""
    sources = {"bundled": FIXTURES / "drawings"}
    real = os.environ.get("QUICKDRAW_DIR")
    if real:
        sources["real"] = Path(real) / "simplified"
    return sources


def run(*arguments, exit_code=0, **options):
    """Runs the program, checks its exit code, and gives what it printed."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == exit_code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def export(source, output, *arguments, **options):
    return run("export", source, "--output", output, "--quiet", *arguments, **options)


def read_terminal(controller):
    """All that a program writes to a terminal, until it closes the terminal."""
    shown = b""
    while True:
        try:
            part = os.read(controller, 65536)
        except OSError:  # Linux's answer when the other end is closed
            break
        if not part:
            break
        shown += part
    return shown.decode()


def tree(folder):
    """Every file below a folder with its bytes, hidden ones too."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}


@pytest.fixture(scope="session", params=drawing_sources().items(), ids=lambda item: item[0])
def source(request):
    path = request.param[1]
    assert path.is_dir(), f"{path}: no drawings; expected a folder of .ndjson files"
    return path


@pytest.fixture(scope="session")
def dataset(source, tmp_path_factory):
    """A dataset of 5,000 + 1,000 masks with the defaults, made once for all workers and not changed by any test."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        # A worker's folder is in that of the run.
        folder = folder.parent
    output = folder / f"dataset of {source.name}" / "masks"
    output.parent.mkdir(exist_ok=True)
    with (output.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (output / "dataset.json").exists():
            export(source, output, "--train", 5000, "--test", 1000)
    return output


@pytest.fixture(scope="session")
def bundled():
    return FIXTURES / "drawings"
