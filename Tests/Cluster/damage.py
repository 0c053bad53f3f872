"""What can happen to shards while others are generated, and a program of another version."""

import re
import shutil
import subprocess

from conftest import PROGRAM, plan, record, recorded_file, run


def damage_shards(folder, counts, variant):
    """Damages shards 2 to 5 of a plan with 16 shards: a file, a lost record, a record of another plan, a lost file."""
    path = recorded_file(folder, 2)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    record(folder, 3).unlink()
    other = folder / "other"
    plan(other, 7, [*counts, "--seed", 8], variant, shards=16)
    run("export", "--plan", "masks", "--shard", 4, cwd=other)
    shutil.copyfile(record(other, 4), record(folder, 4))
    recorded_file(folder, 5).unlink()
    return [2, 3, 4, 5]


def other_version(folder):
    """The program with another version in it, and that version."""
    version = run("--version").stdout.strip()
    other = version[:-1] + ("1" if version[-1] != "1" else "2")
    # In machine code, the eight bytes of a constant can end within the text; symbols have versions like OPENSSL_3.0.0.
    pattern = rb"(?<!_" + re.escape(version[:1].encode()) + rb")" + re.escape(version[1:].encode()) + rb"\0\0\0"
    data, count = re.subn(pattern, other[1:].encode() + b"\0\0\0", PROGRAM.read_bytes())
    assert count > 0
    path = folder / "other-version"
    path.write_bytes(data)
    path.chmod(0o755)
    assert subprocess.run([path, "--version"], capture_output=True, text=True).stdout == f"{other}\n"
    return path, other
