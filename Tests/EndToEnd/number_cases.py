"""Runs of the program with one number at its limits: in every option of every command, and in every file that is read."""

import hashlib
import io
import json
import shutil
import struct
import tarfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from bank_reader import BLOCK, xxh64
from bucket_server import Bucket
from conftest import FIXTURES, run
from download_setup import packed_record
from number_values import TEXTS, field_variants, json_variants, limits, text_variants

SMALL = ["--drawings-per-file=10", "--no-sync", "--jobs=1"]
COUNTS = ["--train=2", "--test=1"]
MASKS = FIXTURES / "masks"

# How a command is run where only one of its options matters; a template of `Templates` is where.
BASES = {
    "download": (["cat", "-o", "out", "--base-url", "SERVER", "--retries=0", "--retry-delay=0"], None),
    "index": (["DRAWINGS", "-o", "out.bank", "--jobs=1"], None),
    "export": (["DRAWINGS", "-o", "out", *COUNTS, *SMALL, "--quiet"], None),
    "plan": (["DRAWINGS", "-o", "out", *COUNTS, "--drawings-per-file=10", "--jobs=1", "--quiet"], None),
    "status": (["masks"], "plan"),
    "merge": (["masks", "--no-sync", "--quiet"], "plan"),
    "verify": (["masks"], "dataset"),
    "rasterize": ([str(MASKS / "00000_train.json"), "-o", "out.png", "--quiet"], None),
    "diff": ([str(MASKS / "00000_train.png"), str(MASKS / "00001_train.png"), "--json", "out.json"], None),
    "vectorize": ([str(MASKS / "00000_train.png"), "-o", "out", "--quiet"], None),
    "inspect": ([str(MASKS)], None),
    "split": ([str(MASKS), "-o", "out", "--quiet"], None),
    "report": ([str(MASKS), "-o", "out.html", "--quiet"], None),
}
# What prints a constant.
CONSTANT = {"presets", "schema", "help"}
# Options that name something; all others are numbers, also those of the future.
NAMES = {
    "--output", "--form", "--base-url", "--words", "--exclude-words", "--countries", "--plan", "--preset", "--spec",
    "--placement", "--formats", "--hole", "--backend", "--layout", "--image-list", "--source", "--candidate-hole",
    "--reference-hole", "--candidate-channel", "--reference-channel", "--channel", "--overlay", "--json", "--html", "--title",
    "--fidelity", "--shapes", "--caps", "--report", "--manifest", "--suffix", "--extension", "--coco-counts", "--ignore-mask",
    "--strip-suffix", "--junit", "--by",
}
# Options that mean something only together with others.
PLANNED = ["--plan", "masks", "--jobs=1", "--no-sync", "--quiet"]
COMPANIONS = {
    ("export", "--shard"): PLANNED,
    ("export", "--shard-offset"): [*PLANNED, "--shard=auto"],
    ("export", "--max-width-factor"): [*BASES["export"][0], "--hole-ratio=0.1...0.2"],
    ("plan", "--max-width-factor"): [*BASES["plan"][0], "--hole-ratio=0.1...0.2"],
}
# 10^12 masks are allowed, and take a while: a plan of them does not.
LONG = {("export", "--train"), ("export", "--test")}
SHAPES = {
    "WxH": ["{0}", "{0}x{0}", "512x{0}", "{0}x512"],
    "A...B": ["{0}", "{0}...{0}", "0.1...{0}", "{0}...0.3"],
    "k": ["{0}", "0-{0}", "{0}-0", "0,{0}"],
    "any|touching|free[=PX]": ["{0}", "free={0}"],
    "x,y,w,h": ["{0}", "{0},0,9,9", "0,{0},9,9", "0,0,{0},9", "0,0,9,{0}"],
    "ratio": ["{0}", "{0}%"],
}
VARIABLES = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "CLOUD_RUN_TASK_INDEX",
             "PBS_ARRAY_INDEX", "SGE_TASK_ID"]


@dataclass
class Case:
    """One run of the program."""

    label: str
    arguments: list
    # The folder that is copied before the run, the files that are written into it, and the variables that are set.
    template: str | None = None
    files: dict = field(default_factory=dict)
    variables: dict = field(default_factory=dict)
    # What a server of the listing says of a file, where there is one.
    listed: dict | None = None


