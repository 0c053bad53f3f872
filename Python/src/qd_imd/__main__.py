"""Runs the program ``qd-imd``, which is in the wheel: ``python -m qd_imd export …``."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import sys

_NATIVE = pathlib.Path(__file__).resolve().parent / "_native"


def main() -> int:
    """Runs the program with the arguments of this process, and returns its exit code."""
    program = _NATIVE / "qd-imd"
    if not program.exists():
        found = shutil.which("qd-imd")
        # Not the script that called this function.
        if found is None or pathlib.Path(found).read_bytes()[:2] == b"#!":
            print(
                f"qd-imd: {program}: no such file; expected a wheel with the program, or the program on the PATH",
                file=sys.stderr,
            )
            return 1
        program = pathlib.Path(found)
    arguments = [os.fspath(program), *sys.argv[1:]]
    if os.name == "posix":
        os.execv(arguments[0], arguments)
    return subprocess.run(arguments, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
