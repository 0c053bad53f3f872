"""The program ``qd-imd``, which is installed with this package."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import sysconfig

from ._library import Error

USAGE = 64
"""The exit code of an error that the same command meets again."""
UNAVAILABLE = 75
"""The exit code of an error after which the same command can succeed later."""


class Unavailable(Error):
    """Something that can succeed later: shards are missing, or a store does not answer. Commands exit with 75."""


def find_program() -> pathlib.Path | None:
    """The program that was installed with this package, or one on the PATH.

    Where pip puts programs: in this environment, in the user's with ``--user``, beside the package with ``--target``.
    """
    folders = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", f"{os.name}_user")]
    programs = [pathlib.Path(folder, "qd-imd") for folder in folders]
    programs.append(pathlib.Path(__file__).resolve().parents[1] / "bin" / "qd-imd")
    for program in programs:
        if program.is_file():
            return program
    found = shutil.which("qd-imd")
    return pathlib.Path(found) if found else None


def run_program(*arguments: str | os.PathLike[str]) -> str:
    """Runs the program, and returns what it prints, without its messages.

    Raises:
        ValueError: if the arguments are invalid.
        Unavailable: if it can succeed later.
        Error: if it fails for another reason.
    """
    program = find_program()
    if program is None:
        raise Error("qd-imd: the program is not installed beside this package; expected a wheel of qd-imd")
    done = subprocess.run(
        [program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", errors="replace", check=False)
    if done.returncode == 0:
        return done.stdout
    message = done.stderr.strip() or f"{program}: ended with {done.returncode}; expected 0"
    if done.returncode == USAGE:
        raise ValueError(message)
    # A signal, such as that of the system when memory is short.
    if done.returncode == UNAVAILABLE or done.returncode < 0:
        raise Unavailable(message)
    raise Error(message)