class Templates:
    """The files of which one number is changed: real ones, small."""

    def __init__(self, folder):
        self.folder = folder
        self.drawings = folder / "drawings"
        self.drawings.mkdir()
        for name in ["cat", "star", "sun"]:
            lines = (FIXTURES / "drawings" / f"{name}.ndjson").read_bytes().splitlines(True)
            (self.drawings / f"{name}.ndjson").write_bytes(b"".join(lines[:12]))
        (folder / "dataset").mkdir()
        run("export", self.drawings, "-o", "masks", *COUNTS, *SMALL, "--quiet", cwd=folder / "dataset")
        (folder / "plan").mkdir()
        run("plan", self.drawings, "-o", "masks", *COUNTS, "--masks-per-shard=1", "--drawings-per-file=10", "--quiet",
            cwd=folder / "plan")
        run("export", "--plan", "masks", "--shard", "all", "--no-sync", "--quiet", cwd=folder / "plan")
        run("index", self.drawings, "-o", folder / "strokes.bank", "--quiet")
        self.bank = (folder / "strokes.bank").read_bytes()
        self.png = (MASKS / "00000_train.png").read_bytes()

    def copy(self, case, folder):
        """The folder of a run."""
        if case.template:
            shutil.copytree(self.folder / case.template, folder)
        else:
            folder.mkdir()
        for name, data in case.files.items():
            (folder / name).write_bytes(data)

    def arguments(self, case):
        return [str(self.drawings) if argument == "DRAWINGS" else str(argument) for argument in case.arguments]


def options(help_dump):
    """The commands with their options that have a value, as the program lists them."""
    for command in help_dump["command"]["subcommands"]:
        found = [option for option in command.get("arguments", []) if option["kind"] == "option"]
        yield command["commandName"], found


def option_cases(help_dump):
    for command, found in options(help_dump):
        if command in CONSTANT:
            assert not found, f"{command} has options now; expected it in BASES"
            continue
        base, template = BASES[command]
        for option in found:
            name = "--" + next(n["name"] for n in option["names"] if n["kind"] == "long")
            if name in NAMES:
                continue
            arguments = COMPANIONS.get((command, name), base)
            kept = [argument for argument in arguments if not argument.startswith(name + "=")]
            for value in dict.fromkeys([*limits(option.get("abstract", "")), *TEXTS]):
                if (command, name) in LONG and value.isdecimal() and len(value) < 14 and int(value) > 100:
                    continue
                for shape in SHAPES.get(option.get("valueName"), ["{0}"]):
                    text = shape.format(value)
                    yield Case(
                        f"{command} {name}={text}", [command, *kept, f"{name}={text}"],
                        "plan" if arguments[0] == "--plan" else template,
                        variables={"SLURM_ARRAY_TASK_ID": "0"} if "--shard=auto" in arguments else {},
                        listed={} if command == "download" else None)


def variable_cases():
    for name in VARIABLES:
        for value in TEXTS:
            yield Case(f"{name}={value}", ["export", *PLANNED, "--shard=auto"], "plan", variables={name: value})
            yield Case(f"{name}=0, offset {value}", ["export", *PLANNED, "--shard=auto", f"--shard-offset={value}"], "plan",
                       variables={name: "1"})


def file_cases(name, variants, commands, template=None):
    for index, (label, data) in enumerate(variants):
        # Every command reads a file the same way; each takes its turn.
        arguments = commands[index % len(commands)]
        yield Case(f"{name} {label}: {' '.join(arguments[:2])}", arguments, template,
                   {name: data if isinstance(data, bytes) else data.encode()})


def spec_cases(templates):
    spec = run("presets", "paper-test").stdout
    variants = list(json_variants(spec, first=60))
    small = json.loads(run("presets", "qd-imd").stdout)
    small["spec"] |= {"hole_ratio": [0.05, 0.4], "max_width_factor": 4, "border": "free", "border_margin": 3,
                      "stroke_scale": [0.5, 1.5]}
    text = json.dumps(small)
    yield from file_cases("spec.json", [*variants, *json_variants(text, first=60)], [
        ["plan", "DRAWINGS", "-o", "out", "--spec", "spec.json", "--jobs=1", "--quiet", "--drawings-per-file=10"],
        ["export", "DRAWINGS", "-o", "out", "--spec", "spec.json", *COUNTS, *SMALL, "--quiet"],
    ])


