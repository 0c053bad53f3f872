"""Whether a program makes the same masks as version 2: the same vectors, pixels, SVG text, and JSON text.

    python identity.py check PROGRAM              compares with the recorded hashes of version 2
    python identity.py compare PROGRAM PROGRAM    compares two programs, mask by mask
    python identity.py record PROGRAM             records version2.json again; with --cases, only those cases in it

Real drawings are taken from the folder QUICKDRAW_DIR; without it only cases with the bundled drawings are compared.
Exit code 0: the same masks; 1: others; 2: could not compare.
"""

import argparse
import fnmatch
import os
import sys
import time
from pathlib import Path

from cases import PRESETS, cases
from differences import differences_of
from digests import folder_digest
from program import BUNDLED, Program, ProgramError, scratch_folder
from recording import Recording

RECORDING = Path(__file__).with_name("version2.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["check", "compare", "record"])
    parser.add_argument("programs", nargs="+", type=Path, metavar="PROGRAM")
    parser.add_argument("--drawings", type=Path, help="folder of simplified/, raw/, binary/; default: QUICKDRAW_DIR")
    parser.add_argument("--sources", choices=["all", "real", "bundled"], default="all", help="which drawings to use")
    parser.add_argument("--quick", action="store_true", help="300 masks of each preset instead of 5,000")
    parser.add_argument("--masks", type=int, help="masks of each preset for record and compare; default: 5000")
    parser.add_argument("--cases", default="*", metavar="PATTERN", help="only these cases, such as 'preset thin*'")
    parser.add_argument("--file", type=Path, default=RECORDING, help="the recording; default: version2.json")
    options = parser.parse_args()
    if len(options.programs) != (2 if options.command == "compare" else 1):
        parser.error("compare needs two programs, check and record need one")
    if options.masks is not None and options.command == "check":
        parser.error("--masks cannot be used with check: the recording determines the number of masks")
    if options.drawings is None and os.environ.get("QUICKDRAW_DIR"):
        options.drawings = Path(os.environ["QUICKDRAW_DIR"])
    start = time.monotonic()
    try:
        with scratch_folder() as scratch:
            is_same = COMMANDS[options.command](options, scratch)
    except (OSError, ValueError, ProgramError) as error:
        is_file_error = isinstance(error, OSError) and error.filename
        message = f"{error.filename}: {error.strerror}" if is_file_error else error
        print(f"identity: {message}", file=sys.stderr)
        sys.exit(2)
    print(f"{time.monotonic() - start:.0f} s")
    sys.exit(0 if is_same else 1)


def selected(options, masks, suite):
    """The cases whose drawings are available, and whose names are asked for."""
    chosen = cases(masks, suite)
    if options.sources != "all":
        chosen = [case for case in chosen if case.is_real == (options.sources == "real")]
    if options.drawings is None:
        if options.sources == "real" or options.command == "record":
            raise ValueError("no real drawings; expected a folder of them in QUICKDRAW_DIR")
        print("no real drawings (QUICKDRAW_DIR): only the bundled ones are used")
        chosen = [case for case in chosen if not case.is_real]
    chosen = [case for case in chosen if fnmatch.fnmatch(case.name, options.cases)]
    if not chosen:
        raise ValueError(f"--cases {options.cases}: no such case")
    return chosen


def drawing_digests(options, chosen):
    """A hash of every folder of drawings that the cases use; a bank is made of simplified drawings."""
    names = {"simplified" if case.source == "bank" else case.source for case in chosen}
    folders = {name: BUNDLED if name == "bundled" else options.drawings / name for name in sorted(names)}
    for folder in folders.values():
        if not folder.is_dir():
            raise ValueError(f"{folder}: no such directory; expected drawings")
    return {name: folder_digest(folder) for name, folder in folders.items()}


def record(options, scratch):
    masks = options.masks or 5000
    chosen = selected(options, masks, "both")
    program = Program(options.programs[0], options.drawings, scratch)
    unknown = set(program.presets()) ^ set(PRESETS)
    if unknown:
        raise ValueError(f"presets {', '.join(sorted(unknown))}: in the program or in cases.py only; expected in both")
    drawings = drawing_digests(options, chosen)
    if options.cases == "*":
        recording = Recording(program.version, masks, drawings)
    else:
        recording = Recording.read(options.file)
        recording.require_drawings(drawings)
        if (recording.version, recording.masks) != (program.version, masks):
            raise ValueError(f"{options.file}: version {recording.version}, {recording.masks} masks of each preset; "
                             f"expected {program.version} and {masks} to replace single cases")
    for case in chosen:
        with program.output(case) as output:
            recording.add(case, output.digests(program.pool))
        print(f"recorded  {case.name}", flush=True)
    recording.write(options.file)
    return True


def check(options, scratch):
    recording = Recording.read(options.file)
    chosen = selected(options, recording.masks, "quick" if options.quick else "full")
    recording.require_drawings(drawing_digests(options, chosen))
    program = Program(options.programs[0], options.drawings, scratch)
    different = 0
    for case in chosen:
        try:
            with program.output(case) as output:
                findings = recording.differences(case, output.ids, output.digests(program.pool))
        except ProgramError as error:
            findings = [str(error)]
        different += bool(findings)
        say(case, findings)
    print(f"{len(chosen) - different} of {len(chosen)} cases are the same as version {recording.version}'s")
    if different:
        print("identity.py compare PROGRAM PROGRAM, with a program of that version, reports single masks")
    return different == 0


def compare(options, scratch):
    chosen = selected(options, options.masks or 5000, "quick" if options.quick else "full")
    programs = []
    for name, path in zip(["first", "second"], options.programs):
        (scratch / name).mkdir()
        programs.append(Program(path, options.drawings, scratch / name))
    different = 0
    for case in chosen:
        try:
            with programs[0].output(case) as first, programs[1].output(case) as second:
                findings = differences_of(first, second, programs[0].pool)
        except ProgramError as error:
            findings = [str(error)]
        different += bool(findings)
        say(case, findings)
    print(f"{len(chosen) - different} of {len(chosen)} cases are the same")
    return different == 0


def say(case, findings):
    print(f"{'DIFFERENT' if findings else 'same     '}  {case.name}", flush=True)
    for finding in findings:
        print(f"    {finding}", flush=True)


COMMANDS = {"check": check, "compare": compare, "record": record}

if __name__ == "__main__":
    main()
