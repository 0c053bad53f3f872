"""The wheel, as people install it: on systems without Swift and cairo. `make wheel` builds it first."""

import filecmp
import re
import shutil
import subprocess
import tarfile
import zipfile

import pytest

from bare_root import ROOT, BareRoot

PROGRAM = ROOT / ".build" / "release" / "qd-imd"
RELEASES = {"bookworm": "3.11", "bullseye": "3.9"}


@pytest.fixture(scope="session")
def wheel():
    wheels = list((ROOT / "dist").glob("qd_imd-*.whl"))
    assert len(wheels) == 1, f"dist has {wheels}; expected one wheel, from make wheel"
    return wheels[0]


@pytest.fixture(scope="session", params=RELEASES)
def root(request, wheel):
    """Debian 12 and 11, with the wheel installed."""
    root = BareRoot(request.param, RELEASES[request.param])
    root.install(wheel)
    yield root
    shutil.rmtree(root.folder)


@pytest.fixture(scope="session")
def members(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def test_it_fits_in_15_MB_and_needs_glibc_2_31_only(wheel):
    assert wheel.stat().st_size <= 15_000_000
    # What auditwheel found; the tag of an older one comes first.
    tag = re.fullmatch(r"qd_imd-[0-9.]+-py3-none-manylinux_2_(\d+)_x86_64\.whl", wheel.name)
    assert tag and int(tag[1]) <= 31, wheel.name


def test_its_library_exports_the_C_interface_only(members, tmp_path):
    header = (ROOT / "Sources" / "CQDIMDHeader" / "qdimd.h").read_text(encoding="utf-8")
    declared = set(re.findall(r"^[a-z].*?\b(qdimd_\w+)\(", header, re.MULTILINE))
    library = tmp_path / "libqdimd.so"
    library.write_bytes(members["qd_imd/_native/libqdimd.so"])
    printed = subprocess.run(
        ["nm", "--dynamic", "--defined-only", "--extern-only", library], capture_output=True, text=True, check=True)
    exported = {line.split()[-1].split("@")[0] for line in printed.stdout.splitlines()}
    assert exported == declared


def test_it_has_a_license_for_everything_that_is_linked_in(members):
    licenses = {name.rpartition("/")[2]: text for name, text in members.items() if "/_native/licenses/" in name}
    for part, text in {
        "swift.txt": b"Runtime Library Exception", "swift-argument-parser.txt": b"Apache License",
        "swift-system.txt": b"Apache License", "simdjson.txt": b"Apache License", "libstdc++.txt": b"RUNTIME LIBRARY",
        "libcairo2-dev.txt": b"Mozilla Public License", "libpixman-1-dev.txt": b"Permission is hereby granted",
        "libpng-dev.txt": b"libpng", "libjpeg62-turbo-dev.txt": b"Independent JPEG Group", "libssl-dev.txt": b"Apache",
        "libexpat1-dev.txt": b"Permission is hereby granted",
        "libfreetype-dev.txt": b"FreeType", "zlib1g-dev.txt": b"zlib", "Apache-2.0.txt": b"Apache License",
        "MPL-1.1.txt": b"Mozilla Public License", "SOURCES.txt": b"cairo 1.16.0",
    }.items():
        assert text.lower() in licenses[part].lower(), part
    assert all(licenses.values())
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in members)


def test_two_lines_make_a_mask(root):
    printed = root.run("python", "-c", "import qd_imd; print(qd_imd.Masks()[0].mean())").stdout
    assert 0 < float(printed) < 255


def test_the_program_is_on_the_path_and_a_module(root):
    version = root.run("qd-imd", "--version").stdout
    assert re.fullmatch(r"[0-9.]+\n", version)
    assert root.run("python", "-m", "qd_imd", "--version").stdout == version
    assert root.run("python", "-c", "import qd_imd; print(qd_imd.__version__)").stdout == version


def test_nothing_beyond_glibc_is_loaded(root):
    for file in "/trial/venv/bin/qd-imd", "/trial/venv/lib/python*/site-packages/qd_imd/_native/libqdimd.so":
        loaded = root.run("sh", "-c", f"ldd {file}").stdout
        names = set(re.findall(r"^\s*(?:/\S*/)?([a-z_A-Z-]+)[\w.-]*\.so", loaded, re.MULTILINE))
        of_glibc = {"linux-vdso", "libm", "libpthread", "libutil", "libdl", "libgcc_s", "libc", "ld-linux-x"}
        assert names <= of_glibc, loaded


@pytest.mark.parametrize("backend", ["exact", "cairo"])
def test_a_thousand_masks_are_those_of_the_program_from_source(root, backend, tmp_path):
    arguments = ["export", "drawings", "--output", "masks", "--seed", "5", "--train", "900", "--test", "100", "--quiet",
                 "--overwrite", "--backend", backend]
    for folder in root.folder, tmp_path:
        shutil.copytree(ROOT / "fixtures" / "drawings", folder / "drawings", dirs_exist_ok=True)
    subprocess.run([PROGRAM, *arguments], cwd=tmp_path, check=True)
    root.run("qd-imd", *arguments)
    ours, theirs = files(tmp_path / "masks"), files(root.folder / "masks")
    assert len(ours) > 2000
    assert ours == theirs
    assert filecmp.cmpfiles(tmp_path / "masks", root.folder / "masks", ours, shallow=False) == (ours, [], [])


def files(folder):
    """The path of every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_library_draws_what_the_program_exports(root):
    root.run("python", "-c", """if True:
        import qd_imd, subprocess, pathlib, json, sys
        bank = pathlib.Path(qd_imd.__file__).parent / "_native" / "drawings.bank"
        subprocess.run(["qd-imd", "export", bank, "--output", "drawn", "--train", "50", "--test", "0", "--quiet",
                        "--bit-depth", "8"], check=True)
        lines = open("drawn/vectors/train.jsonl").read().splitlines()
        masks = qd_imd.Masks(count=50)
        for index, line in enumerate(lines):
            assert json.loads(line) == masks.vector(index), index
            assert (qd_imd.rasterize(line) == masks[index]).all(), index
    """)


def test_download_says_how_to_get_it(root):
    refused = root.run("qd-imd", "download", "cat", "--output", "downloads", exit_code=1)
    assert refused.stdout == ""
    assert re.fullmatch(
        r"/\S+/qd-imd-download: cannot be started: No such file or directory; expected qd-imd-download beside the "
        r"running program \(build it from source with: [a-z -]+\), or a file from another program, "
        r"such as: curl -O https://\S+\n",
        refused.stderr), refused.stderr


def test_without_Swift_the_sdist_says_that_Swift_is_required(tmp_path):
    (sdist,) = (ROOT / "dist").glob("qd_imd-*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    for needed in "Package.swift", "Sources/CQDIMDHeader/qdimd.h", "fixtures/drawings/cat.ndjson", "scripts/wheel/link":
        assert (folder / needed).is_file(), needed
    # All that is on the PATH.
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in "bash", "dirname", "realpath":
        (programs / name).symlink_to(shutil.which(name))
    done = subprocess.run(
        [ROOT / ".build-wheel" / "venv" / "bin" / "python", "-m", "pip", "wheel", "--no-build-isolation", "--no-deps",
         "--disable-pip-version-check", "--wheel-dir", tmp_path, folder],
        capture_output=True, text=True, env={"PATH": str(programs), "HOME": str(tmp_path)})
    assert done.returncode != 0
    printed = done.stdout + done.stderr
    assert "building it from source requires Swift 6.2 or later (https://swift.org/install)" in printed
    assert "Traceback" not in printed