def manifest_cases(templates):
    text = (templates.folder / "dataset" / "masks" / "dataset.json").read_text()
    yield from file_cases("masks/dataset.json", json_variants(text, first=60), [
        ["inspect", "masks"], ["verify", "masks"], ["rasterize", "masks", "-o", "out", "--quiet"],
        ["report", "masks", "-o", "out.html", "--quiet"], ["diff", "masks", "masks"],
        ["export", "DRAWINGS", "-o", "masks", "--resume", *COUNTS, *SMALL, "--quiet"],
        ["export", "DRAWINGS", "-o", "out", "--spec", "masks/dataset.json", "--any-source", *COUNTS, *SMALL, "--quiet"],
    ], "dataset")


def plan_cases(templates):
    folder = templates.folder / "plan" / "masks"
    text = (folder / "plan.json").read_text()
    yield from file_cases("masks/plan.json", json_variants(text, first=60), [
        ["status", "masks"], ["status", "masks", "--json"], ["export", *PLANNED, "--shard=0"], ["export", *PLANNED, "--shard=all"],
        ["merge", "masks", "--no-sync", "--quiet"],
    ], "plan")
    [record] = folder.glob(".qd-imd-partial/*/records/00000.txt")
    name = str(record.relative_to(folder.parent))
    head, lines = record.read_text().split("\n", 1)
    [*lines, _] = lines.splitlines()

    def sealed(text):
        return f"{text}{hashlib.sha256(text.encode()).hexdigest()}\n"

    heads = ((label, sealed("\n".join([changed, *lines]) + "\n")) for label, changed in json_variants(head, first=20))
    sizes = ((f"size {value}", sealed("\n".join([head, f"{line[:64]} {value} {line[65:].split(' ')[1]}", *lines[1:]]) + "\n"))
             for line in lines[:1] for value in TEXTS)
    yield from file_cases(name, [*heads, *sizes], [
        ["status", "masks"], ["status", "masks", "--json"], ["merge", "masks", "--no-sync", "--quiet"],
        ["export", *PLANNED, "--shard=0"]
    ], "plan")


def mask_cases(templates):
    text = (MASKS / "00000_train.json").read_text()
    readers = [["rasterize", "x.json", "-o", "out.png", "--quiet"], ["inspect", "x.json"],
               ["diff", "x.json", str(MASKS / "00000_train.png"), "--json", "out.json"],
               ["rasterize", "x.json", "-o", "out.png", "--quiet", "--backend=exact", "--feather=2"],
               ["report", "x.json", "-o", "out.html", "--quiet"],
               ["rasterize", "x.json", "-o", "out.png", "--quiet", "--antialias", "--dilate=3"]]
    yield from file_cases("x.json", json_variants(text, first=16), readers)
    yield from file_cases("x.jsonl", json_variants(text, first=9), [["inspect", "x.jsonl"], ["report", "x.jsonl", "-o", "out.html"]])
    svg = [[argument.replace("x.json", "x.svg") for argument in reader] for reader in readers]
    text = (MASKS / "00000_train.svg").read_text()
    body = text[:text.index("<metadata>")] + text[text.index("</metadata>") + 11:]
    yield from file_cases("x.svg", text_variants(body), svg)
    unit = '<svg xmlns="http://www.w3.org/2000/svg" width="256mm" height="256" viewBox="0 0 67.73 67.73">' \
        '<g transform="matrix(1 0 0 1 5 5) rotate(10 3 3) scale(2)"><path fill="none" stroke="#000" stroke-linecap="round" ' \
        'style="stroke-width:2.5px" d="M1 2l3 4h5v6"/><line x1="1" y1="2" x2="3" y2="4" stroke="black" stroke-width="1"/></g></svg>'
    yield from file_cases("x.svg", text_variants(unit, first=40), svg)
    metadata = text[text.index("<metadata>"):text.index("</metadata>")]
    yield from file_cases(
        "x.svg", ((label, text.replace(metadata, changed)) for label, changed in json_variants(metadata)), svg)


