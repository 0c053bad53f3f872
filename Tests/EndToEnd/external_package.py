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
    # Without the index, which only editors need.
    command = ["swift", "build", "--disable-index-store", "--package-path", package, "--scratch-path", FOLDER / scratch, *arguments]
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
    settings = ["user.name=tests", "user.email=tests@example.invalid", "commit.gpgSign=false", "tag.gpgSign=false"]

    def git(*arguments):
        command = ["git", "--git-dir", repository, "--work-tree", ROOT]
        command += [word for setting in settings for word in ("-c", setting)]
        return subprocess.run(
            [*command, *arguments], check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout.strip()

    if not repository.exists():
        repository.mkdir(parents=True)
        git("init", "--quiet")
    git("add", "--all")
    if not git("rev-list", "--all", "--max-count=1") or git("diff", "--cached", "--name-only"):
        # SwiftPM remembers on each machine which commit a version is: no two commits ever have the same version.
        version = f"999.0.{int(time.time())}"
        git("commit", "--quiet", "--message", version)
        git("tag", version)
    return repository, git("describe", "--tags")
