"""A package that depends on the library, as its users write it: Tests/ExternalPackage, built in .build/external-package.

It must not be disturbed by this checkout's own builds, and a second run of the tests compiles only what changed.
"""

import os
import subprocess
import time

from conftest import ROOT

PACKAGE = ROOT / "Tests" / "ExternalPackage"
FOLDER = ROOT / ".build" / "external-package"
# A first build compiles the whole library without optimization.
TIMEOUT = 900


def build(scratch, *arguments, package=PACKAGE, exit_code=0, **environment):
    """Builds the package as a user does: without this project's environment variables, but for the given ones."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QDIMD_")}
    command = ["swift", "build", "--package-path", package, "--scratch-path", FOLDER / scratch, *arguments]
    done = subprocess.run(
        command, env=kept | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT)
    assert done.returncode == exit_code, done.stdout[-5000:]
    return done.stdout


def built(scratch, program):
    return FOLDER / scratch / "debug" / program


def published_version():
    """Commits this checkout as it is, with its uncommitted changes, to a Git repository of its own; returns its path
    and the version that it is tagged with. The checkout's own .git stays as it was."""
    repository = FOLDER / "qd-imd.git"
    repository.mkdir(parents=True, exist_ok=True)

    def git(*arguments):
        identity = ["-c", "user.name=tests", "-c", "user.email=tests@example.invalid"]
        subprocess.run(
            ["git", "--git-dir", repository, "--work-tree", ROOT, *identity, *arguments], check=True, cwd=ROOT,
            capture_output=True)

    # SwiftPM remembers which commit a version is, so that each run has a version of its own.
    version = f"999.0.{int(time.time())}"
    if not (repository / "HEAD").exists():
        git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "--message", version)
    git("tag", version)
    return repository, version