def bank_cases(templates):
    def seal(data):
        data = bytearray(data)
        start = struct.unpack_from("<Q", data, 64 + 16 * 4)[0]
        if BLOCK < start < len(data) and (start - BLOCK) % BLOCK == 0:
            for index, place in enumerate(range(BLOCK, start, BLOCK)):
                if start + 8 * index + 8 <= len(data):
                    struct.pack_into("<Q", data, start + 8 * index, xxh64(bytes(data[place:place + BLOCK])))
            struct.pack_into("<Q", data, 56, xxh64(bytes(data[start:])))
        struct.pack_into("<Q", data, 4088, xxh64(bytes(data[:4088])))
        return bytes(data)

    names = ["version", "block", "length", "categories", "drawings", "strokes", "points"]
    fields = [(name, 8 if i == 0 else 12 if i == 1 else 16 + 8 * (i - 2), 4 if i < 2 else 8) for i, name in enumerate(names)]
    fields += [(f"section {i // 2}.{i % 2}", 64 + 8 * i, 8) for i in range(10)]
    category, drawing, count, points = (struct.unpack_from("<Q", templates.bank, 64 + 16 * i)[0] for i in range(4))
    fields += [("category count", category, 8), ("category strokes", category + 8, 8), ("strokeless", category + 16, 8),
               ("word start", category + 24, 4), ("word size", category + 28, 4), ("second count", category + 32, 8),
               ("key", drawing, 8), ("place", drawing + 8, 8), ("time", drawing + 16, 4), ("flags", drawing + 22, 1),
               ("second place", drawing + 32, 8), ("stroke count", count, 1), ("stroke total", points, 2), ("end", points + 2, 2)]
    yield from file_cases("x.bank", field_variants(templates.bank, fields, seal=seal), [
        ["inspect", "x.bank"], ["export", "x.bank", "-o", "out", *COUNTS, *SMALL, "--quiet"], ["inspect", "x.bank", "--json"],
        ["index", "x.bank", "-o", "out.bank"],
    ])


def tar_bytes(templates):
    """Members of every kind that readers know: an ordinary one, one with pax records, and one with GNU's long name."""
    data = (MASKS / "00000_train.json").read_bytes()
    result = {}
    for kind, form, name in [("ustar", tarfile.USTAR_FORMAT, "a.json"), ("pax", tarfile.PAX_FORMAT, "ü" * 120 + ".json"),
                             ("gnu", tarfile.GNU_FORMAT, "l" * 120 + ".json")]:
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            if kind == "pax":
                member.pax_headers = {"size": str(len(data)), "mtime": "1.5", "comment": "x"}
            archive.addfile(member, io.BytesIO(data))
        result[kind] = buffer.getvalue()
    return result


def with_checksum(data, place):
    head = bytearray(data[place:place + 512])
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return data[:place] + bytes(head) + data[place + 512:]


def tar_cases(templates):
    def variants():
        for kind, data in tar_bytes(templates).items():
            places = [0] if kind == "ustar" else [0, 1024]
            for place in places:
                for name, offset, size in [("mode", 100, 8), ("uid", 108, 8), ("size", 124, 12), ("mtime", 136, 12),
                                           ("checksum", 148, 8), ("major", 329, 8)]:
                    values = [b"", b" ", b"0", b"-1", b"8", b"7" * size, b"7" * (size - 1), b"1" * (size - 1), b"nan", b"1e3"]
                    values += [b"\x80" + n.to_bytes(size - 1, "big") for n in [0, 2**31, 2**52, 2**56 - 1]]
                    values += [b"\x80" + n.to_bytes(11, "big") for n in [2**63 - 1, 2**63, 2**64, 2**64 + 3000] if size == 12]
                    values += [b"\xff" * size, b"\xff" + bytes(size - 1), b"\x80" + b"\xff" * (size - 1)]
                    for value in values:
                        changed = data[:place + offset] + value.ljust(size, b"\0") + data[place + offset + size:]
                        yield (f"{kind} {name}={value!r} at {place}",
                               changed if name == "checksum" else with_checksum(changed, place))
        data = tar_bytes(templates)["pax"]
        for match in ["size=", "mtime="]:
            for value in TEXTS:
                record = f"{match}{value}\n".encode()
                length = len(record) + 3
                length += len(str(length)) - 2
                record = f"{length} ".encode() + record
                if len(record) < 512:
                    changed = data[:512] + record.ljust(512, b"\0") + data[1024:]
                    head = changed[:124] + b"%011o\0" % len(record) + changed[136:]
                    yield f"pax {match}{value}", with_checksum(head, 0)
        for value in TEXTS:
            record = f"{value} path=x.json\n".encode()
            if len(record) < 512:
                changed = data[:512] + record.ljust(512, b"\0") + data[1024:]
                yield f"pax length {value}", with_checksum(changed[:124] + b"%011o\0" % len(record) + changed[136:], 0)

    yield from file_cases("x.tar", variants(), [
        ["inspect", "x.tar"], ["rasterize", "x.tar", "-o", "out", "--quiet"], ["diff", "x.tar", str(MASKS / "00000_train.png")],
        ["report", "x.tar", "-o", "out.html", "--quiet"]])


