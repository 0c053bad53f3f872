"""A package that depends on the library builds: by path, and by version from Git.

So do the Swift blocks of the documentation, all of a page as one program.
"""

import shutil
import subprocess

import numpy
import pytest
from external_package import PACKAGE, build, built, published_version
from markdown import ARTICLES, PAGES, name, split_page
from PIL import Image

from conftest import FIXTURES, ROOT


def assert_makes_a_mask(program, folder):
    """The program writes a brush stroke 20 px wide from (16, 16) to (80, 48) on a canvas of 96×64."""
    path = folder / "mask.png"
    count = int(subprocess.run([program, path], check=True, capture_output=True, text=True).stdout)
    with Image.open(path) as image:
        assert (image.mode, image.size) == ("L", (96, 64))
        pixels = numpy.asarray(image)
    assert set(numpy.unique(pixels)) == {0, 255}
    assert (pixels == 255).sum() == count
    y, x = numpy.mgrid[0.5:64, 0.5:96]
    along = numpy.clip(((x - 16) * 64 + (y - 16) * 32) / (64**2 + 32**2), 0, 1)
    distance = numpy.hypot(x - 16 - 64 * along, y - 16 - 32 * along)
    assert ((pixels == 255) == (distance <= 10)).all()


def program_name(page):
    return page.stem.lower()


def swift_blocks(page):
    return [block.text for block in split_page(page)[0] if block.is_run and block.language == "swift"]


SWIFT_PAGES = [page for page in [*PAGES, *ARTICLES] if swift_blocks(page)]


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    """A package that depends on a version, with a program of the Swift blocks of each page, built."""
    package = tmp_path_factory.mktemp("programs") / "package"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns(".build", "Package.resolved"))
    for page in SWIFT_PAGES:
        source = package / "Sources" / program_name(page) / "main.swift"
        source.parent.mkdir()
        source.write_text("\n".join(swift_blocks(page)))
    repository, version = published_version()
    return build(
        "by-version", package=package, QDIMD_GIT=f"file://{repository}", QDIMD_VERSION=version,
        QDIMD_PROGRAMS=",".join(map(program_name, SWIFT_PAGES)))


@pytest.mark.thorough
def test_a_program_that_depends_on_a_version_from_git_makes_a_mask(programs, tmp_path):
    assert_makes_a_mask(built("by-version", "one-mask"), tmp_path)


@pytest.mark.thorough
@pytest.mark.parametrize("page", SWIFT_PAGES, ids=name)
def test_the_swift_of_a_page_compiles_for_a_user_of_the_library_and_runs(page, programs, tmp_path):
    shutil.copytree(FIXTURES / "drawings", tmp_path / "drawings")
    done = subprocess.run(
        [built("by-version", program_name(page))], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_package_has_no_unsafe_flags():
    # With them, versions of SwiftPM before 6.2 refuse to build what depends on a version.
    assert "unsafeFlags" not in (ROOT / "Package.swift").read_text()


def test_a_package_that_depends_on_the_checkout_by_path_builds():
    # Of the library, as much as takes little time: all of it is built above.
    build("by-path", "--target", "PlaneGeometry")


def test_a_warning_of_a_newer_compiler_is_an_error_only_in_the_builds_of_the_project(tmp_path):
    checkout = tmp_path / "qd-imd"
    for name in ["Sources", "Tests", "Benchmarks"]:
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns(".build", "__pycache__"))
    shutil.copy(ROOT / "Package.swift", checkout)
    source = checkout / "Sources" / "PlaneGeometry" / "Point.swift"
    source.write_text(source.read_text() + '\n#warning("a newer compiler warns")\n')
    target = ["--target", "PlaneGeometry"]
    assert "warning: a newer compiler warns" in build("warned", *target, QDIMD_PATH=str(checkout))
    strict = build("warned", *target, QDIMD_PATH=str(checkout), QDIMD_WARNINGS_AS_ERRORS="1", exit_code=1)
    assert "error: a newer compiler warns" in strict
