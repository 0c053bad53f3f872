"""Adds what is compiled to the package: the library, the program, and the bundled drawings.

`make wheel` puts statically linked ones into src/qd_imd/_native first. Without them, they are built from the Swift
sources beside this folder.
"""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

HERE = pathlib.Path(__file__).resolve().parent
NATIVE = HERE / "src" / "qd_imd" / "_native"
LIBRARY = "libqdimd.dylib" if sys.platform == "darwin" else "libqdimd.so"


def build_native() -> None:
    """Builds what is missing in `_native`."""
    if (NATIVE / LIBRARY).exists() and (NATIVE / "drawings.bank").exists():
        return
    sources = next((folder for folder in (HERE / "swift", HERE.parent) if (folder / "Package.swift").exists()), None)
    if sources is None or shutil.which("swift") is None:
        raise SystemExit(
            "qd-imd: no compiled library is here, and Swift was not found on the PATH; expected Swift 6.2 or later "
            "(https://www.swift.org/install) to build it from source. Wheels for Linux need no Swift: "
            "pip install --only-binary qd-imd qd-imd"
        )
    for product in "qdimd", "qd-imd":
        subprocess.run(["swift", "build", "-c", "release", "--product", product], cwd=sources, check=True)
    built = sources / ".build" / "release"
    NATIVE.mkdir(exist_ok=True)
    for name in LIBRARY, "qd-imd":
        shutil.copy2(built / name, NATIVE / name)
    drawings = sources / "fixtures" / "drawings"
    subprocess.run([NATIVE / "qd-imd", "index", drawings, "--output", NATIVE / "drawings.bank"], check=True)


class BuildWithNative(build_py):
    """Builds the library before the package is collected."""

    def run(self) -> None:
        build_native()
        super().run()


class PlatformWheel(bdist_wheel):
    """A wheel for one platform and every version of Python 3: the library does not use Python's C interface."""

    def finalize_options(self) -> None:
        super().finalize_options()
        self.root_is_pure = False

    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", super().get_tag()[2]


setup(cmdclass={"build_py": BuildWithNative, "bdist_wheel": PlatformWheel})
