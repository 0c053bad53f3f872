"""Where output goes: files, links, pipes, devices, standard output; what it never replaces; and what is said on the way."""

import json
import os
import pty
import resource
import shutil
import stat
import subprocess
import threading

import pytest
from conftest import FIXTURES, PROGRAM, export, read_terminal, run, tree
from PIL import Image
from processes import killed_at, needs_strace

MASKS = FIXTURES / "masks"
MASK = MASKS / "00001_train.json"
PAIR = ["diff", MASKS / "00000_train.png", MASKS / "00000_train.svg", "--quiet"]

# Every command that writes a single file, without its path, and the exit code of a failure.
WRITERS = {
    "report": (["report", MASK, "--quiet", "--output"], 1),
    "rasterize": (["rasterize", MASK, "--quiet", "--output"], 1),
    "json": ([*PAIR, "--json"], 2),
    "html": ([*PAIR, "--html"], 2),
    "index": (["index", FIXTURES / "drawings" / "cat.ndjson", "--quiet", "--output"], 1),
}
# Every command that prints something, and the exit code of a failure.
PRINTERS = {
    "help": (["--help"], 1),
    "version": (["--version"], 1),
    "schema": (["schema"], 1),
    "presets": (["presets"], 1),
    "preset": (["presets", "qd-imd"], 1),
    "inspect": (["inspect", MASK], 1),
    "inspect drawings": (["inspect", FIXTURES / "drawings", "--json"], 1),
    "diff": (["diff", MASKS / "00000_train.png", MASKS / "00000_train.svg"], 2),
} | {name: ([*arguments, "-"], code) for name, (arguments, code) in WRITERS.items()}


@pytest.fixture
def expected(tmp_path):
    """The bytes that each command writes into a new file."""
    def bytes_of(name):
        path = tmp_path / f"expected.{'png' if name == 'rasterize' else name}"
        if not path.exists():
            run(*WRITERS[name][0], path)
        return path.read_bytes()

    return bytes_of


def program(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=60, **options)


# Files, links, pipes, devices.


@pytest.mark.parametrize("name", WRITERS)
def test_a_device_is_written_to_and_stays(name):
    before = os.stat("/dev/null")
    run(*WRITERS[name][0], "/dev/null")
    after = os.stat("/dev/null")
    assert stat.S_ISCHR(after.st_mode) and (after.st_ino, after.st_rdev) == (before.st_ino, before.st_rdev)


@pytest.mark.parametrize("name", WRITERS)
def test_a_device_that_is_full_is_an_error(name):
    done = program(*WRITERS[name][0], "/dev/full")
    assert (done.returncode, done.stderr) == (
        WRITERS[name][1], b"/dev/full: cannot be written: No space left on device\n")


