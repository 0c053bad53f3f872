"""Runs the program ``qd-imd``, which the wheel installs beside Python's own: ``python -m qd_imd export …``."""

from __future__ import annotations

import os
import sys

from ._program import find_program


def main() -> int:
    """Becomes the program, with the arguments of this process."""
    program = find_program()
    if program is None:
        print("qd-imd: the program is not installed beside this package; expected a wheel of qd-imd", file=sys.stderr)
        return 1
    os.execv(program, [os.fspath(program), *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
