"""The commands as users meet them: help, inspect, progress, input and output files."""

import os
import pty
import resource
import subprocess

import pytest
from conftest import FIXTURES, PROGRAM, export, read_terminal, run
from PIL import Image

MASKS = FIXTURES / "masks"


COMMANDS = ["download", "index", "export", "rasterize", "diff", "inspect", "report", "presets", "schema"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_is_named_in_the_help_of_all(command):
    assert run(command, "--help").stdout.startswith("OVERVIEW: ")
    assert f"\n  {command} " in run("--help").stdout


def test_the_version_is_printed_alone():
    assert run("--version").stdout == "3.0.0\n"


def test_an_unknown_option_is_wrong_usage():
    assert "Unknown option '--sede'" in run("export", "x", "--output", "y", "--sede", 1, exit_code=64).stderr


def test_inspect_reports_what_is_in_a_dataset(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 40, "--test", 10)
    lines = run("inspect", tmp_path / "masks").stdout.splitlines()
    assert lines[0] == "dataset       qd-imd 3.0.0, seed 0, png, json, svg"
    assert lines[1] == "images        512×512 px, 8-bit, white holes, backend cairo"
    assert lines[2].startswith("train         40 masks from 12 categories: ")
    assert lines[4:6] == ["masks         50", "sizes         50 of 512×512 px"]


def test_inspect_reports_what_is_in_a_source(bundled):
    lines = run("inspect", bundled).stdout.splitlines()
    assert lines[0] == "files         24"
    assert lines[1].startswith("categories    24: The Eiffel Tower, ")
    assert lines[2] == "drawings      4,800"


def test_a_single_mask_becomes_a_file_or_goes_into_a_folder(tmp_path):
    run("rasterize", MASKS / "00000_train.json", "--output", tmp_path / "named.png")
    run("rasterize", MASKS / "00000_train.json", "--output", tmp_path / "folder")
    exported = (MASKS / "00000_train.png").read_bytes()
    assert (tmp_path / "named.png").read_bytes() == exported
    assert (tmp_path / "folder" / "00000_train.png").read_bytes() == exported


def test_scale_is_a_multiple_of_the_canvas(tmp_path):
    run("rasterize", MASKS / "00000_train.svg", "--output", tmp_path / "x.png", "--scale", 0.5)
    assert Image.open(tmp_path / "x.png").size == (256, 256)


def test_a_dataset_is_drawn_with_its_own_color_and_never_over_itself(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 3, "--test", 1, "--hole", "black", "--bit-depth", 1)
    run("rasterize", tmp_path / "masks", "--output", tmp_path / "again")
    for name in ["train/00002_train.png", "test/00000_test.png"]:
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "masks" / name).read_bytes()
    said = run("rasterize", tmp_path / "masks", "--output", tmp_path / "masks", exit_code=1).stderr
    assert said == f"{tmp_path}/masks: contains a dataset; expected another folder\n"


def test_a_canvas_can_be_wide(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 4, "--test", 0, "--canvas", "640x360", "--size", "320x180")
    assert Image.open(tmp_path / "masks" / "train" / "00003_train.png").size == (320, 180)
    run("diff", tmp_path / "masks" / "vectors", tmp_path / "masks")


def test_progress_is_a_bar_on_a_terminal_and_quiet_elsewhere(bundled, tmp_path):
    arguments = [str(part) for part in [PROGRAM, "export", bundled, "--train", 3000, "--test", 0, "--output"]]
    controller, terminal = pty.openpty()
    process = subprocess.Popen([*arguments, str(tmp_path / "a")], stdout=subprocess.PIPE, stderr=terminal)
    os.close(terminal)
    shown = read_terminal(controller)
    assert process.wait() == 0
    assert "░" in shown and "masks, " in shown
    plain = subprocess.run([*arguments, str(tmp_path / "b")], capture_output=True, text=True)
    assert plain.stdout == "" and "░" not in plain.stderr and "\r" not in plain.stderr
    silent = subprocess.run([*arguments, str(tmp_path / "c"), "--quiet"], capture_output=True, text=True)
    assert (silent.stdout, silent.stderr) == ("", "")


# That nobody edited one of them is what the SHA-256 of all says, in test_identity.py.
@pytest.mark.parametrize("every", [20, pytest.param(1, marks=pytest.mark.thorough)])
def test_the_bundled_drawings_are_what_their_generator_draws(every):
    subprocess.run(["python3", FIXTURES / "make_doodles.py", "--check", "--every", str(every)], check=True)


def test_the_bundled_masks_are_what_the_program_makes(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 3, "--test", 1)
    for path in sorted((tmp_path / "masks").glob("t*/*.png")) + sorted((tmp_path / "masks").glob("svg/*/*.svg")):
        assert (MASKS / path.name).read_bytes() == path.read_bytes(), path.name
    for split in ["train", "test"]:
        for line in (tmp_path / "masks" / "vectors" / f"{split}.jsonl").read_text().splitlines(keepends=True):
            name = line.split('"id":"')[1].split('"')[0]
            assert (MASKS / f"{name}.json").read_text() == line


def test_inspect_reads_images_in_the_datasets_color(bundled, tmp_path):
    for color in ["white", "black"]:
        export(bundled, tmp_path / color, "--train", 30, "--test", 0, "--formats", "png", "--hole", color)
    white, black = (run("inspect", tmp_path / color).stdout.splitlines() for color in ["white", "black"])
    assert [line for line in white if "hole ratio" in line] == [line for line in black if "hole ratio" in line]


def test_rasterize_keeps_out_of_a_datasets_folders(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 3, "--test", 0)
    said = run("rasterize", MASKS / "00000_train.json", "--output", tmp_path / "masks" / "train", exit_code=1).stderr
    assert said == f"{tmp_path}/masks/train: contains a part of a dataset; expected another folder\n"


def test_output_that_cannot_be_written_is_an_error(tmp_path):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    with open(tmp_path / "schema.json", "w") as file:
        done = subprocess.run([PROGRAM, "schema"], stdout=file, stderr=subprocess.PIPE, text=True, preexec_fn=limit)
    assert (done.returncode, done.stderr) == (1, "standard output: cannot be written: File too large\n")


def test_a_mask_may_come_through_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    command = [PROGRAM, "rasterize", tmp_path / "pipe.json", "--output", tmp_path / "x.png", "--quiet"]
    process = subprocess.Popen([str(part) for part in command])
    (tmp_path / "pipe.json").write_bytes((MASKS / "00000_train.json").read_bytes())
    assert process.wait(timeout=60) == 0
    assert (tmp_path / "x.png").read_bytes() == (MASKS / "00000_train.png").read_bytes()
