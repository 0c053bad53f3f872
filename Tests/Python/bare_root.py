"""A Debian system with Python and nothing else, to install the wheel in: no Swift, no cairo, no network."""

import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / ".build-wheel"


class BareRoot:
    """A root of one release of Debian, made once. ``folder`` is inside it, and empty for every test run."""

    def __init__(self, release, python):
        self.path = CACHE / "roots" / release
        self.folder = self.path / "trial"
        self.python = python
        if not (self.path / "complete").exists():
            self._make(release)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.run("true")

    def _make(self, release):
        subprocess.run(["rm", "-rf", self.path], check=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        mode = "root" if os.geteuid() == 0 else "unshare"
        done = subprocess.run(
            ["mmdebstrap", "--quiet", f"--mode={mode}", "--variant=minbase", "--include=python3,python3-pip,python3-venv",
             release, self.path],
            capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"mmdebstrap cannot make a root of Debian {release}: {done.stdout}{done.stderr}")
        (self.path / "complete").touch()

    def run(self, *command, environment=None, exit_code=0):
        """Runs a command in the root, in its folder, and returns what it did."""
        # A user who is not root is root in a namespace of their own.
        enter = ["unshare"] if os.geteuid() == 0 else ["unshare", "--map-root-user"]
        enter += ["--net", "--mount", "--pid", "--fork", "--mount-proc", f"--root={self.path}", "--wd=/trial"]
        done = subprocess.run(
            [*enter, *map(str, command)], capture_output=True, text=True, timeout=600,
            env={"PATH": "/trial/venv/bin:/usr/bin:/bin", "HOME": "/trial", "LC_ALL": "C.UTF-8", **(environment or {})})
        assert done.returncode == exit_code, f"{command}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def install(self, wheel):
        """Installs the wheel in a new environment, with NumPy from this machine's package index."""
        packages = CACHE / "packages" / self.python
        if not list(packages.glob("numpy-*.whl")):
            subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                 "--only-binary=:all:", "--python-version", self.python, "--platform", "manylinux2014_x86_64",
                 "--platform", "manylinux_2_28_x86_64", "--dest", packages, "numpy"],
                check=True)
        shutil.copytree(packages, self.folder / "packages")
        shutil.copy(wheel, self.folder / "packages")
        self.run("python3", "-m", "venv", "venv")
        self.run("pip", "install", "--quiet", "--no-index", "--find-links=packages", "qd-imd")
