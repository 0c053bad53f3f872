"""Runs the program ``qd-imd``, which the wheel installs beside Python's own: ``python -m qd_imd export …``."""

from __future__ import annotations

import os
import pathlib
import sys
import sysconfig


def find_program() -> pathlib.Path | None:
    """The program that was installed with this package.

    Where pip puts programs: in this environment, in the user's with ``--user``, beside the package with ``--target``.
    """
    folders = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", f"{os.name}_user")]
    programs = [pathlib.Path(folder, "qd-imd") for folder in folders]
    programs.append(pathlib.Path(__file__).resolve().parents[1] / "bin" / "qd-imd")
    return next((program for program in programs if program.is_file()), None)


def main() -> int:
    """Becomes the program, with the arguments of this process."""
    program = find_program()
    if program is None:
        print("qd-imd: the program is not installed beside this package; expected a wheel of qd-imd", file=sys.stderr)
        return 1
    os.execv(program, [os.fspath(program), *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
