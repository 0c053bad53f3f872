"""The machine, and the versions of everything that is measured beside the program."""

import functools
import os
import platform
import subprocess
from importlib import metadata

PACKAGES = ["pillow", "opencv-python-headless", "pycairo", "skia-python", "CairoSVG", "resvg-py"]
LIBRARIES = ["cairo", "libpng", "zlib", "simdjson"]


def machine_line():
    return (f"{os.cpu_count()} cores{processor()}, {platform.machine()}, {system()}, {swift()}, "
            f"Python {platform.python_version()}")


@functools.cache
def peer_versions():
    """By name; `missing` where something is not installed."""
    versions = {name: package_version(name) for name in PACKAGES}
    versions["rsvg-convert"] = word(first_line("rsvg-convert", "--version"), 2)
    for name in LIBRARIES:
        versions[name] = first_line("pkg-config", "--modversion", name) or "missing"
    return versions


def package_version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def first_line(*command):
    """The first line that a program prints; empty if it is not installed, or fails."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except OSError:
        return ""
    return done.stdout.splitlines()[0].strip() if done.returncode == 0 and done.stdout.strip() else ""


def word(line, index):
    words = line.split()
    return words[index] if len(words) > index else "missing"


def processor():
    """The processor's model in parentheses, where the system reports it."""
    try:
        with open("/proc/cpuinfo") as lines:
            names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = [first_line("sysctl", "-n", "machdep.cpu.brand_string")]
    return f" ({names[0]})" if names and names[0] else ""


def system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


@functools.cache
def swift():
    words = first_line("swift", "--version").split()
    return f"Swift {words[words.index('version') + 1]}" if "version" in words else "Swift of unknown version"
