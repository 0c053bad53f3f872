"""Numbers at the limits of every type and beyond them, as text, as JSON, and as bytes of a binary field."""

import re
import struct

POWERS = [2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**53 + 1, 2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64]
# What an argument, an attribute, or a variable may say where a number is expected.
TEXTS = [
    "", " ", "0", "-0", "-0.0", "1", "-1", "0.5", "1.5", "-0.5", "1e3", "nan", "NaN", "-nan", "inf", "-inf", "Infinity",
    "1e308", "-1e308", "1e309", "1e-320", "5e-324", *map(str, POWERS), str(-(2**31) - 1), str(-(2**63)), str(-(2**63) - 1),
    "9" * 400, "0." + "1" * 400, "0x10", "0x1p1023", "1_000", "+1", "007", "1,5", "１", "1e", "--1", ".", "1;2",
]
# Not all of them are JSON: the reader has to say so.
JSONS = [
    "", "0", "-0", "-0.0", "1", "-1", "0.5", "1e3", "NaN", "Infinity", "1e308", "-1e308", "1e309", "5e-324",
    *map(str, POWERS), str(-(2**63)), str(-(2**63) - 1), f"{2**63 - 1}.0", "9" * 400, "01", "+1", "0x10", "null", "true",
    '""', '"1"', '"nan"', "[]", "{}",
]
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
# A string, so that a number in it is not taken for one; or a number.
JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|' + NUMBER.pattern)


def limits(text):
    """The numbers that a help text mentions, and those just beyond them."""
    found = []
    for number in re.findall(r"(?<![\w^.])[0-9]+(?:\.[0-9]+)?(?![\w^])", text):
        whole = "." not in number
        step = 1 if whole else 0.01
        found += [number, str((int if whole else float)(number) - step), str((int if whole else float)(number) + step)]
        found += [f"{float(number) - 1e-9!r}", f"{float(number) + 1e-9!r}"]
    return found


def json_variants(text, first=12, last=2):
    """The text with one of its numbers replaced: every number up to `first`, and the `last` ones."""
    tokens = []
    for match in JSON_TOKEN.finditer(text):
        if not match[0].startswith('"'):
            tokens.append((match.start(), match.end(), JSONS))
        elif match[0][1:-1].isdecimal():
            tokens.append((match.start() + 1, match.end() - 1, [value for value in TEXTS if '"' not in value]))
    chosen = tokens if len(tokens) <= first + last else tokens[:first] + tokens[-last:]
    for start, end, values in chosen:
        for value in values:
            yield f"{text[max(0, start - 20):start]}{value}", text[:start] + value + text[end:]


def text_variants(text, first=24, last=2):
    """The text, of another format than JSON, with one of its numbers replaced."""
    tokens = [match.span() for match in NUMBER.finditer(text)]
    for start, end in tokens if len(tokens) <= first + last else tokens[:first] + tokens[-last:]:
        for value in [*TEXTS, "1e38%", "1e308mm", "-1px", "NaNpx"]:
            yield f"{text[max(0, start - 20):start]}{value}", text[:start] + value + text[end:]


def field_values(size, current=0, length=0):
    """Values for an unsigned field of so many bytes, in a file of a length."""
    wanted = {0, 1, current - 1, current + 1, 2 * current, length, length + 1, 4096, 32767, 32768, *POWERS,
              2**8 - 1, 2**15, 2**16 - 1, 2**64 - 4096, 2**63 - 4096}
    return sorted({value % 2 ** (8 * size) for value in wanted} - {current})


def field_variants(data, fields, order="little", seal=lambda data: data):
    """The data with one field replaced; `fields` are names, offsets, and sizes, and `seal` makes the checksums right."""
    for name, offset, size in fields:
        current = int.from_bytes(data[offset:offset + size], order)
        for value in field_values(size, current, len(data)):
            changed = data[:offset] + value.to_bytes(size, order) + data[offset + size:]
            yield f"{name}={value}", seal(changed)


def doubles():
    """Bit patterns of doubles, where a field is one."""
    return [struct.pack("<d", value) for value in [0.0, -0.0, float("nan"), float("inf"), -float("inf"), 1e308, 5e-324]]
