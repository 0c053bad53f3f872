"""qd-imd download starts the program beside it, and no other command loads a networking library."""

import os
import shutil
import signal
import subprocess
import sys

import pytest
from bucket_server import is_silent
from conftest import PROGRAM, run
from download_setup import CAT, base, bucket, names, output  # noqa: F401 (fixtures)
from test_download_interrupted import start, wait_for_part

DOWNLOAD = PROGRAM.with_name("qd-imd-download")


@pytest.mark.skipif(sys.platform != "linux", reason="ldd is Linux's")
def test_only_the_download_loads_a_network_library():
    def loaded(program):
        return subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout

    unwanted = ["libFoundation.so", "libFoundationNetworking.so", "lib_FoundationICU.so", "libcurl.so"]
    assert [name for name in unwanted if name in loaded(PROGRAM)] == []
    assert "libcurl.so" in loaded(DOWNLOAD)
    assert [name for name in unwanted[:3] if name in loaded(DOWNLOAD)] == []


def test_both_tell_the_same_of_their_options():
    told = run("download", "--help").stdout
    own = subprocess.run([DOWNLOAD, "--help"], capture_output=True, text=True, check=True).stdout
    assert run("help", "download").stdout == told
    told = told.replace("USAGE: qd-imd download", "USAGE: qd-imd-download")
    assert [line for line in told.splitlines() if "--version" not in line] == own.splitlines()


@pytest.mark.parametrize("how", ["by a link", "by PATH"])
def test_it_is_found_beside_the_real_program(base, output, tmp_path, how):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "qd-imd").symlink_to(PROGRAM)
    program, path = (tmp_path / "bin" / "qd-imd", os.defpath) if how == "by a link" else ("qd-imd", PROGRAM.parent)
    command = [program, "download", "cat", "--output", output, "--base-url", base, "--quiet"]
    subprocess.run(command, check=True, cwd=tmp_path, env={**os.environ, "PATH": str(path)})
    assert names(output) == ["cat.ndjson"]


@pytest.mark.parametrize("signalled_by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_is_the_same_process_and_signals_reach_it(base, bucket, output, signalled_by):
    bucket.faults = {CAT: [is_silent(5, after=70_000)]}
    process = start(base, output, "cat")
    wait_for_part(output, 70_000)
    process.send_signal(signalled_by)
    process.communicate(timeout=60)
    assert process.returncode == -signalled_by


def test_words_like_the_command_are_words(base, output):
    said = run("download", "download", "--output", output, "--base-url", base, exit_code=1).stderr
    assert said.endswith(': no drawings of "download"; expected a listed word\n')


def test_a_missing_companion_is_an_error_that_says_where_and_how(tmp_path):
    alone = tmp_path / "qd-imd"
    shutil.copy(PROGRAM, alone)
    done = subprocess.run([alone, "download", "cat", "--output", tmp_path / "d"], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        f"{alone.resolve()}-download: cannot be started: No such file or directory; expected qd-imd-download "
        "beside the running program (build it from source with: swift build -c release --product qd-imd-download), or a "
        "file from another program, such as: curl -O "
        "https://storage.googleapis.com/quickdraw_dataset/full/simplified/cat.ndjson\n"
    )