def png_cases(templates):
    data = templates.png

    def seal(data):
        # The checksums of all chunks whose length still is one.
        data, place = bytearray(data), 8
        while place + 12 <= len(data):
            length = int.from_bytes(data[place:place + 4], "big")
            if place + 12 + length > len(data):
                break
            data[place + 8 + length:place + 12 + length] = zlib.crc32(data[place + 4:place + 8 + length]).to_bytes(4, "big")
            place += 12 + length
        return bytes(data)

    fields = [("width", 16, 4), ("height", 20, 4), ("depth", 24, 1), ("color", 25, 1), ("compression", 26, 1), ("filter", 27, 1),
              ("interlace", 28, 1), ("IHDR length", 8, 4), ("IDAT length", 33, 4), ("IEND length", len(data) - 12, 4),
              ("zlib", 41, 2)]
    variants = [*field_variants(data, fields, "big", seal), *field_variants(data, fields, "big")]
    for depth in range(18):
        for color in range(8):
            variants.append((f"depth {depth}, color {color}", seal(data[:24] + bytes([depth, color]) + data[26:])))
    yield from file_cases("x.png", variants, [
        ["inspect", "x.png"], ["diff", "x.png", str(MASKS / "00000_train.png"), "--json", "out.json"],
        ["report", "x.png", "-o", "out.html", "--quiet"], ["inspect", "x.png", "--threshold=9", "--channel=luminance"]])


def drawing_cases(templates):
    record = packed_record([3, 2])
    fields = [("key", 0, 8), ("country", 8, 2), ("recognized", 10, 1), ("time", 11, 4), ("strokes", 15, 2), ("points", 17, 2)]
    readers = [["inspect", "cat.bin"], ["index", "cat.bin", "-o", "out.bank"],
               ["export", "cat.bin", "-o", "out", "--train=1", "--test=0", *SMALL, "--quiet"],
               ["inspect", "cat.bin", "--skip-damaged", "--json"]]
    recognized = record[:10] + b"\1" + record[11:]
    yield from file_cases("cat.bin", field_variants(recognized * 3, fields), readers)
    line = '{"word":"cat","countrycode":"US","timestamp":"2017-03-17 18:48:33.14285 UTC","recognized":true,"key_id":"%d",' \
        '"drawing":[[[0,255],[0,255]]]}\n'
    raw = '{"word":"cat","countrycode":"US","timestamp":"2017-03-17 18:48:33.14285 UTC","recognized":true,"key_id":"%d",' \
        '"drawing":[[[0,300.5,-7],[0,255,9],[0,17,34]]]}\n'
    ndjson = [[argument.replace("cat.bin", "cat.ndjson") for argument in reader] for reader in readers]
    for text in [line, raw]:
        variants = [(label, changed + text % 2) for label, changed in json_variants(text % 1)]
        variants += [(label, text % 1 + changed) for label, changed in json_variants(text % 2)]
        yield from file_cases("cat.ndjson", variants, ndjson)


def listing_cases():
    for value in TEXTS:
        for listed in [{"size": value}, {"size": value, "md5Hash": None}]:
            yield Case(f"listed size {value}", ["download", *BASES["download"][0]], listed=listed)
            yield Case(f"listed size {value}", ["download", *BASES["download"][0], "--dry-run"], listed=listed)
    for number in [0, -1, 0.5, 1e308, 2**63 - 1, 2**63, 2**64, True, None, [], {}]:
        yield Case(f"listed size {number}, a number", ["download", *BASES["download"][0]], listed={"size": number})


def all_cases(templates, help_dump):
    for source in [
        option_cases(help_dump), variable_cases(), spec_cases(templates), manifest_cases(templates), plan_cases(templates),
        mask_cases(templates), bank_cases(templates), tar_cases(templates), png_cases(templates), drawing_cases(templates),
        listing_cases(),
    ]:
        yield from source


def bucket(case):
    name = "full/simplified/cat.ndjson"
    served = Bucket({name: (FIXTURES / "drawings" / "cat.ndjson").read_bytes()[:4000]})
    served.listed[name] = case.listed
    return served