@pytest.mark.parametrize("name", WRITERS)
def test_a_pipe_gets_the_whole_file_and_stays(name, expected, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    run(*WRITERS[name][0], pipe)
    reader.join(timeout=60)
    assert received == [expected(name)]
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("target", ["existing", "missing"])
def test_a_link_is_written_through(name, target, expected, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "existing").write_text("mine")
    link = tmp_path / "link.png"
    link.symlink_to(f"folder/{target}")
    arguments, code = WRITERS[name]
    if target == "existing":
        said = run(*arguments, link, exit_code=code).stderr
        assert said == f"{link}: already exists; expected a new file, or --overwrite\n"
        assert (tmp_path / "folder" / "existing").read_text() == "mine"
    run(*arguments, link, *(["--overwrite"] if target == "existing" else []))
    assert link.is_symlink() and (tmp_path / "folder" / target).read_bytes() == expected(name)
    assert {path.name for path in (tmp_path / "folder").iterdir()} == {"existing", target}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("output", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_dash_and_its_other_names_are_standard_output(name, output, expected, tmp_path):
    done = program(*WRITERS[name][0], output, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, expected(name), b"")
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("output", ["-", "/dev/stdout"])
def test_standard_output_that_is_a_file_is_continued_not_replaced(output, expected, tmp_path):
    path = tmp_path / "log"
    path.write_bytes(b"before\n")
    with open(path, "ab") as file:
        subprocess.run([PROGRAM, *map(str, WRITERS["json"][0]), output], stdout=file, check=True)
        file.write(b"after\n")
    assert path.read_bytes() == b"before\n" + expected("json") + b"after\n"


@pytest.mark.parametrize("name", WRITERS)
def test_an_existing_file_is_kept_unless_it_may_be_replaced(name, expected, tmp_path):
    path = tmp_path / "x.png"
    path.write_text("mine")
    arguments, code = WRITERS[name]
    said = run(*arguments, path, exit_code=code).stderr
    assert said == f"{path}: already exists; expected a new file, or --overwrite\n"
    assert path.read_text() == "mine"
    run(*arguments, path, "--overwrite")
    assert path.read_bytes() == expected(name)


@pytest.mark.parametrize("name", ["report", "json", "html"])
def test_a_folder_is_not_a_file(name, tmp_path):
    arguments, code = WRITERS[name]
    said = run(*arguments, tmp_path, "--overwrite", exit_code=code).stderr
    assert said == f"{tmp_path}: is a folder; expected a file\n"


def test_two_outputs_are_not_one_file(tmp_path):
    said = run(*PAIR, "--json", tmp_path / "x", "--html", tmp_path / "x", exit_code=64).stderr
    assert f"--json and --html are the same file, {tmp_path}/x; expected two" in said


def test_images_of_many_masks_need_a_folder(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 3, "--test", 0)
    said = run("rasterize", tmp_path / "masks", "--output", "-", exit_code=1).stderr
    assert said == f"{tmp_path}/masks: contains 3 masks; expected a single one for --output -\n"
    said = run("rasterize", tmp_path / "masks", "--output", "/dev/null", exit_code=1).stderr
    assert said == "/dev/null: is not a folder; expected one for the images of 3 masks\n"


def test_existing_images_are_kept_unless_they_may_be_replaced(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 3, "--test", 0)
    run("rasterize", tmp_path / "masks", "--output", tmp_path / "out")
    drawn = tree(tmp_path / "out")
    (tmp_path / "out" / "train" / "00000_train.png").unlink()
    (tmp_path / "out" / "train" / "00002_train.png").write_text("mine")
    said = run("rasterize", tmp_path / "masks", "--output", tmp_path / "out", exit_code=1).stderr
    assert said == f"{tmp_path}/out/train/00001_train.png: already exists; expected a new file, or --overwrite\n"
    assert set(tree(tmp_path / "out")) == {"train/00001_train.png", "train/00002_train.png"}
    run("rasterize", tmp_path / "masks", "--output", tmp_path / "out", "--overwrite")
    assert tree(tmp_path / "out") == drawn


def test_existing_overlays_are_kept_unless_they_may_be_replaced(tmp_path):
    pair = MASKS / "00000_train.png", MASKS / "00001_train.png"
    overlay = tmp_path / "overlay" / "00000_train.png"
    run("diff", *pair, "--overlay", tmp_path / "overlay", exit_code=1)
    drawn = overlay.read_bytes()
    overlay.write_text("mine")
    said = run("diff", *pair, "--overlay", tmp_path / "overlay", exit_code=2).stderr
    assert said == f"{overlay}: already exists; expected a new file, or --overwrite\n"
    assert overlay.read_text() == "mine"
    run("diff", *pair, "--overlay", tmp_path / "overlay", "--overwrite", exit_code=1)
    assert overlay.read_bytes() == drawn


# Inputs.


@pytest.fixture
def two(bundled, tmp_path):
    """Two datasets with the same names and different masks."""
    for name, seed in [("a", 1), ("b", 2)]:
        export(bundled, tmp_path / name, "--train", 3, "--test", 2, "--seed", seed, "--checksums")
    return tmp_path


def unchanged(folder, arguments, code):
    """Runs a command that must fail, with --overwrite, and checks that it changed nothing. Gives what it said."""
    before = tree(folder)
    said = run(*arguments, "--overwrite", exit_code=code).stderr
    assert tree(folder) == before
    assert said.count("\n") == 1
    return said


@pytest.mark.parametrize("overlay", ["b/train", "b", "b/svg", "a/test/deep", "b/new", "other/../b/train", "link"])
def test_overlays_are_not_written_into_an_input(two, overlay):
    (two / "other").mkdir()
    (two / "link").symlink_to("b/train")
    unchanged(two, ["diff", two / "a", two / "b", "--overlay", two / overlay], 2)


def test_overlays_are_not_written_over_masks_of_a_plain_folder(two):
    for name in ["a", "b"]:
        shutil.copytree(two / name / "train", two / f"plain-{name}")
    unchanged(two, ["diff", two / "plain-a", two / "plain-b", "--overlay", two / "plain-b"], 2)
    pair = two / "plain-a" / "00000_train.png", two / "plain-b" / "00000_train.png"
    said = unchanged(two, ["diff", *pair, "--overlay", two / "plain-b"], 2)
    assert said == f"{pair[1]}: is an input; expected another file\n"
    os.link(pair[0], two / "hard.png")
    for option in ["--json", "--html"]:
        said = unchanged(two, ["diff", *pair, option, two / "hard.png"], 2)
        assert said == f"{two}/hard.png: is the input {pair[0]}; expected another file\n"


@pytest.mark.parametrize("part", [
    "dataset.json", "preview.png", "SHA256SUMS", "train/00000_train.png", "train/new.json", "vectors/train.jsonl",
    "svg/train/00001_train.svg"])
@pytest.mark.parametrize("way", ["directly", "link", "folder link"])
def test_no_part_of_a_dataset_is_written_to(two, part, way):
    output = two / "b" / part
    if way == "link":
        output = two / "link"
        output.symlink_to(two / "b" / part)
    elif way == "folder link":
        (two / "shortcut").symlink_to("b")
        output = two / "shortcut" / part
    for option in ["--json", "--html"]:
        unchanged(two, ["diff", two / "a", two / "b", option, output], 2)
    unchanged(two, ["report", two / "b", "--output", output], 1)
    # Of a dataset that is not read, too.
    unchanged(two, ["report", two / "a" / "vectors", "--output", output], 1)


def test_files_beside_a_dataset_in_its_folder_are_its_owners(two):
    for _ in range(2):
        run("report", two / "b", "--output", two / "b" / "report.html", "--overwrite", "--quiet")
        run("diff", two / "b", two / "b", "--json", two / "b" / "diff.json", "--overwrite", "--quiet")


def test_a_mask_is_not_drawn_over_itself(tmp_path):
    mask = tmp_path / "mask.json"
    shutil.copy(MASK, mask)
    (tmp_path / "link.png").symlink_to("mask.json")
    os.link(mask, tmp_path / "hard.png")
    for name in ["link.png", "hard.png"]:
        said = unchanged(tmp_path, ["rasterize", mask, "--output", tmp_path / name], 1)
        assert said == f"{tmp_path}/{name}: is the input {mask}; expected another file\n"


def test_a_mask_is_not_drawn_into_a_dataset(two):
    said = unchanged(two, ["rasterize", MASK, "--output", two / "b" / "train" / "x.png"], 1)
    assert said == f"{two}/b/train/x.png: is a part of the dataset {two}/b; expected another file\n"


# Standard output and messages.


@pytest.mark.parametrize("name", PRINTERS)
def test_a_full_disk_at_standard_output_is_noticed(name):
    arguments, code = PRINTERS[name]
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == code
    assert done.stderr in [b"standard output: cannot be written: No space left on device\n",
                           b"/dev/stdout: cannot be written: No space left on device\n"]


@pytest.mark.parametrize("name", PRINTERS)
def test_a_closed_pipe_at_standard_output_is_noticed(name):
    arguments, code = PRINTERS[name]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([PROGRAM, *map(str, arguments)], stdout=writer, stderr=subprocess.PIPE, timeout=60)
    os.close(writer)
    assert done.returncode == code
    assert done.stderr.endswith(b": cannot be written: Broken pipe\n") and done.stderr.count(b"\n") == 1


def test_what_is_printed_never_gets_into_a_file(tmp_path):
    """Without standard output, the first file that is opened would have its number."""
    command = f"'{PROGRAM}' diff '{MASK}' '{MASK}' --json '{tmp_path}/x.json' >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], timeout=60).returncode == 2
    assert json.loads((tmp_path / "x.json").read_text())["same"] == 1


HOSTILE = "a\x1b[31m\x07\x9b5n\x7f"


def test_control_characters_reach_no_terminal(tmp_path):
    def check(done):
        assert not set(done.stdout + done.stderr) & {"\x1b", "\x07", "\x9b", "\x7f"}, done
        return done.stdout + done.stderr

    mask = json.loads(MASK.read_text()) | {"id": HOSTILE}
    mask["strokes"][0]["source"]["word"] = HOSTILE
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.jsonl").write_text(json.dumps(mask))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / f"{HOSTILE}.svg").write_text("<svg/>")
    (tmp_path / "b" / f"{HOSTILE}.json").write_text("{}")
    drawing = {"word": HOSTILE, "key_id": "1", "drawing": [[[0, 255], [0, 255]]]}
    (tmp_path / "drawings.ndjson").write_text(json.dumps(drawing) + "\n")
    shown = "a\\u{1B}[31m\\u{7}\\u{9B}5n\\u{7F}"
    assert shown in check(run("inspect", tmp_path / "a"))
    assert shown in check(run("inspect", tmp_path / "drawings.ndjson", "--by-category"))
    assert shown in check(run("diff", tmp_path / "a", tmp_path / "b", exit_code=2))
    assert shown in check(run("inspect", tmp_path / "b", exit_code=1))
    assert shown in check(run("inspect", tmp_path / HOSTILE, exit_code=1))
    assert shown in check(run("rasterize", MASK, "--output", "x", "--size", HOSTILE, exit_code=64))
    assert shown in check(run("diff", tmp_path / "a", tmp_path / "a" / "x.jsonl", "--candidate-hole", HOSTILE, exit_code=64))


def shown_on_a_terminal(*arguments, **environment):
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [PROGRAM, *map(str, arguments)], stdout=terminal, stderr=terminal, env=os.environ | environment)
    os.close(terminal)
    shown = read_terminal(controller)
    assert process.wait(timeout=60) == 0
    os.close(controller)
    return shown


def test_a_dumb_terminal_gets_no_escape_sequences(bundled, tmp_path):
    arguments = ["export", bundled, "--train", 3000, "--test", 0, "--output"]
    assert "\x1b[K" in shown_on_a_terminal(*arguments, tmp_path / "a", TERM="xterm")
    assert "\x1b" not in shown_on_a_terminal(*arguments, tmp_path / "b", TERM="dumb")


def test_json_on_a_terminal_is_escaped_json(tmp_path):
    drawing = {"word": HOSTILE, "key_id": "1", "drawing": [[[0, 255], [0, 255]]]}
    (tmp_path / "drawings.ndjson").write_text(json.dumps(drawing) + "\n")
    arguments = ["inspect", tmp_path / "drawings.ndjson", "--json", "--by-category", "--quiet"]
    shown = shown_on_a_terminal(*arguments)
    assert not set(shown) & {"\x1b", "\x07", "\x9b", "\x7f"}
    assert json.loads(shown) == json.loads(run(*arguments).stdout)


# Interruptions and limits.


@needs_strace
def test_what_a_killed_rasterize_left_is_removed_by_the_next(bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 400, "--test", 0, "--formats", "json")
    arguments = ["rasterize", tmp_path / "masks", "--output", tmp_path / "out", "--size", "1024", "--quiet"]
    folder = tmp_path / "out" / "train"
    assert killed_at(5, *arguments)
    assert any(path.name.endswith(".partial") for path in folder.iterdir())
    (folder / ".mine.partial").write_text("mine")
    run(*arguments, "--overwrite")
    assert {path.name for path in folder.iterdir()} == {".mine.partial"} | {f"{n:05}_train.png" for n in range(400)}


@pytest.mark.parametrize("arguments, code", [
    (["inspect"], 1), (["report", "--output", "out.html"], 1), (["rasterize", "--output", "out"], 1), (["diff"], 2)])
def test_too_little_memory_is_an_error_not_a_hang(bundled, tmp_path, arguments, code):
    export(bundled, tmp_path / "masks", "--train", 30, "--test", 0)
    masks = [tmp_path / "masks"] * (2 if code == 2 else 1)
    codes = set()
    for mebibytes in [*range(60, 140, 8), 200, 1000]:
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        (tmp_path / "out.html").unlink(missing_ok=True)
        size = mebibytes << 20
        done = subprocess.run(
            [PROGRAM, arguments[0], *masks, *arguments[1:], "--quiet"], capture_output=True, cwd=tmp_path, timeout=60,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))
        # 127: the system's loader has no memory for the libraries.
        assert done.returncode in {0, code, 127}, (mebibytes, done)
        if done.returncode == code:
            assert b"memory" in done.stderr and done.stderr.count(b"\n") == 1, (mebibytes, done)
        codes.add(done.returncode)
    assert 0 in codes


