"""What every chapter needs: the programs, the drawings, a folder in memory, and how often to measure."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from measured_run import run_measured

HERE = Path(__file__).resolve().parent
SIMDJSON_WALK = HERE.parent / ".build" / "simdjson-walk" / "release" / "simdjson-walk"


class Workplace:
    def __init__(self, program, drawings, folder, is_quick):
        self.program = program
        self.drawings = drawings
        self.folder = folder
        self.is_quick = is_quick
        self.cores = os.cpu_count()
        self.rounds = 2 if is_quick else 3

    def json_lines(self, *command):
        output = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout
        return [json.loads(line) for line in output.splitlines()]

    def micro(self, *arguments):
        """What a subcommand of `micro-benchmarks` prints."""
        return self.json_lines(self.program.with_name("micro-benchmarks"), *arguments)

    def walk(self, seconds, paths):
        """What simdjson's walk through the files reports."""
        return self.json_lines(SIMDJSON_WALK, seconds, *paths)[0]

    def peer(self, *arguments):
        """What one peer reports."""
        return self.json_lines(sys.executable, HERE / "peers.py", *arguments)[0]

    def qdimd(self, *arguments):
        """Runs the program; gives what it took."""
        return run_measured(self.program, *arguments, "--quiet")

    def export(self, count, *options, source=None):
        """Exports `count` masks, a sixth of them for testing; gives what that took."""
        output = self.folder / "export"
        test = count // 6
        try:
            return self.qdimd(
                "export", source or self.drawings, "--output", output, "--train", count - test, "--test", test,
                *options)
        finally:
            shutil.rmtree(output, ignore_errors=True)

    def has_room(self, byte_count):
        """Whether the folder takes so many bytes, without memory running out if it is in memory."""
        free = shutil.disk_usage(self.folder).free
        if self.is_in_memory:
            with open("/proc/meminfo") as lines:
                available = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}["MemAvailable"]
            free = min(free, available // 2)
        return byte_count <= free

    @property
    def is_in_memory(self):
        return Path("/dev/shm") in self.folder.parents


def median(values):
    return statistics.median(values)


def table(head, rows):
    """Prints a Markdown table; all columns but the first are figures."""
    print("| " + " | ".join(head) + " |")
    print("| --- |" + " ---: |" * (len(head) - 1))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
    print(flush=True)


def figure(value):
    """A number as people read it: three digits that count, or all of a large one's."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def megabytes(byte_count):
    return f"{byte_count / 1e6:,.1f} MB" if byte_count < 100e6 else f"{byte_count / 1e6:,.0f} MB"
