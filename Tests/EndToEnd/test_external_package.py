"""A package that depends on the library builds: by path, and by version from Git, where SwiftPM refuses unsafe flags."""

import shutil
import subprocess

import numpy
from external_package import build, built, published_version
from PIL import Image

from conftest import ROOT


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


def test_a_package_that_depends_on_the_checkout_by_path_builds_and_makes_a_mask(tmp_path):
    build("by-path")
    assert_makes_a_mask(built("by-path", "one-mask"), tmp_path)


def test_a_package_that_depends_on_a_version_from_git_builds_and_makes_a_mask(tmp_path):
    repository, version = published_version()
    output = build("by-version", QDIMD_GIT=f"file://{repository}", QDIMD_VERSION=version)
    assert "unsafe" not in output
    assert_makes_a_mask(built("by-version", "one-mask"), tmp_path)


def test_a_warning_of_a_newer_compiler_is_an_error_only_in_the_builds_of_the_project(tmp_path):
    checkout = tmp_path / "qd-imd"
    for name in ["Sources", "Tests", "Benchmarks"]:
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns(".build"))
    shutil.copy(ROOT / "Package.swift", checkout)
    source = checkout / "Sources" / "PlaneGeometry" / "Point.swift"
    source.write_text(source.read_text() + '\n#warning("a newer compiler warns")\n')
    target = ["--target", "PlaneGeometry"]
    assert "warning: a newer compiler warns" in build("warned", *target, QDIMD_PATH=str(checkout))
    strict = build("warned", *target, QDIMD_PATH=str(checkout), QDIMD_WARNINGS_AS_ERRORS="1", exit_code=1)
    assert "error: a newer compiler warns" in strict
