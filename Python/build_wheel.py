"""Adds what Swift builds to the wheel: the library, the program, the bundled drawings, and licenses."""

import pathlib
import platform
import subprocess
import sys

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildHook(BuildHookInterface):
    """Called by hatchling for every wheel."""

    def initialize(self, version, build_data):
        if version == "editable":
            return
        root = pathlib.Path(self.root)
        native = root / ".build-wheel" / "native"
        # Prints its own messages; a traceback would bury them.
        if subprocess.run([root / "scripts" / "wheel" / "link", native]).returncode != 0:
            sys.exit("qd-imd: the library and the program cannot be built; the message above says why")
        program = native / "qd-imd"
        for path in sorted(native.rglob("*")):
            if path.is_file() and path != program:
                build_data["force_include"][str(path)] = f"qd_imd/_native/{path.relative_to(native)}"
        # On the user's PATH as it is: a Python script that starts it would take longer than its work.
        build_data["shared_scripts"] = {str(program): "qd-imd"}
        build_data["pure_python"] = False
        # Of no version of Python, and of this machine's C library; auditwheel finds the oldest that it runs with.
        build_data["tag"] = f"py3-none-linux_{platform.machine()}"
