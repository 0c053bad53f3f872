"""What the tests on clusters share: the program, the drawings, and the Python package from the source tree."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build" / "release" / "qd-imd"
FIXTURES = ROOT / "fixtures"
DRAWINGS = FIXTURES / "drawings"
PACKAGE = ROOT / "Python" / "src"

# The package finds the program on the PATH; processes that the tests start find both.
sys.path.insert(0, str(PACKAGE))
os.environ["PYTHONPATH"] = str(PACKAGE)
os.environ["PATH"] = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"


def run(*arguments, exit_code=0, **options):
    """Runs the program, and checks its exit code."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == exit_code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def export(source, output, *arguments, **options):
    return run("export", source, "--output", output, "--quiet", *arguments, **options)


def tree(folder):
    """Every file below a folder with its bytes, hidden ones too."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}