NUMBERS = [
    "0", "-0", "-0.0", "1", "-1", "0.5", "255", "256", "1e308", "1e309", "-1e309", "1e-320", "nan", "-nan", "inf", "-inf",
    "infinity", "", " ", "+1", "0x10", "1_000", "１", "2147483647", "2147483648", "4294967296", "4611686018427387904",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "18446744073709551615", "18446744073709551616", "99999999999999999999999999", "1e18", "0." + "0" * 400 + "1",
]
# Sizes and the like of which a few are large, but nothing else.
SIZES = ["0", "0x5", "5x0", "x", "5x", "x5", "-1", "1x1x1", "1.5", "32768", "99999999999999999999", "nan", "", "5 x 5"]
OPTIONS = [
    *[(["inspect", MASK], option, NUMBERS) for option in ["--jobs", "--threshold"]],
    *[(["report", MASK, "--output", "/dev/null"], option, NUMBERS) for option in ["--jobs", "--threshold", "--sample"]],
    *[(["rasterize", MASK, "--output", "/dev/null"], option, NUMBERS)
      for option in ["--jobs", "--scale", "--feather", "--dilate", "--bit-depth"]],
    (["rasterize", MASK, "--output", "/dev/null"], "--size", SIZES),
    *[([*PAIR], option, NUMBERS)
      for option in ["--jobs", "--threshold", "--tolerance", "--max-pixels", "--max-ratio"]],
]


@pytest.mark.parametrize("command, option, values", OPTIONS, ids=lambda part: part if isinstance(part, str) else "")
def test_every_number_is_used_or_refused(command, option, values):
    for value in values:
        for arguments in [[option, value], [f"{option}={value}"]]:
            done = program(*command, *arguments)
            allowed = {0, 64, 2 if command[0] == "diff" else 1}
            assert done.returncode in allowed, (arguments, done)
            assert (done.returncode == 0) or done.stderr, (arguments, done)


@pytest.mark.parametrize("option", ["--jobs", "--threshold", "--sample", "--scale", "--feather", "--dilate", "--tolerance",
                                    "--max-pixels", "--max-ratio"])
@pytest.mark.parametrize("value", ["nan", "-1", "", "inf", "9223372036854775808"])
def test_what_is_no_number_of_an_option_is_wrong_usage(option, value):
    command = next(command for command, name, _ in OPTIONS if name == option)
    if option in ["--dilate", "--scale", "--tolerance"] and value == "9223372036854775808":
        value = "1e309"
    if option == "--tolerance" and value == "inf":
        value = "-inf"
    run(*command, f"{option}={value}", exit_code=64)
